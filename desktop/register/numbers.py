"""Numbers of issued documents as pure rules: 幸社告〔2026〕12号, and the word a committee begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from desktop.foundation.errors import Problem
from desktop.foundation.text import fold_width, squeeze

LONGEST_WORD = 12
NOTICES = "告"
"""The series of notices; its sign is the last character of the usual word."""
RECTIFICATIONS = "整改"
"""The series of rectification notices, written of a finding."""
SERIES = {NOTICES: "通知", RECTIFICATIONS: "整改通知书"}
"""Series → what people call its documents."""
_TYPED = re.compile(r"(?:(\d{4})\D+)?(\d{1,3})\D*")
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


def check_words(words: Mapping[str, str]) -> list[Problem]:
    """Return what is wrong with the *words* of several series; each problem names its series as the field."""
    problems = [
        Problem(series, problem.code, problem.message) for series, word in words.items() for problem in check_word(word)
    ]
    twice = [series for series, word in words.items() if list(words.values()).count(word) > 1]
    if twice and not problems:
        names = "和".join(SERIES.get(series, series) for series in twice)
        problems.append(Problem(twice[-1], "word_twice", f"{names}的编号开头不能一样，不然两份文件会是同一个编号。"))
    return problems


def typed_serial(text: str, day: date | None) -> tuple[int, int] | None:
    """Return year and serial of a number somebody wrote himself, like 第12号 of *day* or 幸居整改〔2026〕12号.

    None where it names no serial up to three digits, or no year can be told.
    """
    found = _TYPED.fullmatch(squeeze(re.sub(r"^\D+", "", fold_width(text))))
    if found is None or not int(found.group(2)):
        return None
    year = int(found.group(1)) if found.group(1) else day.year if day else None
    return None if year is None else (year, int(found.group(2)))
