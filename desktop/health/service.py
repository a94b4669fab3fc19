"""Use cases of the health slice: record, change and remove visits; what is due; a person's readings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, or_
from sqlmodel import Session, col, select

from desktop.foundation.clock import Clock
from desktop.foundation.days import Period, age_on, plain_day
from desktop.foundation.errors import ChangedMeanwhile, InputError, Problem
from desktop.foundation.text import tidied_texts
from desktop.health.due_rows import standard_in
from desktop.health.due_rules import next_visit_on
from desktop.health.overview import measured_in, overdue_in, statuses_in
from desktop.health.records import Visit
from desktop.health.rules import BY_URGENCY, Flag, VisitDraft, check_visit, flag_of, reference, to_mmol, to_umol
from desktop.health.views import HealthStatus, VisitRow
from desktop.register.records import Resident
from desktop.register.rights import Officer, Right
from desktop.register.rules import differences
from desktop.register.service.orders import by_resident
from desktop.register.service.standards import Standard
from desktop.store.history import Reference
from desktop.store.idlist import ids_of
from desktop.store.models import any_living
from desktop.store.query import among, pick
from desktop.store.sorting import Sort, by_sound, ordering
from desktop.store.unit import Store
from desktop.store.walking import walked

WAYS: dict[str, Any] = {
    "name": by_resident(col(Visit.resident_id)),
    "service": by_sound(Visit.service),
    "reading": func.coalesce(col(Visit.systolic_mmhg), col(Visit.glucose_umol_per_l)),
    "flag": case({flag.value: place for place, flag in enumerate(BY_URGENCY)}, value=col(Visit.flag)),
    "result": by_sound(Visit.result),
    "next": col(Visit.next_on),
}
"""What a click on a title of the list sorts by."""


class HealthService:
    """Use cases around visits; every one needs the right to see health."""

    def __init__(self, store: Store, officer: Officer, clock: Clock) -> None:
        self._store = store
        self._officer = officer
        self._clock = clock

    def standard(self, day: date | None = None) -> Standard:
        """Return the health standard for *day* (today)."""
        with self._store.reading() as session:
            return standard_in(session, day or self._clock.today())

    def record(self, resident_id: UUID, draft: VisitDraft) -> VisitRow:
        """Store a visit; raise InputError with every problem, storing nothing."""
        self._officer.require(Right.EDIT_HEALTH)
        draft = tidied_texts(draft)
        self._refuse(draft)
        with self._store.writing(f"登记{draft.service}", self._officer) as unit:
            person = unit.get(Resident, resident_id)
            unit.label = f"登记{draft.service}：{person.name}"
            visit = Visit(resident_id=resident_id, visited_on=_day_of(draft), service=draft.service)
            _fill(unit.session, visit, draft, person)
            unit.add(visit)
        return row_of(visit)

    def change(self, visit_id: UUID, draft: VisitDraft, *, version: int) -> VisitRow:
        """Store changed values; raise InputError with every problem.

        Raises ChangedMeanwhile, with both values of every field that differs, if a colleague was first.
        """
        self._officer.require(Right.EDIT_HEALTH)
        draft = tidied_texts(draft)
        self._refuse(draft)
        with self._store.writing(f"修改{draft.service}", self._officer) as unit:
            try:
                visit = unit.get(Visit, visit_id, version=version)
            except ChangedMeanwhile as error:
                theirs = row_of(unit.get(Visit, visit_id)).draft
                raise ChangedMeanwhile(str(error), differences(theirs, draft)) from None
            person = unit.get(Resident, visit.resident_id)
            unit.label = f"修改{draft.service}：{person.name}"
            _fill(unit.session, visit, draft, person)
        return row_of(visit)

    def remove(self, visit_id: UUID) -> str:
        """Move a visit to the bin and return the step's label."""
        self._officer.require(Right.EDIT_HEALTH)
        with self._store.writing("删除记录", self._officer) as unit:
            visit = unit.get(Visit, visit_id)
            person = unit.get(Resident, visit.resident_id)
            unit.label = f"删除{visit.service}：{person.name} {plain_day(visit.visited_on)}"
            unit.move_to_bin(visit)
            return unit.label

    def visits_of(self, resident_id: UUID) -> list[VisitRow]:
        """Return a person's visits, newest first."""
        self._officer.require(Right.SEE_HEALTH)
        query = (
            select(Visit)
            .where(Visit.resident_id == resident_id, col(Visit.deleted_at).is_(None))
            .order_by(col(Visit.visited_on).desc(), col(Visit.id).desc())
        )
        with self._store.reading() as session:
            return [row_of(visit) for visit in session.exec(query)]

    def is_empty(self) -> bool:
        """Return whether there is no visit yet."""
        self._officer.require(Right.SEE_HEALTH)
        with self._store.reading() as session:
            return not any_living(session, Visit)

    def visit_ids(
        self, *, first: date | None = None, last: date | None = None, service: str = "", sort: Sort | None = None
    ) -> Sequence[UUID]:
        """Return the ids of visits between two days, newest first unless a *sort* is asked for."""
        self._officer.require(Right.SEE_HEALTH)
        day = (col(Visit.visited_on), col(Visit.id))
        conditions: list[Any] = [col(Visit.deleted_at).is_(None)]
        if first is not None:
            conditions.append(col(Visit.visited_on) >= first)
        if last is not None:
            conditions.append(col(Visit.visited_on) <= last)
        if service:
            conditions.append(Visit.service == service)
        if sort is None or sort[0] not in WAYS:
            return walked(self._store, conditions, day, descending=sort != ("day", False))
        with self._store.reading() as session:
            return ids_of(session, pick(Visit.id).where(*conditions).order_by(*ordering(WAYS, sort, day)))

    def visit_rows(self, ids: Sequence[UUID]) -> list[VisitRow]:
        """Return the visits *ids* in that order; ids gone meanwhile are left out."""
        self._officer.require(Right.SEE_HEALTH)
        with self._store.reading() as session:
            query = select(Visit).where(among(Visit.id, ids), col(Visit.deleted_at).is_(None))
            found = {visit.id: row_of(visit) for visit in session.exec(query)}
        return [found[visit_id] for visit_id in ids if visit_id in found]

    def suggest_next(self, resident_id: UUID, draft: VisitDraft) -> date | None:
        """Return the day the standard sets after *draft*, to be filled into an empty 下次日期."""
        self._officer.require(Right.SEE_HEALTH)
        if draft.visited_on is None:
            return None
        with self._store.reading() as session:
            person = session.get(Resident, resident_id)
            values = standard_in(session, draft.visited_on)
            flag = _flag(draft, person.born_on if person else None, values)
        return next_visit_on(draft.visited_on, draft.service, draft.way, draft.result, flag, values=values)

    def flag(self, resident_id: UUID, draft: VisitDraft) -> Flag:
        """Return what the readings of *draft* say for this person."""
        self._officer.require(Right.SEE_HEALTH)
        with self._store.reading() as session:
            person = session.get(Resident, resident_id)
            values = standard_in(session, draft.visited_on or self._clock.today())
        return _flag(draft, person.born_on if person else None, values)

    def reference(self, born_on: date | None) -> tuple[int, int]:
        """Return the reference pressures in mmHg for somebody born on that day."""
        today = self._clock.today()
        return reference(age_on(born_on, today) if born_on else None, self.standard())

    def statuses(self, resident_ids: Sequence[UUID]) -> dict[UUID, HealthStatus]:
        """Return what the list shows beside each resident."""
        self._officer.require(Right.SEE_HEALTH)
        with self._store.reading() as session:
            return statuses_in(session, list(resident_ids), self._clock.today())

    def count_overdue(self) -> int:
        """Return how many residents have something overdue."""
        self._officer.require(Right.SEE_HEALTH)
        with self._store.reading() as session:
            return overdue_in(session, self._clock.today())

    def measured_this_year(self) -> int:
        """Return how many residents of 35 and over have had a pressure read this calendar year."""
        self._officer.require(Right.SEE_HEALTH)
        today = self._clock.today()
        with self._store.reading() as session:
            return measured_in(session, Period(str(today.year), date(today.year, 1, 1), today))[1]

    def _refuse(self, draft: VisitDraft) -> None:
        if problems := check_visit(draft, today=self._clock.today()):
            raise InputError(problems=problems)


class VisitDependants:
    """Keeps residents with visits out of the bin."""

    def references(self, session: Session, resident_id: UUID) -> Sequence[Reference]:
        """Return how many visits the resident has."""
        query = select(func.count()).where(Visit.resident_id == resident_id, col(Visit.deleted_at).is_(None))
        count = session.exec(query).one()
        return [Reference("健康服务记录", count)] if count else []


def visits_of_batch(session: Session, batch_id: UUID) -> Sequence[Reference]:
    """Return how many later visits refer to residents of an import, for undoing it."""
    query = (
        select(func.count())
        .select_from(Visit)
        .join(Resident, col(Resident.id) == col(Visit.resident_id))
        .where(Resident.import_batch == batch_id, col(Visit.deleted_at).is_(None))
        .where(or_(col(Visit.import_batch).is_(None), col(Visit.import_batch) != batch_id))
    )
    count = session.exec(query).one()
    return [Reference("健康服务记录", count)] if count else []


def _fill(session: Session, visit: Visit, draft: VisitDraft, person: Resident) -> None:
    visited_on = _day_of(draft)
    values = standard_in(session, visited_on)
    flag = _flag(draft, person.born_on, values)
    if person.born_on is not None and visited_on < person.born_on:
        raise InputError(problems=[Problem("visited_on", "date_invalid", "日期早于这个人的出生日期，请核对。")])
    for name in ("visited_on", "service", "way", "systolic_mmhg", "diastolic_mmhg", "pulse_per_min", "medication",
                 "result", "next_on", "recorded_by", "remark"):  # fmt: skip
        setattr(visit, name, getattr(draft, name))
    visit.glucose_umol_per_l = to_umol(draft.glucose_mmol)
    visit.flag, visit.standard = flag.value, values.edition if flag else ""


def _day_of(draft: VisitDraft) -> date:
    assert draft.visited_on is not None  # noqa: S101  check_visit has refused such a draft
    return draft.visited_on


def _flag(draft: VisitDraft, born_on: date | None, values: Standard) -> Flag:
    age = age_on(born_on, draft.visited_on) if born_on and draft.visited_on else None
    return flag_of(draft.systolic_mmhg, draft.diastolic_mmhg, draft.glucose_mmol, age=age, values=values)


def row_of(visit: Visit) -> VisitRow:
    """Return a stored visit as lists show it."""
    draft = VisitDraft(
        visited_on=visit.visited_on, service=visit.service, way=visit.way, systolic_mmhg=visit.systolic_mmhg,
        diastolic_mmhg=visit.diastolic_mmhg, pulse_per_min=visit.pulse_per_min,
        glucose_mmol=to_mmol(visit.glucose_umol_per_l), medication=visit.medication, result=visit.result,
        next_on=visit.next_on, recorded_by=visit.recorded_by, remark=visit.remark,
    )  # fmt: skip
    return VisitRow(visit.id, visit.version, visit.resident_id, draft, Flag(visit.flag))
