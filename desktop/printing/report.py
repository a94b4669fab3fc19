"""Sets a period report: cover, contents, chapters sharing pages, opinions and signatures at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from desktop.printing.charts import HEIGHT as CHART_HEIGHT
from desktop.printing.charts import draw_chart
from desktop.printing.document import EMPTY_LEDGER, Table
from desktop.printing.figure_table import FigureGrid, Portion
from desktop.printing.fonts import Role
from desktop.printing.frame import A4
from desktop.printing.grid import Grid, GridColumn, GridRow, natural_width
from desktop.printing.ledger import pages_of
from desktop.printing.lines import Line, break_lines
from desktop.printing.paper import MM, Colour, Paper
from desktop.printing.report_cover import draw_cover
from desktop.printing.report_document import (
    Chapter,
    ChartRow,
    FigureTable,
    Numbered,
    Opinions,
    Point,
    Report,
)
from desktop.printing.report_end import draw_opinions, opinions_height
from desktop.printing.text import typeface
from desktop.printing.widths import column_widths

LEFT, WIDTH = 24.0, 168.0
RIGHT = LEFT + WIDTH
HEAD_LINE, BODY_TOP, BODY_BOTTOM = 18.0, 20.5, 281.0
TITLE_SIZE, TITLE_HEIGHT = 14.5, 11.0
TEXT_SIZE, TEXT_LEADING = 12.0, 8.0
NOTE_SIZE, NOTE_LEADING = 8.0, 4.0
CONTENTS_LINE = 7.6
CHART_WIDTH, CHART_GAP = 80.0, 8.0

Draw = Callable[[Paper, float], object]


@dataclass(frozen=True)
class _Entry:
    """One line of the contents."""

    title: str
    page: int
    part: bool = False


def report_pdf(report: Report, *, mono: bool) -> bytes:
    """Return *report* as PDF."""
    before = 1 if report.cover is not None else 0
    entries_count = len(report.chapters) + sum(len(_groups(chapter)) for chapter in report.chapters)
    flow = _Flow(before, reserved=(entries_count + 1) * CONTENTS_LINE + 8.0 if report.contents else 0.0)
    for chapter in report.chapters:
        flow.chapter(chapter)
    flow.close()
    total = before + len(flow.pages)
    paper = Paper(*A4, title=report.title or report.running, author=report.author, mono=mono)
    if report.cover is not None:
        draw_cover(paper, report.cover, total)
        paper.end_page()
    for number, page in enumerate(flow.pages, start=before + 1):
        _draw_head(paper, report.running, number, total)
        if number == before + 1 and report.contents:
            _draw_contents(paper, flow.entries)
        for y, draw in page:
            draw(paper, y)
        paper.end_page()
    return paper.pdf()


class _Flow:
    """Shares chapters among pages; where each begins is noted for the contents."""

    def __init__(self, before: int, *, reserved: float) -> None:
        self.pages: list[list[tuple[float, Draw]]] = [[]]
        self.entries: list[_Entry] = []
        self._before = before
        self._y = BODY_TOP + reserved
        self._waiting: list[tuple[float, Draw, _Entry | None]] = []

    def chapter(self, chapter: Chapter) -> None:
        """Place a heading and what stands under it."""
        self._waiting.append(
            (TITLE_HEIGHT, partial(_draw_title, chapter.title, chapter.aside), _Entry(chapter.title, 0))
        )
        for block in chapter.blocks:
            match block:
                case FigureTable():
                    self._figures(block)
                case ChartRow():
                    self._charts(block)
                case Point():
                    self._point(block)
                case Numbered(items):
                    self._numbered(list(items))
                case Table():
                    self._table(block)
                case Opinions():
                    self.add(opinions_height(block), partial(draw_opinions, block, LEFT, WIDTH))
        self._y += 2.0

    def add(self, height: float, draw: Draw, *, after: float = 0.0) -> None:
        """Place something *height* high, behind a waiting heading, on this page or the next."""
        if self._y + self._waiting_height() + height > BODY_BOTTOM and (self.pages[-1] or self._y > BODY_TOP):
            self._turn()
        self.close()
        self.pages[-1].append((self._y, draw))
        self._y += height + after

    def close(self) -> None:
        """Place headings that nothing followed."""
        for height, draw, entry in self._waiting:
            self.pages[-1].append((self._y, draw))
            self._y += height
            if entry is not None:
                self.entries.append(_Entry(entry.title, self._page))
        self._waiting = []

    def _figures(self, table: FigureTable) -> None:
        grid = FigureGrid(table, LEFT, WIDTH)
        here = BODY_BOTTOM - self._y - self._waiting_height()
        named: set[str] = set()
        for portion in grid.portions(here, BODY_BOTTOM - BODY_TOP):
            self.add(portion.height, partial(_draw_figures, grid, portion))
            for row in portion.rows:
                if row.name not in named:
                    named.add(row.name)
                    self.entries.append(_Entry(row.name, self._page, part=True))
        song = typeface(Role.SONG)
        if table.note:
            lines = break_lines(song.printable(table.note), song, NOTE_SIZE, WIDTH * MM, justify=True)
            self._y += 1.6
            self.add(len(lines) * NOTE_LEADING, partial(_draw_note, lines), after=3.0)

    def _charts(self, row: ChartRow) -> None:
        note = 4.0 if any(chart.note for chart in row.charts) else 0.0
        self.add(CHART_HEIGHT + note, partial(_draw_charts, row), after=3.0)

    def _point(self, point: Point) -> None:
        hei, song = typeface(Role.HEI), typeface(Role.SONG)
        lead = hei.printable(point.lead)
        indent = 2 * TEXT_SIZE + hei.width(lead, TEXT_SIZE)
        for number, line in enumerate(_text_lines(song.printable(point.text), indent)):
            first = (indent, (lead, Role.HEI)) if number == 0 else (0.0, ("", Role.HEI))
            self.add(TEXT_LEADING, partial(_draw_text, line, *first))
        self._y += 0.6

    def _numbered(self, items: list[str]) -> None:
        song = typeface(Role.SONG)
        for number, item in enumerate(items, start=1):
            mark = f"{number}. "
            indent = 2 * TEXT_SIZE + song.width(mark, TEXT_SIZE)
            for place, line in enumerate(_text_lines(song.printable(item), indent)):
                first = (indent, (mark, Role.SONG)) if place == 0 else (0.0, ("", Role.SONG))
                self.add(TEXT_LEADING, partial(_draw_text, line, *first))
        self._y += 2.0

    def _table(self, block: Table) -> None:
        song = typeface(Role.SONG)
        rows = [[song.printable(text) for text in row] for row in block.rows]
        natural = [natural_width([row[index] for row in rows], title) for index, title in enumerate(block.headings)]
        widths = column_widths(block.widths or [None] * len(natural), natural, WIDTH)
        grid = Grid(
            [GridColumn(title, width, "left") for title, width in zip(block.headings, widths, strict=True)],
            LEFT, row_height=8.0,
        )  # fmt: skip
        if not rows:
            self.add(grid.head_height + 12.0, lambda paper, y: grid.draw_sentence(paper, y, EMPTY_LEDGER), after=4.0)
            return
        here = BODY_BOTTOM - self._y - self._waiting_height() - grid.head_height
        whole = BODY_BOTTOM - BODY_TOP - grid.head_height
        for part in pages_of(grid, [grid.row(row) for row in rows], whole, 0.0, first_room=here):
            if part:
                self.add(grid.head_height + sum(row.height for row in part), partial(_draw_grid, grid, part))
        self._y += 4.0

    @property
    def _page(self) -> int:
        return self._before + len(self.pages)

    def _turn(self) -> None:
        self.pages.append([])
        self._y = BODY_TOP

    def _waiting_height(self) -> float:
        return sum(height for height, _draw, _entry in self._waiting)


def _groups(chapter: Chapter) -> list[str]:
    return [group.name for block in chapter.blocks if isinstance(block, FigureTable) for group in block.groups]


def _text_lines(text: str, indent: float) -> list[Line]:
    return break_lines(text, typeface(Role.SONG), TEXT_SIZE, WIDTH * MM, indent=indent, justify=True)


def _draw_head(paper: Paper, running: str, page: int, total: int) -> None:
    paper.text(LEFT, HEAD_LINE - 3.2, running, Role.SONG, 9, colour=Colour.GREY)
    paper.text(RIGHT, HEAD_LINE - 3.2, f"第{page}页　共{total}页", Role.SONG, 9, align="right", colour=Colour.GREY)
    paper.rule(LEFT, HEAD_LINE, RIGHT, HEAD_LINE, 0.5)


def _draw_contents(paper: Paper, entries: list[_Entry]) -> None:
    y = BODY_TOP + TITLE_HEIGHT / 2
    paper.text(LEFT, y, "目录", Role.HEI, TITLE_SIZE)
    y += 3.0
    song = typeface(Role.SONG)
    for entry in entries:
        y += CONTENTS_LINE
        left = LEFT + (8.0 if entry.part else 0.0)
        size = 10.5 if entry.part else 12.0
        title = entry.title
        end = left + paper.text(left, y, title, Role.SONG if entry.part else Role.HEI, size)
        page = str(entry.page)
        begin = RIGHT - song.width(page, size) / MM
        paper.text(RIGHT, y, page, Role.SONG, size, align="right")
        paper.path([(end + 2.0, y + 1.2), (begin - 2.0, y + 1.2)], 0.4, colour=Colour.LIGHT, dashed=True)


def _draw_title(title: str, aside: str, paper: Paper, y: float) -> None:
    paper.text(LEFT, y + TITLE_HEIGHT / 2, title, Role.HEI, TITLE_SIZE)
    paper.text(RIGHT, y + TITLE_HEIGHT / 2 + 0.6, aside, Role.SONG, 10, align="right")


def _draw_figures(grid: FigureGrid, portion: Portion, paper: Paper, y: float) -> None:
    grid.draw(paper, y, portion)


def _draw_note(lines: list[Line], paper: Paper, y: float) -> None:
    paper.lines(LEFT, y, lines, Role.SONG, NOTE_SIZE, leading=NOTE_LEADING, colour=Colour.GREY)


def _draw_charts(row: ChartRow, paper: Paper, y: float) -> None:
    for number, chart in enumerate(row.charts):
        draw_chart(paper, LEFT + number * (CHART_WIDTH + CHART_GAP), y, CHART_WIDTH, chart)


def _draw_text(line: Line, indent: float, lead: tuple[str, Role], paper: Paper, y: float) -> None:
    """Draw one line of running text, its first *indent* points taken by *lead* two characters in."""
    text, role = lead
    if text:
        paper.text(LEFT + 2 * TEXT_SIZE / MM, y + TEXT_LEADING / 2, text, role, TEXT_SIZE)
    paper.lines(LEFT + indent / MM, y, [line], Role.SONG, TEXT_SIZE, leading=TEXT_LEADING)


def _draw_grid(grid: Grid, rows: list[GridRow], paper: Paper, y: float) -> None:
    grid.draw(paper, y, rows)
