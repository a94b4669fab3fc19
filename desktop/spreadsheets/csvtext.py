"""Text files of rows: finding their encoding and separator, and undoing what Excel does to protect numbers."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO
from itertools import islice

from desktop.foundation.errors import InputError

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = ",;\t"
_SAMPLE_ROWS = 40
_LONGEST_CELL = 1_000_000


def decode(data: bytes) -> str:
    """Return *data* as text: by its byte order mark, else UTF-8, else GB18030; raise InputError if neither fits."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decode(data, (name,))
    if b"\0" in data:
        raise InputError("这个文件不是表格。请选 Excel 表格（.xlsx、.xls）或 .csv 文件。")
    return _decode(data, ("utf-8", "gb18030"))


def _decode(data: bytes, encodings: tuple[str, ...]) -> str:
    for name in encodings:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise InputError("这个文件的文字编码看不懂。请用 Excel 打开它，另存为 .xlsx 再导入。")


def parse(text: str) -> list[list[str]]:
    """Return the rows of *text*, all of one width; raise InputError if its quotation marks do not pair."""
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error as error:
        raise InputError("这个 .csv 文件里的引号不成对，读不下去。请用 Excel 打开它，另存为 .xlsx 再导入。") from error
    width = max(map(len, rows), default=0)
    for row in rows:
        if '="' in "".join(row):
            row[:] = [_unwrapped(cell) for cell in row]
        row.extend([""] * (width - len(row)))
    return rows


def _separator(text: str) -> str:
    """Return the separator that cuts the first lines into the most regular columns."""
    best, best_score = ",", 0
    for separator in _SEPARATORS:
        sample = islice(csv.reader(StringIO(text, newline=""), delimiter=separator), _SAMPLE_ROWS)
        widths = Counter(len(row) for row in sample if row)
        score = max((width * count for width, count in widths.items() if width > 1), default=0)
        if score > best_score:
            best, best_score = separator, score
    return best


def _unwrapped(cell: str) -> str:
    """Return 440… from ="440…", the trick that keeps Excel from rounding a number in a .csv file."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 3 else cell
