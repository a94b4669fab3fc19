"""Questions across all inspections: who comes first, how many there are, and what refers to imported places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, or_
from sqlmodel import Session, col, select

from desktop.foundation.days import Period
from desktop.inspections.place_names import PlaceNames
from desktop.inspections.records import Inspection
from desktop.inspections.recurrence import all_repeats
from desktop.inspections.rules import ESCALATED, ON_SPOT, PASSED
from desktop.inspections.views import InspectionCounts, InspectionFilter
from desktop.register.records import Place
from desktop.register.service.orders import by_place
from desktop.store.history import Reference
from desktop.store.idlist import IdList, ids_of
from desktop.store.query import among, pick
from desktop.store.sorting import by_sound, ordering
from desktop.store.unit import Store
from desktop.store.walking import count_of, walked

_FAR = date(9999, 12, 31)
_DAY = (col(Inspection.inspected_on), col(Inspection.id))
_NEWEST = tuple(column.desc() for column in _DAY)
_WAYS: dict[str, Any] = {
    "category": by_sound(Inspection.category),
    "place": by_place(col(Inspection.place_id)),
    "problem": by_sound(Inspection.problem),
}

# The same as rules.stage_of, for the database; a test holds the two together.
OPEN = (
    col(Inspection.has_finding).is_(True),
    col(Inspection.closed_on).is_(None),
    col(Inspection.treatment) != ON_SPOT,
)
_SETTLED = or_(
    col(Inspection.has_finding).is_(False),
    col(Inspection.closed_on).is_not(None),
    col(Inspection.treatment) == ON_SPOT,
)
_WAITS_FOR_OTHERS = or_(
    col(Inspection.recheck_result) == PASSED,
    col(Inspection.treatment) == ESCALATED,
    col(Inspection.escalated_on).is_not(None),
)


def listed(store: Store, narrowed: InspectionFilter, today: date) -> Sequence[UUID]:
    """Return the ids of a list in its order.

    Urgent first: findings whose recheck is awaited by deadline, then those with superiors or ready for 销号, then
    everything settled, newest first. The open ones are few and read at once; the rest, which grows for ever, is read
    a window at a time, unless a text narrows it or another column sorts it: then there is no index to be walked along.
    """
    urgent = narrowed.order == "urgent" and narrowed.sort is None
    with store.reading() as session:
        conditions = _conditions(session, narrowed, today)
        if narrowed.sort is not None:
            conditions += OPEN if narrowed.open_only or narrowed.overdue else ()
            query = select(Inspection.id).where(*conditions)
            return ids_of(session, query.order_by(*ordering(_WAYS, narrowed.sort, _DAY)))
        head = IdList()
        if urgent or narrowed.open_only or narrowed.overdue:
            head = ids_of(session, select(Inspection.id).where(*conditions, *OPEN).order_by(*_open_order(narrowed)))
            if narrowed.open_only or narrowed.overdue:
                return head
            conditions.append(_SETTLED)
        if narrowed.text.strip():
            return head + ids_of(session, select(Inspection.id).where(*conditions).order_by(*_NEWEST))
    return walked(store, conditions, _DAY, descending=True, head=head)


def _open_order(narrowed: InspectionFilter) -> tuple[Any, ...]:
    if narrowed.order == "newest":
        return _NEWEST
    return (case((_WAITS_FOR_OTHERS, 1), else_=0), func.coalesce(col(Inspection.due_on), _FAR), *_NEWEST)


def counts_in(session: Session, month: Period, today: date) -> InspectionCounts:
    """Return the counts that stand on the filters."""
    living = col(Inspection.deleted_at).is_(None)
    return InspectionCounts(
        open=_count(session, living, *OPEN),
        overdue=_count(session, living, *_late(today)),
        month=_count(session, living, col(Inspection.inspected_on).between(month.first, month.last)),
        all=_count(session, living),
    )


def categories_in(session: Session) -> list[str]:
    """Return the categories in use."""
    # From one category to the next along the index: DISTINCT and GROUP BY would read every row.
    found: list[str] = []
    query = pick(Inspection.category).where(col(Inspection.deleted_at).is_(None)).order_by(col(Inspection.category))
    connection = session.connection()
    while following := connection.scalar(query.where(col(Inspection.category) > (found or [""])[-1]).limit(1)):
        found.append(following)
    return found


def inspections_of_batch(session: Session, batch_id: UUID) -> Sequence[Reference]:
    """Return how many later inspections refer to places of an import, for undoing it."""
    query = (
        select(func.count())
        .select_from(Inspection)
        .join(Place, col(Place.id) == col(Inspection.place_id))
        .where(Place.import_batch == batch_id, col(Inspection.deleted_at).is_(None))
        .where(or_(col(Inspection.import_batch).is_(None), col(Inspection.import_batch) != batch_id))
    )
    count = session.exec(query).one()
    return [Reference("检查记录", count)] if count else []


def _count(session: Session, *conditions: Any) -> int:
    return count_of(session, col(Inspection.id), conditions)


def _late(today: date) -> tuple[ColumnElement[bool], ...]:
    return (*OPEN, ~_WAITS_FOR_OTHERS, col(Inspection.due_on) < today)


def _conditions(session: Session, narrowed: InspectionFilter, today: date) -> list[Any]:
    conditions: list[Any] = [col(Inspection.deleted_at).is_(None)]
    if narrowed.first is not None:
        conditions.append(col(Inspection.inspected_on) >= narrowed.first)
    if narrowed.last is not None:
        conditions.append(col(Inspection.inspected_on) <= narrowed.last)
    if narrowed.category:
        conditions.append(col(Inspection.category) == narrowed.category)
    if narrowed.overdue:
        conditions.extend(_late(today))
    if narrowed.repeated:
        conditions.append(among(Inspection.id, list(all_repeats(session))))
    if text := narrowed.text.strip():
        places = PlaceNames(session).like(text)
        told = (Inspection.problem, Inspection.inspector, Inspection.responsible, Inspection.category)
        within = [col(column).contains(text, autoescape=True) for column in told]
        conditions.append(or_(*within, among(Inspection.place_id, places)))
    return conditions
