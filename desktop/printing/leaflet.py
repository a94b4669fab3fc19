"""Sets a small notice for the door: the same text twice on one page, to be cut apart; long texts get a page each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from desktop.foundation.days import plain_day
from desktop.printing.document import Leaflet
from desktop.printing.fitting import on_one_line
from desktop.printing.fonts import Role
from desktop.printing.frame import A4
from desktop.printing.lines import Line, break_lines
from desktop.printing.official import DRAFT, DRAFT_SIZE, levelled
from desktop.printing.paper import MM, Colour, Paper
from desktop.printing.runs import Part, cut_parts, draw_parts
from desktop.printing.text import typeface
from desktop.printing.titles import title_within

LEFT, WIDTH = 20.0, 170.0
HALF = A4[1] / 2
TOP, BOTTOM = 15.0, 12.0
TITLE_SIZE, TITLE_LEADING = 20.0, 9.5
LEADING = 1.5
SIZES = (14.0, 13.5, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5)
_ENDING_LINES = 2


class Row(NamedTuple):
    """One line of text: its parts, where it begins, and how wide it is spread, in millimetres."""

    parts: list[Part]
    x: float
    width: float | None


def leaflet_pdf(leaflet: Leaflet, *, mono: bool) -> bytes:
    """Return *leaflet* as PDF: one page with two of them, or, if it is too long for half a page, pages with one."""
    paper = Paper(*A4, title=leaflet.title, author=leaflet.issuer, mono=mono)
    for size in SIZES:
        rows = list(_rows(leaflet, size))
        if _height(leaflet, rows, size) <= HALF - TOP - BOTTOM:
            _draw_two(paper, leaflet, rows, size)
            return paper.pdf()
    _draw_whole(paper, leaflet, list(_rows(leaflet, SIZES[0])), SIZES[0])
    return paper.pdf()


def _titles(leaflet: Leaflet) -> list[str]:
    face = typeface(Role.TITLE)
    return title_within(face.printable(leaflet.title), face, TITLE_SIZE, WIDTH * MM - len(leaflet.title[:40]), most=3)


def _rows(leaflet: Leaflet, size: float) -> Iterator[Row]:
    """Yield the lines of 主送 and body at *size*."""
    if leaflet.addressee:
        yield from _broken([Part(typeface(Role.HEI).printable(leaflet.addressee), Role.HEI)], size, 0.0)
    for paragraph in leaflet.body:
        text = typeface(Role.SONG).printable(paragraph).replace("\n", " ")
        parts = [part._replace(role=Role.SONG) if part.role is Role.FANG else part for part in levelled(text)[0]]
        yield from _broken(parts, size, 2 * size / MM)


def _broken(parts: list[Part], size: float, indent: float) -> Iterator[Row]:
    text = "".join(part.text for part in parts)
    lines: list[Line] = break_lines(text, typeface(Role.SONG), size, WIDTH * MM, indent=indent * MM, justify=True)
    start = 0
    for number, line in enumerate(lines):
        x = indent if number == 0 else 0.0
        yield Row(cut_parts(parts, start, start + len(line.text)), x, WIDTH - x if line.stretch else None)
        start += len(line.text)


def _leading(size: float) -> float:
    return size * LEADING / MM


def _height(leaflet: Leaflet, rows: list[Row], size: float) -> float:
    """Return how much of the page the whole leaflet takes, in millimetres."""
    ending = _ENDING_LINES + 0.5
    return TITLE_LEADING * len(_titles(leaflet)) + 4.0 + _leading(size) * (len(rows) + ending)


def _draw_two(paper: Paper, leaflet: Leaflet, rows: list[Row], size: float) -> None:
    """Draw the leaflet above and below the line to cut along."""
    for top in (0.0, HALF):
        y = _draw_title(paper, leaflet, top + TOP)
        for row in rows:
            draw_parts(paper, LEFT + row.x, y + _leading(size) / 2, row.parts, size, width=row.width)
            y += _leading(size)
        _draw_ending(paper, leaflet, y + _leading(size) / 2, size)
    middle = (A4[1] - HALF) * MM
    paper.under(f"0.42 G 0.5 w [3 2.4] 0 d {6 * MM:.2f} {middle:.2f} m {(A4[0] - 6) * MM:.2f} {middle:.2f} l S")
    paper.text(A4[0] - 20.0, HALF - 2.4, "沿虚线剪开", Role.SONG, 7.5, align="right", colour=Colour.GREY)
    _close(paper, leaflet)


def _draw_whole(paper: Paper, leaflet: Leaflet, rows: list[Row], size: float) -> None:
    """Draw the leaflet once, over as many pages as it needs."""
    y = _draw_title(paper, leaflet, TOP + 5.0)
    end = A4[1] - 20.0
    for number, row in enumerate(rows):
        needed = _leading(size) * (1 if number < len(rows) - 1 else _ENDING_LINES + 1.5)
        if y + needed > end:
            _close(paper, leaflet)
            y = TOP + 5.0
        draw_parts(paper, LEFT + row.x, y + _leading(size) / 2, row.parts, size, width=row.width)
        y += _leading(size)
    _draw_ending(paper, leaflet, y + _leading(size) / 2, size)
    _close(paper, leaflet)


def _draw_title(paper: Paper, leaflet: Leaflet, y: float) -> float:
    """Draw number and title; return where the text begins."""
    if leaflet.number:
        number, small = on_one_line(leaflet.number, Role.SONG, 9, WIDTH, least=6)
        paper.text(LEFT + WIDTH, y - 3.0, number, Role.SONG, small, align="right", colour=Colour.GREY)
    for line in _titles(leaflet):
        middle = y + TITLE_LEADING / 2
        paper.text(LEFT + WIDTH / 2, middle, line, Role.TITLE, TITLE_SIZE, align="center", tracking=1.0)
        y += TITLE_LEADING
    return y + 4.0


def _draw_ending(paper: Paper, leaflet: Leaflet, y: float, size: float) -> None:
    """Draw whom to ask at the left, who issued it when at the right."""
    issuer, issuer_size = on_one_line(leaflet.issuer, Role.SONG, size, WIDTH * 0.6, least=7.0)
    beside = WIDTH - typeface(Role.SONG).width(issuer, issuer_size) / MM - 6.0
    contact, contact_size = on_one_line(leaflet.contact, Role.SONG, size, beside, least=7.0)
    paper.text(LEFT, y + _leading(size) / 2, contact, Role.SONG, contact_size)
    paper.text(LEFT + WIDTH, y + _leading(size) / 2, issuer, Role.SONG, issuer_size, align="right")
    paper.text(LEFT + WIDTH, y + _leading(size) * 1.5, plain_day(leaflet.issued_on), Role.SONG, size, align="right")


def _close(paper: Paper, leaflet: Leaflet) -> None:
    if leaflet.draft:
        paper.watermark(DRAFT, DRAFT_SIZE)
    paper.end_page()
