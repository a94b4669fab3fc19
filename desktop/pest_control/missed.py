"""Places a campaign missed: estates and bait stations of the register without any treatment in a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col

from desktop.foundation.days import Period
from desktop.pest_control.records import Treatment
from desktop.register.rules import RESIDENTIAL
from desktop.register.service.places import PlaceRow, places_in
from desktop.store.query import pick

STATION = "毒饵站"


@dataclass(frozen=True)
class Missed:
    """A place that was left out, and when it was last treated before the period's end."""

    place: PlaceRow
    last_on: date | None


def missed_in(session: Session, period: Period) -> list[Missed]:
    """Return the estates and bait stations nobody treated in *period*, in the register's order.

    An estate counts as treated where one of the places inside it was.
    """
    last = _last_days(session, period.last)
    rows = places_in(session)
    days = {row.id: last.get(row.id) for row in rows}
    inside: dict[UUID, date] = {}
    for row in rows:
        day = days[row.id]
        if row.parent_id is not None and day is not None:
            inside[row.parent_id] = max(day, inside.get(row.parent_id, day))
    found = []
    for row in rows:
        if row.category not in (RESIDENTIAL, STATION):
            continue
        known = [day for day in (days[row.id], inside.get(row.id)) if day is not None]
        newest = max(known, default=None)
        if newest is None or newest < period.first:
            found.append(Missed(row, newest))
    return found


def _last_days(session: Session, until: date) -> Mapping[UUID, date]:
    query = (
        pick(Treatment.place_id, func.max(col(Treatment.treated_on)))
        .where(col(Treatment.deleted_at).is_(None), col(Treatment.treated_on) <= until)
        .group_by(col(Treatment.place_id))
    )
    return {row.place_id: row[1] for row in session.connection().execute(query)}
