"""Calendars made by hand: which backups stay, worked out on paper beside a calendar.

A token is [year-]month-day[/hour[:minute]] in China's time, 2026 and noon if not said; a..b is one backup a day.
17 June 2026 is a Wednesday; Mondays before it: 15, 8, 1 June, 25, 18, 11, 4 May, 27, 20, 13, 6 April, 30 March.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desktop.foundation.clock import CHINA
from desktop.safekeeping.retention import DAILY, MONTHLY, WEEKLY, kept

TODAY = "06-17/18"
FORTNIGHT = "06-04..06-17"  # two days of all, twelve by day
NINE_SUNDAYS = "04-05 04-12 04-19 04-26 05-03 05-10 05-17 05-24 05-31"
SPRING = f"03-29 {NINE_SUNDAYS} {FORTNIGHT}"  # all days and all ten weeks used up
MONTHS = "2025-06-30 2025-07-31 2025-08-31 2025-09-30 2025-10-31 2025-11-30 2025-12-31 01-31 02-28"
TWELVE_DAYS = "06-04..06-15"
MONDAYS_DAILY = "03-30 04-06 04-13 04-20 04-27 05-04 05-11 05-18 05-25 06-01 06-08 06-15"
MONDAYS_WEEKLY = "01-19 01-26 02-02 02-09 02-16 02-23 03-02 03-09 03-16 03-23"
FIRSTS = (
    "2025-06-01 2025-07-01 2025-08-01 2025-09-01 2025-10-01 2025-11-01 2025-12-01 01-01 02-01 03-01 04-01 05-01 06-01"
)

# what it is about: (now, made, what stays)
CALENDARS = {
    "nothing": (TODAY, "", ""),
    "one of today": (TODAY, "06-17", "06-17"),
    "several of today": (TODAY, "06-17/08 06-17/12 06-17/17", "06-17/08 06-17/12 06-17/17"),
    "several of yesterday": (TODAY, "06-16/08 06-16/12 06-16/17", "06-16/08 06-16/12 06-16/17"),
    "two of the day before": (TODAY, "06-15/09 06-15/17", "06-15/17"),
    "two of the day before beside today's": (TODAY, "06-15/09 06-15/17 06-17", "06-15/17 06-17"),
    "around midnight": (
        TODAY,
        "06-15/23:58 06-15/23:59 06-16/00:00 06-16/00:01",
        "06-15/23:59 06-16/00:00 06-16/00:01",
    ),
    "just after midnight, yesterday is whole": ("06-17/00:01", "06-15/09 06-15/20 06-16/09 06-16/20",
                                                "06-15/20 06-16/09 06-16/20"),
    "mornings and afternoons": (TODAY, "06-10/08 06-10/16 06-11/08 06-11/16", "06-10/16 06-11/16"),
    "exactly twelve days": (TODAY, TWELVE_DAYS, TWELVE_DAYS),
    "a thirteenth day of the same week": (TODAY, "06-03..06-15", TWELVE_DAYS),
    "a thirteenth day of the week before": (TODAY, f"05-31 {TWELVE_DAYS}", f"05-31 {TWELVE_DAYS}"),
    "two of the week before": (TODAY, f"05-30 05-31 {TWELVE_DAYS}", f"05-31 {TWELVE_DAYS}"),
    "Sunday ends the week": (TODAY, f"05-31 06-01 {TWELVE_DAYS}", f"05-31 {TWELVE_DAYS}"),
    "every day since 1 June": (TODAY, "06-01..06-17", FORTNIGHT),
    "every day since 25 May": (TODAY, "05-25..06-17", f"05-31 {FORTNIGHT}"),
    "every day since April": (TODAY, "04-01..06-17", f"{NINE_SUNDAYS} {FORTNIGHT}"),
    "every day since March": (TODAY, "03-01..06-17", SPRING),
    "every day since February": (TODAY, "02-01..06-17", f"02-28 {SPRING}"),
    "every day for a year": (TODAY, "2025-06-01..06-17", f"{MONTHS} {SPRING}"),
    "a tenth month": (TODAY, "2025-05-01..06-17", f"{MONTHS} {SPRING}"),
    "every day for three years": (TODAY, "2023-06-17..06-17", f"{MONTHS} {SPRING}"),
    "two of a month": (TODAY, "02-03 02-20 03-01..06-17", f"02-20 {SPRING}"),
    "months without any use nothing up": (
        TODAY, "2024-01-15 2025-02-10 03-01..06-17", f"2024-01-15 2025-02-10 {SPRING}",
    ),
    "the first of each month": (TODAY, FIRSTS, FIRSTS),
    "every Monday for half a year": (
        TODAY,
        f"2025-12-22 2025-12-29 01-05 01-12 {MONDAYS_WEEKLY} {MONDAYS_DAILY}",
        f"2025-12-29 {MONDAYS_WEEKLY} {MONDAYS_DAILY}",
    ),
    "after a pause of two years": (TODAY, "2024-03-01..2024-03-20", "2024-03-03 2024-03-09..2024-03-20"),
    "after a pause, beside today's": (TODAY, "2024-03-09..2024-03-20 06-17", "2024-03-09..2024-03-20 06-17"),
    "over New Year": ("01-02/10", "2025-12-31 01-01 01-02", "2025-12-31 01-01 01-02"),
    "three weeks over New Year": ("01-02/10", "2025-12-10..01-02", "2025-12-14 2025-12-20..01-02"),
    "the week with New Year in it is one": ("01-20/10", "2025-12-25..01-20", "2025-12-28 01-04 01-07..01-20"),
    "a year of 53 weeks": ("2021-01-20/10", "2020-12-26..2021-01-20", "2020-12-27 2021-01-03 2021-01-07..2021-01-20"),
    "the same week of two years": (TODAY, f"2025-03-05 03-04 {TWELVE_DAYS}", f"2025-03-05 03-04 {TWELVE_DAYS}"),
    "the same month of two years": (TODAY, "2025-03-31 03-01..06-17", f"2025-03-31 {SPRING}"),
    "a leap day": ("2024-03-10/10", "2024-02-20..2024-03-10", "2024-02-25..2024-03-10"),
    "tomorrow and next year": (TODAY, "06-18 2027-01-01", "06-18 2027-01-01"),
    "the clock set back by years": ("2020-01-01", "06-10/08 06-10/16 06-17", "06-10/08 06-10/16 06-17"),
    "the clock set back by three days": ("06-14/10", "06-12/08 06-12/16 06-13..06-17", "06-12/16 06-13..06-17"),
    "the clock once stood ahead": (TODAY, "06-01..06-17 2030-01-01", f"{FORTNIGHT} 2030-01-01"),
    "twice on a day to come": (TODAY, "06-15 09-01/08 09-01/09", "06-15 09-01/08 09-01/09"),
    "later today": (TODAY, "06-17/17 06-17/19", "06-17/17 06-17/19"),
    "restored today, then backed up": (TODAY, "06-10..06-15 06-17/09 06-17/10 06-17/11",
                                       "06-10..06-15 06-17/09 06-17/10 06-17/11"),
    "the day after a restore": (
        "06-18/18",
        "06-15 06-16/08 06-16/17 06-17/09 06-17/11 06-18/09",
        "06-15 06-16/17 06-17/09 06-17/11 06-18/09",
    ),
    "the third day after a restore": (
        "06-19/18",
        "06-15 06-16 06-17/09 06-17/11 06-18/09 06-18/10 06-19/09",
        "06-15 06-16 06-17/11 06-18/09 06-18/10 06-19/09",
    ),
    "ten in an hour push nothing out": (
        TODAY,
        f"{TWELVE_DAYS} 06-17/10:00 06-17/10:06 06-17/10:12 06-17/10:18 06-17/10:24 06-17/10:30 06-17/10:36",
        f"{TWELVE_DAYS} 06-17/10:00 06-17/10:06 06-17/10:12 06-17/10:18 06-17/10:24 06-17/10:30 06-17/10:36",
    ),
    "one good copy of a month ago": (TODAY, "05-17 06-17/08 06-17/09 06-17/10", "05-17 06-17/08 06-17/09 06-17/10"),
    "in no order": (TODAY, "06-04 06-17 06-10/08 06-10/09", "06-04 06-10/09 06-17"),
    "the same minute twice": (TODAY, "06-15/09 06-15/09", "06-15/09"),
}  # fmt: skip


def instant(token: str) -> datetime:
    day, _, time = token.partition("/")
    parts = [int(part) for part in day.split("-")]
    year, month, number = parts if len(parts) == 3 else (2026, *parts)
    hour, _, minute = (time or "12").partition(":")
    return datetime(year, month, number, int(hour), int(minute or 0), tzinfo=CHINA)


def calendar(text: str) -> list[datetime]:
    found = []
    for token in text.split():
        first, _, last = token.partition("..")
        at = instant(first)
        while at <= instant(last or first):
            found.append(at)
            at += timedelta(days=1)
    return found


def test_there_are_at_least_forty_calendars():
    assert len(CALENDARS) >= 40


@pytest.mark.parametrize("about", CALENDARS)
def test_what_stays(about):
    now, made, staying = CALENDARS[about]
    assert sorted(kept(calendar(made), instant(now))) == sorted(calendar(staying))


@pytest.mark.parametrize("about", CALENDARS)
def test_thinning_again_takes_nothing_more_away(about):
    now, made, _ = CALENDARS[about]
    once = kept(calendar(made), instant(now))
    assert kept(once, instant(now)) == once


def test_days_are_china_s_whatever_zone_the_instants_come_in():
    late, later = datetime(2026, 6, 15, 15, 59, tzinfo=UTC), datetime(2026, 6, 15, 16, 1, tzinfo=UTC)
    earlier = datetime(2026, 6, 15, 1, 0, tzinfo=UTC)
    assert kept([earlier, late, later], instant(TODAY)) == [later, late]


def test_thinned_every_day_for_three_years_the_newest_is_there_and_the_number_stays_small():
    files: list[datetime] = []
    day = instant("2023-06-17/12")
    while day <= instant("06-17/12"):
        files = kept([*files, day - timedelta(hours=3), day], day)
        assert files[0] == day
        assert len(files) <= 2 * 2 + DAILY + WEEKLY + MONTHLY
        day += timedelta(days=1)
    assert files[-1] <= instant("2025-12-31")
