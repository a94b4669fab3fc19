"""Workbooks to be printed and handed in: titled tables with numbers as numbers, a signature foot, one page wide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from desktop.foundation.errors import InputError
from desktop.foundation.text import text_width
from desktop.spreadsheets.workbooks import MOST_ROWS, new_workbook, workbook_in_memory

PageCell = str | int | Decimal | None
_A4 = 9
_UPRIGHT_WIDTH = 92  # characters of 11 pt that one upright A4 page holds beside its margins
_NARROWEST, _WIDEST = 6, 34
_KEPT_IN_MEMORY = 20_000
_LONGEST_TEXT = 32_767
_SHEET_NAME_LENGTH = 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys(r"[]:*?/\'", "·"))
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class PageColumn:
    """One column: its heading, and whether it holds numbers. What is no number is a text cell, digits or not."""

    heading: str
    numeric: bool = False


@dataclass(frozen=True)
class TablePage:
    """One sheet of a workbook; *lines* stand under the title, *foot* under the table, *groups* are rows set bold."""

    name: str
    title: str
    columns: tuple[PageColumn, ...]
    rows: Sequence[Sequence[PageCell]] = field(repr=False)
    lines: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    groups: frozenset[int] = frozenset()
    empty: str = "本期没有记录"


def write_pages(path: Path, pages: Sequence[TablePage], written: Callable[[], object] | None = None) -> Path:
    """Write *pages* as one .xlsx, each a sheet ready to print, and return *path*.

    Print area, repeated head and direction (by width) are set. *written* is called just before the file gets its
    name; if it raises, there is no file. Raises InputError if Excel cannot hold the rows,
    EnvironmentFailure if the file cannot be written; then an older file at *path* is untouched.
    """
    large = any(len(page.rows) > _KEPT_IN_MEMORY for page in pages)
    with new_workbook(path, large=large, finished=written) as book:
        _fill(book, pages)
    return path


def pages_as_bytes(pages: Sequence[TablePage]) -> bytes:
    """Return what ``write_pages`` writes, put together in memory; raise InputError if Excel cannot hold the rows."""
    with workbook_in_memory() as (book, content):
        _fill(book, pages)
    return content.getvalue()


def _fill(book: Workbook, pages: Sequence[TablePage]) -> None:
    looks = _Looks(book)
    taken: set[str] = set()
    for page in pages:
        name = _sheet_name(page.name, taken)
        _write_page(book.add_worksheet(name), looks, page)


class _Looks:
    """The cell formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        cell = {"border": 1, "valign": "vcenter"}
        self.title: Format = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        self.line: Format = book.add_format({"font_size": 10, "valign": "vcenter"})
        self.head: Format = book.add_format({**cell, "bold": True, "align": "center", "text_wrap": True})
        self.text: Format = book.add_format({**cell, "num_format": "@"})
        # Excel shows #### for more than 255 characters in a cell of the text format.
        self.long: Format = book.add_format({**cell, "text_wrap": True, "valign": "top"})
        self.whole: Format = book.add_format({**cell, "num_format": "#,##0"})
        self.parted: Format = book.add_format({**cell, "num_format": "#,##0.00"})
        self.middle: Format = book.add_format({**cell, "align": "center"})
        self.group: Format = book.add_format({**cell, "bold": True})

    def of(self, value: PageCell, *, wide: bool) -> Format:
        """Return the look of one cell."""
        if isinstance(value, Decimal):
            return self.whole if value == value.to_integral_value() else self.parted
        if isinstance(value, int):
            return self.whole
        return self.long if wide else self.text


def _write_page(page: Worksheet, looks: _Looks, table: TablePage) -> None:
    last = len(table.columns) - 1
    widths = [_width(table, index) for index in range(last + 1)]
    for index, width in enumerate(widths):
        page.set_column(index, index, width)
    page.set_row(0, 30)
    _across(page, 0, last, table.title, looks.title)
    head = 1
    for line in table.lines:
        _across(page, head, last, line, looks.line)
        head += 1
    page.write_row(head, 0, [column.heading.replace("\n", "") for column in table.columns], looks.head)
    if head + len(table.rows) + len(table.foot) >= MOST_ROWS:
        raise InputError("行数太多，一张 Excel 表放不下（最多约104万行）。请缩短期间，分几次导出。")
    row = head
    for row, cells in enumerate(table.rows, start=head + 1):
        if row - head - 1 in table.groups:
            _across(page, row, last, str(cells[0] or ""), looks.group)
            continue
        for index, value in enumerate(cells):
            _write_cell(page, looks, row, index, value, wide=widths[index] >= _WIDEST)
    if not table.rows:
        row = head + 1
        _across(page, row, last, table.empty, looks.middle)
    for line in table.foot:
        row += 1
        page.set_row(row, 26)
        _across(page, row, last, line, looks.line)
    _set_up(page, head, row, last, landscape=sum(widths) > _UPRIGHT_WIDTH)


def _write_cell(page: Worksheet, looks: _Looks, row: int, index: int, value: PageCell, *, wide: bool) -> None:
    if value is None or value == "":
        page.write_blank(row, index, None, looks.text)
    elif isinstance(value, str):
        if len(value.encode("utf-16-le")) // 2 > _LONGEST_TEXT:
            raise InputError(f"第{row + 1}行有一格文字太长，一个 Excel 格子放不下，请先缩短它。")
        page.write_string(row, index, value, looks.of(value, wide=wide))
    else:
        number = value.quantize(_HUNDREDTH, ROUND_HALF_UP) if isinstance(value, Decimal) else value
        page.write_number(row, index, number, looks.of(number, wide=wide))


def _across(page: Worksheet, row: int, last: int, text: str, look: Format) -> None:
    if last:
        page.merge_range(row, 0, row, last, text, look)
    else:
        page.write_string(row, 0, text, look)


def _width(table: TablePage, index: int) -> int:
    """Return how many characters wide a column wants to be: enough for all but very long texts."""
    heading = max(map(text_width, table.columns[index].heading.split("\n")), default=0)
    shown = (_shown_width(row[index]) for number, row in enumerate(table.rows) if number not in table.groups)
    return min(max(_NARROWEST, heading + 2, max(shown, default=0) + 2), _WIDEST)


def _shown_width(value: PageCell) -> int:
    if isinstance(value, Decimal):
        return len(f"{value:,.2f}")
    return len(f"{value:,}") if isinstance(value, int) else max(map(text_width, (value or "").split("\n")))


def _set_up(page: Worksheet, head: int, last_row: int, last: int, *, landscape: bool) -> None:
    page.freeze_panes(head + 1, 0)
    if landscape:
        page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.print_area(0, 0, last_row, last)
    page.center_horizontally()
    page.set_footer("&C第 &P 页，共 &N 页")
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name that Excel takes for a sheet and that no other sheet of the workbook has."""
    plain = wanted.translate(_NOT_IN_NAMES).strip() or "表"
    name, number = plain[:_SHEET_NAME_LENGTH], 1
    while name.lower() in taken:
        number += 1
        tail = f"（{number}）"
        name = plain[: _SHEET_NAME_LENGTH - len(tail)] + tail
    taken.add(name.lower())
    return name
