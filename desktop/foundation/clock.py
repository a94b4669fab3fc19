"""The one clock: instants in UTC, days in China's time (UTC+8) whatever the computer's zone says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

CHINA = timezone(timedelta(hours=8), "UTC+8")


class Clock(Protocol):
    """Says what time it is; injected wherever time matters."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...

    def today(self) -> date:
        """Return the present calendar day in China."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the present calendar day in China."""
        return china_day(self.now())


class FixedClock:
    """A clock that stands still, for tests, samples and pictures."""

    def __init__(self, now: datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("FixedClock needs an aware datetime")
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        """Return the instant it was given."""
        return self._now

    def today(self) -> date:
        """Return the day of that instant in China."""
        return china_day(self._now)

    def advance(self, by: timedelta) -> None:
        """Move the clock by *by*."""
        self._now += by


def china_day(instant: datetime) -> date:
    """Return the calendar day of an aware *instant* in China."""
    return instant.astimezone(CHINA).date()


def in_words(seconds: int) -> str:
    """Return 20秒, 1分30秒 or 2分钟."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{rest}秒"
    return f"{minutes}分{rest}秒" if rest else f"{minutes}分钟"
