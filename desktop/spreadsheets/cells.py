"""Single cells: what a spreadsheet can hold, and how it reads as text."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

Cell = str | int | float | bool | date | datetime | time | timedelta | None


def as_text(cell: Cell) -> str:
    """Return *cell* as a person reads it in the sheet: 400.0 is 400, a day is 2011-04-05, a time 14:30."""
    return _TEXTS[type(cell)](cell)


def number_text(number: float) -> str:
    """Return a number as Excel shows it in a wide cell: at most 15 significant digits, no exponent, no ``.0``."""
    if isinstance(number, int) or not math.isfinite(number):
        return str(number)
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return format(Decimal(f"{number:.15g}"), "f")


def _clock(moment: time) -> str:
    return f"{moment.hour:02d}:{moment.minute:02d}" + (f":{moment.second:02d}" if moment.second else "")


def _instant(moment: datetime) -> str:
    day = moment.date().isoformat()
    return f"{day} {_clock(moment.time())}" if moment.time() != time() else day


def _span(length: timedelta) -> str:
    minutes = int(length.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02d}"


_TEXTS: dict[type, Callable[[Any], str]] = {
    str: str,
    type(None): lambda _: "",
    bool: lambda cell: "TRUE" if cell else "FALSE",
    int: number_text,
    float: number_text,
    date: date.isoformat,
    datetime: _instant,
    time: _clock,
    timedelta: _span,
}
