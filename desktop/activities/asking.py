"""Questions to the stored activities: narrowed lists of ids, and the words used before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_
from sqlmodel import Session, col, select

from desktop.activities.records import Activity, ActivityLedger, ActivityWork
from desktop.activities.rules import PLANNED
from desktop.store.models import table_of
from desktop.store.query import pick
from desktop.store.sorting import Sort, by_sound, ordering

_LATE_ROWS = 2_000
_OFFERED = 200
"""Most words that are offered for one field."""
_WAYS: dict[str, Any] = {
    "name": by_sound(Activity.name),
    "category": by_sound(Activity.category),
    "place": by_sound(Activity.place),
    "people": func.coalesce(col(Activity.attendance), col(Activity.planned_people)),
    "ledgers": by_sound(Activity.ledgers),
    "status": by_sound(Activity.status),
}
"""What a click on a title sorts by; the day has its index."""


@dataclass(frozen=True)
class ActivityFilter:
    """What the list shows; every part left out asks for nothing."""

    first: date | None = None
    last: date | None = None
    category: str = ""
    status: str = ""
    ledger: str = ""
    text: str = ""
    unsettled_on: date | None = None
    """Only plans whose last day is before this one."""
    sort: Sort | None = None


def ids_query(wanted: ActivityFilter) -> Select[Any]:
    """Return the query for the ids of *wanted*, by default newest first."""
    narrowed = _conditions(wanted)
    ledger, held_on = col(ActivityLedger.ledger) == wanted.ledger, col(Activity.held_on)
    if wanted.ledger and not narrowed and (wanted.sort is None or wanted.sort[0] == "day"):
        # The derived rows alone answer: they belong to living activities only and hold the day.
        entry, held_on = col(ActivityLedger.activity_id), col(ActivityLedger.held_on)
        query = pick(ActivityLedger.activity_id).where(ledger)
    else:
        entry = col(Activity.id)
        query = pick(Activity.id).where(col(Activity.deleted_at).is_(None), *narrowed)
        if wanted.ledger:
            query = query.where(col(Activity.id).in_(pick(ActivityLedger.activity_id).where(ledger)))
    if wanted.first is not None:
        query = query.where(held_on >= wanted.first)
    if wanted.last is not None:
        query = query.where(held_on <= wanted.last)
    return query.order_by(*ordering(_WAYS, wanted.sort, (held_on, entry)))


def _conditions(wanted: ActivityFilter) -> list[ColumnElement[bool]]:
    """Return what *wanted* asks for beyond days and ledger."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.category:
        conditions.append(col(Activity.category) == wanted.category)
    if wanted.status:
        conditions.append(col(Activity.status) == wanted.status)
    if wanted.unsettled_on is not None:
        conditions.append(col(Activity.status) == PLANNED)
        conditions.append(func.coalesce(Activity.ends_on, Activity.held_on) < wanted.unsettled_on)
    if wanted.text:
        columns = (Activity.name, Activity.place, Activity.in_charge, Activity.partners, Activity.summary)
        conditions.append(or_(*(col(column).contains(wanted.text, autoescape=True) for column in columns)))
    return conditions


def used(session: Session, column: Any) -> tuple[str, ...]:
    """Return the different words in *column*, which an index begins with, in order.

    Steps from each word to the next one: as many looks into the index as there are words, however many rows.
    """
    source = table_of(column.class_)
    inner = source.c[column.key]
    words = select(func.min(inner).label("word")).where(inner > "").cte("words", recursive=True)
    following = select(func.min(inner)).where(inner > words.c.word).correlate(words).scalar_subquery()
    words = words.union_all(select(following).where(words.c.word.is_not(None)))
    query = pick(words.c.word).where(words.c.word.is_not(None)).limit(_OFFERED)
    return tuple(session.connection().execute(query).scalars())


def of_late(
    session: Session, model: type[Activity] | type[ActivityWork], names: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Return the different words in the columns *names* of the latest rows, latest first."""
    source = table_of(model)
    query = pick(*(source.c[name] for name in names)).order_by(source.c.held_on.desc()).limit(_LATE_ROWS)
    if "deleted_at" in source.c:
        query = query.where(source.c.deleted_at.is_(None))
    columns = list(zip(*session.connection().execute(query), strict=True)) or [()] * len(names)
    return {
        name: tuple(dict.fromkeys(word for word in words if word))[:_OFFERED]
        for name, words in zip(names, columns, strict=True)
    }


def merged(known: Sequence[str], words: Sequence[str]) -> tuple[str, ...]:
    """Return *known*, then those *words* that are not among them."""
    return tuple(dict.fromkeys((*known, *words)))
