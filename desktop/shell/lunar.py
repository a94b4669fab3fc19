"""The lunar day as the login window and the header show it."""

from __future__ import annotations

from datetime import date


def lunar_text(day: date) -> str:
    """Return *day* in the lunar calendar, such as 农历五月初三."""
    from lunar_python import Solar  # noqa: PLC0415  0.1 s that the first paint must not wait for

    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return f"农历{lunar.getMonthInChinese()}月{lunar.getDayInChinese()}"
