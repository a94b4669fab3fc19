"""Derived rows of activities: quantities to sum up and ledgers to filter by, made again whenever one changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col

from desktop.activities.records import Activity, ActivityLedger, ActivityWork
from desktop.activities.rules import HELD
from desktop.activities.stored import ledgers_in, work_in
from desktop.activities.work import to_milli
from desktop.store.bulk import insert_rows
from desktop.store.models import table_of
from desktop.store.query import among, pick
from desktop.store.unit import Store

_IDS_AT_ONCE = 5_000


def keep_derived(store: Store) -> None:
    """Let *store* keep the derived rows of activities whenever one is stored, changed, binned or put back."""
    store.derive_from(Activity, derive_activities)


def derive_activities(session: Session, ids: Sequence[UUID]) -> None:
    """Make the derived rows of activities *ids* again; only what was held counts as done."""
    connection = session.connection()
    for start in range(0, len(ids), _IDS_AT_ONCE):
        part = ids[start : start + _IDS_AT_ONCE]
        for derived in (ActivityWork, ActivityLedger):
            connection.execute(delete(derived).where(among(table_of(derived).c.activity_id, part)))
        work: list[dict[str, Any]] = []
        ledgers: list[dict[str, Any]] = []
        query = pick(Activity.id, Activity.held_on, Activity.status, Activity.work, Activity.ledgers).where(
            among(Activity.id, part), col(Activity.deleted_at).is_(None)
        )
        for activity, held_on, status, work_text, ledger_text in connection.execute(query):
            ledgers.extend(
                {"activity_id": activity, "ledger": name, "held_on": held_on} for name in ledgers_in(ledger_text)
            )
            if status != HELD:
                continue
            work.extend(
                {
                    "activity_id": activity,
                    "place_in_list": place,
                    "held_on": held_on,
                    "name": item.name,
                    "amount_milli": to_milli(item.amount),
                    "unit": item.unit,
                    "qualifier": item.qualifier,
                }
                for place, item in enumerate(work_in(work_text))
            )
        insert_rows(connection, table_of(ActivityWork), work)
        insert_rows(connection, table_of(ActivityLedger), ledgers)
