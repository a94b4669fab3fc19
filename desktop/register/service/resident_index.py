"""Derived rows of residents: search keys, search texts and list order; and finding people by what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, func
from sqlmodel import Session, col, select

from desktop.foundation.idnumber import LENGTH as ID_LENGTH
from desktop.foundation.text import pinyin_keys, squeeze
from desktop.register.records import (
    GONE,
    HERE,
    HOMES,
    NOTHING_DUE,
    Household,
    Place,
    Resident,
    ResidentCount,
    ResidentOrder,
)
from desktop.register.rules import GONE_STATES, address_key, address_text, address_words
from desktop.register.service.resident_lists import counts_in
from desktop.store.bulk import insert_rows
from desktop.store.check import CheckLine
from desktop.store.models import table_of
from desktop.store.query import among, pick
from desktop.store.records import SearchOwner
from desktop.store.search import HOMES as ADDRESSES
from desktop.store.search import NAMES, find_keys, find_texts, replace_keys, replace_texts
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
                Resident.dwelling_state, Resident.deleted_at, Place.name, Household.building_key,
                Household.unit_key, Household.room_key,
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
        _replace_order(session.connection(), part, order)


def _replace_order(connection: Connection, ids: Sequence[UUID], rows: Sequence[dict[str, Any]]) -> None:
    """Put *rows* in place of the order rows of *ids*; what is due stays, the counts follow."""
    query = pick(ResidentOrder.resident_id, ResidentOrder.due_on, ResidentOrder.gone, ResidentOrder.address_key)
    old = {row[0]: row for row in connection.execute(query.where(among(ResidentOrder.resident_id, ids)))}
    homes = {row[3] for row in old.values()} | {row["address_key"] for row in rows}
    lived_in = _homes_among(connection, homes)
    if old:
        connection.execute(delete(ResidentOrder).where(among(ResidentOrder.resident_id, old)))
    insert_rows(
        connection,
        table_of(ResidentOrder),
        [{**row, "due_on": old[row["resident_id"]][1] if row["resident_id"] in old else NOTHING_DUE} for row in rows],
    )
    left, came = (sum(row[2] for row in old.values()), sum(row["gone"] for row in rows))
    _count_on(
        connection,
        {
            HERE: (len(rows) - came) - (len(old) - left),
            GONE: came - left,
            HOMES: _homes_among(connection, homes) - lived_in,
        },
    )


def _homes_among(connection: Connection, keys: Iterable[str]) -> int:
    """Return at how many of the addresses *keys* somebody lives."""
    query = pick(func.count(func.distinct(ResidentOrder.address_key))).where(
        col(ResidentOrder.gone).is_(False), among(ResidentOrder.address_key, keys)
    )
    return int(connection.execute(query).scalar_one())


def _count_on(connection: Connection, changes: Mapping[str, int]) -> None:
    """Add *changes* to the counts."""
    if not any(changes.values()):
        return
    counted = pick(ResidentCount.what, ResidentCount.number)
    now = {what: number for what, number in connection.execute(counted)}  # noqa: C416  rows are no pairs to mypy
    connection.execute(delete(ResidentCount))
    rows = [{"what": what, "number": now.get(what, 0) + change} for what, change in changes.items()]
    insert_rows(connection, table_of(ResidentCount), rows)


def check_counts(session: Session) -> CheckLine:
    """Compare the counts that are kept with what is counted."""
    number = pick(func.count(), func.count(func.distinct(ResidentOrder.address_key)))
    here, homes = session.connection().execute(number.where(col(ResidentOrder.gone).is_(False))).one()
    gone, _ = session.connection().execute(number.where(col(ResidentOrder.gone).is_(True))).one()
    counted = {HERE: here, GONE: gone, HOMES: homes}
    kept = counts_in(session)
    bad = sum(kept.get(what, 0) != number for what, number in counted.items())
    told = f"有{bad}处与记录不一致，请重建" if bad else "与记录一致"
    return CheckLine("resident_count", f"居民的人数和户数：{told}", not bad, bad)


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
        replace_texts(session, ADDRESSES, texts)
        # Residents inserted in the same step are derived by their own call; here only those already ordered.
        living = select(ResidentOrder.resident_id).join(Resident, col(Resident.id) == col(ResidentOrder.resident_id))
        derive_residents(session, list(session.exec(living.where(among(Resident.household_id, part)))))


def _derive_places(session: Session, ids: Sequence[UUID]) -> None:
    # Dwellings inserted in the same step are derived by their own call; here only those already findable.
    known = pick(SearchOwner.owner_id)
    homes = select(Household.id).where(among(Household.place_id, ids), col(Household.id).in_(known))
    derive_households(session, list(session.exec(homes)))


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
    homes = find_texts(session, ADDRESSES, address_words(typed), limit) if len(plain) > 1 else []
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
