"""Duties: what a committee is told to do and how often, read from the standard of the day; what a period asks for.

Duties are data (resources/standards/duties.json, then editions of the committee's own); nothing here knows a number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from desktop.foundation.days import Period
from desktop.register.service.standards import Standard

Per = Literal["day", "week", "month", "quarter", "year"]
IsWorkday = Callable[[date], bool]
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_SATURDAY = 5
PER_WORDS: dict[str, str] = {"day": "每个工作日", "week": "每周", "month": "每月", "quarter": "每季", "year": "每年"}


@dataclass(frozen=True)
class Duty:
    """One thing to do: *times* in every *per*, recorded in *slice* under one of the categories; 0 times: not asked.

    *words*: only records whose name has one of them count. *months* narrows a yearly duty to a part of the year.
    *by_person*: asked of every managed resident, and counted in residents.
    """

    key: str
    title: str
    slice: str
    category: str
    times: int
    per: Per
    source: str
    unverified: bool = False
    months: tuple[int, ...] = ()
    name_has: tuple[str, ...] = ()
    by_person: bool = False

    @property
    def categories(self) -> tuple[str, ...]:
        """Return the categories joined by 、, of which each will do."""
        return tuple(part for part in self.category.split("、") if part)

    @property
    def words(self) -> str:
        """Return 每周2次, with 待核 where the number has no source."""
        if not self.times:
            return "不要求"
        each = "每人" if self.by_person else ""
        months = f"（{'、'.join(str(month) for month in self.months)}月）" if self.months else ""
        return f"{each}{PER_WORDS[self.per]}{months}{self.times}次{'（待核）' if self.unverified else ''}"


def duties_of(standard: Standard) -> list[Duty]:
    """Return the duties of one edition, in its order."""
    values: dict[str, dict[str, Any]] = standard.content["values"]
    return [
        Duty(
            key=key,
            title=value["title"],
            slice=value["slice"],
            category=value["category"],
            times=int(value["times"]),
            per=value["per"],
            source=value["source"],
            unverified=bool(value.get("unverified", False)),
            months=tuple(value.get("months", ())),
            name_has=tuple(value.get("name_has", ())),
            by_person=bool(value.get("by_person", False)),
        )
        for key, value in values.items()
    ]


def in_force(editions: Sequence[Standard], period: Period) -> Iterator[tuple[list[Duty], Period]]:
    """Yield the duties of every edition (newest first) with the part of *period* it is in force in.

    A window is asked for by the edition in force on its last day.
    """
    last = period.last
    for edition in editions:
        if last < period.first:
            return
        first = max(edition.effective_from, period.first)
        if first <= last:
            yield duties_of(edition), Period(f"{first.isoformat()}..{last.isoformat()}", first, last)
            last = first - timedelta(days=1)


def is_weekday(day: date) -> bool:
    """Return whether *day* is Monday to Friday: a working day where no notice of days off is loaded."""
    return day.weekday() < _SATURDAY


def windows(duty: Duty, period: Period, is_workday: IsWorkday = is_weekday) -> list[Period]:
    """Return the working days, weeks (Monday to Sunday), months, quarters or years of *duty* that end in *period*.

    A window belongs to the period its last day lies in, so that the months of a year add up to the year. A yearly
    duty with months has the span of those months for its window.
    """
    if not duty.times:
        return []
    found = []
    for start, end in _windows_around(duty.per, period.first, period.last):
        first, last = start, end
        if duty.months and duty.per == "year":
            first = date(start.year, min(duty.months), 1)
            last = _month_end(start.year, max(duty.months))
        asked = not duty.months or duty.per == "year" or last.month in duty.months
        if asked and period.first <= last <= period.last and (duty.per != "day" or is_workday(first)):
            found.append(_span(first, last))
    return found


def window_at(duty: Duty, day: date, is_workday: IsWorkday = is_weekday) -> Period | None:
    """Return the window of *duty* that *day* lies in, or None where none is asked for."""
    reach = Period("", day, date(day.year, 12, 31) + timedelta(days=6))
    return next((window for window in windows(duty, reach, is_workday) if window.first <= day <= window.last), None)


def missing(
    duty: Duty, period: Period, done_on: Sequence[date], is_workday: IsWorkday = is_weekday
) -> list[tuple[Period, int]]:
    """Return the windows of *period* in which less was done than the duty asks for, and how many times it lacks."""
    counted = Counter(done_on)
    gaps = []
    for window in windows(duty, period, is_workday):
        lacking = duty.times - sum(times for day, times in counted.items() if window.first <= day <= window.last)
        if lacking > 0:
            gaps.append((window, lacking))
    return gaps


def expected(duty: Duty, period: Period, is_workday: IsWorkday = is_weekday) -> int:
    """Return how many times *period* asks for *duty*: its times for every window that ends in it."""
    return duty.times * len(windows(duty, period, is_workday))


def _windows_around(per: Per, first: date, last: date) -> list[tuple[date, date]]:
    if per == "day":
        return [(day, day) for n in range((last - first).days + 1) if (day := first + timedelta(days=n))]
    if per == "week":
        monday = first - timedelta(days=first.weekday())
        count = (last - monday).days // 7 + 1
        return [(monday + timedelta(weeks=n), monday + timedelta(weeks=n, days=6)) for n in range(count)]
    length = _MONTHS[per]
    start = (first.year * 12 + first.month - 1) // length * length
    stop = last.year * 12 + last.month - 1
    return [
        (date(n // 12, n % 12 + 1, 1), _month_end((n + length - 1) // 12, (n + length - 1) % 12 + 1))
        for n in range(start, stop + 1, length)
    ]


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _span(first: date, last: date) -> Period:
    return Period(f"{first.isoformat()}..{last.isoformat()}", first, last)
