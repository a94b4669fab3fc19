"""Where the pages of a document lie below one another in a view, in logical pixels: plain geometry, without Qt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal, NamedTuple

Fit = Literal["page", "width", "actual", "free"]

MARGIN, GAP = 12, 14
SMALLEST, LARGEST = 0.2, 3.0


class Place(NamedTuple):
    """The rectangle of one page."""

    x: int
    y: int
    width: int
    height: int


class PageLayout:
    """Pages of the given *sizes* (inches) at one *zoom*, where 1 shows them in *dpi* pixels an inch."""

    def __init__(self, sizes: Sequence[tuple[float, float]], zoom: float, dpi: float, room_width: int) -> None:
        self.zoom = zoom
        scale = zoom * dpi
        shown = [(round(width * scale), round(height * scale)) for width, height in sizes]
        self.width = max((width for width, _ in shown), default=0) + 2 * MARGIN
        middle = max(self.width, room_width) / 2
        self.places: list[Place] = []
        y = MARGIN
        for width, height in shown:
            self.places.append(Place(round(middle - width / 2), y, width, height))
            y += height + GAP
        self.height = y - GAP + MARGIN if shown else 0
        self._tops = [place.y for place in self.places]

    def page_at(self, y: float) -> int:
        """Return the page that *y* lies on; between two pages the upper one."""
        return max(bisect_right(self._tops, y) - 1, 0)

    def between(self, top: int, bottom: int) -> range:
        """Return the pages of which something lies between *top* and *bottom*."""
        first = self.page_at(top)
        if self.places and self.places[first].y + self.places[first].height <= top:
            first += 1
        return range(first, bisect_right(self._tops, bottom - 1))


def fitting_zoom(fit: Fit, sizes: Sequence[tuple[float, float]], dpi: float, room: tuple[int, int]) -> float:
    """Return the zoom at which the largest page fits *room* (width, height) as *fit* asks; 1 for real size."""
    if fit == "actual" or not sizes:
        return 1.0
    widest = max(width for width, _ in sizes) * dpi
    zoom = (room[0] - 2 * MARGIN) / widest
    if fit == "page":
        highest = max(height for _, height in sizes) * dpi
        zoom = min(zoom, (room[1] - 2 * MARGIN) / highest)
    return min(max(zoom, SMALLEST), LARGEST)
