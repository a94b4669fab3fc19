"""When a backup is made without being asked for, and when people are reminded; pure rules."""

from __future__ import annotations

from datetime import datetime, timedelta

AT_MOST_EVERY = timedelta(minutes=30)
READABLE_AFTER = timedelta(days=365)
REMIND_AFTER = timedelta(days=7)
DRILL_AFTER = timedelta(days=30)


def is_due(*, now: datetime, last_at: datetime | None, changed: bool, resting: bool) -> bool:
    """Return whether to back up by ourselves now.

    Only if a step newer than the last backup is in the history (*changed*), at most every 30 minutes, and never while
    *resting* after a restore. A clock set back behind the last backup does not stop backups until it has caught up.
    """
    if resting or not changed:
        return False
    return last_at is None or now < last_at or now - last_at >= AT_MOST_EVERY


def is_late(
    *, now: datetime, last_at: datetime | None, begun_at: datetime | None, after: timedelta = REMIND_AFTER
) -> bool:
    """Return whether more than *after* has gone by since the last backup, or since records were first kept."""
    since = last_at or begun_at
    return since is not None and now - since > after


def is_drill_due(*, now: datetime, drilled_at: datetime | None, begun_at: datetime | None) -> bool:
    """Return whether a month has gone by since a backup was last restored on trial, or since records were first kept.

    A clock set back behind the last trial does not stop trials until it has caught up.
    """
    since = drilled_at or begun_at
    return since is not None and (now < since or now - since > DRILL_AFTER)


def is_readable_due(*, now: datetime, last_at: datetime | None, begun_at: datetime | None) -> bool:
    """Return whether a year has gone since the last readable copy, or since the first record if there is none yet."""
    since = last_at or begun_at
    return since is not None and now - since >= READABLE_AFTER
