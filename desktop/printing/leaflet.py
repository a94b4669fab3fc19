"""Sets small notices for doors: several on one page, to be cut apart; long texts get a page each."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from desktop.foundation.days import plain_day
from desktop.foundation.jobs import JobContext
from desktop.printing.cutting import cut_across
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
TOP, BOTTOM = 15.0, 12.0
TITLE_SIZE, TITLE_LEADING, DOOR_SIZE = 20.0, 9.5, 10.5
CUT_WORDS = "沿虚线剪开"
LEADING = 1.5
SIZES = (14.0, 13.5, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5)
_MOST_ON_PAGE, _LEAST_SIZE_OF_MANY = 4, 12.0
_ENDING_LINES = 2
_PARAGRAPHS = 2_000  # broken once for all copies; one line of each is a person's own


class Row(NamedTuple):
    """One line of text: its parts, where it begins, and how wide it is spread, in millimetres."""

    parts: list[Part]
    x: float
    width: float | None


class Plan(NamedTuple):
    """How many leaflets share a page, and the size of their text."""

    per_page: int
    size: float


def leaflet_pdf(leaflet: Leaflet, *, mono: bool) -> bytes:
    """Return *leaflet* as PDF: one page with two of them, or, if it is too long for half a page, pages with one."""
    plan = _plan([leaflet], [2])
    copies = [leaflet] * plan.per_page if plan else [leaflet]
    return _pdf(copies, plan, mono=mono, context=JobContext())


def leaflets_pdf(leaflets: Sequence[Leaflet], *, mono: bool, context: JobContext) -> bytes:
    """Return *leaflets*, each for another door: as many to a page as all of them allow, at most four.

    They tell *context* how far they are, and stop when asked to.
    """
    return _pdf(leaflets, _plan(leaflets, range(_MOST_ON_PAGE, 1, -1)), mono=mono, context=context)


def _plan(leaflets: Sequence[Leaflet], numbers: Sequence[int]) -> Plan | None:
    """Return the most of *numbers* on a page, in the largest type, that the longest leaflet fits; None for none.

    Three and four are not worth small print.
    """
    for per_page in numbers:
        room = A4[1] / per_page - TOP - BOTTOM
        for size in SIZES:
            if per_page > 2 and size < _LEAST_SIZE_OF_MANY:
                break
            if all(_height(leaflet, _row_count(leaflet, size), size) <= room for leaflet in leaflets):
                return Plan(per_page, size)
    return None


def _pdf(leaflets: Sequence[Leaflet], plan: Plan | None, *, mono: bool, context: JobContext) -> bytes:
    paper = Paper(*A4, title=leaflets[0].title, author=leaflets[0].issuer, mono=mono)
    per_page = plan.per_page if plan else 1
    for start in range(0, len(leaflets), per_page):
        context.check()
        context.report(start, len(leaflets))
        if plan is None:
            _draw_whole(paper, leaflets[start], list(_rows(leaflets[start], SIZES[0])), SIZES[0])
        else:
            _draw_shared(paper, leaflets[start : start + per_page], plan)
    return paper.pdf()


def _titles(leaflet: Leaflet) -> list[str]:
    return _broken_title(leaflet.title)


@functools.lru_cache(maxsize=16)
def _broken_title(title: str) -> list[str]:
    face = typeface(Role.TITLE)
    return title_within(face.printable(title), face, TITLE_SIZE, WIDTH * MM - len(title[:40]), most=3)


def _rows(leaflet: Leaflet, size: float) -> Iterator[Row]:
    """Yield the lines of 主送 and body at *size*."""
    if leaflet.addressee:
        yield from _broken([Part(typeface(Role.HEI).printable(leaflet.addressee), Role.HEI)], size, 0.0)
    for paragraph in leaflet.body:
        yield from _paragraph(paragraph, size)


@functools.lru_cache(maxsize=_PARAGRAPHS)
def _paragraph(paragraph: str, size: float) -> tuple[Row, ...]:
    """Return the lines of one paragraph; copies of a notice share most of theirs."""
    text = typeface(Role.SONG).printable(paragraph).replace("\n", " ")
    parts = [part._replace(role=Role.SONG) if part.role is Role.FANG else part for part in levelled(text)[0]]
    return tuple(_broken(parts, size, 2 * size / MM))


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


def _row_count(leaflet: Leaflet, size: float) -> int:
    return sum(1 for _ in _rows(leaflet, size))


def _height(leaflet: Leaflet, rows: int, size: float) -> float:
    """Return how much of the page the whole leaflet takes, in millimetres."""
    ending = _ENDING_LINES + 0.5
    return TITLE_LEADING * len(_titles(leaflet)) + 4.0 + _leading(size) * (rows + ending)


def _draw_shared(paper: Paper, leaflets: Sequence[Leaflet], plan: Plan) -> None:
    """Draw *leaflets* one below the other, with lines to cut along between them."""
    share, size = A4[1] / plan.per_page, plan.size
    for place, leaflet in enumerate(leaflets):
        y = _draw_title(paper, leaflet, place * share + TOP)
        for row in _rows(leaflet, size):
            draw_parts(paper, LEFT + row.x, y + _leading(size) / 2, row.parts, size, width=row.width)
            y += _leading(size)
        _draw_ending(paper, leaflet, y + _leading(size) / 2, size)
    for line in range(1, plan.per_page):
        cut_across(paper, line * share, CUT_WORDS)
    _close(paper, leaflets[0])


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
    """Draw the door it goes to, number and title; return where the text begins."""
    if leaflet.deliver_to:
        text, size = on_one_line(leaflet.deliver_to, Role.SONG, DOOR_SIZE, WIDTH * 0.65, least=7)
        paper.text(LEFT, y - 3.0, text, Role.SONG, size)
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
