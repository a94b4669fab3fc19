"""Making an .xlsx file that appears whole or not at all, and how its sheets look on screen and paper."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from desktop.foundation.errors import InputError, machine_faults
from desktop.spreadsheets.headings import column_letters
from desktop.spreadsheets.spec import SheetColumn

MOST_ROWS = 1_048_576  # of one .xlsx sheet
_TEXT_KINDS = frozenset(("id_number", "phone", "day", "past_day"))
_WRAPPED_WIDTH = 24
_A4 = 9
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_format_properties": {"font_name": "宋体", "font_size": 11},
}


@contextmanager
def new_workbook(
    target: Path, *, large: bool = False, finished: Callable[[], object] | None = None
) -> Iterator[Workbook]:
    """Yield a workbook that takes the place of *target* when the block ends well; otherwise the old file stays.

    *finished* is called once all of it is written, before it takes that place; if it raises, the old file stays too.

    Residents' data must not lie about in the system's temporary folder, so the sheets are put together in memory
    (about 3.5 kB a row). A *large* one goes through files in a private folder beside the target, which is removed
    whatever happens. Raises InputError for a name that is not .xlsx, EnvironmentFailure if it cannot be written.
    """
    if target.suffix.lower() != ".xlsx":
        raise InputError("表格要存成 .xlsx 文件，请把文件名的结尾写成 .xlsx。")
    with machine_faults("保存表格"):
        folder = Path(tempfile.mkdtemp(prefix=".juwei-", dir=target.parent))
        try:
            draft = folder / "draft.xlsx"
            book = _workbook(draft, folder, large=large)
            try:
                yield book
            except BaseException:
                if large:
                    _close(book)  # it holds files open, and an open file cannot be removed on Windows
                raise
            _close(book)
            _sync(draft)
            if finished is not None:
                finished()
            draft.replace(target)
            if os.name == "posix":
                _sync(target.parent)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def workbook_in_memory() -> Iterator[tuple[Workbook, BytesIO]]:
    """Yield a workbook and where its bytes stand when the block has ended well; no file is made."""
    content = BytesIO()
    book = Workbook(content, {"in_memory": True, **_OPTIONS})
    yield book, content
    _close(book)


def _workbook(draft: Path, folder: Path, *, large: bool) -> Workbook:
    options = {"in_memory": not large, "constant_memory": large, "tmpdir": str(folder), **_OPTIONS}
    return Workbook(str(draft), options)


def _close(book: Workbook) -> None:
    try:
        book.close()
    except FileCreateError as error:
        # The library wraps what the system reported; machine_faults wants the original.
        raise error.args[0] from error


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Looks:
    """The cell formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self.title: Format = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        self.note: Format = book.add_format({"font_size": 10, "valign": "vcenter"})
        self.head: Format = book.add_format(
            {
                "bold": True,
                "align": "center",
                "valign": "vcenter",
                "text_wrap": True,
                "bg_color": "#E8EEF4",
                "border": 1,
            }
        )
        self._text: Format = book.add_format({"num_format": "@", "valign": "top"})
        self._plain: Format = book.add_format({"valign": "top"})
        self.wrapped: Format = book.add_format({"valign": "top", "text_wrap": True})

    def of(self, column: SheetColumn) -> Format:
        """Return the format of a column's cells.

        ID numbers, phones and days are text cells, so that what is typed there is neither rounded nor reckoned.
        """
        if column.kind in _TEXT_KINDS:
            return self._text
        return self.wrapped if column.width >= _WRAPPED_WIDTH else self._plain


def set_up_page(page: Worksheet, head_row: int, last_column: int, footer: str = "") -> None:
    """Freeze the rows down to *head_row* (from 0) and print landscape, one page wide, the head on every page.

    *footer* stands at the left of every page's foot.
    """
    page.freeze_panes(head_row + 1, 0)
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head_row)
    page.hide_gridlines(0)  # 0: shown on paper too, which spares a border on every blank cell
    # & begins a code of the footer, doubled ones are read differently by different programs; so it is written wide.
    # The space keeps a digit at the start from being read as a type size.
    left = f"&L {footer.replace('&', '＆')}" if footer else ""
    page.set_footer(f"{left}{'&R' if footer else '&C'}第 &P 页，共 &N 页")
    page.ignore_errors({"number_stored_as_text": f"A1:{column_letters(last_column)}{MOST_ROWS}"})
