"""A committee that keeps records since a day, for the tests of gaps and of what is due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from desktop.shell.workbench import Workbench
from tests.activities.making import activity
from tests.inspections.making import sound


def inspected(bench: Workbench, *days: date, category: str = "环境卫生", place: str = "渔村") -> None:
    """Store a calm inspection of *place* on each day."""
    for day in days:
        bench.inspections.record(sound(day, category=category, place=place))


def days_of(first: date, last: date, weekdays: Iterable[int]) -> list[date]:
    """Return the days from *first* to *last* that fall on one of *weekdays* (Monday 0)."""
    wanted = frozenset(weekdays)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if day.weekday() in wanted]


__all__ = ["activity", "days_of", "inspected"]
