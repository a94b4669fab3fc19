"""Sets the catalogue of an archive box: numbered entries with their pages counted through, and lines to sign on."""

from __future__ import annotations

from desktop.foundation.days import plain_day
from desktop.printing.fitting import fitted_or_capped
from desktop.printing.fonts import Role
from desktop.printing.forms import CatalogueEntry, FileCatalogue
from desktop.printing.grid import Grid, GridColumn, GridRow, Sizes
from desktop.printing.ledger import pages_of
from desktop.printing.paper import Colour, Paper
from desktop.printing.text import typeface

LEFT, WIDTH = 25.0, 170.0
TOP, BOTTOM = 41.3, 267.0
TITLE_SIZE, TRACKING = 24.0, 4.0
ROW, SIZES = 14.2, Sizes(10.5, 9.4, 4.4)
RIM = 0.5
_KINDS = ("居民委员会", "村民委员会", "居委会", "村委会", "办事处")
_SHORT_NAME = 6
_COLUMNS = (
    ("顺序号", 11.0, "center"), ("文号", 33.0, "left"), ("责任者", 27.0, "left"), ("题名", 51.0, "left"),
    ("日期", 21.0, "center"), ("页号", 15.0, "center"), ("备注", 12.0, "left"),
)  # fmt: skip


def draw_catalogue(paper: Paper, made: FileCatalogue) -> None:
    """Draw *made* on as many pages as it needs; the last is filled up with empty lines."""
    grid = Grid([GridColumn(*column) for column in _COLUMNS], LEFT, row_height=ROW, sizes=SIZES, rim=RIM)  # type: ignore[arg-type]
    room = BOTTOM - TOP - grid.head_height
    pages = pages_of(grid, _rows(made, grid), room, 0.0) or [[]]
    blank = grid.row([""] * len(_COLUMNS))
    while sum(row.height for row in pages[-1]) + ROW <= room:
        pages[-1].append(blank)
    for number, rows in enumerate(pages, start=1):
        _draw_head(paper, made)
        grid.draw(paper, TOP, rows)
        if number == len(pages):
            _draw_foot(paper, made)
        if len(pages) > 1:
            words = f"第{number}页　共{len(pages)}页"
            paper.text(LEFT + WIDTH, 288.0, words, Role.SONG, 8.5, align="right", colour=Colour.GREY)
        paper.end_page()


def page_numbers(entries: list[CatalogueEntry] | tuple[CatalogueEntry, ...]) -> list[str]:
    """Return the page each entry begins on; the last has its last page too. Blank where pages are not known."""
    numbers, first = [], 1
    for number, entry in enumerate(entries, start=1):
        last = first + entry.pages - 1
        span = f"{first}—{last}" if number == len(entries) and last > first else str(first)
        numbers.append(span if entry.pages else "")
        first += entry.pages
    return numbers


def parted(name: str) -> str:
    """Return a committee's name with what kind it is on a line of its own: 幸福里社区 / 居民委员会."""
    kind = next((kind for kind in _KINDS if name.endswith(kind) and len(name) > len(kind)), "")
    return f"{name.removesuffix(kind)}\n{kind}" if kind else name


def _rows(made: FileCatalogue, grid: Grid) -> list[GridRow]:
    song = typeface(Role.SONG)
    entries = list(made.entries)
    rows = []
    for number, (entry, pages) in enumerate(zip(entries, page_numbers(entries), strict=True), start=1):
        day = f"{entry.day:%Y%m%d}" if entry.day else ""
        texts = (str(number), entry.number, _author(entry.author), entry.title, day, pages, entry.remark)
        rows.append(grid.row([song.printable(text) for text in texts]))
    return rows


def _author(name: str) -> str:
    return parted(name) if len(name) > _SHORT_NAME else name


def _draw_head(paper: Paper, made: FileCatalogue) -> None:
    title = fitted_or_capped(made.title, Role.TITLE, TITLE_SIZE, WIDTH - 40.0, least=14.0, most=1)
    paper.text(
        LEFT + WIDTH / 2, 23.8, title.lines[0].text, Role.TITLE, title.size, align="center", tracking=TRACKING
    )  # fmt: skip
    for x, room, words, align in (
        (LEFT, 74.0, f"全宗　{made.committee}", "left"), (LEFT + 76.0, 50.0, f"案卷号　{made.volume}", "left"),
        (LEFT + 128.0, 42.0, f"保管期限　{made.term}", "right"),
    ):  # fmt: skip
        shown = fitted_or_capped(words, Role.SONG, 11.0, room, least=7.0, most=2)
        paper.lines(
            x, 36.8 - shown.height / 2, shown.lines, Role.SONG, shown.size, leading=shown.leading, measure=room,
            align=align,  # type: ignore[arg-type]
        )  # fmt: skip


def _draw_foot(paper: Paper, made: FileCatalogue) -> None:
    """Draw how many there are, and lines for who has put the box together and who has looked it over."""
    y, x = 276.0, LEFT
    pages = sum(entry.pages for entry in made.entries)
    for label, value, room, unit in (
        ("本卷共", str(len(made.entries)), 14.0, "件"), ("共", str(pages), 15.0, "页"),
        ("立卷人", made.made_by, 24.0, ""), ("检查人", "", 20.0, ""),
    ):  # fmt: skip
        x += paper.text(x, y, label, Role.SONG, 11.0) + 1.0
        paper.rule(x, y + 2.4, x + room, y + 2.4, 0.4)
        shown = fitted_or_capped(value, Role.SONG, 11.0, room, least=6.0, most=1)
        shown.draw(paper, x, y - shown.height / 2, room)
        x += room + 1.5
        x += paper.text(x, y, unit, Role.SONG, 11.0) + 4.0 if unit else 3.0
    day = plain_day(made.made_on) if made.made_on else "　　年　月　日"
    paper.text(LEFT + WIDTH, y, day, Role.SONG, 11.0, align="right")
