"""Places photos in rows: a heading above, the picture cut to 4:3, its caption below."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.printing.document import Photo, Photos
from desktop.printing.fitting import capped, fitted_or_capped
from desktop.printing.flow import Flow
from desktop.printing.fonts import Role
from desktop.printing.paper import Colour, Paper

_BETWEEN = 6.0
_LARGE = 150.0
_HEADING, _UNDER = 6.5, 1.2
_WRITING_LINES, _LINE = 4, 7.5
_LOST = "这张照片打不开"


def place_photos(flow: Flow, block: Photos, left: float, width: float) -> None:
    """Place the photos of *block* in the column from *left*; a row is never torn."""
    across = 1 if block.per_page == 2 else 2
    side = _LARGE if across == 1 else (width - _BETWEEN) / 2
    indent = (width - side) / 2 if across == 1 else 0.0
    lines = _WRITING_LINES if block.per_page == 4 else 0
    for start in range(0, len(block.photos), across):
        if start and start % block.per_page == 0 and flow.pages[-1]:
            flow.turn()
        row = _Row(block.photos[start : start + across], left + indent, side, lines)
        flow.add(row.height, row.draw, after=3.0)


class _Row:
    """One photo, or two side by side."""

    def __init__(self, photos: Sequence[Photo], left: float, side: float, lines: int) -> None:
        self._photos, self._left, self._side, self._lines = photos, left, side, lines
        self._heads = [fitted_or_capped(one.heading, Role.HEI, 11.0, side, least=7.0, most=1) for one in photos]
        self._captions = [capped(one.caption, Role.SONG, 9.0, side, most=12, leading=1.35) for one in photos]
        self._head = _HEADING if any(one.heading for one in photos) else 0.0
        self._high = side * 3 / 4
        self.height = (
            self._head + self._high + _UNDER + max(one.height for one in self._captions) + lines * _LINE
        )  # fmt: skip

    def draw(self, paper: Paper, y: float) -> None:
        """Draw the row below *y*."""
        under = y + self._head + self._high + _UNDER
        after = under + max(one.height for one in self._captions)
        for number, (photo, head, caption) in enumerate(zip(self._photos, self._heads, self._captions, strict=True)):
            x = self._left + number * (self._side + _BETWEEN)
            if photo.heading:
                head.draw(paper, x, y + self._head - head.height - 0.6)
            top = y + self._head
            if photo.picture is None or not paper.picture(x, top, self._side, self._high, photo.picture):
                middle = top + self._high / 2
                paper.text(x + self._side / 2, middle, _LOST, Role.SONG, 11.0, align="center", colour=Colour.GREY)
            paper.frame(x, top, self._side, self._high, 0.6)
            caption.draw(paper, x, under)
            for line in range(1, self._lines + 1):
                paper.rule(x, after + line * _LINE, x + self._side, after + line * _LINE, 0.35, colour=Colour.GREY)
