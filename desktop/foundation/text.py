"""Text as Chinese offices write it: width folding, squeezing, pinyin keys with surname readings, masking."""

from __future__ import annotations

import functools
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Draft = TypeVar("Draft", bound="DataclassInstance")

# Nearly every cell of nearly every sheet: nothing in it to fold, squeeze or take away.
_PLAIN = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]*")
_SPACE = re.compile(r"[\s\u200b\ufeff\u3000]+")
_INVISIBLE = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u061c\u00ad\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)

# pypinyin's most common reading is wrong for these as surnames; the surname reading comes first.
SURNAMES = {
    "单": "shan", "解": "xie", "仇": "qiu", "曾": "zeng", "查": "zha", "盖": "ge", "缪": "miao", "朴": "piao",
    "任": "ren", "尉": "wei", "乐": "yue", "区": "ou", "华": "hua", "覃": "qin", "宁": "ning", "召": "shao",
    "冼": "xian", "员": "yun", "贠": "yun", "秘": "bi", "繁": "po", "种": "chong", "翟": "zhai", "洗": "xian",
    "谌": "chen", "逄": "pang", "那": "na", "折": "she", "黑": "he", "盛": "sheng", "卜": "bu", "车": "che",
    "尹": "yin", "牟": "mu", "过": "guo", "晁": "chao", "佴": "nai", "芮": "rui", "燕": "yan", "应": "ying",
    "訾": "zi", "隗": "wei", "祭": "zhai", "句": "gou", "幺": "yao", "六": "lu", "纪": "ji", "葛": "ge",
    "万": "wan", "褚": "chu", "石": "shi", "臧": "zang", "柏": "bai", "薄": "bo", "谷": "gu", "卢": "lu",
    "呙": "guo", "瞿": "qu", "郇": "xun", "戚": "qi", "郗": "xi", "钭": "tou", "佘": "she", "厍": "she",
}  # fmt: skip
COMPOUND_SURNAMES = {
    "尉迟": "yu chi", "万俟": "mo qi", "单于": "chan yu", "长孙": "zhang sun", "澹台": "tan tai",
    "令狐": "ling hu", "宇文": "yu wen", "赫连": "he lian", "鲜于": "xian yu", "皇甫": "huang fu",
}  # fmt: skip

_DIGITS = 8
"""Digits of a number inside a sort key; longer ones are compared by their beginning."""


def fold_width(text: str) -> str:
    """Return *text* with full-width digits, Latin letters and ASCII punctuation made half-width (１ → 1)."""
    return text.translate(_HALF_WIDTH)


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
# Chinese punctuation stays full-width in running text.
for _mark in "，！？；：（）":
    _HALF_WIDTH.pop(ord(_mark), None)
_LINE_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def tidy(text: str) -> str:
    """Return *text* without control and direction marks, outer blanks or carriage returns; nothing visible is lost."""
    if _PLAIN.fullmatch(text):
        return text
    return _INVISIBLE.sub("", _LINE_BREAK.sub("\n", unicodedata.normalize("NFC", text))).strip(" \t\n\u3000\xa0")


def tidied_texts(draft: Draft) -> Draft:
    """Return the dataclass *draft* with every text in it tidied."""
    texts: dict[str, Any] = {name: tidy(value) for name, value in vars(draft).items() if isinstance(value, str)}
    return replace(draft, **texts)


def squeeze(text: str) -> str:
    """Return *text* width-folded and without any white space; for names, numbers and comparisons."""
    if _PLAIN.fullmatch(text):
        return text
    # Composed once more: marks that a blank kept apart stand together now.
    return unicodedata.normalize("NFC", _SPACE.sub("", fold_width(tidy(text))))


def tidy_name(text: str) -> str:
    """Return a person's name as stored: 韩 豪伟 → 韩豪伟, but blanks inside a Latin name stay (Anna Smith)."""
    plain = fold_width(tidy(text)).replace("•", "·").replace("・", "·")
    if re.search(r"[A-Za-z] +[A-Za-z]", plain):
        return re.sub(r" +", " ", plain)
    return _SPACE.sub("", plain)


@functools.lru_cache(maxsize=8192)
def readings(character: str) -> tuple[str, ...]:
    """Return every toneless pinyin reading of one *character*, commonest first; empty if it has none."""
    # Its phrases cost 40 MB; surnames are read by our own table and given names character by character.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin import Style, pinyin  # noqa: PLC0415  costs 60 ms; the login window must not wait for it

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(reading.replace("ü", "v") for reading in found[0])) if found else ()


@functools.lru_cache(maxsize=65536)
def pinyin_keys(name: str, limit: int = 12) -> tuple[tuple[str, str], ...]:
    """Return (full pinyin, initials) of *name*, surname reading first, up to *limit* different ones.

    Every reading of the first character comes with the common readings of the others; then each other character once
    in its second reading. People mistake one character of a name, not all of them. Latin letters and digits stand for
    themselves; characters without a reading are left out.
    """
    options: list[tuple[str, ...]] = []
    rest = squeeze(name)
    if (compound := COMPOUND_SURNAMES.get(rest[:2])) is not None:
        options.extend((part,) for part in compound.split())
        rest = rest[2:]
    elif rest[:1] in SURNAMES:
        first = SURNAMES[rest[0]]
        options.append((first, *(other for other in readings(rest[0]) if other != first)))
        rest = rest[1:]
    for character in rest:
        if character.isascii():
            if character.isalnum():
                options.append((character.lower(),))
        elif found := readings(character):
            options.append(found)
    combined = islice(_one_changed(options), limit) if options else iter(())
    return tuple(dict.fromkeys(("".join(parts), "".join(part[0] for part in parts)) for parts in combined))


def _one_changed(options: list[tuple[str, ...]]) -> Iterator[list[str]]:
    """Yield the common readings, then the same with one character read otherwise."""
    common = [found[0] for found in options]
    yield common
    for place, found in enumerate(options):
        for other in found[1:] if place == 0 else found[1:2]:
            yield [*common[:place], other, *common[place + 1 :]]


def mask_id_number(number: str | None) -> str:
    """Return an identity number as first 6, stars, last 4; shorter numbers are starred whole."""
    if not number:
        return ""
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}" if len(number) >= 15 else "*" * len(number)


def mask_phone(number: str | None) -> str:
    """Return a telephone number with its middle starred: 138****4106, 0756-****041."""
    if not number:
        return ""
    if len(number) >= 11 and number[:11].isdigit():
        return f"{number[:3]}****{number[7:]}"
    keep = 3 if len(number) >= 7 else 1
    area, dash, local = number.rpartition("-")
    if dash and len(local) >= 7:
        return f"{area}-****{local[-3:]}"
    return f"{'*' * max(len(number) - keep, 0)}{number[-keep:]}"


def natural_key(text: str) -> tuple[tuple[int, int | str], ...]:
    """Return a sort key that puts 2号楼 before 11号楼."""
    parts = re.split(r"(\d+)", squeeze(text))
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in parts if part)


@functools.lru_cache(maxsize=16384)
def sound_key(text: str | None) -> str | None:
    """Return a key that sorts *text* as a phone book does: by pinyin, 2号楼 before 11号楼; None if it says nothing."""
    plain = squeeze(text or "")
    if not plain:
        return None
    padded = re.sub(r"\d+", lambda found: found.group().zfill(_DIGITS), plain)
    return "".join(one.lower() if one.isascii() else f"{(readings(one) or ('~',))[0]}{one}" for one in padded)


def text_width(text: str) -> int:
    """Return how many half characters *text* takes on a screen or in a sheet; an ideograph takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
