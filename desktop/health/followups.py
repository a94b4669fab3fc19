"""Which follow-ups are due in a period and which were done: one rule for the figures and for the rows behind them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import col

from desktop.foundation.days import Period
from desktop.health.records import Visit


def due_in(period: Period) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of visits by the period's end whose next day lies in it."""
    return (col(Visit.visited_on) <= period.last, col(Visit.next_on).between(period.first, period.last))


def answered_in(period: Period) -> ColumnElement[bool]:
    """Return the condition of a visit after which the same person had the same service again by the period's end."""
    later = aliased(Visit)
    return exists().where(
        col(later.resident_id) == col(Visit.resident_id),
        col(later.service) == col(Visit.service),
        col(later.visited_on) > col(Visit.visited_on),
        col(later.visited_on) <= period.last,
        col(later.deleted_at).is_(None),
    )
