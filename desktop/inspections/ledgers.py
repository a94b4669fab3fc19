"""The ledgers of inspections and letters: by kind, still open, coming back, by place and by item of the checklists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from desktop.foundation.clock import Clock
from desktop.foundation.days import Period
from desktop.inspections.documents import (
    ALL_INSPECTIONS,
    ALL_PLEDGES,
    OPEN_FINDINGS,
    category_title,
    inspection_ledger,
    pledge_ledger,
    pledge_title,
    ranking_ledger,
    repeats_ledger,
    tally_ledger,
)
from desktop.inspections.place_names import PlaceNames
from desktop.inspections.ranking import ranking_in
from desktop.inspections.records import Inspection, Pledge
from desktop.inspections.recurrence import all_repeats, repeats_in
from desktop.inspections.rules import ON_SPOT
from desktop.inspections.service.inspections import row_of
from desktop.inspections.service.lists import OPEN, categories_in
from desktop.inspections.service.pledges import pledge_row_of
from desktop.inspections.tally import tally_in
from desktop.inspections.views import InspectionRow, PledgeRow
from desktop.register.ports import OfferedLedger
from desktop.register.rights import Right
from desktop.store.query import among, pick


class InspectionLedgers:
    """Offers the ledgers of inspections, of open findings and of letters of responsibility."""

    right = Right.SEE_INSPECTIONS

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def ledgers(self, session: Session) -> Sequence[OfferedLedger]:
        """Return 检查和整改台账, one ledger for each kind of inspection, 整改未销号, and the same for letters."""
        today = self._clock.today()
        offered = partial(OfferedLedger, right=self.right)
        inspections = [
            offered(
                inspection_ledger(today, title), count=partial(_count, narrowed), rows=partial(_inspections, narrowed)
            )
            for title, narrowed in (
                (ALL_INSPECTIONS, ()),
                *((category_title(name), (Inspection.category == name,)) for name in categories_in(session)),
            )
        ]
        still_open = offered(
            inspection_ledger(today, OPEN_FINDINGS), count=_count_open, rows=open_findings, at_end=True
        )
        kinds = session.connection().scalars(
            pick(Pledge.category).where(col(Pledge.deleted_at).is_(None)).distinct().order_by(Pledge.category)
        )
        pledges = [
            offered(pledge_ledger(title), count=partial(_count_pledges, name), rows=partial(_pledges, name))
            for title, name in ((ALL_PLEDGES, ""), *((pledge_title(name), name) for name in kinds))
        ]
        places = offered(ranking_ledger(), count=_count_places, rows=ranking_in, summed=True)
        items = offered(tally_ledger(), count=_count_items, rows=tally_in, summed=True)
        again = offered(repeats_ledger(today), count=_count_repeats, rows=_repeats)
        return [*inspections, still_open, again, places, items, *pledges]


def open_findings(session: Session, period: Period) -> list[InspectionRow]:
    """Return the findings of any day that were not settled at the end of *period*, the earliest deadline first."""
    narrowed = (
        col(Inspection.has_finding).is_(True),
        col(Inspection.treatment) != ON_SPOT,
        or_(col(Inspection.closed_on).is_(None), col(Inspection.closed_on) > period.last),
    )
    whole = Period(period.text, min(period.first, _first_day(session, period)), period.last)
    rows = _inspections(narrowed, session, whole)
    return sorted(rows, key=lambda row: (row.draft.due_on is None, row.draft.due_on or row.draft.inspected_on))


def _first_day(session: Session, period: Period) -> Any:
    return session.exec(select(func.min(Inspection.inspected_on))).one() or period.first


def _inspections(narrowed: Sequence[Any], session: Session, period: Period) -> list[InspectionRow]:
    names = PlaceNames(session)
    query = select(Inspection).where(
        col(Inspection.deleted_at).is_(None),
        col(Inspection.inspected_on).between(period.first, period.last),
        *narrowed,
    )
    query = query.order_by(col(Inspection.inspected_on), col(Inspection.id))
    return [row_of(found, names) for found in session.exec(query)]


def _pledges(category: str, session: Session, period: Period) -> list[PledgeRow]:
    query = select(Pledge).where(
        col(Pledge.deleted_at).is_(None), col(Pledge.signed_on).between(period.first, period.last)
    )
    if category:
        query = query.where(Pledge.category == category)
    return [pledge_row_of(found) for found in session.exec(query.order_by(col(Pledge.signed_on), col(Pledge.id)))]


def _count(narrowed: Sequence[Any], session: Session, period: Period | None) -> int:
    query = select(func.count()).select_from(Inspection).where(col(Inspection.deleted_at).is_(None), *narrowed)
    if period is not None:
        query = query.where(col(Inspection.inspected_on).between(period.first, period.last))
    return int(session.exec(query).one())


def _count_open(session: Session, period: Period | None) -> int:
    return _count(OPEN, session, None) if period is None else len(open_findings(session, period))


def _count_places(session: Session, period: Period | None) -> int:
    query = select(func.count(func.distinct(col(Inspection.place_id)))).where(col(Inspection.deleted_at).is_(None))
    if period is not None:
        query = query.where(col(Inspection.inspected_on).between(period.first, period.last))
    return int(session.exec(query).one())


def _repeats(session: Session, period: Period) -> list[InspectionRow]:
    found = repeats_in(session, period)
    rows = _inspections((among(Inspection.id, list(found)),), session, period)
    return [replace(row, repeat=found[row.id]) for row in rows]


def _count_repeats(session: Session, period: Period | None) -> int:
    return len(all_repeats(session) if period is None else repeats_in(session, period))


def _count_items(session: Session, period: Period | None) -> int:
    """Return how many items were judged in *period*; without one, how many inspections have a checklist at all."""
    if period is None:
        return _count((col(Inspection.checks).is_not(None),), session, None)
    return len(tally_in(session, period))


def _count_pledges(category: str, session: Session, period: Period | None) -> int:
    query = select(func.count()).select_from(Pledge).where(col(Pledge.deleted_at).is_(None))
    if category:
        query = query.where(Pledge.category == category)
    if period is not None:
        query = query.where(col(Pledge.signed_on).between(period.first, period.last))
    return int(session.exec(query).one())
