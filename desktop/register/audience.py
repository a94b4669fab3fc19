"""Whom a notice for many goes to: every household, or residents, of a 小区, an age or a group. Pure data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.foundation.errors import InputError, Problem
from desktop.foundation.text import fold_width, squeeze

AGE_GROUPS: dict[str, tuple[int | None, int | None]] = {"65岁及以上": (65, None), "0-6岁": (None, 6)}
"""Groups that are ages, from and to whole years."""
OLDEST = 130
HOMES, PEOPLE = "住户", "居民"
_CHILD = 14
_KEYS = ("小区", "标签", "年龄", "对象")
_EVERYBODY = "全部"
_NEXT_PART = re.compile(rf"/(?=(?:{'|'.join(_KEYS)})[=＝])")


@dataclass(frozen=True)
class Audience:
    """A filter, not a list: one copy for each of the *homes* or, otherwise, for each of the residents it leaves."""

    homes: bool = False
    place: str = ""
    tag: str = ""
    age_from: int | None = None
    age_to: int | None = None

    @property
    def sentence(self) -> str:
        """Return 桂花苑65岁及以上的居民, as it is shown and kept."""
        low, high = self.age_from, self.age_to
        if low is not None and high is not None:
            ages = f"{low}—{high}岁"
        else:
            ages = f"{low}岁及以上" if low is not None else f"{high}岁及以下" if high is not None else ""
        narrowed = "、".join(part for part in (self.tag, ages) if part)
        where = self.place or "全部小区"
        if self.homes:
            return f"{where}有{narrowed}居民的住户" if narrowed else f"{where}的住户"
        return f"{where}{f'（{narrowed}）' if narrowed else ''}的居民"

    def problems(self) -> list[Problem]:
        """Return what is wrong with the ages."""
        ages = [age for age in (self.age_from, self.age_to) if age is not None]
        if any(not 0 <= age <= OLDEST for age in ages):
            return [Problem("age", "number_invalid", f"年龄请填0到{OLDEST}之间的整数。")]
        if len(ages) == 2 and ages[0] > ages[1]:
            return [Problem("age", "period_invalid", "年龄的“从”比“到”大，请核对。")]
        return []


@dataclass(frozen=True)
class Recipient:
    """Whom one copy is for: how it calls the person or the family, and where it is brought."""

    name: str = field(repr=False)
    salutation: str
    address: str = field(repr=False)


def salutation(sex: str, age: int | None) -> str:
    """Return what follows a name: 女士, 先生, 小朋友 for children; 居民 where the sex is not known."""
    if age is not None and age < _CHILD:
        return "小朋友"
    return {"女": "女士", "男": "先生"}.get(sex, "居民")


def read_audience(parts: Sequence[str]) -> Audience:
    """Return the filter written as 小区=…, 标签=…, 年龄=60-69 or 对象=住户; raise InputError with all that is wrong.

    Without 对象 it is every household, or every resident where 标签 or 年龄 narrows.
    """
    given: dict[str, str] = {}
    problems: list[str] = []
    for part in (one for text in parts for one in _NEXT_PART.split(text)):
        key, _, value = part.replace("＝", "=").partition("=")
        key, value = squeeze(key), squeeze(value)
        if key == _EVERYBODY and not value:
            continue
        if key not in _KEYS or not value:
            problems.append(f"--to 请写成 小区=…、标签=…、年龄=60-69、对象=住户，或者写 全部；看不懂“{part}”。")
        else:
            given[key] = value
    tag = given.get("标签", "")
    low, high = AGE_GROUPS.get(tag, (None, None))
    if (ages := given.get("年龄", "")) and (read := _ages(ages)) is not None:
        low, high = read
    elif ages:
        problems.append(f"--to 的年龄看不懂“{ages}”，请写成 65-（65岁及以上）、-6（6岁及以下）或 60-69。")
    who = given.get("对象", PEOPLE if tag or ages else HOMES)
    if who not in {HOMES, PEOPLE}:
        problems.append(f"--to 的对象只能是 住户 或 居民，不是“{who}”。")
    found = Audience(who == HOMES, given.get("小区", ""), "" if tag in AGE_GROUPS else tag, low, high)
    problems += [problem.message for problem in found.problems()]
    if problems:
        raise InputError("\n".join(problems), problems=[Problem("to", "choice_unknown", one) for one in problems])
    return found


def _ages(text: str) -> tuple[int | None, int | None] | None:
    """Return the years 65-, -6, 60-69 or 70 stand for; None if it reads as none of them."""
    plain = fold_width(text).replace("岁", "").replace("及以上", "-").replace("至", "-").replace("—", "-")
    if (found := re.fullmatch(r"(\d{0,3})(-?)(\d{0,3})", plain)) is None or not (found[1] or found[3]):
        return None
    low, dash, high = found.groups()
    if not dash:
        return int(low), int(low)
    return (int(low) if low else None), (int(high) if high else None)
