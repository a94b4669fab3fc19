"""Dwellings by what a sheet says of them: found whatever the spelling, made in bulk with their 小区."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlmodel import Session, col

from desktop.foundation.text import squeeze
from desktop.register.records import Household, Place
from desktop.register.rules import RESIDENTIAL, dwelling_key
from desktop.register.service.places import places_in
from desktop.store.query import pick
from desktop.store.unit import Unit


class HomeKey(NamedTuple):
    """A dwelling as written in a sheet."""

    place: str
    building: str
    unit: str
    room: str

    def normalised(self) -> tuple[str, str, str]:
        """Return what makes two spellings of building, unit and room the same."""
        return (
            dwelling_key("building", self.building),
            dwelling_key("unit", self.unit),
            dwelling_key("room", self.room),
        )


class Homes:
    """All dwellings of the file, looked up many times while a sheet is judged and stored."""

    def __init__(self, session: Session) -> None:
        # Residential areas win over namesakes of another category: they are put in last.
        places = sorted(places_in(session), key=lambda row: row.category == RESIDENTIAL)
        self._places = {squeeze(row.name): row.id for row in places}
        query = pick(
            Household.place_id, Household.building_key, Household.unit_key, Household.room_key, Household.id
        ).where(col(Household.deleted_at).is_(None))
        self._homes = {tuple(row[:4]): row[4] for row in session.connection().execute(query)}
        self._place_of = {home: identity[0] for identity, home in self._homes.items()}

    def unknown(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the 小区 that would be created, each once, in order of appearance."""
        fresh: dict[str, str] = {}
        for name in names:
            if squeeze(name) not in self._places:
                fresh.setdefault(squeeze(name), name)
        return tuple(fresh.values())

    def find(self, key: HomeKey) -> UUID | None:
        """Return the dwelling, or None if it is not stored."""
        place_id = self._places.get(squeeze(key.place))
        return self._homes.get((place_id, *key.normalised())) if place_id else None

    def of(self, key: HomeKey) -> UUID:
        """Return the dwelling after create_missing has made it."""
        found = self.find(key)
        if found is None:
            raise KeyError("dwelling was not created")
        return found

    def create_missing(self, unit: Unit, keys: Sequence[HomeKey]) -> None:
        """Insert every 小区 and dwelling of *keys* that is not stored yet, as part of the unit's batch."""
        names = self.unknown(key.place for key in keys)
        ids = unit.insert_many(Place, [_new_place(name) for name in names])
        self._places.update({squeeze(name): place_id for name, place_id in zip(names, ids, strict=True)})
        fresh: dict[tuple[object, ...], HomeKey] = {}
        for key in keys:
            identity = (self._places[squeeze(key.place)], *key.normalised())
            if identity not in self._homes:
                fresh.setdefault(identity, key)
        rows = [
            {
                "place_id": identity[0], "building_key": identity[1], "unit_key": identity[2], "room_key": identity[3],
                "building": key.building, "unit": key.unit, "room": key.room,
            }
            for identity, key in fresh.items()
        ]  # fmt: skip
        made = unit.insert_many(Household, rows)
        self._homes.update(dict(zip(fresh, made, strict=True)))

    def differs(self, stored: UUID, key: HomeKey) -> bool:
        """Return whether a sheet names another dwelling than *stored*; the 小区 alone says nothing of the dwelling."""
        if any((key.building, key.unit, key.room)):
            return self.find(key) != stored
        return self._place_of.get(stored) != self._places.get(squeeze(key.place))


def _new_place(name: str) -> dict[str, object]:
    return {
        "name": name, "category": RESIDENTIAL, "grid": "", "address": "", "manager": "", "phone": "", "remark": "",
    }  # fmt: skip
