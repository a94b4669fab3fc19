"""Headings as superiors write them: brought to one form, and the several ways one heading may be understood."""

from __future__ import annotations

import functools
import re
import unicodedata

# Compared without brackets, required mark, colons and quotes, and 所在小区 as 小区, 现住址 as 住址.
_NOISE = re.compile(r"[\s\u200b\ufeff()\[\]{}<>〈〉《》【】〔〕「」『』*＊★※:'\"“”‘’_]|所在|现|的")
_BRACKETED = re.compile(r"[(\[{<〈《【〔「『]([^()\[\]{}<>〈〉《》【】〔〕「」『』]*)[)\]}>〉》】〕」』]")
_PIECES = re.compile(r"[/、|]")
REASON_HEADING = "不能导入的原因"
"""The column added to refused rows; it means nothing when they come back mended."""


@functools.lru_cache(maxsize=4096)
def normalise_heading(text: str) -> str:
    """Return *text* as headings are compared: NFKC, small letters, no blanks, brackets, ＊, 所在, 现 or 的."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).lower())


@functools.lru_cache(maxsize=4096)
def readings_of(text: str) -> tuple[str, ...]:
    """Return the normalised forms a heading may go by, surest first.

    As it stands, without what stands in brackets, as what stands in brackets, as one of 电话/手机.
    """
    plain = unicodedata.normalize("NFKC", text)
    forms = [normalise_heading(plain)]
    if inner := _BRACKETED.findall(plain):
        forms.append(normalise_heading(_BRACKETED.sub("", plain)))
        forms.append(normalise_heading("".join(inner)))
    else:
        forms.extend(normalise_heading(piece) for piece in _PIECES.split(plain))
    return tuple(dict.fromkeys(form for form in forms if form))


def is_silent(text: str) -> bool:
    """Return whether a column of this heading is passed over without a word (序号)."""
    return normalise_heading(text) in _SILENT


def column_letters(index: int) -> str:
    """Return Excel's letters of a column counted from 0: A, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_SILENT = frozenset(map(normalise_heading, ("序号", "序", "行号", REASON_HEADING)))
