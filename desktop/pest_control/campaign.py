"""Campaigns: the buildings of an estate with their households, and many treatments stored in one step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col

from desktop.foundation.clock import Clock
from desktop.foundation.days import add_days
from desktop.foundation.errors import InputError
from desktop.foundation.text import natural_key
from desktop.pest_control.field_work import TreatmentBook
from desktop.pest_control.records import Treatment
from desktop.pest_control.rules import TreatmentDraft
from desktop.pest_control.stock import balances_in
from desktop.pest_control.views import BatchLine
from desktop.register.records import Household
from desktop.register.rights import Officer, Right
from desktop.register.rules import RESIDENTIAL
from desktop.register.service.places import PlaceRow, places_in
from desktop.store.query import among, pick
from desktop.store.unit import Store

REASON = "："
"""Between a building and why some of its households got nothing: 3栋：敲门没人7户, in the remark of the treatment."""
_RECENT_DAYS = 60


@dataclass(frozen=True)
class Site:
    """One line of the grid: a place, or a building of the register inside one; *households* live there.

    *last* says when households there were last treated, within two months: so that nobody does it twice.
    """

    place: str
    building: str
    households: int | None
    last: tuple[date, int | None] | None = None

    @property
    def name(self) -> str:
        """Return 翠湖苑 3栋."""
        return f"{self.place} {self.building}".strip()


class CampaignBook:
    """What the grid of a campaign asks for, and how it is stored."""

    def __init__(self, store: Store, officer: Officer, clock: Clock, treatments: TreatmentBook) -> None:
        self._store, self._officer, self._clock, self._treatments = store, officer, clock, treatments

    def estates(self) -> list[str]:
        """Return the names of the estates, those with the same name only once."""
        self._officer.require(Right.SEE_PEST)
        with self._store.reading() as session:
            return list(dict.fromkeys(row.name for row in places_in(session) if row.category == RESIDENTIAL))

    def sites(self, estate: str) -> list[Site]:
        """Return the buildings of *estate*: its places with households, else the register's, else the estate alone."""
        self._officer.require(Right.SEE_PEST)
        with self._store.reading() as session:
            rows = places_in(session)
            own = next((row for row in rows if row.name == estate and row.category == RESIDENTIAL), None)
            if own is None:
                return []
            inside = [row for row in rows if row.parent_id == own.id and row.household_count]
            counted = _households(session, [own.id, *(row.id for row in inside)])
            last = self._last(session, [own.id, *(row.id for row in inside)])
        if inside:
            inside.sort(key=lambda row: natural_key(row.name))
            return [Site(row.name, "", row.household_count, last.get((row.id, ""))) for row in inside]
        buildings = sorted(counted[own.id].items(), key=lambda pair: natural_key(pair[0]))
        if [name for name, _ in buildings if name]:
            return [Site(own.name, name, count, last.get((own.id, name))) for name, count in buildings if name]
        return [Site(own.name, "", _all_of(own, counted), last.get((own.id, "")))]

    def balances(self, agent: str) -> list[BatchLine]:
        """Return what is left of *agent*, the batch that expires first on top."""
        self._officer.require(Right.SEE_PEST)
        with self._store.reading() as session:
            return [line for line in balances_in(session) if line.agent == agent and line.balance > Decimal(0)]

    def record(self, estate: str, drafts: Sequence[TreatmentDraft]) -> int:
        """Store all *drafts* in one step and return how many; raise InputError with every problem, storing none.

        A problem's field is the draft's number and the field: 3.quantity.
        """
        if not drafts:
            raise InputError("还没有填任何一栋，没有可存的。请在格子里填实投户数或数量。")
        buildings = len({(draft.place, draft.remark) for draft in drafts})
        return len(self._treatments.record_all(drafts, f"登记投药：{estate} {buildings}处"))

    def _last(self, session: Session, places: Sequence[UUID]) -> dict[tuple[UUID, str], tuple[date, int | None]]:
        """Return (place, building) → the newest day of treatment, and the most households of that day.

        Under no building at all stands the newest of the whole place.
        """
        since = add_days(self._clock.today(), -_RECENT_DAYS)
        query = (
            pick(
                Treatment.place_id, Treatment.remark, Treatment.treated_on, func.max(col(Treatment.households))
            )
            .where(among(Treatment.place_id, places), col(Treatment.deleted_at).is_(None))
            .where(col(Treatment.treated_on) >= since)
            .group_by(col(Treatment.place_id), col(Treatment.remark), col(Treatment.treated_on))
            .order_by(col(Treatment.treated_on))
        )  # fmt: skip
        found: dict[tuple[UUID, str], tuple[date, int | None]] = {}
        for place, remark, day, households in session.connection().execute(query):
            found[place, remark.partition(REASON)[0]] = found[place, ""] = (day, households)
        return found


def _households(session: Session, places: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """Return place → building → dwellings; spellings of one building are counted together under the first."""
    query = (
        pick(Household.place_id, func.min(col(Household.building)), func.count())
        .where(among(Household.place_id, places), col(Household.deleted_at).is_(None))
        .group_by(col(Household.place_id), col(Household.building_key))
    )
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    for place, building, count in session.connection().execute(query):
        found[place][building] = count
    return found


def _all_of(own: PlaceRow, counted: dict[UUID, dict[str, int]]) -> int | None:
    return own.household_count or sum(counted[own.id].values()) or None
