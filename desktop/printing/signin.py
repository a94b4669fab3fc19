"""Sets a sheet to sign on: what it is for above, two columns of numbered lines, what was counted below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from desktop.printing.fitting import Fitted, fitted_or_capped
from desktop.printing.fonts import Role
from desktop.printing.forms import SignInSheet
from desktop.printing.frame import A4
from desktop.printing.grid import Grid, GridColumn, GridRow, Sizes
from desktop.printing.ledger import pages_of
from desktop.printing.paper import MM, Colour, Paper
from desktop.printing.text import typeface

LEFT, WIDTH = 22.0, 170.0
TITLE_SIZE = 24.0
COLUMN = 84.0
BOTTOM = 261.0
ROW, SIZES = 10.4, Sizes(10.5, 8.0, 3.3)
_COUNTED = (("到场", 21.0, "人"), ("其中60岁以上", 15.0, "人"), ("发放资料", 15.5, "份"), ("登记人", 20.0, ""))
_RULE = "签到只用于登记本次活动人数；不填身份证号。"
Labelled = tuple[str, float, Fitted]


def signin_pdf(sheet: SignInSheet, *, mono: bool) -> bytes:
    """Return *sheet* as PDF: as many pages as its people and lines need."""
    paper = Paper(*A4, title=f"{sheet.title} {sheet.activity}".strip(), author=sheet.committee, mono=mono)
    title = fitted_or_capped(sheet.title, Role.TITLE, TITLE_SIZE, WIDTH, least=14.0, most=3)
    first = _labels((("活动名称", sheet.activity, 117.0), ("日期", sheet.day, 53.0)))
    second = _labels((("地点", sheet.place, 71.0), ("主讲人", sheet.speaker, 46.0), ("时间", sheet.clock, 53.0)))
    top = 16.5 + title.height + _height(first) + _height(second) + 4.5
    grids = [_grid(LEFT), _grid(LEFT + WIDTH - COLUMN)]
    columns = _columns(sheet, grids[0], BOTTOM - top - grids[0].head_height)
    pages = len(columns) // 2
    for page in range(pages):
        title.draw(paper, LEFT, 16.5, WIDTH)
        y = _draw_labels(paper, 16.5 + title.height, first)
        _draw_labels(paper, y, second)
        for grid, rows in zip(grids, columns[2 * page : 2 * page + 2], strict=True):
            grid.draw(paper, top, rows)
        _draw_foot(paper, page + 1, pages)
        paper.end_page()
    return paper.pdf()


def _labels(parts: Iterable[tuple[str, str, float]]) -> list[Labelled]:
    """Return labels with the room each has and its fitted value."""
    hei = typeface(Role.HEI)
    return [(label, room, _value(value, room - hei.width(label, 10.5) / MM - 5.0)) for label, value, room in parts]


def _value(text: str, room: float) -> Fitted:
    return fitted_or_capped(text, Role.SONG, 11.0, room, least=8.5, most=4)


def _height(labels: list[Labelled]) -> float:
    return max(9.4, *(value.height + 4.0 for _, _, value in labels))


def _draw_labels(paper: Paper, y: float, labels: list[Labelled]) -> float:
    """Draw labels and values over their lines; return where the next ones begin."""
    bottom = y + _height(labels)
    x = LEFT
    for number, (label, room, value) in enumerate(labels):
        start = x + paper.text(x, bottom - 2.6, label, Role.HEI, 10.5) + 1.0
        end = x + room - (0.0 if number == len(labels) - 1 else 5.0)
        paper.rule(start, bottom, end, bottom, 0.5)
        value.draw(paper, start, bottom - value.height - 0.3, end - start)
        x += room
    return bottom


def _grid(left: float) -> Grid:
    columns = [
        GridColumn("序号", 9.0, "center"),
        GridColumn("姓名", 22.0, "center"),
        GridColumn("住址", 27.0, "left"),
        GridColumn("签名", 26.0, "center"),
    ]
    return Grid(columns, left, row_height=ROW, sizes=SIZES)


def _columns(sheet: SignInSheet, grid: Grid, room: float) -> list[list[GridRow]]:
    """Return an even number of columns of rows: the people known, then blank lines to the end of the page."""
    song = typeface(Role.SONG)
    numbers = count(1)

    def known() -> Iterator[GridRow]:
        for name, address in sheet.people:
            yield grid.row([str(next(numbers)), song.printable(name), song.printable(address), ""])

    columns = pages_of(grid, known(), room, 0.0)
    wanted = max(sheet.lines, 1)
    while True:
        left = room - sum(row.height for row in columns[-1])
        for _ in range(int(left / ROW + 1e-9)):
            columns[-1].append(grid.row([str(next(numbers)), "", "", ""]))
        if len(columns) % 2 == 0 and sum(map(len, columns)) >= wanted:
            return columns
        columns.append([])


def _draw_foot(paper: Paper, page: int, pages: int) -> None:
    """Draw what is counted at the end, and the rule about numbers."""
    x, y = LEFT, 268.5
    for label, room, unit in _COUNTED:
        start = x + paper.text(x, y, label, Role.HEI, 10.5) + 1.0
        paper.rule(start, y + 2.4, start + room, y + 2.4, 0.5)
        x = start + room + 1.0
        x += paper.text(x, y, unit, Role.SONG, 10.5) + 7.0 if unit else 0.0
    paper.text(LEFT, 285.0, _RULE, Role.SONG, 8.0, colour=Colour.GREY)
    paper.text(LEFT + WIDTH, 285.0, f"第{page}页　共{pages}页", Role.SONG, 8.0, align="right", colour=Colour.GREY)
