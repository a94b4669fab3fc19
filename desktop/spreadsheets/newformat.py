"""A look into .xlsx files before they are parsed: how large they unpack, and how far apart their cells lie.

The parser lays cells out in a full rectangle, so a single stray cell at XFD1048576 would ask for 17 thousand million
of them and end the whole program; a small file can also unpack to many gigabytes.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from desktop.foundation.errors import InputError

MAGIC = b"PK\x03\x04"
MOST_UNPACKED_BYTES = 800_000_000
MOST_CELLS = 20_000_000
_CHUNK = 1 << 20
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_FAR_COLUMN = re.compile(rb' r="([A-Z]{2,})\d')
_ANY_ROW = re.compile(rb' r="[A-Z]*(\d+)"')
_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*? r="([A-Z]+)(\d+)"(?:[^>]*[^/>])?>')
_UNIQUE_COUNT = re.compile(rb'uniqueCount="(\d+)"')
_NARROW = 26  # columns A to Z


class DamagedNewFile(Exception):
    """The parts do not unpack or do not hold together."""


class NoNewWorkbook(Exception):
    """A zip file that holds no Excel workbook; the text says what it seems to be."""


def check_new_workbook(data: bytes) -> None:
    """Raise DamagedNewFile, NoNewWorkbook or InputError (far too large) if *data* cannot be parsed safely."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {name.lower().replace("\\", "/") for name in archive.namelist()}
            if "xl/workbook.xml" not in names:
                raise NoNewWorkbook(_guess(names))
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED_BYTES:
                raise InputError("这个表格展开后太大，程序没有打开它。请把它分成几个小一些的文件再导入。")
            for entry in archive.infolist():
                if _SHEET.fullmatch(entry.filename):
                    _check_extent(archive, entry)
                elif entry.filename.lower() == "xl/sharedstrings.xml":
                    _check_count(archive, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise DamagedNewFile from error


def _guess(names: set[str]) -> str:
    if "word/document.xml" in names:
        return "Word文档"
    if "ppt/presentation.xml" in names:
        return "演示文稿"
    return "别的格式的表格" if "content.xml" in names or "xl/workbook.bin" in names else "压缩包"


def _check_extent(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Bound the rectangle cheaply first; only a suspicious sheet is measured cell by cell."""
    columns: set[bytes] = set()
    last_row, tail = 0, b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            text = tail + chunk
            columns.update(_FAR_COLUMN.findall(text))
            # Rows ascend, so the last reference of each chunk bounds them.
            if found := _ANY_ROW.match(text, max(text.rfind(b' r="'), 0)):
                last_row = max(last_row, int(found.group(1)))
            tail = text[-200:]
    width = max((_column_number(letters) for letters in columns), default=_NARROW)
    if last_row * width > MOST_CELLS:
        _measure(archive, entry)


def _measure(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse the sheet if its filled cells really span too large a rectangle (formatted empty ones do not count)."""
    last_row = last_column = 0
    letters = b"A"
    tail = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            text = tail + chunk
            for column, row in _FILLED_CELL.findall(text):
                if (number := _column_number(column)) > last_column:
                    last_column, letters = number, column
                last_row = max(last_row, int(row))
            tail = text[-200:]
    if last_row * last_column > MOST_CELLS:
        raise InputError(
            f"表格铺得太开：内容一直排到第{last_row}行、{letters.decode()}列。请删掉远处多余的格子，保存后再试。"
        )


def _check_count(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """A count of shared texts larger than the part itself cannot be true."""
    with archive.open(entry) as stream:
        found = _UNIQUE_COUNT.search(stream.read(4000))
    if found is not None and int(found.group(1)) > entry.file_size:
        raise DamagedNewFile


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
