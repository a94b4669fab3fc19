"""Use cases of the health slice: record, change and remove visits; what is due; a person's readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from desktop.foundation.clock import Clock
from desktop.foundation.days import age_on, born_on_or_before, plain_day
from desktop.foundation.errors import InputError, Problem
from desktop.foundation.text import tidy
from desktop.health.due_rows import standard_in
from desktop.health.records import HealthDue, Visit
from desktop.health.rules import (
    BP_SERVICE,
    CHECKUP_SERVICE,
    Due,
    Flag,
    VisitDraft,
    check_visit,
    flag_of,
    next_visit_on,
    reference,
    to_mmol,
    to_umol,
    wants_yearly_checkup,
    wants_yearly_pressure,
)
from desktop.register.records import Household, Resident, ResidentOrder
from desktop.register.rights import Officer, Right
from desktop.register.service.residents import Dependants, ResidentFilter
from desktop.register.service.standards import Standard
from desktop.store.history import Reference
from desktop.store.idlist import IdList, ids_of
from desktop.store.unit import Store


@dataclass(frozen=True)
class VisitRow:
    """One stored visit."""

    id: UUID
    version: int
    resident_id: UUID
    draft: VisitDraft
    flag: Flag

    @property
    def pressure(self) -> str:
        """Return 146/88, or a dash."""
        if self.draft.systolic_mmhg is None:
            return "—"
        return f"{self.draft.systolic_mmhg}/{self.draft.diastolic_mmhg}"


@dataclass(frozen=True)
class HealthStatus:
    """What the list shows beside a resident: the earliest due, and what this calendar year still lacks."""

    due: Due | None
    last_visit_on: date | None
    lacks_checkup: bool
    lacks_pressure: bool


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
        draft = _tidied(draft)
        self._refuse(draft)
        with self._store.writing(f"登记{draft.service}", self._officer) as unit:
            person = unit.get(Resident, resident_id)
            unit.label = f"登记{draft.service}：{person.name}"
            visit = Visit(resident_id=resident_id, visited_on=draft.visited_on, service=draft.service)
            _fill(unit.session, visit, draft, person)
            unit.add(visit)
        return _row(visit)

    def change(self, visit_id: UUID, draft: VisitDraft, *, version: int) -> VisitRow:
        """Store changed values; raise InputError with every problem, ChangedMeanwhile if changed elsewhere."""
        self._officer.require(Right.EDIT_HEALTH)
        draft = _tidied(draft)
        self._refuse(draft)
        with self._store.writing(f"修改{draft.service}", self._officer) as unit:
            visit = unit.get(Visit, visit_id, version=version)
            person = unit.get(Resident, visit.resident_id)
            unit.label = f"修改{draft.service}：{person.name}"
            _fill(unit.session, visit, draft, person)
        return _row(visit)

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
            return [_row(visit) for visit in session.exec(query)]

    def visit_ids(self, *, first: date | None = None, last: date | None = None, service: str = "") -> IdList:
        """Return the ids of visits between two days, newest first."""
        self._officer.require(Right.SEE_HEALTH)
        query = select(Visit.id).where(col(Visit.deleted_at).is_(None))
        if first is not None:
            query = query.where(col(Visit.visited_on) >= first)
        if last is not None:
            query = query.where(col(Visit.visited_on) <= last)
        if service:
            query = query.where(Visit.service == service)
        with self._store.reading() as session:
            return ids_of(session, query.order_by(col(Visit.visited_on).desc(), col(Visit.id).desc()))

    def visit_rows(self, ids: Sequence[UUID]) -> list[VisitRow]:
        """Return the visits *ids* in that order; ids gone meanwhile are left out."""
        self._officer.require(Right.SEE_HEALTH)
        with self._store.reading() as session:
            found = {visit.id: _row(visit) for visit in session.exec(select(Visit).where(col(Visit.id).in_(ids)))}
        return [found[visit_id] for visit_id in ids if visit_id in found]

    def suggest_next(self, resident_id: UUID, draft: VisitDraft) -> date | None:
        """Return the day the standard sets after *draft*, to be filled into an empty 下次日期."""
        if draft.visited_on is None:
            return None
        with self._store.reading() as session:
            person = session.get(Resident, resident_id)
            values = standard_in(session, draft.visited_on)
            flag = _flag(draft, person.born_on if person else None, values)
        return next_visit_on(draft.visited_on, draft.service, draft.way, draft.result, flag, values=values)

    def flag(self, resident_id: UUID, draft: VisitDraft) -> Flag:
        """Return what the readings of *draft* say for this person."""
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
        today = self._clock.today()
        ids = list(resident_ids)
        with self._store.reading() as session:
            values = standard_in(session, today)
            dues: dict[UUID, Due] = {}
            query = select(HealthDue).where(col(HealthDue.resident_id).in_(ids)).order_by(col(HealthDue.due_on).desc())
            for row in session.exec(query):
                dues[row.resident_id] = Due(row.what, row.due_on, row.why)
            last = _last_days(session, ids)
            this_year = _done_this_year(session, ids, today)
            tagged = select(HealthDue.resident_id).where(
                col(HealthDue.resident_id).in_(ids), col(HealthDue.what).in_(("高血压随访",))
            )
            managed = set(session.exec(tagged))
            born = dict(
                session.connection()
                .execute(select(Resident.id, Resident.born_on).where(col(Resident.id).in_(ids)))
                .tuples()
                .all()
            )
        return {
            person: self._status(born.get(person), dues.get(person), last.get(person), this_year.get(person, set()),
                                 person in managed, values, today)
            for person in ids
        }  # fmt: skip

    def most_urgent_first(self, narrowed: ResidentFilter, *, overdue_only: bool = False) -> IdList:
        """Return residents with something due, earliest day first, then (unless *overdue_only*) everybody else."""
        self._officer.require(Right.SEE_HEALTH)
        today = self._clock.today()
        with self._store.reading() as session:
            due = select(HealthDue.resident_id, func.min(HealthDue.due_on).label("day")).group_by(
                col(HealthDue.resident_id)
            )
            if overdue_only:
                due = due.having(func.min(HealthDue.due_on) < today)
            first = due.subquery()
            query = select(first.c.resident_id)
            if narrowed.place_id is not None:
                query = (
                    query.join(Resident, col(Resident.id) == first.c.resident_id)
                    .join(Household, col(Household.id) == col(Resident.household_id))
                    .where(col(Household.place_id) == narrowed.place_id)
                )
            urgent = ids_of(session, query.order_by(first.c.day, first.c.resident_id))
            if overdue_only:
                return urgent
            rest = select(ResidentOrder.resident_id).where(
                col(ResidentOrder.gone).is_(False),
                col(ResidentOrder.resident_id).not_in(select(HealthDue.resident_id)),
            )
            if narrowed.place_id is not None:
                rest = (
                    rest.join(Resident, col(Resident.id) == col(ResidentOrder.resident_id))
                    .join(Household, col(Household.id) == col(Resident.household_id))
                    .where(col(Household.place_id) == narrowed.place_id)
                )
            return urgent + ids_of(session, rest.order_by(ResidentOrder.address_key, ResidentOrder.resident_id))

    def count_overdue(self) -> int:
        """Return how many residents have something overdue."""
        self._officer.require(Right.SEE_HEALTH)
        query = select(func.count(func.distinct(HealthDue.resident_id))).where(
            col(HealthDue.due_on) < self._clock.today()
        )
        with self._store.reading() as session:
            return int(session.exec(query).one())

    def measured_this_year(self) -> int:
        """Return how many residents of 35 and over have had a pressure read this calendar year."""
        self._officer.require(Right.SEE_HEALTH)
        today = self._clock.today()
        with self._store.reading() as session:
            values = standard_in(session, today)
            limit = born_on_or_before(values.number("bp_from_age"), today)
            query = (
                select(func.count(func.distinct(Visit.resident_id)))
                .join(Resident, col(Resident.id) == col(Visit.resident_id))
                .where(
                    col(Visit.deleted_at).is_(None),
                    col(Visit.visited_on) >= date(today.year, 1, 1),
                    col(Visit.systolic_mmhg).is_not(None),
                    col(Visit.diastolic_mmhg).is_not(None),
                    col(Resident.born_on) <= limit,
                )
            )
            return int(session.exec(query).one())

    def _refuse(self, draft: VisitDraft) -> None:
        if problems := check_visit(draft, today=self._clock.today()):
            raise InputError(problems=problems)

    @staticmethod
    def _status(
        born_on: date | None, due: Due | None, last_on: date | None, done: set[str], managed: bool,  # noqa: FBT001
        values: Standard, today: date,
    ) -> HealthStatus:  # fmt: skip
        age = age_on(born_on, today) if born_on else None
        tags = ("高血压",) if managed else ()
        return HealthStatus(
            due=due,
            last_visit_on=last_on,
            lacks_checkup=wants_yearly_checkup(age, values) and CHECKUP_SERVICE not in done,
            lacks_pressure=wants_yearly_pressure(age, tags, values) and BP_SERVICE not in done,
        )


class VisitDependants(Dependants):
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
        .where(func.coalesce(Visit.import_batch, "") != batch_id.hex)
    )
    count = session.exec(query).one()
    return [Reference("健康服务记录", count)] if count else []


def _fill(session: Session, visit: Visit, draft: VisitDraft, person: Resident) -> None:
    assert draft.visited_on is not None  # noqa: S101  checked before
    values = standard_in(session, draft.visited_on)
    flag = _flag(draft, person.born_on, values)
    if person.born_on is not None and draft.visited_on < person.born_on:
        raise InputError(problems=[Problem("visited_on", "date_invalid", "日期早于这个人的出生日期，请核对。")])
    for name in ("visited_on", "service", "way", "systolic_mmhg", "diastolic_mmhg", "pulse_per_min", "medication",
                 "result", "next_on", "recorded_by", "remark"):  # fmt: skip
        setattr(visit, name, getattr(draft, name))
    visit.glucose_umol_per_l = to_umol(draft.glucose_mmol)
    visit.flag, visit.standard = flag.value, values.edition if flag else ""


def _flag(draft: VisitDraft, born_on: date | None, values: Standard) -> Flag:
    age = age_on(born_on, draft.visited_on) if born_on and draft.visited_on else None
    return flag_of(draft.systolic_mmhg, draft.diastolic_mmhg, draft.glucose_mmol, age=age, values=values)


def _tidied(draft: VisitDraft) -> VisitDraft:
    values = {name: tidy(value) if isinstance(value, str) else value for name, value in draft.__dict__.items()}
    return VisitDraft(**values)


def _row(visit: Visit) -> VisitRow:
    draft = VisitDraft(
        visited_on=visit.visited_on, service=visit.service, way=visit.way, systolic_mmhg=visit.systolic_mmhg,
        diastolic_mmhg=visit.diastolic_mmhg, pulse_per_min=visit.pulse_per_min,
        glucose_mmol=to_mmol(visit.glucose_umol_per_l), medication=visit.medication, result=visit.result,
        next_on=visit.next_on, recorded_by=visit.recorded_by, remark=visit.remark,
    )  # fmt: skip
    return VisitRow(visit.id, visit.version, visit.resident_id, draft, Flag(visit.flag))


def _last_days(session: Session, ids: Sequence[UUID]) -> dict[UUID, date]:
    query = (
        select(Visit.resident_id, func.max(Visit.visited_on))
        .where(col(Visit.resident_id).in_(ids), col(Visit.deleted_at).is_(None))
        .group_by(col(Visit.resident_id))
    )
    return {person: day for person, day in session.connection().execute(query)}


def _done_this_year(session: Session, ids: Sequence[UUID], today: date) -> dict[UUID, set[str]]:
    """Return per person which yearly services were done; any visit with a pressure counts as one of those."""
    query = select(Visit.resident_id, Visit.service, Visit.systolic_mmhg).where(
        col(Visit.resident_id).in_(ids), col(Visit.deleted_at).is_(None),
        col(Visit.visited_on) >= date(today.year, 1, 1), col(Visit.visited_on) <= today,
    )  # fmt: skip
    done: dict[UUID, set[str]] = {}
    for person, service, systolic in session.connection().execute(query):
        done.setdefault(person, set()).update({service, BP_SERVICE} if systolic is not None else {service})
    return done
