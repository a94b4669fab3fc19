"""Sets a ledger: widths measured, rows laid out and shared among pages, then every page drawn with its head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from desktop.foundation.jobs import JobContext
from desktop.printing.document import EMPTY_LEDGER, Heading, Ledger, LedgerColumn
from desktop.printing.fonts import Role
from desktop.printing.frame import A4, LEFT, RIGHT, Frame, draw_signatures, signatures_height
from desktop.printing.grid import ABOVE, LEADING, Grid, GridColumn, GridRow, natural_width
from desktop.printing.sums import Sums, sum_text
from desktop.printing.text import typeface
from desktop.printing.widths import column_widths

Row = TypeVar("Row")
WIDEST_COUNTED_MM = 60.0


def ledger_pdf(ledger: Ledger[Row], rows: Sequence[Row], heading: Heading, *, mono: bool, context: JobContext) -> bytes:
    """Return the ledger of *rows* as PDF."""
    face = typeface(Role.SONG)
    texts = [[face.printable(column.text(row)) for row in rows] for column in ledger.columns]
    natural = [
        natural_width([*column_texts, *_sum_of(column, rows)], column.title)
        if column.width_mm is None
        else column.width_mm
        for column, column_texts in zip(ledger.columns, texts, strict=True)
    ]
    frame = Frame(ledger.title, heading, ledger.note, landscape=_lies(ledger, natural))
    widths = column_widths([column.width_mm for column in ledger.columns], natural, frame.width)
    grid = Grid(
        [GridColumn(column.title, width, column.align) for column, width in zip(ledger.columns, widths, strict=True)],
        LEFT,
        every_fifth=True,
    )
    marks = [column.strong for column in ledger.columns]
    marked = any(marks)
    laid_out = (
        grid.row(cells, [mark is not None and mark(row) for mark in marks] if marked else ())._replace(number=number)
        for number, (row, cells) in enumerate(zip(rows, zip(*texts, strict=True), strict=True))
    )
    sums = Sums(ledger, rows, grid)
    room = frame.body_bottom - frame.body_top - grid.head_height - sums.height
    ending = signatures_height(ledger.signatures, frame.width) + sums.height
    pages = pages_of(grid, _told(laid_out, len(rows), context), room, ending) or [[]]
    paper = frame.paper(mono=mono)
    for number, page in enumerate(pages, start=1):
        context.check()
        frame.draw(paper, number, len(pages))
        end = frame.body_top
        if page:
            end = grid.draw(paper, end, [*page, *sums.below(page, number, len(pages))])
        elif not rows:
            end = grid.draw_sentence(paper, end, EMPTY_LEDGER)
        if number == len(pages) and ledger.signatures:
            draw_signatures(paper, end, ledger.signatures, frame.width)
        paper.end_page()
    return paper.pdf()


def _sum_of(column: LedgerColumn[Row], rows: Sequence[Row]) -> list[str]:
    """Return the sum that will stand below *column*, nothing for others; it may be wider than every value."""
    return [sum_text(map(column.value, rows))] if column.summed and column.value is not None else []


def pages_of(
    grid: Grid, rows: Iterable[GridRow], room: float, ending: float, *, first_room: float | None = None
) -> list[list[GridRow]]:
    """Return *rows* shared among pages with *room* millimetres each; *ending* stays free on the last page.

    The first page has *first_room* if that differs. A row higher than a page is cut; if the ending does not fit
    below the last rows, the last row moves on with it.
    """
    room = max(room, 8 * LEADING)  # whatever stands around it, something of a row stands on every page
    pages: list[list[GridRow]] = [[]]
    left = room if first_room is None else first_room
    for row in rows:
        rest = row
        while rest.height > left:
            # A row that fits a page whole is not cut; one that does not begins here if four lines of it fit.
            if rest.height > room and left > 4 * LEADING + 2 * ABOVE:
                part, rest = grid.cut(rest, left)
                pages[-1].append(part)
            pages.append([])
            left = room
        pages[-1].append(rest)
        left -= rest.height
    if ending > left and pages[-1]:
        last = pages[-1].pop() if len(pages[-1]) > 1 else None
        pages.append([] if last is None else [last])
    return pages


def _told(laid_out: Iterable[GridRow], count: int, context: JobContext) -> Iterator[GridRow]:
    """Yield the rows, telling *context* of every five hundredth: laying out takes most of the time."""
    for number, row in enumerate(laid_out):
        if number % 500 == 0:
            context.check()
            context.report(number, count)
        yield row


def _lies(ledger: Ledger[Row], natural: Sequence[float]) -> bool:
    """Return whether the paper lies: as asked for, else when the columns want more than upright paper offers."""
    if ledger.orientation != "auto":
        return ledger.orientation == "landscape"
    wanted = sum(
        width if column.width_mm is not None else min(width, WIDEST_COUNTED_MM)
        for column, width in zip(ledger.columns, natural, strict=True)
    )
    return wanted > A4[0] - LEFT - RIGHT
