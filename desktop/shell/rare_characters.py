"""Rare names on screen: when a stored name holds a character the screen font lacks, the paper's rare fonts join it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desktop.foundation.jobs import JobContext
from desktop.register.service.residents import ResidentService
from desktop.widgets.jobs import JobRunner
from desktop.widgets.theme import add_fonts, missing_on_screen

_AFTER_MS = 3_000
_FILES = ("song.ttf.xz", "rare-a.ttf.xz", "rare-b.ttf.xz", "rare-g.ttf.xz")


class RareCharacters(QObject):
    """Looks through the names after start and saving; loads the 40 MB of rare fonts only if somebody needs them."""

    def __init__(self, residents: ResidentService, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._residents, self._runner = residents, runner
        self._known: set[str] = set()
        self._loaded = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_MS)
        self._soon.timeout.connect(self.look)

    def look_soon(self) -> None:
        """Look once saving has come to rest."""
        if not self._loaded:
            self._soon.start()

    def look(self) -> None:
        """Read which characters stand in names, off the UI thread."""
        if not self._loaded and not self._runner.closed:  # the timer may outlive the window's closing
            self._runner.start(lambda _context: self._residents.characters(), done=self._judge)

    def _judge(self, characters: frozenset[str]) -> None:
        fresh = characters - self._known
        self._known |= fresh
        if not self._loaded and missing_on_screen(fresh):
            self._loaded = True
            self._runner.start(_unpack, done=add_fonts)


def _unpack(context: JobContext) -> list[bytes]:
    from desktop.printing.fonts import font_bytes  # noqa: PLC0415  reportlab, for those who need rare fonts only

    fonts = []
    for name in _FILES:
        context.check()
        fonts.append(font_bytes(name))
    return fonts
