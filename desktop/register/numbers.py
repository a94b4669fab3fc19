"""Numbers of issued documents as pure rules: 幸社告〔2026〕12号, and the word a committee begins with."""

from __future__ import annotations

import re

from desktop.foundation.errors import Problem

LONGEST_WORD = 12
NOTICES = "告"
"""The series of notices; its sign is the last character of the usual word."""
_ABOVE = re.compile(r"^.*?(?:省|自治区|市|地区|盟|自治州|区|县|旗|街道|镇|乡)(?=..)")
_KINDS = (("社区", "社"), ("村", "村"))
_BODY = re.compile(r"(?:居民委员会|村民委员会|居委会|村委会|委员会|社区|村)+$")


def number_text(word: str, year: int, serial: int) -> str:
    """Return 幸社告〔2026〕12号."""
    return f"{word}〔{year}〕{serial}号"


def usual_word(committee: str, series: str) -> str:
    """Return the word a committee begins its numbers with unless it chose another: 幸福里社区居民委员会 → 幸社告."""
    plain = "".join(committee.split())
    kind = next((sign for name, sign in _KINDS if name in plain), "居")
    own = _own_name(plain)
    return f"{own[:1]}{kind}{series}"


def _own_name(committee: str) -> str:
    """Return the part of a committee's name that is its own: without city, district and street before it."""
    rest = committee
    stem = _BODY.sub("", rest) or rest
    while (found := _ABOVE.match(stem)) is not None and len(stem) - found.end() >= 2:
        stem = stem[found.end() :]
    return stem


def check_word(word: str) -> list[Problem]:
    """Return what is wrong with a word to begin numbers with."""
    if not word:
        return [Problem("word", "required", "请填字号开头的字，如：幸社告。")]
    if len(word) > LONGEST_WORD:
        return [Problem("word", "too_long", f"字号开头的字最多{LONGEST_WORD}个。")]
    if re.search(r"[\d〔〕\[\]（）()\s]", word):
        return [Problem("word", "word_invalid", "字号开头只写字，不写数字、括号和空格；年份和号数由程序加。")]
    return []
