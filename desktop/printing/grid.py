"""A ruled table on paper: cells wrapped to their column, rows as high as they need, cut where a page ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from desktop.printing.document import NO_VALUE, Align
from desktop.printing.fonts import Role
from desktop.printing.lines import Line, break_lines
from desktop.printing.paper import CENTRE, MM, Colour, Paper
from desktop.printing.text import typeface

ROW_HEIGHT, HEAD_HEIGHT = 6.5, 10.0
SIZE, SMALL = 9.0, 8.2
LEADING, HEAD_LEADING = 3.35, 4.0
PAD, HEAD_PAD = 1.3, 0.4
ABOVE = 0.8  # between the lines of a wrapped cell and the rules above and below
OUTER, UNDER_HEAD, FIFTH, INNER = 0.95, 0.6, 0.7, 0.28


class Sizes(NamedTuple):
    """The type of a table: size on one line, size and leading (mm) once a cell is wrapped."""

    size: float = SIZE
    small: float = SMALL
    leading: float = LEADING


LEDGER_SIZES = Sizes()


class GridColumn(NamedTuple):
    """A column as drawn: title, width in millimetres, and where its texts stand."""

    title: str
    width: float
    align: Align


class Cell(NamedTuple):
    """The lines of one cell and the size and font they are set in."""

    lines: list[Line]
    size: float
    strong: bool


class _Cells(dict[str, Cell]):
    """Cells of one column by text; sexes, results and dates come again and again."""

    def __init__(self, make: Callable[[str], Cell]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> Cell:
        """Lay the text out once."""
        self[text] = cell = self._make(text)
        return cell


class GridRow(NamedTuple):
    """One row, or the part of a very high one that fits a page; *number* (from 0) is that of its record, -1 for none.

    Of a row that was cut only the first part has the number.
    """

    height: float
    cells: list[Cell]
    number: int = -1


class Grid:
    """The columns of one table, standing at *left*; lays rows out and draws them."""

    def __init__(
        self,
        columns: Sequence[GridColumn],
        left: float,
        *,
        row_height: float = ROW_HEIGHT,
        every_fifth: bool = False,
        sizes: Sizes = LEDGER_SIZES,
        rim: float = OUTER,
    ) -> None:
        self.columns = columns
        self._rim = rim
        self._sizes = sizes
        self._row_height, self._every_fifth = row_height, every_fifth
        self._edges = [left]
        for column in columns:
            self._edges.append(self._edges[-1] + column.width)
        self._song, self._hei = typeface(Role.SONG), typeface(Role.HEI)
        self._inner = [max((column.width - 2 * PAD) * MM, self._sizes.small) for column in columns]
        self._plain = [_Cells(partial(self._cell, index, strong=False)) for index in range(len(columns))]
        self._titles = [self._title_lines(column) for column in columns]
        self.head_height = max(HEAD_HEIGHT, max(map(len, self._titles), default=1) * HEAD_LEADING + 2 * ABOVE)

    def row(self, texts: Sequence[str], strong: Sequence[bool] = ()) -> GridRow:
        """Return printable *texts* laid out as one row; those marked *strong* in Hei."""
        if strong and any(strong):
            cells = [self._cell(index, text, strong=strong[index]) for index, text in enumerate(texts)]
        else:
            cells = [known[text] for known, text in zip(self._plain, texts, strict=True)]
        most = max([len(cell[0]) for cell in cells], default=1)
        wrapped = most * self._sizes.leading + 2 * ABOVE if most > 1 else 0.0
        return GridRow(max(self._row_height, wrapped), cells)

    def cut(self, row: GridRow, room: float) -> tuple[GridRow, GridRow]:
        """Return the part of *row* that fits *room* millimetres, and the rest for the next page."""
        count = max(int((room - 2 * ABOVE) / self._sizes.leading), 1)
        most = max(len(cell.lines) for cell in row.cells)
        here = [Cell(cell.lines[:count], cell.size, cell.strong) for cell in row.cells]
        rest = [Cell(cell.lines[count:], cell.size, cell.strong) for cell in row.cells]
        return (
            GridRow(max(self._row_height, min(most, count) * self._sizes.leading + 2 * ABOVE), here, row.number),
            GridRow(max(self._row_height, (most - count) * self._sizes.leading + 2 * ABOVE), rest),
        )

    def draw(self, paper: Paper, y: float, rows: Sequence[GridRow], *, head: bool = True) -> float:
        """Draw the head and *rows* below *y* with all rules; return where the table ends."""
        top = y
        if head:
            y = self._draw_head(paper, y)
        self._draw_rows(paper, y, rows)
        for number, row in enumerate(rows, start=1):
            y += row.height
            if number < len(rows):
                heavy = self._every_fifth and number % 5 == 0
                paper.rule(self._edges[0], y, self._edges[-1], y, FIFTH if heavy else INNER)
        for edge in self._edges[1:-1]:
            paper.rule(edge, top, edge, y)
        paper.frame(self._edges[0], top, self._edges[-1] - self._edges[0], y - top, self._rim)
        return y

    def draw_sentence(self, paper: Paper, y: float, text: str) -> float:
        """Draw the head and, over the whole width, one sentence instead of rows; return where the table ends."""
        left, right = self._edges[0], self._edges[-1]
        bottom = y + self.head_height
        for edge in self._edges[1:-1]:
            paper.rule(edge, y, edge, bottom)
        top, y = y, self._draw_head(paper, y)
        paper.text((left + right) / 2, y + 6.0, text, Role.SONG, 10.5, align="center")
        y += 12.0
        paper.frame(left, top, right - left, y - top, OUTER)
        return y

    def _cell(self, index: int, text: str, *, strong: bool) -> Cell:
        """Return *text* laid out in column *index*: on one line if it fits, else smaller and wrapped."""
        face = self._hei if strong else self._song
        width = face.width(text, self._sizes.size)
        if width <= self._inner[index] and "\n" not in text:
            return Cell([Line(text, width)], self._sizes.size, strong)
        return Cell(break_lines(text, face, self._sizes.small, self._inner[index]), self._sizes.small, strong)

    def _title_lines(self, column: GridColumn) -> list[tuple[Line, Role, float]]:
        """Return the lines of a column's title: the first paragraph in Hei, further ones (units) small in Song."""
        measure = max((column.width - 2 * HEAD_PAD) * MM, self._sizes.size)
        first, *others = self._song.printable(column.title).split("\n")
        size = self._sizes.size
        heads = break_lines(self._hei.printable(first), self._hei, size, measure)
        found = [(line, Role.HEI, size) for line in heads]
        for other in others:
            found += [(line, Role.SONG, 7.2) for line in break_lines(other, self._song, 7.2, measure)]
        return found

    def _draw_head(self, paper: Paper, y: float) -> float:
        """Draw the titles and the rule under them."""
        for column, left, titles in zip(self.columns, self._edges, self._titles, strict=False):
            top = y + (self.head_height - HEAD_LEADING * len(titles)) / 2
            for number, (line, role, size) in enumerate(titles):
                middle = top + HEAD_LEADING * (number + 0.5)
                paper.text(left + column.width / 2, middle, line.text, role, size, align="center")
        y += self.head_height
        paper.rule(self._edges[0], y, self._edges[-1], y, UNDER_HEAD)
        return y

    def _draw_rows(self, paper: Paper, y: float, rows: Sequence[GridRow]) -> None:
        """Write the cells of *rows*, each centred on its row's height. This is where a long ledger spends its time."""
        normal, small, leading = self._sizes.size, self._sizes.small, self._sizes.leading * MM
        tables = {
            (size, strong): paper.operators(self._hei if strong else self._song, size)
            for size in (normal, small)
            for strong in (False, True)
        }
        spots = [
            (edge * MM, column.width * MM, column.align, f"1 0 0 1 {(edge + PAD) * MM:.2f} ")
            for edge, column in zip(self._edges, self.columns, strict=False)
        ]
        placed: list[str] = []
        for row in rows:
            middle = (paper.height_mm - y - row.height / 2) * MM
            single = f"{middle - CENTRE * normal:.2f} Tm "
            for (left, width, align, matrix), (lines, size, strong) in zip(spots, row.cells, strict=True):
                operators = tables[size, strong]
                baseline = middle + leading * (len(lines) - 1) / 2 - CENTRE * size
                for text, line_width, _ in lines:
                    if not text:
                        baseline -= leading
                        continue
                    if align == "left":
                        start = matrix
                    else:
                        slack = width - line_width
                        start = f"1 0 0 1 {left + (slack / 2 if align == 'center' else slack - PAD * MM):.2f} "
                    shown = operators[text] if text != NO_VALUE else self._greyed(operators[text])
                    alone = size == normal and len(lines) == 1
                    placed.append(start + (single if alone else f"{baseline:.2f} Tm ") + shown)
                    baseline -= leading
            y += row.height
        paper.place_all(placed)

    @staticmethod
    def _greyed(operators: str) -> str:
        """Return *operators* shown in grey: an absent value shall not look like a value."""
        return f"{Colour.GREY.operator(stroke=False)} {operators} {Colour.BLACK.operator(stroke=False)}"


def natural_width(texts: Sequence[str], title: str) -> float:
    """Return how wide, in millimetres, a column wants to be for printable *texts* and its title."""
    face = typeface(Role.SONG)
    widest = max((face.width(line, SIZE) for text in set(texts) for line in text.split("\n")), default=0.0)
    hei = typeface(Role.HEI)
    # A title longer than six characters may take two lines.
    heads = [hei.width(hei.printable(line), SIZE) for line in title.split("\n")]
    head = max(min(width, max(6 * SIZE, width / 2 + SIZE)) for width in heads)
    return max(widest / MM + 2 * PAD, head / MM + 2 * PAD, 9.0) + 0.1
