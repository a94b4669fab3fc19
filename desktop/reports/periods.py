"""Periods of reports: the committee's own month, the year so far, the same period a year ago, their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.foundation.days import Period, parse_period, plain_day

_CANONICAL = re.compile(r"(\d{4})(-\d{2}|Q[1-4]|H[12]|)")
_KINDS = {"-": "月报", "Q": "季报", "H": "半年报", "": "年报"}
LATEST_FIRST_DAY = 28


@dataclass(frozen=True)
class MonthRule:
    """On which day the committee's reporting month begins: 1 for the calendar month, 26 for 26th to 25th."""

    first_day: int = 1

    def month(self, year: int, month: int) -> Period:
        """Return the reporting month called *year*年*month*月: that which ends in it."""
        if self.first_day == 1:
            return parse_period(f"{year:04d}-{month:02d}")
        before = date(year - (month == 1), (month - 2) % 12 + 1, self.first_day)
        last = date(year, month, self.first_day - 1)
        return Period(f"{before.isoformat()}..{last.isoformat()}", before, last)

    def name_of(self, day: date) -> tuple[int, int]:
        """Return year and month of the reporting month *day* lies in."""
        if self.first_day == 1 or day.day < self.first_day:
            return day.year, day.month
        return (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)

    def month_of(self, period: Period) -> tuple[int, int] | None:
        """Return year and month if *period* is exactly one reporting month."""
        year, month = self.name_of(period.last)
        own = self.month(year, month)
        return (year, month) if (own.first, own.last) == (period.first, period.last) else None

    def step(self, year: int, month: int, count: int) -> Period:
        """Return the reporting month *count* months after *year*年*month*月."""
        number = year * 12 + month - 1 + count
        return self.month(number // 12, number % 12 + 1)

    def finished_before(self, day: date) -> Period:
        """Return the last reporting month that was over before *day*."""
        return self.step(*self.name_of(day), -1)

    def year_to_date(self, period: Period) -> Period:
        """Return the reporting year so far, up to the end of *period*; all of it if it began earlier."""
        year, _month = self.name_of(period.last)
        first = min(self.month(year, 1).first, period.first)
        return Period(f"{first.isoformat()}..{period.last.isoformat()}", first, period.last)

    def months_to_date(self, period: Period) -> list[tuple[int, Period]]:
        """Return the reporting months of the year up to the end of *period*, each with its number."""
        year, last = self.name_of(period.last)
        return [(number, self.month(year, number)) for number in range(1, last + 1)]

    def year_before(self, period: Period) -> Period:
        """Return the same period a year ago."""
        if own := self.month_of(period):
            return self.step(*own, -12)
        if found := _CANONICAL.fullmatch(period.text):
            return parse_period(f"{int(found[1]) - 1:04d}{found[2]}")
        first, last = _year_earlier(period.first), _year_earlier(period.last)
        if (period.last + timedelta(days=1)).day == 1:  # an end of month stays one
            last = _end_of_month(last)
        return Period(f"{first.isoformat()}..{last.isoformat()}", first, last)

    def title(self, period: Period) -> str:
        """Return 2011年6月 for a reporting month of any shape, else the period's own title."""
        own = self.month_of(period)
        return f"{own[0]}年{own[1]}月" if own else period.title

    def kind(self, period: Period) -> str:
        """Return 月报, 季报, 半年报, 年报, or 报表 for other days."""
        if self.month_of(period):
            return "月报"
        found = _CANONICAL.fullmatch(period.text)
        return _KINDS[found[2][:1]] if found else "报表"

    def span(self, period: Period) -> str:
        """Return the days the period covers, as a report states them."""
        return f"{plain_day(period.first)}至{plain_day(period.last)}"

    def column_titles(self, period: Period) -> tuple[str, str, str, str]:
        """Return the titles over the values: this period, the year so far, a year ago, and the difference to that."""
        change = "比去年\n增减"
        if own := self.month_of(period):
            so_far = f"1—{own[1]}月\n累计" if own[1] > 1 else "1月\n累计"
            return "本月", so_far, f"去年\n{own[1]}月", change
        here = {"季报": "本季度", "半年报": "本半年", "年报": "本年"}.get(self.kind(period), "本期")
        return here, "今年\n累计", "去年\n同期" if here != "本年" else "去年", change


def _year_earlier(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return date(day.year - 1, day.month, 28 if leap else day.day)


def _end_of_month(day: date) -> date:
    following = date(day.year + (day.month == 12), day.month % 12 + 1, 1)
    return following - timedelta(days=1)
