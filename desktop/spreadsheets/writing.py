"""Writing records as a sheet that imports again unchanged, and refused rows as a sheet to mend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from desktop.foundation.errors import InputError
from desktop.foundation.jobs import JobContext
from desktop.spreadsheets.cells import Cell, as_text
from desktop.spreadsheets.headings import REASON_HEADING
from desktop.spreadsheets.judging import ReadRow, ReadSheet
from desktop.spreadsheets.mapping import find_columns
from desktop.spreadsheets.reading import RawTable
from desktop.spreadsheets.spec import SheetColumn, SheetSpec
from desktop.spreadsheets.templates import write_template
from desktop.spreadsheets.workbooks import MOST_ROWS, Looks, new_workbook, set_up_page, workbook_in_memory

__all__ = ["table_bytes", "write_refused", "write_table", "write_template"]

_REPORT_EVERY = 500
_KEPT_IN_MEMORY = 20_000
_LONGEST_TEXT = 32_767  # of one cell, in UTF-16 units; the library would cut the rest off without a word
_REASON_WIDTH = 60
_NUMBER_KINDS = frozenset(("integer", "decimal"))


def write_table(
    path: Path,
    spec: SheetSpec,
    rows: Iterable[Mapping[str, object]],
    *,
    title: str | None = None,
    note: str | None = None,
    footer: str = "",
    written: Callable[[int], object] | None = None,
    context: JobContext | None = None,
) -> Path:
    """Write *rows*, mappings from column keys to values, as one .xlsx sheet and return *path*.

    *title* and *note* (who took these data out, when and what for) stand above the head, *footer* at the foot of each
    printed page; a key without a value is a blank cell. *written* is called with the number of rows just before the
    file gets its name; if it raises, there is no file. Days are written as text, 2011-04-05: so they sort in order,
    read back as they were, and keep their form in .csv files and on PCs with other date settings. Raises InputError
    if Excel cannot hold the rows, EnvironmentFailure if the file cannot be written, JobCancelled; then an older file
    at *path* is untouched.
    """
    job = context or JobContext()
    source = iter(rows)
    first = list(islice(source, _KEPT_IN_MEMORY + 1))
    large = len(first) > _KEPT_IN_MEMORY
    count = 0
    with new_workbook(path, large=large, finished=lambda: written(count) if written else None) as book:
        head = _Head(title, note, footer)
        count = _fill(book, spec, chain(first, source), head, total=0 if large else len(first), job=job)
        job.report(count, count)
    return path


def table_bytes(
    spec: SheetSpec, rows: Sequence[Mapping[str, object]], *, note: str = "", context: JobContext | None = None
) -> bytes:
    """Return *rows* as one .xlsx sheet made in memory alone (about 3.5 kB a row), with *note* above and at the foot."""
    with workbook_in_memory() as (book, content):
        _fill(book, spec, rows, _Head(None, note, note), total=len(rows), job=context or JobContext())
    return content.getvalue()


@dataclass(frozen=True)
class _Head:
    """What stands around a table."""

    title: str | None
    note: str | None
    footer: str


def _fill(
    book: Workbook, spec: SheetSpec, rows: Iterable[Mapping[str, object]], head: _Head, *, total: int, job: JobContext
) -> int:
    """Write the one sheet of *book* and return how many rows it got."""
    looks = Looks(book)
    page = book.add_worksheet(spec.title)
    head_row = _write_top(page, looks, head.title, head.note, len(spec.columns))
    for index, column in enumerate(spec.columns):
        page.set_column(index, index, column.width, looks.of(column))
    page.write_row(head_row, 0, [column.heading for column in spec.columns], looks.head)
    set_up_page(page, head_row, len(spec.columns) - 1, head.footer)
    number = head_row
    plan = [(index, column, looks.of(column)) for index, column in enumerate(spec.columns)]
    for number, row in enumerate(rows, start=head_row + 1):
        if number % _REPORT_EVERY == 0:
            job.check()
            job.report(number - head_row - 1, total)
        if number >= MOST_ROWS:
            raise InputError("行数太多，一张 Excel 表放不下（最多约104万行）。请缩短时间范围，分几次导出。")
        _write_record(page, number, row, plan)
    return number - head_row


def write_refused(path: Path, sheet: ReadSheet, written: Callable[[], object] | None = None) -> Path:
    """Write the refused rows with their own headings and cells and the reasons behind them; return *path*.

    The file imports again once its rows are mended: the reasons are passed over, and a heading that was joined by
    hand is written as the program calls it. *written* is called just before the file gets its name; if it raises,
    there is no file. Raises InputError if nothing was refused, and as ``write_table`` does.
    """
    refused = sheet.refused
    if not refused:
        raise InputError("没有不能导入的行，不用另存。")
    headings = _headings_that_map(sheet, len(refused[0].cells))
    by_index = {found.index: sheet.spec.column(key) for key, found in sheet.columns.columns.items()}
    reason = len(headings)
    with new_workbook(path, large=len(refused) > _KEPT_IN_MEMORY, finished=written) as book:
        looks = Looks(book)
        page = book.add_worksheet(sheet.spec.title)
        formats: list[Format | None] = []
        for index in range(reason):
            column = by_index.get(index)
            formats.append(looks.of(column) if column is not None else None)
            page.set_column(index, index, column.width if column is not None else 10, formats[index])
        page.set_column(reason, reason, _REASON_WIDTH, looks.wrapped)
        page.write_row(0, 0, [*headings, REASON_HEADING], looks.head)
        set_up_page(page, 0, reason)
        for number, row in enumerate(refused, start=1):
            for index, cell in enumerate(row.cells):
                _write_original(page, number, index, cell, formats[index])
            page.write_string(number, reason, _reasons(row), looks.wrapped)
    return path


def _write_top(page: Worksheet, looks: Looks, title: str | None, note: str | None, width: int) -> int:
    """Write title and note across the sheet and return the row, from 0, that is left for the head."""
    row = 0
    for text, look, height in ((title, looks.title, 30), (note, looks.note, 20)):
        if not text:
            continue
        page.set_row(row, height)
        if width > 1:
            page.merge_range(row, 0, row, width - 1, text, look)
        else:
            page.write_string(row, 0, text, look)
        row += 1
    return row


def _write_record(
    page: Worksheet, number: int, row: Mapping[str, object], plan: Sequence[tuple[int, SheetColumn, Format]]
) -> None:
    for index, column, look in plan:
        value = row.get(column.key)
        if value is None or value == "":
            continue
        if column.kind in _NUMBER_KINDS and isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            page.write_number(number, index, value, look)
            continue
        text = value if type(value) is str else _shown(value)
        if len(text) > _LONGEST_TEXT // 2 and len(text.encode("utf-16-le")) // 2 > _LONGEST_TEXT:
            raise InputError(f"第{number + 1}行的“{column.heading}”太长，一个 Excel 格子放不下，请先缩短它。")
        if text:
            page.write_string(number, index, text, look)


def _shown(value: object) -> str:
    """Return how *value* is written in a text cell; lists are joined by 、."""
    if isinstance(value, tuple | list):
        return "、".join(map(str, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, str | int | float | datetime | date | time | timedelta):
        return as_text(value)
    raise TypeError(f"a cell cannot hold a {type(value).__name__}")


def _write_original(page: Worksheet, row: int, index: int, cell: Cell, look: Format | None) -> None:
    writers: dict[type, Callable[..., object]] = {
        int: page.write_number,
        float: page.write_number,
        bool: page.write_boolean,
    }
    if cell is None or cell == "":
        return
    writer = writers.get(type(cell))
    if writer is not None:
        writer(row, index, cell, look)
    else:
        page.write_string(row, index, as_text(cell), look)


def _headings_that_map(sheet: ReadSheet, width: int) -> list[str]:
    """Return the file's own headings, but the spec's where the file's alone would not lead back to the same key."""
    headings = [*sheet.headings, *[""] * (width - len(sheet.headings))]
    found = find_columns(RawTable(sheet.spec.title, [list(headings)]), sheet.spec).columns
    for key, column in sheet.columns.columns.items():
        if key not in found or found[key].index != column.index:
            headings[column.index] = sheet.spec.column(key).heading
    return headings


def _reasons(row: ReadRow) -> str:
    return "；".join(f"{problem.field.strip()}：{problem.message}" for problem in row.problems)
