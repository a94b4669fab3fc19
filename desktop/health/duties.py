"""What is due in health: follow-ups, pressures and referral outcomes by their day; yearly follow-ups per patient."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func
from sqlmodel import Session, col, or_

from desktop.foundation.days import Period, short_day
from desktop.health.due_rules import ASK_REFERRAL
from desktop.health.records import HealthDue, Visit
from desktop.health.rules import FACE_TO_FACE, FOLLOWUP_OF, REFERRAL_SERVICE
from desktop.register.duty import Duty
from desktop.register.figures import here_at_end
from desktop.register.ports import DueLine, DueTarget
from desktop.register.records import Resident, ResidentTag
from desktop.register.rights import Right
from desktop.store.query import among, pick, unindexed

SLICE = "health"
_SINGLY = 3
"""So many outcomes of referrals are listed one by one; more are one line."""
_TAG_OF = {service: tag for tag, service in FOLLOWUP_OF.items()}


@dataclass(frozen=True)
class _Open:
    """One row of health_due."""

    due_on: date
    person: UUID
    why: str


class HealthDues:
    """Whatever stands in health_due, grouped so that thirty patients are one line."""

    slice = SLICE
    right = Right.SEE_HEALTH
    edit = Right.EDIT_HEALTH
    verb = "登记随访"

    def due(self, session: Session, until: date, today: date) -> Sequence[DueLine]:
        """Return one line per service for all that is late, and one for each service and day up to *until*."""
        query = (
            pick(HealthDue.what, HealthDue.due_on, HealthDue.resident_id, HealthDue.why)
            .where(col(HealthDue.due_on) <= until)
            .order_by(col(HealthDue.due_on), col(HealthDue.resident_id))
        )
        groups: dict[tuple[str, date], list[_Open]] = defaultdict(list)
        for what, due_on, person, why in session.connection().execute(query):
            groups[what, due_on if due_on >= today else date.min].append(_Open(due_on, person, why))
        parts = [(what, part) for (what, _), group in groups.items() for part in _parts(what, group)]
        names = _names(session, [part[0].person for _, part in parts])
        return [_line(what, part, names, today) for what, part in parts]

    def target(self, duty: Duty, day: date) -> DueTarget:
        """Return the form of a new visit of the duty's service."""
        return DueTarget(SLICE, "visit", values={"service": duty.categories[0], "visited_on": day})

    def done_on(self, session: Session, duty: Duty, first: date, last: date) -> Sequence[date]:
        """Return the days with a visit of one of the duty's services."""
        query = pick(Visit.visited_on).where(
            col(Visit.visited_on).between(first, last),
            col(Visit.service).in_(duty.categories),
            col(Visit.deleted_at).is_(None),
        )
        return list(session.connection().scalars(query.distinct()))

    def begun_on(self, session: Session) -> date | None:
        """Return the day of the first visit."""
        query = pick(Visit.visited_on).where(col(Visit.deleted_at).is_(None))
        first: date | None = session.connection().scalar(query.order_by(col(Visit.visited_on)).limit(1))
        return first

    def short_of(self, session: Session, duty: Duty, window: Period) -> tuple[int, int]:
        """Return how many patients were managed and here all through *window*, and how many had every follow-up.

        Only face-to-face follow-ups count, as the national rules ask; who was tagged, moved in or left within the
        window is not asked for all of them.
        """
        asked = _managed_all_through([_TAG_OF[one] for one in duty.categories if one in _TAG_OF], window)
        # Counted by SQLite: to make an id of each of so many rows takes longer than to find them.
        met = case((unindexed(Resident.id).in_(_had_all(duty, window)), 1), else_=0)
        people, full = session.connection().execute(pick(func.count(), func.sum(met)).where(*asked)).one()
        return int(people), int(full or 0)


def _managed_all_through(tags: Sequence[str], window: Period) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a resident was tagged so, and here, on every day of *window*."""
    tagged = pick(ResidentTag.resident_id).where(
        col(ResidentTag.tag).in_(tags),
        col(ResidentTag.deleted_at).is_(None),
        or_(col(ResidentTag.from_on).is_(None), col(ResidentTag.from_on) <= window.first),
        or_(col(ResidentTag.to_on).is_(None), col(ResidentTag.to_on) >= window.last),
    )
    arrived = or_(col(Resident.arrived_on).is_(None), col(Resident.arrived_on) <= window.first)
    return (col(Resident.id).in_(tagged), *here_at_end(window), arrived)


def _had_all(duty: Duty, window: Period) -> Select[Any]:
    """Return who had all the duty's visits face to face in *window*: one pass over a narrow index."""
    # As a value without an index: grouped by the column SQLite would walk the wide rows person by person.
    person = unindexed(Visit.resident_id)
    return (
        pick(person)
        .where(
            col(Visit.visited_on).between(window.first, window.last),
            col(Visit.service).in_(duty.categories),
            col(Visit.way).in_(FACE_TO_FACE),
            col(Visit.deleted_at).is_(None),
        )
        .group_by(person)
        .having(func.count() >= duty.times)
    )


def _parts(what: str, group: list[_Open]) -> Iterator[list[_Open]]:
    if what == ASK_REFERRAL and len(group) <= _SINGLY:
        yield from ([one] for one in group)
    else:
        yield group


def _names(session: Session, people: Sequence[UUID]) -> Mapping[UUID, str]:
    query = pick(Resident.id, Resident.name).where(among(Resident.id, people))
    return {person: name for person, name in session.connection().execute(query)}  # noqa: C416  rows are no pairs to mypy


def _line(what: str, part: Sequence[_Open], names: Mapping[UUID, str], today: date) -> DueLine:
    first = part[0]
    asks = what == ASK_REFERRAL
    whose = names.get(first.person, "") + (f"等 {len(part)}人" if len(part) > 1 else "")
    late = first.due_on < today
    which = "late" if late else first.due_on.isoformat()
    single = f":{first.person.hex}" if asks and len(part) == 1 else ""
    oldest = f"最久的应在{short_day(first.due_on, today)}前" if late else f"{short_day(first.due_on, today)}到期"
    return DueLine(
        key=f"{SLICE}:{what}:{which}{single}",
        due_on=first.due_on,
        title=f"{'询问转诊结果' if asks else what} {whose}".strip(),
        detail=first.why if len(part) == 1 else f"{oldest}{'问清' if asks else '做'}" if late else oldest,
        verb="登记结果" if asks else "登记随访" if what in _TAG_OF else "登记服务",
        target=DueTarget(SLICE, "visit", first.person, {"service": REFERRAL_SERVICE if asks else what}),
    )
