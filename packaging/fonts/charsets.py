"""Which characters each font keeps: the national standards, common traditional forms, or everything."""

from __future__ import annotations

import bz2
from collections.abc import Iterator
from pathlib import Path

HAN = (
    range(0x2E80, 0x3000),
    range(0x3400, 0x4DC0),
    range(0x4E00, 0xA000),
    range(0xF900, 0xFB00),
    range(0x20000, 0x33000),
)
_SYMBOLS = (
    range(0x20, 0x7F), range(0xA0, 0x180), range(0x1CD, 0x1DD), range(0x2C6, 0x2DD), range(0x391, 0x452),
    range(0x2000, 0x206F), range(0x20A0, 0x20C0), range(0x2100, 0x2300), range(0x2460, 0x2700),
    range(0x3000, 0x3130), range(0x31A0, 0x31C0), range(0x3200, 0x3400), range(0xFE10, 0xFE50), range(0xFF00, 0xFFF0),
)  # fmt: skip
_KOREAN = range(0xAC00, 0xD7B0)


def han() -> set[int]:
    """Return every code point that is a Chinese character or one of its parts."""
    return {code for block in HAN for code in block}


def everything() -> set[int]:
    """Return every code point but Korean syllables, surrogates and private ones."""
    return (set(range(0x20, 0xD800)) | set(range(0xF900, 0x33000))) - set(_KOREAN)


def core(unihan: Path) -> set[int]:
    """Return GB 2312, the 8,105 characters of the 2013 standard table, and the symbols of office texts."""
    symbols = {code for block in _SYMBOLS for code in block}
    return symbols | set(_two_byte("gb2312", range(0xA1, 0xF8))) | standard_table(unihan)


def common_traditional() -> set[int]:
    """Return the 5,401 common traditional characters of Big5."""
    return set(_two_byte("big5", range(0xA4, 0xC7)))


def standard_table(unihan: Path) -> set[int]:
    """Return the characters of the 通用规范汉字表 as the Unihan database lists them (field kTGH)."""
    listing = next(unihan.glob("usr/share/unicode/Unihan_OtherMappings.txt.bz2"))
    with bz2.open(listing, "rt", encoding="utf-8") as lines:
        found = {int(line.split("\t")[0][2:], 16) for line in lines if "\tkTGH\t" in line}
    if len(found) != 8105:
        raise ValueError(f"the standard table has 8105 characters, found {len(found)}")
    return found


def _two_byte(encoding: str, first_bytes: range) -> Iterator[int]:
    """Yield the characters that *encoding* writes as two bytes, the first one in *first_bytes*."""
    for first in first_bytes:
        for second in range(0x40, 0xFF):
            text = bytes([first, second]).decode(encoding, "ignore")
            if len(text) == 1 and ord(text) > 0x7F:
                yield ord(text)
