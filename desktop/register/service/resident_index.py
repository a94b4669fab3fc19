"""Derived rows of residents: search keys, search texts and list order; and finding people by what was typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select

from desktop.foundation.idnumber import LENGTH as ID_LENGTH
from desktop.foundation.text import pinyin_keys, squeeze
from desktop.register.records import NOTHING_DUE, Household, Place, Resident, ResidentOrder
from desktop.register.rules import GONE_STATES, address_key, address_text, address_words
from desktop.store.bulk import insert_rows
from desktop.store.models import table_of
from desktop.store.query import among, pick
from desktop.store.search import HOMES, NAMES, find_keys, find_texts, replace_keys, replace_texts
from desktop.store.unit import Store

PERSON = "r"
_TAIL = 8
"""So many last digits of a number are findable; whole numbers are looked up in their own index."""
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
            pick(
                Resident.id, Resident.name, Resident.id_number, Resident.phone, Resident.contact_phone,
                Resident.dwelling_state, Resident.deleted_at, Place.name, Household.building, Household.unit,
                Household.room,
            )
            .join(Household, col(Household.id) == col(Resident.household_id))
            .join(Place, col(Place.id) == col(Household.place_id))
            .where(among(Resident.id, part))
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
        # Texts before keys: only owners known before have an old text to take out.
        replace_texts(session, NAMES, texts)
        replace_keys(session, PERSON, keys)
        connection = session.connection()
        due: dict[UUID, date] = {}
        days = pick(ResidentOrder.resident_id, ResidentOrder.due_on).where(among(ResidentOrder.resident_id, part))
        for person_id, day in connection.execute(days):
            due[person_id] = day
        connection.execute(delete(ResidentOrder).where(among(ResidentOrder.resident_id, part)))
        if order:
            rows = [{**row, "due_on": due.get(row["resident_id"], NOTHING_DUE)} for row in order]
            insert_rows(connection, table_of(ResidentOrder), rows)


def derive_households(session: Session, ids: Sequence[UUID]) -> None:
    """Make the address texts of dwellings *ids* again, and the order of who lives there."""
    for start in range(0, len(ids), _IDS_AT_ONCE):
        part = ids[start : start + _IDS_AT_ONCE]
        query = (
            pick(
                Household.id,
                Household.deleted_at,
                Place.name,
                Household.building_key,
                Household.unit_key,
                Household.room_key,
            )
            .join(Place, col(Place.id) == col(Household.place_id))
            .where(among(Household.id, part))
        )
        # By their keys: 18栋 and 18号楼 are one building to whoever searches.
        texts = {
            home: "" if deleted else address_text(place, building, unit, room)
            for home, deleted, place, building, unit, room in session.connection().execute(query)
        }
        replace_texts(session, HOMES, texts)
        # Residents inserted in the same step are derived by their own call; here only those already ordered.
        living = select(ResidentOrder.resident_id).join(Resident, col(Resident.id) == col(ResidentOrder.resident_id))
        derive_residents(session, list(session.exec(living.where(among(Resident.household_id, part)))))


def _derive_places(session: Session, ids: Sequence[UUID]) -> None:
    derive_households(session, list(session.exec(select(Household.id).where(among(Household.place_id, ids)))))


def find_people(session: Session, typed: str, *, limit: int) -> list[UUID]:
    """Return residents for what was typed, best first: name, pinyin or initials, number ends, then address parts."""
    found: dict[UUID, None] = {}
    if squeeze(typed):
        for ids in _tries(session, typed, limit):
            found.update(dict.fromkeys(ids))
            if len(found) >= limit:
                break
    return list(found)[:limit]


def _tries(session: Session, typed: str, limit: int) -> Iterator[Sequence[UUID]]:
    """Yield what each way of searching finds, surest first; a later way is not tried once enough was found."""
    plain = squeeze(typed).lower()
    if plain.isascii():
        if len(plain) == ID_LENGTH:
            yield _with_number(session, plain.upper())
        for way in [f"i{plain}", f"p{plain}"] if plain[0].isalpha() else _number_ways(plain):
            yield find_keys(session, PERSON, way, limit)
    if not plain.isdigit():
        beginning = (
            select(Resident.id)
            .where(col(Resident.name) >= plain, col(Resident.name) < f"{plain}{_LETTERS_END}")
            .where(col(Resident.deleted_at).is_(None))
            .order_by(col(Resident.name))
            .limit(limit)
        )
        yield list(session.exec(beginning))
        yield find_texts(session, NAMES, typed, limit)
    # A single character is a part of too many addresses: 单 stands in every 单元.
    homes = find_texts(session, HOMES, address_words(typed), limit) if len(plain) > 1 else []
    if homes:
        there = select(Resident.id).where(among(Resident.household_id, homes), col(Resident.deleted_at).is_(None))
        yield list(session.exec(there.limit(limit)))


def _number_ways(plain: str) -> list[str]:
    """Return the keys a typed number may begin: a telephone, or the end of a telephone or identity number."""
    digits = plain.replace("-", "")
    tail = digits[::-1][:_TAIL]
    return [f"h{digits}", f"e{tail}", f"t{tail}"]


def _with_number(session: Session, number: str) -> list[UUID]:
    query = select(Resident.id).where(Resident.id_number == number, col(Resident.deleted_at).is_(None))
    return list(session.exec(query))


def _keys(name: str, number: str | None, phones: Sequence[str]) -> list[str]:
    keys = [key for full, initials in pinyin_keys(name, _READINGS) for key in (f"p{full}", f"i{initials}")]
    if number:
        keys.append(f"t{number[::-1].lower()[:_TAIL]}")
    for phone in phones:
        digits = "".join(character for character in phone if character.isdigit())
        if digits:
            keys += [f"h{digits}", f"e{digits[::-1][:_TAIL]}"]
    return keys


def _first_pinyin(name: str) -> str:
    readings = pinyin_keys(name, _READINGS)
    return readings[0][0] if readings else ""
