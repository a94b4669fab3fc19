"""Pictures of a document's pages, made beside the window and kept within a bound."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.foundation.jobs import JobContext
from desktop.foundation.logs import frames_without_values
from desktop.widgets.jobs import JobRunner

log = logging.getLogger(__name__)

KEPT_BYTES = 64 * 1024 * 1024
_LARGEST_BYTES = 32 * 1024 * 1024  # of one picture: an A3 page at 300 % is drawn a little coarser


class PageSource(Protocol):
    """A document as a view needs it; ``image`` is called on a thread of its own, the others in the window."""

    def count(self) -> int:
        """Return how many pages there are."""
        ...

    def size(self, index: int) -> tuple[float, float]:
        """Return width and height of page *index* (from 0) in inches."""
        ...

    def image(self, index: int, dpi: float) -> tuple[int, int, bytes]:
        """Return the page as (width, height, pixels) in QImage's Format_RGB32, rows without gaps."""
        ...


class Wanted(NamedTuple):
    """A page (from 0) and how finely it should be drawn."""

    page: int
    dpi: float


class _Picture(NamedTuple):
    image: QImage
    edition: int
    dpi: float


class PagePictures(QObject):
    """One picture a page. Until a new one is there the old one is given: of the document before, or of another zoom."""

    arrived = Signal(int)
    settled = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = JobRunner(self)
        parent.destroyed.connect(self._runner.shutdown)
        self._source: PageSource | None = None
        self._edition = 0
        self._pictures: dict[int, _Picture] = {}  # the most recently wanted last
        self._broken: set[tuple[int, int]] = set()
        self._wanted: list[Wanted] = []

    def show(self, source: PageSource | None) -> None:
        """Make pictures of *source* from now on."""
        self._source = source
        self._edition += 1
        self._wanted = []
        self._broken.clear()
        if source is None:
            self._pictures.clear()

    def want(self, wanted: Sequence[Wanted]) -> None:
        """Have these pages drawn, the most urgent first; what was wanted before and is not any more is left out."""
        self._wanted = list(wanted)
        for index, _ in reversed(self._wanted):
            if index in self._pictures:
                self._pictures[index] = self._pictures.pop(index)
        self._go_on()

    def picture(self, index: int) -> QImage | None:
        """Return the best picture of page *index* there is now."""
        known = self._pictures.get(index)
        return known.image if known else None

    def is_fresh(self, wanted: Wanted) -> bool:
        """Return whether the picture of the page is the one wanted."""
        known = self._pictures.get(wanted.page)
        return known is not None and known.edition == self._edition and known.dpi == wanted.dpi

    def is_broken(self, index: int) -> bool:
        """Return whether page *index* of this document could not be drawn."""
        return (self._edition, index) in self._broken

    def _go_on(self) -> None:
        """Start on the next page that is wanted and missing."""
        if self._runner.busy or self._source is None:
            return
        for wanted in self._wanted:
            if not self.is_fresh(wanted) and not self.is_broken(wanted.page):
                self._runner.start(
                    partial(_draw, self._source, wanted),
                    done=partial(self._keep, self._edition, wanted),
                    failed=partial(self._give_up, self._edition, wanted.page),
                )
                return
        self.settled.emit()

    def _keep(self, edition: int, wanted: Wanted, image: QImage) -> None:
        if edition == self._edition:
            self._pictures.pop(wanted.page, None)
            self._pictures[wanted.page] = _Picture(image, edition, wanted.dpi)
            self._forget_oldest()
            self.arrived.emit(wanted.page)
        self._go_on()

    def _give_up(self, edition: int, index: int, error: BaseException) -> None:
        log.error("a page could not be drawn: %s", frames_without_values(error))
        self._broken.add((edition, index))
        if edition == self._edition:
            self.arrived.emit(index)
        self._go_on()

    def _forget_oldest(self) -> None:
        needed = {wanted.page for wanted in self._wanted}
        held = sum(picture.image.sizeInBytes() for picture in self._pictures.values())
        for index in list(self._pictures):
            if held <= KEPT_BYTES:
                break
            if index not in needed:
                held -= self._pictures.pop(index).image.sizeInBytes()


def _draw(source: PageSource, wanted: Wanted, _context: JobContext) -> QImage:
    """Return page and pixels as one picture that owns them."""
    across, down = source.size(wanted.page)
    finest = (_LARGEST_BYTES / 4 / (across * down)) ** 0.5
    width, height, pixels = source.image(wanted.page, min(wanted.dpi, finest))
    return QImage(pixels, width, height, width * 4, QImage.Format.Format_RGB32).copy()
