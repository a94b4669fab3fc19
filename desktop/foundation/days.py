"""Calendar days as people write them and as we show them: parsing, periods, 逾期12天."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.foundation.errors import InputError
from desktop.foundation.text import fold_width, squeeze, tidy

WEEKDAYS = "一二三四五六日"
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月?)")
_PLAIN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CLOCK = re.compile(r"(?:(?<=\d)[Tt\s]|(?<=日)[Tt]?)\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")


def parse_day(text: str) -> date | None:
    """Return the day written as 2011-4-5, 2011.4.5, 2011/4/5, 2011年4月5日 or 20110405; None if it is none.

    A time of day behind it is ignored. 9月31日 and the like are None, never the nearest day.
    """
    try:
        if _PLAIN.fullmatch(text):  # as we write days ourselves, and most sheets do
            return date.fromisoformat(text)
        return date(*numbers) if (numbers := _numbers_in(text)) else None
    except ValueError:
        return None


def _numbers_in(text: str) -> tuple[int, int, int] | None:
    """Return year, month and day as written, possible or not; None if *text* is no day at all."""
    plain = fold_width(tidy(text))
    if ":" in plain:
        # Before blanks are squeezed: in 2011/4/15 9:05 the day would swallow the hour.
        plain = _CLOCK.sub("", plain)
    plain = squeeze(plain)
    found = _DAY.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if found is None or found.group(3) is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    return year, month, day


def why_no_day(text: str) -> str:
    """Return a Chinese sentence that says what is wrong with *text* as a day and, if it is easy, what to write."""
    if (numbers := _numbers_in(text)) is not None:
        year, month, day = numbers
        if not 1 <= month <= 12:
            return f"没有{month}月，请改日期"
        last = calendar.monthrange(year, month)[1] if 1 <= year <= 9999 else 31
        if not 1 <= day <= last:
            return f"{year}年{month}月没有{day}日，最后一天是{last}日"
    return "日期看不懂，请写成 2026-06-17 这样"


def long_day(day: date) -> str:
    """Return 2026年6月17日 周三."""
    return f"{day.year}年{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}"


def plain_day(day: date | None) -> str:
    """Return 2026年6月17日, or a dash for no day."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "—"


def short_day(day: date | None, today: date) -> str:
    """Return 6月17日, with the year in front if it is not this one; 今天 for today; a dash for no day."""
    if day is None:
        return "—"
    if day == today:
        return "今天"
    head = "" if day.year == today.year else f"{day.year}年"
    return f"{head}{day.month}月{day.day}日"


def days_left(day: date, today: date) -> str:
    """Return 逾期12天, 今天到期 or 还有5天."""
    gap = (day - today).days
    if gap < 0:
        return f"逾期{-gap}天"
    return "今天到期" if gap == 0 else f"还有{gap}天"


def age_on(born_on: date, day: date) -> int:
    """Return completed years of life on *day*; born on 29 February counts from 1 March in common years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def born_on_or_before(age: int, day: date) -> date:
    """Return the latest birthday of somebody who is at least *age* on *day* (inverse of age_on)."""
    year = day.year - age
    if (day.month, day.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 2, 28)
    return date(year, day.month, day.day)


@dataclass(frozen=True)
class Period:
    """A span of whole days, both ends included, with the text it was asked by."""

    text: str
    first: date
    last: date

    @property
    def title(self) -> str:
        """Return 2011年6月, 2011年第2季度, 2011年上半年, 2011年, or both days."""
        if found := re.fullmatch(r"(\d{4})(?:-(\d{2})|Q([1-4])|H([12]))?", self.text):
            year, month, quarter, half = found.groups()
            if month:
                return f"{year}年{int(month)}月"
            if quarter:
                return f"{year}年第{quarter}季度"
            return f"{year}年{'上' if half == '1' else '下'}半年" if half else f"{year}年"
        return f"{plain_day(self.first)}至{plain_day(self.last)}"


def parse_period(text: str) -> Period:
    """Return the period 2011-06, 2011Q2, 2011H1, 2011 or 2011-05-26..2011-06-25; raise InputError otherwise."""
    plain = squeeze(text).upper()
    if ".." in plain:
        first, last = (parse_day(part) for part in plain.split("..", 1))
        if first is None or last is None:
            raise InputError("起止日期看不懂，请写成 2011-05-26..2011-06-25 这样。")
        if last < first:
            raise InputError("止的日期早于起的日期，请对调。")
        return Period(plain, first, last)
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})|Q(\d)|H(\d))?", plain)
    if found is None:
        raise InputError("期间看不懂。可写 2011-06、2011Q2、2011H1、2011 或 2011-05-26..2011-06-25。")
    year = int(found.group(1))
    month, quarter, half = (int(part) if part is not None else None for part in found.groups()[1:])
    start, length, canonical = 1, 12, f"{year:04d}"
    if month is not None:
        start, length, canonical = month, 1, f"{year:04d}-{month:02d}"
    elif quarter is not None:
        start, length, canonical = 3 * quarter - 2, 3, f"{year:04d}Q{quarter}"
    elif half is not None:
        start, length, canonical = 6 * half - 5, 6, f"{year:04d}H{half}"
    if year < 1900 or not 1 <= start <= 13 - length:
        raise InputError("期间不存在，请检查年、月、季或半年。")
    last_month = start + length - 1
    return Period(canonical, date(year, start, 1), date(year, last_month, calendar.monthrange(year, last_month)[1]))


def month_of(day: date) -> Period:
    """Return the calendar month that holds *day*."""
    return parse_period(f"{day.year:04d}-{day.month:02d}")


def add_days(day: date, count: int) -> date:
    """Return *day* plus *count* days."""
    return day + timedelta(days=count)
