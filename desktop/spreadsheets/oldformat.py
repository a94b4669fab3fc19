"""A look into old .xls files (OLE2 with BIFF8 inside) before they are parsed: passwords and damage.

The parser reserves memory by counts it finds in the file, and the whole program ends if a damaged count asks for
more than there is; .xls has no checksums, so the counts are looked at here first.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
_END_OF_CHAIN = 0xFFFFFFFA  # this and above are marks, not sectors
_DIRECTORY_ENTRY = 128
_DIMENSIONS, _SST, _FILE_PASS = 0x0200, 0x00FC, 0x002F
# BLANK, NUMBER, LABEL, BOOLERR, RK, LABELSST, FORMULA, MULRK, MULBLANK all begin with row and column.
_CELL_RECORDS = frozenset((0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x0006, 0x00BD, 0x00BE))
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256


class DamagedOldFile(Exception):
    """The structure does not hold together."""


class LockedOldFile(Exception):
    """The content is encrypted."""


class NoOldWorkbook(Exception):
    """An OLE2 file that holds no workbook: an old Word document, an e-mail."""


def check_old_workbook(data: bytes) -> None:
    """Raise DamagedOldFile, LockedOldFile or NoOldWorkbook if *data* cannot be parsed safely as .xls."""
    try:
        stream = _workbook_stream(data)
        for kind, body in _records(stream):
            _check_record(kind, body, len(stream))
    except (struct.error, IndexError) as error:
        raise DamagedOldFile from error


def _check_record(kind: int, body: memoryview, size: int) -> None:
    if kind == _FILE_PASS:
        raise LockedOldFile
    if kind in _CELL_RECORDS:
        if struct.unpack_from("<H", body, 2)[0] >= _MOST_COLUMNS:
            raise DamagedOldFile
    elif kind == _SST:
        # Every string takes at least three bytes.
        if struct.unpack_from("<I", body, 4)[0] * 3 > size:
            raise DamagedOldFile
    elif kind == _DIMENSIONS:
        # BIFF5, before Excel 97, kept row numbers in two bytes.
        layout = "<IIHH" if len(body) >= 12 else "<4H"
        first_row, last_row, first_column, last_column = struct.unpack_from(layout, body)
        if not first_row <= last_row <= _MOST_ROWS or not first_column <= last_column <= _MOST_COLUMNS:
            raise DamagedOldFile


def _records(stream: memoryview) -> Iterator[tuple[int, memoryview]]:
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind == 0 and length == 0:  # padding behind the last sheet
            return
        if place + 4 + length > len(stream):
            raise DamagedOldFile
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _workbook_stream(data: bytes) -> memoryview:
    """Return the bytes of the Workbook stream, following the sector chain of [MS-CFB]."""
    sector_size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    table = _sector_table(data, sector_size)
    (directory_start,) = struct.unpack_from("<I", data, 48)
    directory = _chain(data, table, directory_start, sector_size)
    names = {}
    for place in range(0, len(directory) - _DIRECTORY_ENTRY + 1, _DIRECTORY_ENTRY):
        (length,) = struct.unpack_from("<H", directory, place + 64)
        name = directory[place : place + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
        names[name] = struct.unpack_from("<II", directory, place + 116)
    if "EncryptedPackage" in names:
        raise LockedOldFile
    if "Workbook" not in names and "Book" not in names:
        raise NoOldWorkbook
    start, size = names.get("Workbook") or names["Book"]
    (smallest,) = struct.unpack_from("<I", data, 56)
    if size < smallest:  # would lie in the mini stream, but every writer pads a workbook beyond that
        raise DamagedOldFile
    stream = _chain(data, table, start, sector_size)
    if len(stream) < size:
        raise DamagedOldFile
    return memoryview(stream)[:size]


def _sector_table(data: bytes, sector_size: int) -> list[int]:
    """Return the file allocation table: for each sector the next one of its chain."""
    per_sector = sector_size // 4
    count, _, _, _, _, _, next_block, blocks = struct.unpack_from("<8I", data, 44)
    sectors = list(struct.unpack_from("<109I", data, 76))
    for _ in range(min(blocks, len(data) // sector_size + 1)):
        if next_block >= _END_OF_CHAIN:
            break
        *more, next_block = struct.unpack_from(f"<{per_sector}I", data, (next_block + 1) * sector_size)
        sectors.extend(more)
    table: list[int] = []
    for sector in sectors[:count]:
        if sector < _END_OF_CHAIN:
            table.extend(struct.unpack_from(f"<{per_sector}I", data, (sector + 1) * sector_size))
    return table


def _chain(data: bytes, table: list[int], start: int, sector_size: int) -> bytes:
    parts: list[bytes] = []
    sector = start
    while sector < _END_OF_CHAIN:
        if len(parts) > len(table):  # a ring
            raise DamagedOldFile
        place = (sector + 1) * sector_size
        parts.append(data[place : place + sector_size])
        sector = table[sector]
    return b"".join(parts)
