"""What a day is besides its activities: lunar day, solar term, festivals, theme days, and days off by notice."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from desktop.foundation.days import parse_day
from desktop.foundation.paths import resource

Mark = Literal["", "休", "班"]
# By lunar month and day; a leap month has a negative number and so no festivals.
_LUNAR_FESTIVALS = {
    (1, 1): "春节", (1, 15): "元宵节", (5, 5): "端午节", (7, 7): "七夕节", (8, 15): "中秋节", (9, 9): "重阳节",
    (12, 8): "腊八节",
}  # fmt: skip
_LAST_MONTH = 12
_ORDINAL_TO_JULIAN = 1_721_425
_DAYS_OF_A_WEEK = 7


@dataclass(frozen=True)
class DayOff:
    """What the yearly notice says of a day: a day off, or a weekend day on which offices work."""

    mark: Mark
    holiday: str


@dataclass(frozen=True)
class DayFacts:
    """One day of the calendar."""

    day: date
    lunar_month: str
    lunar_day: str
    term: str
    festivals: tuple[str, ...]
    theme_days: tuple[str, ...]
    off: DayOff | None

    @property
    def mark(self) -> Mark:
        """Return 休 or 班, or nothing for a day that is what its weekday says."""
        return self.off.mark if self.off else ""

    @property
    def lunar(self) -> str:
        """Return 五月初三."""
        return f"{self.lunar_month}{self.lunar_day}"

    @property
    def corner(self) -> str:
        """Return the one word for the corner of the day's cell: festival, solar term, or the lunar day.

        The first day of a lunar month shows the month.
        """
        if self.is_special:
            return self.festivals[0] if self.festivals else self.term
        return self.lunar_month if self.lunar_day == "初一" else self.lunar_day

    @property
    def is_special(self) -> bool:
        """Return whether the corner names more than the lunar day."""
        return bool(self.festivals or self.term)

    @property
    def occasions(self) -> tuple[str, ...]:
        """Return everything the day is known for, the holiday's name first on days off."""
        named = f"{self.off.holiday}{'放假' if self.off.mark == '休' else '调休上班'}" if self.off else ""
        return tuple(dict.fromkeys(filter(None, (named, *self.festivals, self.term, *self.theme_days))))


def day_facts(day: date, days_off: Mapping[date, DayOff]) -> DayFacts:
    """Return what *day* is; *days_off* comes from the editions of the standard `holidays`."""
    lunar = _lunar_year(day.year)[day]
    named = _days()
    here = f"{day:%m-%d}"
    festivals = filter(None, (lunar.festival, named["festivals"].get(here, "")))
    by_rule = [rule["name"] for rule in named["weekday_rules"] if _falls_on(rule, day)]
    return DayFacts(
        day=day,
        lunar_month=lunar.month,
        lunar_day=lunar.day,
        term=lunar.term,
        festivals=tuple(festivals),
        theme_days=(*named["theme_days"].get(here, ()), *by_rule),
        off=days_off.get(day),
    )


def theme_month(month: int) -> str:
    """Return what the whole month is for (爱国卫生月), or nothing."""
    return str(_days()["theme_months"].get(str(month), ""))


def days_off_in(editions: Iterable[Mapping[str, Any]]) -> dict[date, DayOff]:
    """Return the days off and make-up workdays that *editions* (contents of the standard `holidays`) name."""
    found: dict[date, DayOff] = {}
    for content in editions:
        for block in content.get("days_off", ()):
            first, last = parse_day(block["first"]), parse_day(block["last"])
            if first is None or last is None:
                continue
            for number in range((last - first).days + 1):
                found[first + timedelta(days=number)] = DayOff("休", block["name"])
            for text in block.get("make_up_workdays", ()):
                if (workday := parse_day(text)) is not None:
                    found[workday] = DayOff("班", block["name"])
    return found


def weeks_of(year: int, month: int) -> list[list[date]]:
    """Return the weeks, Monday first, that hold a day of the month; the outer ones reach into its neighbours."""
    first = date(year, month, 1)
    monday = first - timedelta(days=first.weekday())
    weeks: list[list[date]] = []
    while monday < first or (monday.year, monday.month) == (year, month):
        weeks.append([monday + timedelta(days=number) for number in range(_DAYS_OF_A_WEEK)])
        monday += timedelta(days=_DAYS_OF_A_WEEK)
    return weeks


def month_after(year: int, month: int, count: int) -> tuple[int, int]:
    """Return (year, month) *count* months later; negative counts go back."""
    months = year * 12 + month - 1 + count
    return months // 12, months % 12 + 1


@dataclass(frozen=True)
class _LunarDay:
    """A day in the lunar calendar."""

    month: str
    day: str
    festival: str
    term: str


@functools.lru_cache(maxsize=8)
def _lunar_year(year: int) -> Mapping[date, _LunarDay]:
    """Return every day of the solar *year* in the lunar calendar.

    A year at a time: for single days of January and February lunar_python computes two whole years for each, 7 ms
    a day.
    """
    from lunar_python import Lunar, LunarYear  # noqa: PLC0415  0.1 s, when a calendar is first shown
    from lunar_python.util import LunarUtil  # noqa: PLC0415

    table = Lunar.fromYmd(year, 6, 1).getJieQiTable()
    # The table reaches from one winter solstice to beyond the next, which it calls by another name.
    terms = {
        date(at.getYear(), at.getMonth(), at.getDay()): {"DONG_ZHI": "冬至"}.get(name, name)
        for name, at in table.items()
        if name == "DONG_ZHI" or not name.isascii()
    }
    found: dict[date, _LunarDay] = {}
    for month in LunarYear(year).getMonths():
        number, count = month.getMonth(), month.getDayCount()
        name = f"{'闰' if number < 0 else ''}{LunarUtil.MONTH[abs(number)]}月"
        first = date.fromordinal(int(month.getFirstJulianDay()) - _ORDINAL_TO_JULIAN)
        for lunar_day in range(1, count + 1):
            day = first + timedelta(days=lunar_day - 1)
            festival = _LUNAR_FESTIVALS.get((number, lunar_day), "")
            if number == _LAST_MONTH and lunar_day == count:
                festival = "除夕"
            found[day] = _LunarDay(name, LunarUtil.DAY[lunar_day], festival, terms.get(day, ""))
    return found


@functools.cache
def _days() -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads(resource("calendar/days.json").read_text(encoding="utf-8"))
    return content


def _falls_on(rule: Mapping[str, Any], day: date) -> bool:
    """Return whether *day* is the rule's nth weekday of its month; -1 is the last one."""
    if (day.month, day.isoweekday()) != (rule["month"], rule["weekday"]):
        return False
    if rule["nth"] < 0:
        return (day + timedelta(days=_DAYS_OF_A_WEEK)).month != day.month
    return bool((day.day - 1) // _DAYS_OF_A_WEEK + 1 == rule["nth"])
