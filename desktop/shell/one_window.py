"""One window per data folder: the second process asks the first to come to the front and leaves."""

from __future__ import annotations

import contextlib
from pathlib import Path
from types import TracebackType

import fasteners
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.store.files import write_atomically

POLL_MS = 1_000


class OneWindow(QObject):
    """Holds `window.lock` of a data folder while the block lasts.

    It is the system's lock, which ends with the process however that ends. QLockFile would load 2 ms faster, but judges
    by the file's content: one left empty by a power cut, or by a computer that was renamed since, locks out for ever.
    """

    raised = Signal(str)
    """Another process wants this window to be seen; the text is the backup it was started with, or empty."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder, self._request = folder, folder / "raise"
        self._lock = fasteners.InterProcessLock(folder / "window.lock")
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._look)
        self.is_first = True

    def __enter__(self) -> OneWindow:
        """Try for the lock; a folder that cannot be written is the login page's business, not ours."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self.is_first = self._lock.acquire(blocking=False)
        except OSError:
            self.is_first = True
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Let go of the lock."""
        self._timer.stop()
        if self._lock.acquired:
            self._lock.release()

    def raise_first(self, backup: str = "") -> None:
        """Ask the window that is open to come to the front, for *backup* if it is named; it looks every second."""
        with contextlib.suppress(OSError):  # a folder that cannot be written: then it stays where it is
            write_atomically(self._request, backup.encode())

    def listen(self) -> None:
        """Begin to look for requests; one from before our start is nobody's."""
        self._take_request()
        self._timer.start()

    def _look(self) -> None:
        if (request := self._take_request()) is not None:
            self.raised.emit(request)

    def _take_request(self) -> str | None:
        """Remove a request and return the backup it names; None if there is none."""
        try:
            backup = self._request.read_bytes().decode("utf-8", errors="replace")
            self._request.unlink()
        except OSError:
            return None  # none there, or a folder that cannot be written: then nobody can ask
        return backup
