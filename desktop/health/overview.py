"""Questions across all residents: what is due for whom, who comes first, what this year still lacks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from desktop.foundation.days import Period, age_on, born_on_or_before
from desktop.health.due_rows import standard_in
from desktop.health.due_rules import Due, wants_yearly_checkup, wants_yearly_pressure
from desktop.health.records import HealthDue, Visit
from desktop.health.rules import BP_SERVICE, CHECKUP_SERVICE
from desktop.health.views import HealthStatus
from desktop.register.figures import here_at_end
from desktop.register.records import Resident, ResidentOrder
from desktop.register.service.tags import tags_of
from desktop.store.query import among, pick, unindexed


def statuses_in(session: Session, ids: Sequence[UUID], today: date) -> dict[UUID, HealthStatus]:
    """Return what the list shows beside each of these residents."""
    values = standard_in(session, today)
    dues = _earliest_dues(session, ids)
    last = _last_days(session, ids)
    done = _done_this_year(session, ids, today)
    tags = tags_of(session, ids, today)
    query = pick(Resident.id, Resident.born_on).where(among(Resident.id, ids))
    born = {person: day for person, day in session.connection().execute(query)}  # noqa: C416  rows are no pairs to mypy
    statuses = {}
    for person in ids:
        day = born.get(person)
        age = age_on(day, today) if day else None
        mine = done.get(person, set())
        statuses[person] = HealthStatus(
            due=dues.get(person),
            last_visit_on=last.get(person),
            lacks_checkup=wants_yearly_checkup(age, values) and CHECKUP_SERVICE not in mine,
            lacks_pressure=wants_yearly_pressure(age, tags.get(person, ()), values) and BP_SERVICE not in mine,
        )
    return statuses


def overdue_in(session: Session, today: date) -> int:
    """Return how many residents have something overdue."""
    query = (
        select(func.count())
        .select_from(ResidentOrder)
        .where(col(ResidentOrder.gone).is_(False), col(ResidentOrder.due_on) < today)
    )
    return int(session.exec(query).one())


def measured_in(session: Session, period: Period) -> tuple[int, int]:
    """Return how many residents old enough for a yearly pressure there are at period end, and how many had one in it.

    Counted are visits with both pressures; several of one person count once.
    """
    age = standard_in(session, period.last).number("bp_from_age")
    grown = (*here_at_end(period), col(Resident.born_on) <= born_on_or_before(age, period.last))
    total = select(func.count()).select_from(Resident).where(*grown)
    # Two narrow sets from two covering indexes; a join would read a wide row for every person measured.
    read = (
        pick(unindexed(Visit.resident_id).label("resident_id"))
        .where(
            col(Visit.deleted_at).is_(None),
            col(Visit.visited_on).between(period.first, period.last),
            col(Visit.systolic_mmhg).is_not(None),
            col(Visit.diastolic_mmhg).is_not(None),
        )
        .distinct()
        .subquery()
    )
    measured = select(func.count()).select_from(read).where(read.c.resident_id.in_(select(Resident.id).where(*grown)))
    return int(session.exec(total).one()), int(session.exec(measured).one())


def _earliest_dues(session: Session, ids: Sequence[UUID]) -> dict[UUID, Due]:
    query = (
        select(HealthDue)
        .where(among(HealthDue.resident_id, ids))
        .order_by(col(HealthDue.due_on).desc(), col(HealthDue.what).desc())
    )
    return {row.resident_id: Due(row.what, row.due_on, row.why) for row in session.exec(query)}


def _last_days(session: Session, ids: Sequence[UUID]) -> dict[UUID, date]:
    query = (
        pick(Visit.resident_id, func.max(Visit.visited_on))
        .where(among(Visit.resident_id, ids), col(Visit.deleted_at).is_(None))
        .group_by(col(Visit.resident_id))
    )
    return {person: day for person, day in session.connection().execute(query)}  # noqa: C416


def _done_this_year(session: Session, ids: Sequence[UUID], today: date) -> dict[UUID, set[str]]:
    """Return per person which yearly services were done; a pressure counts if both halves were read."""
    query = pick(Visit.resident_id, Visit.service, Visit.systolic_mmhg, Visit.diastolic_mmhg).where(
        among(Visit.resident_id, ids),
        col(Visit.deleted_at).is_(None),
        col(Visit.visited_on).between(date(today.year, 1, 1), today),
    )
    done: dict[UUID, set[str]] = {}
    for person, service, systolic, diastolic in session.connection().execute(query):
        mine = done.setdefault(person, set())
        if service == CHECKUP_SERVICE:
            mine.add(service)
        if systolic is not None and diastolic is not None:
            mine.add(BP_SERVICE)
    return done
