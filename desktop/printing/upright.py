"""Sets a short text from top to bottom, one character below the other, as large as its column allows."""

from __future__ import annotations

import re
from typing import NamedTuple

from desktop.printing.fonts import Role
from desktop.printing.paper import MM, Paper
from desktop.printing.text import left_out, typeface

_CELLS = re.compile(r"\d{2,4}(?!\d)|.", re.DOTALL)
_PITCH, _TIGHTEST, _ASIDE = 1.5, 1.1, 1.2  # ems from one character to the next, and from one column to the next
_LARGE, _LEAST, _MOST_COLUMNS = 20.0, 8.0, 4  # one column as long as its characters are large


class Upright(NamedTuple):
    """Columns of cells, the first at the right, and the size in points."""

    columns: list[list[str]]
    size: float


def upright(text: str, role: Role, size: float, width: float, height: float) -> Upright:
    """Return *text* in up to four columns of a box (mm), at most *size* large; two to four digits share a cell.

    What does not fit even at 8 pt is cut, and the end says how many characters are left out.
    """
    shown = " ".join(typeface(role).printable(text).split())
    cells = _CELLS.findall(shown)
    kept = len(cells)
    while True:
        sizes = [_size(len(cells), count, width, height) for count in range(1, _MOST_COLUMNS + 1)]
        count = next((number for number, one in enumerate(sizes, start=1) if one >= min(size, _LARGE)), 0)
        count = count or max(range(1, _MOST_COLUMNS + 1), key=lambda number: sizes[number - 1])
        if sizes[count - 1] >= _LEAST or kept <= 0:
            break
        kept -= max(1, kept // 20)
        cells = _CELLS.findall("".join(cells[:kept]) + left_out(max(len(shown) - kept, 1)))
    long = max(-(-len(cells) // count), 1)
    columns = [cells[start : start + long] for start in range(0, len(cells), long)]
    return Upright(columns, min(size, max(sizes[count - 1], _LEAST)))


def draw_upright(paper: Paper, made: Upright, role: Role, box: tuple[float, float, float, float]) -> None:
    """Draw *made* in the middle of *box* (left, top, width, height)."""
    left, top, width, height = box
    em = made.size / MM
    long = max(map(len, made.columns), default=1)
    pitch = min(_PITCH * em, height / max(long, 1))
    first = top + (height - long * pitch) / 2
    aside = _ASIDE * em
    x = left + width / 2 + aside * (len(made.columns) - 1) / 2
    face = typeface(role)
    for column in made.columns:
        for number, cell in enumerate(column):
            wide = face.width(cell, made.size) / MM
            room = min(width, aside if len(made.columns) > 1 else 1.5 * em)
            size = made.size * min(1.0, room * 0.96 / wide) if wide else made.size
            paper.text(x, first + pitch * (number + 0.5), cell, role, size, align="center")
        x -= aside


def _size(cells: int, columns: int, width: float, height: float) -> float:
    """Return the largest size at which so many *cells* fit so many *columns* of the box."""
    long = -(-cells // columns) or 1
    return min(height / (long * _TIGHTEST), width / (columns * _ASIDE if columns > 1 else 1.0)) * MM
