"""Derived rows of residents: search keys, search texts and list order; and finding people by what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from desktop.foundation.text import pinyin_keys, squeeze
from desktop.register.records import Household, Place, Resident, ResidentOrder
from desktop.register.rules import GONE_STATES, address_key, address_text
from desktop.store.search import find_keys, find_texts, replace_keys, replace_texts
from desktop.store.unit import Store

PERSON, HOME = "r", "a"
_IDS_AT_ONCE = 5_000
_READINGS = 6
_LETTERS_END = "\U0010ffff"


def keep_derived(store: Store) -> None:
    """Let *store* keep the derived rows of residents whenever residents, dwellings or places change."""
    store.derive_from(Resident, derive_residents)
    store.derive_from(Household, derive_households)
    store.derive_from(Place, _derive_places)


def derive_residents(session: Session, ids: Sequence[UUID]) -> None:
    """Make search keys, texts and order of residents *ids* again."""
    for start in range(0, len(ids), _IDS_AT_ONCE):
        part = ids[start : start + _IDS_AT_ONCE]
        query = (
            select(
                Resident.id, Resident.name, Resident.id_number, Resident.phone, Resident.contact_phone,
                Resident.dwelling_state, Resident.deleted_at, Place.name, Household.building, Household.unit,
                Household.room,
            )
            .join(Household, col(Household.id) == col(Resident.household_id))
            .join(Place, col(Place.id) == col(Household.place_id))
            .where(col(Resident.id).in_(part))
        )  # fmt: skip
        keys: dict[UUID, list[str]] = {}
        texts: dict[UUID, str] = {}
        order = []
        for row in session.connection().execute(query):
            person_id, name, number, phone, contact, state, deleted, place, building, unit, room = row
            keys[person_id] = [] if deleted else _keys(name, number, (phone, contact))
            texts[person_id] = "" if deleted else name
            if not deleted:
                order.append({
                    "resident_id": person_id,
                    "gone": state in GONE_STATES,
                    "name_key": f"{_first_pinyin(name)}|{name}"[:200],
                    "address_key": address_key(place, building, unit, room)[:300],
                })  # fmt: skip
        replace_keys(session, PERSON, keys)
        replace_texts(session, PERSON, texts)
        connection = session.connection()
        connection.execute(delete(ResidentOrder).where(col(ResidentOrder.resident_id).in_(part)))
        if order:
            connection.execute(insert(ResidentOrder), order)


def derive_households(session: Session, ids: Sequence[UUID]) -> None:
    """Make the address texts of dwellings *ids* again, and the order of who lives there."""
    for start in range(0, len(ids), _IDS_AT_ONCE):
        part = ids[start : start + _IDS_AT_ONCE]
        query = (
            select(Household.id, Household.deleted_at, Place.name, Household.building, Household.unit, Household.room)
            .join(Place, col(Place.id) == col(Household.place_id))
            .where(col(Household.id).in_(part))
        )
        texts = {
            home: "" if deleted else address_text(place, building, unit, room)
            for home, deleted, place, building, unit, room in session.connection().execute(query)
        }
        replace_texts(session, HOME, texts)
        # Residents inserted in the same step are derived by their own call; here only those already ordered.
        living = select(ResidentOrder.resident_id).join(Resident, col(Resident.id) == col(ResidentOrder.resident_id))
        derive_residents(session, list(session.exec(living.where(col(Resident.household_id).in_(part)))))


def _derive_places(session: Session, ids: Sequence[UUID]) -> None:
    derive_households(session, list(session.exec(select(Household.id).where(col(Household.place_id).in_(ids)))))


def find_people(session: Session, typed: str, *, limit: int) -> list[UUID]:
    """Return residents for what was typed, best first: name, pinyin or initials, number ends, then address parts."""
    plain = squeeze(typed).lower()
    if not plain:
        return []
    found: dict[UUID, None] = {}

    def take(ids: Sequence[UUID]) -> bool:
        found.update(dict.fromkeys(ids))
        return len(found) >= limit

    if plain.isascii():
        ways = [f"i{plain}", f"p{plain}"] if plain[0].isalpha() else [f"h{plain}", f"e{plain[::-1]}", f"t{plain[::-1]}"]
        for way in ways:
            if take(find_keys(session, PERSON, way, limit)):
                return list(found)[:limit]
    beginning = (
        select(Resident.id)
        .where(col(Resident.name) >= plain, col(Resident.name) < f"{plain}{_LETTERS_END}")
        .where(col(Resident.deleted_at).is_(None))
        .order_by(col(Resident.name))
        .limit(limit)
    )
    if not plain.isdigit() and take(list(session.exec(beginning))):
        return list(found)[:limit]
    if not plain.isdigit() and take(find_texts(session, PERSON, typed, limit)):
        return list(found)[:limit]
    homes = find_texts(session, HOME, typed, limit)
    if homes:
        there = select(Resident.id).where(col(Resident.household_id).in_(homes), col(Resident.deleted_at).is_(None))
        take(list(session.exec(there.limit(limit))))
    return list(found)[:limit]


def _keys(name: str, number: str | None, phones: Sequence[str]) -> list[str]:
    keys = [key for full, initials in pinyin_keys(name, _READINGS) for key in (f"p{full}", f"i{initials}")]
    if number:
        keys.append(f"t{number[::-1].lower()}")
    for phone in phones:
        digits = "".join(character for character in phone if character.isdigit())
        if digits:
            keys += [f"h{digits}", f"e{digits[::-1]}"]
    return keys


def _first_pinyin(name: str) -> str:
    readings = pinyin_keys(name, _READINGS)
    return readings[0][0] if readings else ""
