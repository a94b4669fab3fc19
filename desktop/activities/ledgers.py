"""The ledgers of activities: one per 台账 name, all from the same records, and the rows behind activities.* figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from desktop.activities.asking import merged, used
from desktop.activities.documents import activity_ledger
from desktop.activities.records import Activity, ActivityLedger
from desktop.activities.rules import CANCELLED, HELD, LEDGERS, minutes_of
from desktop.activities.stored import draft_of
from desktop.activities.views import ActivityRow
from desktop.foundation.days import Period
from desktop.register.ports import FigureRow, OfferedLedger
from desktop.register.rights import Right

_WORK = "activities.work."


class ActivityLedgers:
    """Offers 活动登记台账 and a ledger for every 台账 name."""

    right = Right.SEE_ACTIVITIES

    def ledgers(self, session: Session) -> Sequence[OfferedLedger]:
        """Return the ledger of all activities, those the program knows, then the names people have made up."""
        names = ("", *merged(LEDGERS, used(session, ActivityLedger.ledger)))
        return [
            OfferedLedger(activity_ledger(name), self.right, partial(_count, name), partial(_rows, name))
            for name in names
        ]


class ActivityFigureRows:
    """Shows the activities behind activities.* figures."""

    right = Right.SEE_ACTIVITIES

    def shows(self, key: str) -> bool:
        """Return whether *key* is one of theirs."""
        return key in _AMOUNTS or key.startswith(_WORK)

    def rows_of(self, session: Session, key: str, period: Period) -> Sequence[FigureRow] | None:
        """Return the activities that were held or cancelled, or those that name a quantity."""
        amount = _AMOUNTS.get(key)
        if key.startswith(_WORK):
            amount = partial(_work_of, key.removeprefix(_WORK))
        if amount is None:
            return None
        return [
            FigureRow(
                row.id, row.held_on, row.draft.name, row.draft.place or row.draft.partners, row.draft.status,
                kind=row.draft.category, amount=found,
            )
            for row in _rows("", session, period)
            if (found := amount(row))
        ]  # fmt: skip


def _amount_if(status: str) -> Callable[[ActivityRow], int]:
    return lambda row: int(row.draft.status == status)


def _work_of(wanted: str, row: ActivityRow) -> Any:
    """Return how much of the quantity 名称.单位 a held activity names."""
    if row.draft.status != HELD:
        return 0
    return sum(item.amount for item in row.draft.work if f"{item.name}.{item.unit}" == wanted)


_AMOUNTS: dict[str, Callable[[ActivityRow], Any]] = {
    "activities.held": _amount_if(HELD),
    "activities.cancelled": _amount_if(CANCELLED),
    "activities.attendance": lambda row: row.draft.attendance if row.draft.status == HELD else 0,
}


def _count(ledger: str, session: Session, period: Period | None) -> int:
    query = select(func.count()).select_from(Activity).where(col(Activity.deleted_at).is_(None))
    day = col(Activity.held_on)
    if ledger:
        query = select(func.count()).where(ActivityLedger.ledger == ledger)
        day = col(ActivityLedger.held_on)
    return int(session.exec(query if period is None else query.where(day.between(period.first, period.last))).one())


def _rows(ledger: str, session: Session, period: Period) -> list[ActivityRow]:
    """Return the activities of *ledger* that begin in *period*, in the order of their days and hours."""
    query = select(Activity).where(
        col(Activity.held_on).between(period.first, period.last), col(Activity.deleted_at).is_(None)
    )
    if ledger:
        query = query.join(ActivityLedger, col(ActivityLedger.activity_id) == col(Activity.id)).where(
            ActivityLedger.ledger == ledger
        )
    rows = [ActivityRow(found.id, found.version, draft_of(found)) for found in session.exec(query)]
    return sorted(rows, key=lambda row: (row.held_on, minutes_of(row.draft.clock), row.id))
