"""Finding whom a notice for many goes to: residents here today, or the homes they live in, in the order of doors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlmodel import Session, col, func, or_

from desktop.foundation.clock import Clock
from desktop.foundation.days import age_on, born_on_or_before
from desktop.foundation.errors import InputError
from desktop.register.audience import AGE_GROUPS, Audience, Recipient, salutation
from desktop.register.records import Household, Place, Resident, ResidentOrder
from desktop.register.rights import Officer, Right
from desktop.register.rules import address_text
from desktop.register.service.tags import TagCatalogue
from desktop.store.query import pick
from desktop.store.unit import Store

_HEAD = "户主"


class RecipientService:
    """Reads residents and homes for one filter; rights are asked here, whoever prints."""

    def __init__(self, store: Store, officer: Officer, clock: Clock) -> None:
        self._store, self._officer, self._clock = store, officer, clock
        self._tags = TagCatalogue(store, officer)

    def choices(self) -> tuple[list[str], list[str]]:
        """Return the names of places somebody lives in, and the groups this officer may ask for."""
        self._officer.require(Right.SEE_REGISTER)
        with self._store.reading() as session:
            places = _places(session)
        return places, list(dict.fromkeys((*AGE_GROUPS, *self._tags.suggestions())))

    def count(self, audience: Audience) -> int:
        """Return how many copies *audience* needs; raise InputError for a 小区 nobody knows, NotAllowed."""
        self._require(audience)
        counted = col(Resident.household_id).distinct() if audience.homes else col(Resident.id)
        with self._store.reading() as session:
            self._known_place(session, audience)
            return int(session.scalar(self._narrowed(pick(func.count(counted)), audience)) or 0)

    def find(self, audience: Audience, *, most: int | None = None) -> list[Recipient]:
        """Return the recipients by address, at most *most*; raise InputError if there are none, NotAllowed."""
        self._require(audience)
        query = pick(
            Resident.household_id, Resident.name, Resident.sex, Resident.born_on, Resident.head_name,
            Resident.relation, Place.name, Household.building, Household.unit, Household.room,
        )  # fmt: skip
        order = (col(ResidentOrder.address_key), col(Resident.household_id), col(ResidentOrder.resident_id))
        query = self._narrowed(query, audience).order_by(*order)
        with self._store.reading() as session:
            self._known_place(session, audience)
            rows = session.connection().execute(query if audience.homes else query.limit(most))
            found = list(_homes(rows, most) if audience.homes else self._people(rows))
        if not found:
            raise InputError(f"没有{audience.sentence}，请换一个条件。")
        return found

    def is_of_health(self, audience: Audience) -> bool:
        """Return whether only who may see health may know who is found; a tag nobody has classed counts so too."""
        return bool(audience.tag) and not self._tags.is_public(audience.tag)

    def _require(self, audience: Audience) -> None:
        self._officer.require(Right.SEE_REGISTER)
        if self.is_of_health(audience):
            self._officer.require(Right.SEE_HEALTH)
        if problems := audience.problems():
            raise InputError(problems=problems)

    def _narrowed(self, query: Select[Any], audience: Audience) -> Select[Any]:
        today = self._clock.today()
        query = (
            query.select_from(Resident)
            .join(ResidentOrder, col(ResidentOrder.resident_id) == col(Resident.id))
            .join(Household, col(Household.id) == col(Resident.household_id))
            .join(Place, col(Place.id) == col(Household.place_id))
            .where(col(Resident.deleted_at).is_(None), col(ResidentOrder.gone).is_(False))
            .where(or_(col(Resident.arrived_on).is_(None), col(Resident.arrived_on) <= today))
        )
        if audience.place:
            query = query.where(col(Place.name) == audience.place)
        if audience.tag:
            query = query.where(col(Resident.id).in_(self._tags.tagged(audience.tag, today)))
        if audience.age_from is not None:
            query = query.where(col(Resident.born_on) <= born_on_or_before(audience.age_from, today))
        if audience.age_to is not None:
            query = query.where(col(Resident.born_on) > born_on_or_before(audience.age_to + 1, today))
        return query

    def _known_place(self, session: Session, audience: Audience) -> None:
        """Raise InputError if nobody lives in the 小区 named; it names those there are."""
        if audience.place and audience.place not in (places := _places(session)):
            offered = f"有居民的小区是：{'、'.join(places)}。" if places else "底册里还没有居民。"
            raise InputError(f"没有小区“{audience.place}”。{offered}")

    def _people(self, rows: Any) -> Iterator[Recipient]:
        today = self._clock.today()
        for _, name, sex, born_on, _, _, *address in rows:
            age = age_on(born_on, today) if born_on is not None else None
            yield Recipient(name, salutation(sex, age), address_text(*address))


def _homes(rows: Any, most: int | None) -> Iterator[Recipient]:
    """Yield one recipient for each home, called by its head where one is known; rows of a home follow each other."""
    found: dict[UUID, Recipient] = {}
    for home_id, name, _, _, head_name, relation, *address in rows:
        if home_id not in found and most is not None and len(found) == most:
            break
        head = head_name or (name if relation == _HEAD else "")
        known = found.get(home_id)
        if known is None or (head and not known.name):
            found[home_id] = Recipient(head, "及家人" if head else "各位住户", address_text(*address))
    yield from found.values()


def _places(session: Session) -> list[str]:
    """Return the names of places that somebody here lives in."""
    query = (
        pick(Place.name)
        .join(Household, col(Household.place_id) == col(Place.id))
        .join(Resident, col(Resident.household_id) == col(Household.id))
        .join(ResidentOrder, col(ResidentOrder.resident_id) == col(Resident.id))
        .where(col(Resident.deleted_at).is_(None), col(ResidentOrder.gone).is_(False))
        .distinct()
    )
    return [name for (name,) in session.connection().execute(query.order_by(col(Place.name)))]
