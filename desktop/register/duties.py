"""Duties: what a committee is told to do and how often, read from the standard of the day; what a period asks for.

Duties are data (resources/standards/duties.json, then editions of the committee's own); nothing here knows a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from desktop.foundation.days import Period
from desktop.register.service.standards import Standard

Per = Literal["week", "month", "quarter", "year"]
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
PER_WORDS: dict[str, str] = {"week": "每周", "month": "每月", "quarter": "每季", "year": "每年"}


@dataclass(frozen=True)
class Duty:
    """One thing to do: *times* in every *per*, recorded in *slice* under *category*; *months* narrows a yearly one."""

    key: str
    title: str
    slice: str
    category: str
    times: int
    per: Per
    source: str
    unverified: bool = False
    months: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """Return 每周2次, with 待核 where the number has no source."""
        return f"{PER_WORDS[self.per]}{self.times}次{'（待核）' if self.unverified else ''}"


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
        )
        for key, value in values.items()
    ]


def windows(duty: Duty, period: Period) -> list[Period]:
    """Return the weeks (Monday to Sunday), months, quarters or years of *duty* that end in *period*.

    A window belongs to the period its last day lies in, so that the months of a year add up to the year.
    """
    found = []
    for first, last in _windows_around(duty.per, period.first, period.last):
        ends_inside = period.first <= last <= period.last
        if ends_inside and (not duty.months or duty.per == "year" or last.month in duty.months):
            found.append(Period(f"{first.isoformat()}..{last.isoformat()}", first, last))
    return found


def missing(duty: Duty, period: Period, done_on: Sequence[date]) -> list[tuple[Period, int]]:
    """Return the windows of *period* in which less was done than the duty asks for, and how many times it lacks."""
    gaps = []
    for window in windows(duty, period):
        lacking = duty.times - sum(window.first <= day <= window.last for day in done_on)
        if lacking > 0:
            gaps.append((window, lacking))
    return gaps


def expected(duty: Duty, period: Period) -> int:
    """Return how many times *period* asks for *duty*: its times for every window that ends in it."""
    return duty.times * len(windows(duty, period))


def _windows_around(per: Per, first: date, last: date) -> list[tuple[date, date]]:
    if per == "week":
        monday = first - timedelta(days=first.weekday())
        count = (last - monday).days // 7 + 1
        return [(monday + timedelta(weeks=n), monday + timedelta(weeks=n, days=6)) for n in range(count)]
    length = _MONTHS[per]
    start = (first.year * 12 + first.month - 1) // length * length
    stop = last.year * 12 + last.month - 1
    return [
        (date(n // 12, n % 12 + 1, 1), date((n + length) // 12, (n + length) % 12 + 1, 1) - timedelta(days=1))
        for n in range(start, stop + 1, length)
    ]
