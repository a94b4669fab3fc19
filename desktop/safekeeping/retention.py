"""Which automatic backups are kept: all of two days, then 12 by day, 10 by week, 9 by month; pure rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from desktop.foundation.clock import china_day

ALL_OF_DAYS = 2
DAILY, WEEKLY, MONTHLY = 12, 10, 9

_Bucket = Callable[[date], object]
_LADDER: tuple[tuple[int, _Bucket], ...] = (
    (DAILY, lambda day: day),
    (WEEKLY, lambda day: day.isocalendar()[:2]),
    (MONTHLY, lambda day: (day.year, day.month)),
)


def kept(made_at: Iterable[datetime], now: datetime) -> list[datetime]:
    """Return those of the backups *made_at* that stay, newest first.

    Everything of today and yesterday stays (days of China), and whatever carries a later time than *now*: then a clock
    is wrong, and nothing is thrown away on its word. Of the older ones the last of a day stays until 12 have been kept,
    then the last of a week (Monday to Sunday) until 10, then the last of a month until 9. Days without a backup use
    nothing up: after a long pause the old ones are still there.
    """
    staying: list[datetime] = []
    left = [count for count, _ in _LADDER]
    seen: list[object] = [None for _ in _LADDER]
    all_from = china_day(now) - timedelta(days=ALL_OF_DAYS - 1)
    for instant in sorted(made_at, reverse=True):
        day = china_day(instant)
        if day >= all_from:
            staying.append(instant)
            _remember(seen, day)
            continue
        for step, (_, bucket) in enumerate(_LADDER):
            if not left[step]:
                continue
            # On this step of the ladder: the first backup met, going back in time, is the last of its bucket.
            if bucket(day) != seen[step]:
                left[step] -= 1
                staying.append(instant)
                _remember(seen, day)
            break
    return staying


def _remember(seen: list[object], day: date) -> None:
    for step, (_, bucket) in enumerate(_LADDER):
        seen[step] = bucket(day)
