"""Reading a spreadsheet file into rows of cells, whatever its format; every failure is a Chinese sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import cast

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from desktop.foundation.errors import InputError, machine_faults
from desktop.spreadsheets import csvtext, newformat, oldformat
from desktop.spreadsheets.cells import Cell

MOST_FILE_BYTES = 200_000_000
_SAVE_AS = "请用 Excel 或 WPS 打开它，另存为 .xlsx 再导入。"
_NO_SHEET = "这个文件不是表格。请选 Excel 表格（.xlsx、.xls）或 .csv 文件。"
_DAMAGED = f"这个表格文件损坏了，读不出来。{_SAVE_AS}打不开的话，请向发文件的人再要一份。"
_LOCKED = "这个表格设了打开密码。请用 Excel 打开，去掉密码另存一份再导入。"
_EMPTY = "这个表格是空的，里面没有任何内容。"

Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class RawTable:
    """The cells of one sheet, rows all of one width, column A first; vertical merges are filled downwards."""

    sheet_name: str
    rows: list[list[Cell]] = field(repr=False)
    first_row: int = 1
    """Excel's number of ``rows[0]``."""
    merges: tuple[Merge, ...] = ()
    """((top, left), (bottom, right)), counted from 0 like ``rows``."""
    sheet_names: tuple[str, ...] = ()
    """All visible sheets of the file, for choosing another."""


def read_table(path: Path, *, sheet: str | None = None, prefer: Callable[[RawTable], int] | None = None) -> RawTable:
    """Return the cells of one sheet of an .xlsx, .xls or .csv file; what it is, is told by its content.

    Without *sheet*, of several visible sheets the one with the highest *prefer* is taken, else the first that has
    any content. Raises InputError if there is no such file, or it is no spreadsheet, has a password, is damaged, empty,
    too large or has no such sheet; EnvironmentFailure if it cannot be opened.
    """
    if path.is_dir():
        raise InputError(f"“{path.name}”是文件夹，不是表格文件。请选里面的表格。")
    with machine_faults("打开表格"), _there(path):
        if path.stat().st_size > MOST_FILE_BYTES:
            raise InputError("这个文件太大，程序没有打开它。请把它分成几个小一些的文件再导入。")
        data = path.read_bytes()
    if not data.strip():
        raise InputError(_EMPTY)
    if data.startswith((newformat.MAGIC, oldformat.MAGIC)):
        return _from_workbook(data, sheet, prefer)
    return _from_text(data, path.stem)


@contextmanager
def _there(path: Path) -> Iterator[None]:
    """Say of a file that is not there that another must be named: no machine is at fault."""
    try:
        yield
    except FileNotFoundError:
        raise InputError(f"找不到文件“{path.name}”，请核对文件名和它在哪个文件夹。") from None


def _from_text(data: bytes, name: str) -> RawTable:
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta")):
        raise InputError(f"这个文件其实是网页，不是真正的表格。{_SAVE_AS}")
    if head.startswith((b"%pdf", b"{\\rtf")):
        raise InputError(_NO_SHEET)
    rows: list[list[Cell]] = [list(row) for row in csvtext.parse(csvtext.decode(data))]
    if not any(_filled(row) for row in rows):
        raise InputError(_EMPTY)
    return RawTable(name, rows, sheet_names=(name,))


def _from_workbook(data: bytes, sheet: str | None, prefer: Callable[[RawTable], int] | None) -> RawTable:
    _check(data)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            return _choose(book, sheet, prefer)
    except PasswordError as error:
        raise InputError(_LOCKED) from error
    except CalamineError as error:
        raise InputError(_DAMAGED) from error
    except BaseException as error:
        # The parser's own crashes arrive as a class that is no Exception and cannot be imported.
        if type(error).__name__ == "PanicException":
            raise InputError(_DAMAGED) from None
        raise


def _check(data: bytes) -> None:
    """Turn what the format rooms find into sentences, before the parser sees the file."""
    try:
        if data.startswith(newformat.MAGIC):
            newformat.check_new_workbook(data)
        else:
            oldformat.check_old_workbook(data)
    except oldformat.LockedOldFile as error:
        raise InputError(_LOCKED) from error
    except (oldformat.DamagedOldFile, newformat.DamagedNewFile) as error:
        raise InputError(_DAMAGED) from error
    except oldformat.NoOldWorkbook as error:
        raise InputError(_NO_SHEET) from error
    except newformat.NoNewWorkbook as error:
        raise InputError(f"这个文件是{error}，程序只认 .xlsx、.xls 和 .csv 表格。") from error


def _choose(book: CalamineWorkbook, sheet: str | None, prefer: Callable[[RawTable], int] | None) -> RawTable:
    pages = [page for page in book.sheets_metadata if page.typ == SheetTypeEnum.WorkSheet]
    names = tuple(page.name for page in pages if page.visible == SheetVisibleEnum.Visible)
    names = names or tuple(page.name for page in pages)
    if sheet is not None:
        if sheet not in {page.name for page in pages}:
            raise InputError(f"这个文件里没有名叫“{sheet}”的工作表，只有：{'、'.join(names)}。")
        return _load(book, sheet, names)
    best: RawTable | None = None
    best_score = -1
    for name in names:
        table = _load(book, name, names)
        if not table.rows:
            continue
        score = prefer(table) if prefer is not None else 0
        if score > best_score:
            best, best_score = table, score
    if best is None:
        raise InputError(_EMPTY)
    return best


def _load(book: CalamineWorkbook, name: str, names: tuple[str, ...]) -> RawTable:
    page = book.get_sheet_by_name(name)
    rows = cast(list[list[Cell]], page.to_python(skip_empty_area=False))
    while rows and not _filled(rows[-1]):
        rows.pop()
    merges = tuple(page.merged_cell_ranges or ())
    _fill_down(rows, merges)
    return RawTable(name, rows, merges=merges, sheet_names=names)


def _fill_down(rows: list[list[Cell]], merges: Sequence[Merge]) -> None:
    """Repeat a vertically merged cell in each of its rows, as the eye reads it (one 楼栋 beside a whole family).

    Only its first column is filled: 合计 merged across must not turn up in every column.
    """
    for (top, left), (bottom, _) in merges:
        if bottom == top or top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for row in rows[top + 1 : bottom + 1]:
            row[left] = value


def _filled(row: Sequence[Cell]) -> bool:
    return any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in row)
