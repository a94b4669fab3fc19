"""Which days the office works, by the holiday notices loaded as standards; deadlines never end on a day off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

_SATURDAY = 5


@dataclass(frozen=True)
class DaysOff:
    """Days the state gives off, and weekend days it makes workdays in return; years without a notice have neither."""

    off: frozenset[date] = frozenset()
    made_up: frozenset[date] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Return whether the office works on *day*: a made-up day before a day off before the weekend."""
        if day in self.made_up:
            return True
        return day not in self.off and day.weekday() < _SATURDAY

    def workday_from(self, day: date) -> date:
        """Return *day*, or the next working day if it is off."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day


def days_off_of(contents: Iterable[Mapping[str, Any]]) -> DaysOff:
    """Return the days of every edition of the standard ``holidays``; an edition is one year's notice."""
    off: set[date] = set()
    made_up: set[date] = set()
    for content in contents:
        for holiday in content.get("days_off", ()):
            first, last = date.fromisoformat(holiday["first"]), date.fromisoformat(holiday["last"])
            off.update(first + timedelta(days=number) for number in range((last - first).days + 1))
            made_up.update(date.fromisoformat(day) for day in holiday.get("make_up_workdays", ()))
    return DaysOff(frozenset(off), frozenset(made_up))


def deadline(found_on: date, days: int, calendar: DaysOff) -> date:
    """Return the day *days* calendar days after *found_on*, moved to the next working day if it is off."""
    return calendar.workday_from(found_on + timedelta(days=days))
