"""One window per data folder: the second process asks the first to come to the front and leaves."""

from __future__ import annotations

import logging
from pathlib import Path
from types import TracebackType

import fasteners
from PySide6.QtCore import QObject, QTimer, Signal

log = logging.getLogger(__name__)
POLL_MS = 1_000


class OneWindow(QObject):
    """Holds `window.lock` of a data folder while the block lasts; the system frees it if the program dies."""

    raised = Signal()
    """Another process wants this window to be seen."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._request = folder / "raise"
        self._path = folder / "window.lock"
        self._lock: fasteners.InterProcessLock | None = None
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._look)
        self.is_first = True

    def __enter__(self) -> OneWindow:
        """Try for the lock; a folder that cannot be written is the login page's business, not ours."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            lock = fasteners.InterProcessLock(self._path)
            self.is_first = bool(lock.acquire(blocking=False))
        except OSError:
            log.warning("window.lock cannot be written, a second window would not be noticed")
        else:
            self._lock = lock if self.is_first else None
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Let go of the lock."""
        self._timer.stop()
        if self._lock is not None:
            self._lock.release()

    def raise_first(self) -> None:
        """Ask the window that is open to come to the front; it looks every second."""
        try:
            self._request.touch()
        except OSError:
            log.warning("the open window could not be asked to the front")

    def listen(self) -> None:
        """Begin to look for requests; one from before our start is nobody's."""
        self._take_request()
        self._timer.start()

    def _look(self) -> None:
        if self._take_request():
            self.raised.emit()

    def _take_request(self) -> bool:
        """Remove a request and return whether there was one."""
        try:
            self._request.unlink()
        except OSError:
            return False  # none there, or a folder that cannot be written: then nobody can ask
        return True
