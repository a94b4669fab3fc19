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
from desktop.inspections.rules import ESCALATED, ON_SPOT, PASSED
from desktop.inspections.views import InspectionCounts, InspectionFilter
from desktop.register.records import Place
from desktop.store.history import Reference
from desktop.store.idlist import IdList, ids_of
from desktop.store.query import among, pick

_FAR = date(9999, 12, 31)

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


def ids_in(session: Session, narrowed: InspectionFilter, today: date) -> IdList:
    """Return the ids of a list in its order.

    Urgent first: findings whose recheck is awaited by deadline, then those with superiors or ready for 销号, then
    everything settled, newest first.
    """
    conditions = _conditions(session, narrowed, today)
    newest = (col(Inspection.inspected_on).desc(), col(Inspection.id).desc())
    if narrowed.order == "newest":
        narrow = OPEN if narrowed.open_only else ()
        return ids_of(session, select(Inspection.id).where(*conditions, *narrow).order_by(*newest))
    urgency = (case((_WAITS_FOR_OTHERS, 1), else_=0), func.coalesce(col(Inspection.due_on), _FAR))
    found = ids_of(session, select(Inspection.id).where(*conditions, *OPEN).order_by(*urgency, *newest))
    if narrowed.open_only or narrowed.overdue:
        return found
    return found + ids_of(session, select(Inspection.id).where(*conditions, _SETTLED).order_by(*newest))


def counts_in(session: Session, month: Period, today: date) -> InspectionCounts:
    """Return the counts that stand on the filters."""
    living = col(Inspection.deleted_at).is_(None)

    def count(*conditions: Any) -> int:
        return int(session.exec(select(func.count()).select_from(Inspection).where(living, *conditions)).one())

    return InspectionCounts(
        open=count(*OPEN),
        overdue=count(*_late(today)),
        month=count(col(Inspection.inspected_on).between(month.first, month.last)),
        all=count(),
    )


def categories_in(session: Session) -> list[str]:
    """Return the categories in use, the most frequent first."""
    query = (
        pick(Inspection.category)
        .where(col(Inspection.deleted_at).is_(None))
        .group_by(col(Inspection.category))
        .order_by(func.count().desc(), col(Inspection.category))
    )
    return [category for (category,) in session.connection().execute(query)]


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
    if text := narrowed.text.strip():
        places = PlaceNames(session).like(text)
        told = (Inspection.problem, Inspection.inspector, Inspection.responsible, Inspection.category)
        within = [col(column).contains(text, autoescape=True) for column in told]
        conditions.append(or_(*within, among(Inspection.place_id, places)))
    return conditions
