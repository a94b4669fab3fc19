"""Small spreadsheet files for tests, made with the bare libraries."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from xlsxwriter import Workbook


def make_xlsx(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    merges: Sequence[tuple[int, int, int, int, str]] = (),
    sheet: str = "Sheet1",
    before: dict[str, Sequence[Sequence[object]]] | None = None,
) -> Path:
    """Write *rows* as one sheet, after the sheets in *before*; texts stay texts; *merges* are (r, c, r, c, text)."""
    book = Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, content in [*(before or {}).items(), (sheet, rows)]:
        page = book.add_worksheet(name)
        for number, row in enumerate(content):
            for index, cell in enumerate(row):
                if cell is None:
                    continue
                if hasattr(cell, "year") or hasattr(cell, "hour"):
                    page.write_datetime(number, index, cell, day)
                else:
                    page.write(number, index, cell)
        if name == sheet:
            for top, left, bottom, right, text in merges:
                page.merge_range(top, left, bottom, right, text)
    book.close()
    return path


def make_csv(path: Path, rows: Sequence[Sequence[str]], *, encoding: str = "utf-8", separator: str = ",") -> Path:
    """Write *rows* as a text file."""
    text = StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path
