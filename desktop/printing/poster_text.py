"""The text of a poster: paragraphs and numbered points laid out at one size, drawn line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from desktop.printing.document import Poster, PosterPoint
from desktop.printing.fonts import Role
from desktop.printing.lines import break_lines
from desktop.printing.paper import MM, Colour, Paper
from desktop.printing.runs import Part, cut_parts, draw_parts
from desktop.printing.signs import disc_path
from desktop.printing.text import typeface

LEADING, GAP = 7.35 / 15.4, 1.7 / 15.4  # millimetres for each point of the text's size
DISC, TEXT_INSET = 6.8 / 15.4, 10.0 / 15.4
URGENT_HEAD, URGENT_PAD, URGENT_RULE = 1.3, 0.16, 1.6  # of the text's size; millimetres a point; points
_SENTENCE = re.compile(r"[^。！]*[。！]")

DrawLine = Callable[[Paper, float], object]


class Block(NamedTuple):
    """One paragraph or point: its lines with the height of each, and the space inside a red frame."""

    lines: list[tuple[float, DrawLine]]
    pad: float = 0.0

    @property
    def height(self) -> float:
        """Return how much of the page it takes, in millimetres."""
        return sum(height for height, _ in self.lines) + 2 * self.pad


def blocks_of(poster: Poster, size: float, left: float, width: float) -> list[Block]:
    """Return the text of *poster* at *size* points between *left* and *left* + *width* millimetres."""
    found: list[Block] = []
    if poster.addressee:
        text = typeface(Role.HEI).printable(poster.addressee)
        found.append(Block(list(_lines([Part(text, Role.HEI)], size, left, width))))
    for paragraph in poster.lead:
        text = typeface(Role.SONG).printable(paragraph)
        found.append(Block(list(_lines([Part(text, Role.SONG)], size, left, width, indent=2 * size / MM))))
    for number, point in enumerate(poster.points, start=1):
        laid_out = _urgent if point.urgent else _point
        found.append(laid_out(number, point, size, left, width))
    return found


def _point(number: int, point: PosterPoint, size: float, left: float, width: float) -> Block:
    parts = _parts(point, Role.HEI)
    inset = TEXT_INSET * size
    lines = list(_lines(parts, size, left + inset, width - inset))
    height, first = lines[0]
    lines[0] = (height, _numbered(first, number, left, size, Colour.BLACK))
    return Block(lines)


def _urgent(number: int, point: PosterPoint, size: float, left: float, width: float) -> Block:
    """Lay out a point in a red frame: its head large and red, its first sentence in Hei."""
    inset, pad = TEXT_INSET * size, URGENT_PAD * size
    song = typeface(Role.SONG)
    text = song.printable(point.text)
    cut = found.end() if (found := _SENTENCE.match(text)) else 0
    text_left, text_width = left + pad + inset, width - inset - 2 * pad
    lines: list[tuple[float, DrawLine]] = []
    if point.head:
        head = [Part(typeface(Role.HEIB).printable(point.head), Role.HEIB, Colour.RED)]
        lines += _lines(head, size * URGENT_HEAD, text_left, text_width)
    lines += _lines([Part(text[:cut], Role.HEI), Part(text[cut:], Role.SONG)], size, text_left, text_width)
    height, first = lines[0]
    lines[0] = (height, _numbered(first, number, left + pad, size, Colour.RED))
    return Block(lines, pad)


def _parts(point: PosterPoint, role: Role) -> list[Part]:
    song = typeface(Role.SONG)
    head = f"{typeface(role).printable(point.head)}　" if point.head else ""
    return [Part(head, role), Part(song.printable(point.text), Role.SONG)]


def _lines(
    parts: list[Part], size: float, left: float, width: float, *, indent: float = 0.0
) -> Iterator[tuple[float, DrawLine]]:
    """Yield the lines of *parts*, each with its height."""
    text = "".join(part.text for part in parts)
    start = 0
    lines = break_lines(text, typeface(Role.SONG), size, width * MM, indent=indent * MM, justify=True)
    for number, line in enumerate(lines):
        x = left + (indent if number == 0 else 0.0)
        here = cut_parts(parts, start, start + len(line.text))
        filled = left + width - x if line.stretch else None
        yield LEADING * size, _line_drawer(here, x, size, filled)
        start += len(line.text)
        if text[start : start + 1] == "\n":
            start += 1


def _line_drawer(parts: list[Part], x: float, size: float, width: float | None) -> DrawLine:
    """Return what draws one line, spread over *width* if that is given."""
    return lambda paper, y: draw_parts(paper, x, y, parts, size, width=width)


def _numbered(line: DrawLine, number: int, left: float, size: float, colour: Colour) -> DrawLine:
    """Return what draws a line with its number on a disc before it."""
    middle = left + DISC * size / 2

    def draw(paper: Paper, y: float) -> None:
        line(paper, y)
        ink = Colour.BLACK if paper.mono else colour
        paper.under(f"{ink.operator(stroke=False)} {disc_path(paper, middle, y, DISC * size)} f")
        paper.text(middle, y, str(number), Role.HEIB, size * 0.78, align="center", colour=Colour.WHITE)

    return draw
