"""The ledgers of residents, of births, deaths and departures, of health services; and the visits behind figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from desktop.foundation.clock import CHINA, Clock
from desktop.foundation.days import Period, add_days, short_day
from desktop.health.documents import PersonEntry, VisitEntry, event_ledger, new_ledger, resident_ledger, visit_ledger
from desktop.health.followups import answered_in, due_in
from desktop.health.overview import statuses_in
from desktop.health.records import Visit
from desktop.health.rules import Flag
from desktop.health.service import row_of
from desktop.register.figures import here_at_end
from desktop.register.ports import FigureRow, OfferedLedger
from desktop.register.records import Resident, ResidentOrder
from desktop.register.rights import Officer, Right
from desktop.register.service.residents import ResidentService
from desktop.register.views import ResidentRow
from desktop.store.query import pick

_VISITS = "health.visits."
_COUNTED = frozenset(
    {"health.urgent", "health.followups_due", "health.followups_done", "health.followups_overdue"}
)  # fmt: skip


@dataclass(frozen=True)
class _Event:
    """What happens to a resident on a day: a birth, or the *state* he or she went into."""

    title: str
    day: str
    state: str = ""

    @property
    def of_birth(self) -> bool:
        """Return whether it is the birth."""
        return not self.state

    @property
    def column(self) -> Any:
        """Return the column that holds the day."""
        return col(Resident.born_on if self.of_birth else Resident.changed_on)

    def conditions(self, period: Period | None) -> tuple[ColumnElement[bool], ...]:
        """Return whom it happened to in *period*, or ever; births of those who came later are not ours to count."""
        living: tuple[ColumnElement[bool], ...] = (col(Resident.deleted_at).is_(None), self.column.is_not(None))
        if period is not None:
            living = (*living, self.column.between(period.first, period.last))
        if self.state:
            return (*living, col(Resident.dwelling_state) == self.state)
        return (*living, or_(col(Resident.arrived_on).is_(None), col(Resident.arrived_on) <= col(Resident.born_on)))


EVENTS = (
    _Event("出生登记台账", "出生日期"), _Event("死亡登记台账", "死亡日期", "死亡"),
    _Event("迁出登记台账", "迁出日期", "迁出"),
)  # fmt: skip


class HealthLedgers:
    """Offers 居民名单, with what is due for those who may see it, births and deaths, and 健康服务登记台账."""

    right = Right.SEE_REGISTER

    def __init__(self, residents: ResidentService, officer: Officer, clock: Clock) -> None:
        self._residents, self._officer, self._clock = residents, officer, clock

    def ledgers(self, session: Session) -> Sequence[OfferedLedger]:
        """Return all; each with its own right."""
        del session
        today, sees = self._clock.today(), self._officer.may(Right.SEE_HEALTH)
        people = OfferedLedger(
            resident_ledger(today, with_health=sees), Right.SEE_REGISTER, _count_here, self._people, at_end=True
        )
        visits = OfferedLedger(visit_ledger(today), Right.SEE_HEALTH, _count_visits, self._visits)
        events = [
            OfferedLedger(
                event_ledger(event.title, event.day, today, of_birth=event.of_birth), Right.SEE_REGISTER,
                partial(_count_event, event), partial(self._event, event),
            )
            for event in EVENTS
        ]  # fmt: skip
        fresh = OfferedLedger(new_ledger(today), Right.SEE_REGISTER, _count_new, self._new)
        return [people, fresh, *events, visits]

    def _people(self, session: Session, period: Period) -> list[PersonEntry]:
        """Return the residents at the end of *period* in order of address."""
        query = (
            pick(Resident.id)
            .join(ResidentOrder, col(ResidentOrder.resident_id) == col(Resident.id))
            .where(*here_at_end(period))
            .order_by(col(ResidentOrder.address_key), col(Resident.id))
        )
        ids = list(session.connection().scalars(query))
        statuses = statuses_in(session, ids, self._clock.today()) if self._officer.may(Right.SEE_HEALTH) else {}
        return [(row, statuses.get(row.id)) for row in self._residents.rows_in(session, ids)]

    def _new(self, session: Session, period: Period) -> list[ResidentRow]:
        """Return the residents whose file was begun in *period*, in that order."""
        query = pick(Resident.id).where(*_begun_in(period)).order_by(col(Resident.created_at), col(Resident.id))
        return self._residents.rows_in(session, list(session.connection().scalars(query)))

    def _event(self, event: _Event, session: Session, period: Period) -> list[ResidentRow]:
        """Return the residents *event* happened to in *period*, in order of days."""
        query = pick(Resident.id).where(*event.conditions(period)).order_by(event.column, col(Resident.id))
        return self._residents.rows_in(session, list(session.connection().scalars(query)))

    def _visits(self, session: Session, period: Period) -> list[VisitEntry]:
        query = (
            select(Visit)
            .where(col(Visit.deleted_at).is_(None), col(Visit.visited_on).between(period.first, period.last))
            .order_by(col(Visit.visited_on), col(Visit.id))
        )
        visits = [row_of(visit) for visit in session.exec(query)]
        people = _people_of(session, self._residents, [visit.resident_id for visit in visits])
        return [(visit, people.get(visit.resident_id)) for visit in visits]


class HealthFigureRows:
    """Shows the services that figures count."""

    right = Right.SEE_HEALTH

    def __init__(self, residents: ResidentService) -> None:
        self._residents = residents

    def shows(self, key: str) -> bool:
        """Return whether *key* counts services."""
        return key.startswith(_VISITS) or key in _COUNTED

    def rows_of(self, session: Session, key: str, period: Period) -> Sequence[FigureRow] | None:
        """Return services by day; groups and measured residents are counts of people, not of services."""
        conditions = _conditions(key, period)
        if conditions is None:
            return None
        query = select(Visit).where(col(Visit.deleted_at).is_(None), *conditions)
        visits = list(session.exec(query.order_by(col(Visit.visited_on), col(Visit.id))))
        people = _people_of(session, self._residents, [visit.resident_id for visit in visits])
        return [_row(visit, people.get(visit.resident_id), key, period) for visit in visits]


def _conditions(key: str, period: Period) -> tuple[ColumnElement[bool], ...] | None:
    in_period = col(Visit.visited_on).between(period.first, period.last)
    if key.startswith(_VISITS):
        return (in_period, col(Visit.service) == key.removeprefix(_VISITS))
    if key == "health.urgent":
        return (in_period, col(Visit.flag) == Flag.URGENT.value)
    due, answered = due_in(period), answered_in(period)
    return {
        "health.followups_due": due,
        "health.followups_done": (*due, answered),
        "health.followups_overdue": (*due, ~answered),
    }.get(key)


def _row(visit: Visit, person: ResidentRow | None, key: str, period: Period) -> FigureRow:
    row = row_of(visit)
    told = "" if row.pressure == "—" else f"血压{row.pressure}"
    detail = "，".join(part for part in (visit.service, told, visit.result) if part)
    state = "紧急" if row.flag is Flag.URGENT else ""
    if key.startswith("health.followups"):
        state = f"应在{short_day(visit.next_on, period.last)}"
    return FigureRow(
        visit.id, visit.visited_on, person.name if person else "—", detail, state, kind=visit.service,
        bad=row.flag is Flag.URGENT or key == "health.followups_overdue",
    )  # fmt: skip


def _people_of(session: Session, residents: ResidentService, ids: Sequence[UUID]) -> dict[UUID, ResidentRow]:
    return {row.id: row for row in residents.rows_in(session, list(dict.fromkeys(ids)))}


def _count_here(session: Session, period: Period | None) -> int:
    query = select(func.count()).select_from(ResidentOrder).where(col(ResidentOrder.gone).is_(False))
    if period is not None:
        query = select(func.count()).select_from(Resident).where(*here_at_end(period))
    return int(session.exec(query).one())


def _begun_in(period: Period | None) -> tuple[ColumnElement[bool], ...]:
    living = col(Resident.deleted_at).is_(None)
    if period is None:
        return (living,)
    first, last = (datetime.combine(day, time(), CHINA) for day in (period.first, add_days(period.last, 1)))
    return (living, col(Resident.created_at) >= first, col(Resident.created_at) < last)


def _count_new(session: Session, period: Period | None) -> int:
    return int(session.exec(select(func.count()).select_from(Resident).where(*_begun_in(period))).one())


def _count_event(event: _Event, session: Session, period: Period | None) -> int:
    query = select(func.count()).select_from(Resident).where(*event.conditions(period))
    return int(session.exec(query).one())


def _count_visits(session: Session, period: Period | None) -> int:
    query = select(func.count()).select_from(Visit).where(col(Visit.deleted_at).is_(None))
    if period is not None:
        query = query.where(col(Visit.visited_on).between(period.first, period.last))
    return int(session.exec(query).one())
