"""Derived rows of what is due: made again whenever visits, tags or residents change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, update
from sqlmodel import Session, col, select

from desktop.foundation.clock import Clock
from desktop.health.due_rules import PastVisit, dues_of
from desktop.health.records import HealthDue, Visit
from desktop.register.records import NOTHING_DUE, Resident, ResidentOrder, ResidentTag, StandardSet
from desktop.register.rules import GONE_STATES
from desktop.register.service.standards import Standard, editions_in
from desktop.register.service.tags import holding_on
from desktop.store.bulk import insert_rows
from desktop.store.models import table_of
from desktop.store.query import among, pick
from desktop.store.unit import Store

_IDS_AT_ONCE = 5_000


class DueRows:
    """Keeps health_due true."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def keep(self, store: Store) -> None:
        """Let *store* call back whenever something changes that a due date hangs on."""
        store.derive_from(Visit, self._after_visits)
        store.derive_from(ResidentTag, self._after_tags)
        store.derive_from(Resident, self.derive)
        store.derive_from(StandardSet, self._after_standards)

    def derive(self, session: Session, resident_ids: Sequence[UUID]) -> None:
        """Make the due rows of these residents again."""
        today = self._clock.today()
        standard = standard_in(session, today)
        for start in range(0, len(resident_ids), _IDS_AT_ONCE):
            part = list(resident_ids[start : start + _IDS_AT_ONCE])
            connection = session.connection()
            connection.execute(delete(HealthDue).where(among(HealthDue.resident_id, part)))
            here = set(
                connection.scalars(
                    select(Resident.id).where(
                        among(Resident.id, part),
                        col(Resident.deleted_at).is_(None),
                        col(Resident.dwelling_state).not_in(GONE_STATES),
                    )
                )
            )
            visits = _visits_of(session, part)
            tags = _tags_of(session, part, today)
            rows = [
                {"resident_id": person, "what": due.what, "due_on": due.due_on, "why": due.why}
                for person in here & (visits.keys() | tags.keys())
                for due in dues_of(visits.get(person, []), tags.get(person, {}), values=standard)
            ]
            if rows:
                insert_rows(connection, table_of(HealthDue), rows)
            _order_by_urgency(session, part, rows)

    def _after_visits(self, session: Session, ids: Sequence[UUID]) -> None:
        self._derive_owners(session, Visit, ids)

    def _after_tags(self, session: Session, ids: Sequence[UUID]) -> None:
        self._derive_owners(session, ResidentTag, ids)

    def _after_standards(self, session: Session, ids: Sequence[UUID]) -> None:
        if session.exec(
            select(StandardSet.id).where(col(StandardSet.id).in_(ids), StandardSet.standard == "health")
        ).first():
            self.derive(session, list(session.exec(select(Resident.id))))

    def _derive_owners(self, session: Session, model: type[Visit] | type[ResidentTag], ids: Sequence[UUID]) -> None:
        owners: dict[UUID, None] = {}
        for start in range(0, len(ids), _IDS_AT_ONCE):
            query = select(model.resident_id).where(among(model.id, ids[start : start + _IDS_AT_ONCE]))
            owners.update(dict.fromkeys(session.exec(query)))
        self.derive(session, list(owners))


def _order_by_urgency(session: Session, resident_ids: Sequence[UUID], rows: Sequence[dict[str, Any]]) -> None:
    """Write each resident's earliest due day into the register's order rows, where it differs."""
    earliest = dict.fromkeys(resident_ids, NOTHING_DUE)
    for row in rows:
        earliest[row["resident_id"]] = min(earliest[row["resident_id"]], row["due_on"])
    connection = session.connection()
    query = pick(ResidentOrder.resident_id, ResidentOrder.due_on).where(among(ResidentOrder.resident_id, resident_ids))
    changed = [
        {"resident": resident_id, "day": earliest[resident_id]}
        for resident_id, day in connection.execute(query)
        if day != earliest[resident_id]
    ]
    if changed:
        statement = update(ResidentOrder).where(col(ResidentOrder.resident_id) == bindparam("resident"))
        connection.execute(statement.values(due_on=bindparam("day")), changed)


def standard_in(session: Session, day: date) -> Standard:
    """Return the health standard in force on *day*, the oldest edition for days before it."""
    editions = editions_in(session, "health")
    return next((edition for edition in editions if edition.effective_from <= day), editions[-1])


def _visits_of(session: Session, resident_ids: Sequence[UUID]) -> dict[UUID, list[PastVisit]]:
    found: dict[UUID, list[PastVisit]] = defaultdict(list)
    query = (
        pick(
            Visit.resident_id, Visit.visited_on, Visit.service, Visit.way, Visit.result, Visit.next_on, Visit.flag,
            and_(col(Visit.systolic_mmhg).is_not(None), col(Visit.diastolic_mmhg).is_not(None)),
        )
        .where(among(Visit.resident_id, resident_ids), col(Visit.deleted_at).is_(None))
        .order_by(col(Visit.visited_on), col(Visit.id))
    )  # fmt: skip
    for person, *values in session.connection().execute(query):
        found[person].append(PastVisit(*values))
    return found


def _tags_of(session: Session, resident_ids: Sequence[UUID], today: date) -> dict[UUID, dict[str, date | None]]:
    found: dict[UUID, dict[str, date | None]] = defaultdict(dict)
    query = pick(ResidentTag.resident_id, ResidentTag.tag, ResidentTag.from_on).where(
        among(ResidentTag.resident_id, resident_ids),
        *holding_on(today),
    )
    for person, tag, since in session.connection().execute(query):
        found[person][tag] = since
    return found
