"""Deadlines on the calendar of 2026, each day looked up in the notice by hand."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.register.service.standards import shipped_standards
from desktop.register.workdays import DaysOff, days_off_of, deadline

CALENDAR = days_off_of(one.content for one in shipped_standards() if one.standard == "holidays")


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 6, 17), True),  # Wednesday
        (date(2026, 6, 14), False),  # Sunday
        (date(2026, 6, 19), False),  # Friday, 端午
        (date(2026, 6, 21), False),
        (date(2026, 6, 22), True),
        (date(2026, 2, 14), True),  # Saturday made a workday
        (date(2026, 1, 4), True),  # Sunday made a workday
        (date(2026, 10, 10), True),
        (date(2026, 10, 8), True),
        (date(2027, 10, 1), True),  # no notice for 2027 yet: a Friday like any other
        (date(2027, 1, 2), False),  # Saturday
    ],
)
def test_days_off_and_made_up_days_follow_the_notice(day, works):
    assert CALENDAR.is_workday(day) is works


@pytest.mark.parametrize(
    ("found_on", "days", "expected"),
    [
        (date(2026, 6, 9), 7, date(2026, 6, 16)),  # Tuesday, stays
        (date(2026, 6, 12), 7, date(2026, 6, 22)),  # 19 June is 端午, the block ends on Sunday
        (date(2026, 6, 7), 7, date(2026, 6, 15)),  # a Sunday moves to Monday
        (date(2026, 2, 8), 7, date(2026, 2, 24)),  # the first day of 春节 moves behind its last
        (date(2026, 2, 7), 7, date(2026, 2, 14)),  # a made-up Saturday stays
        (date(2026, 6, 17), 0, date(2026, 6, 17)),
    ],
)
def test_a_deadline_on_a_day_off_moves_to_the_next_working_day(found_on, days, expected):
    assert deadline(found_on, days, CALENDAR) == expected


def test_without_any_notice_only_weekends_are_off():
    assert deadline(date(2026, 10, 1), 0, DaysOff()) == date(2026, 10, 1)
    assert deadline(date(2026, 10, 3), 0, DaysOff()) == date(2026, 10, 5)
