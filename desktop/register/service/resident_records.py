"""Between a resident's form and the records behind it: file serial, dwelling, columns."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from desktop.register.records import Household, Place, Resident
from desktop.register.rules import ResidentDraft, dwelling_key
from desktop.register.service.places import find_or_create_residential
from desktop.store.unit import Unit

_COPIED = (
    "name", "no_id_reason", "sex", "born_on", "ethnicity", "phone", "contact_name", "contact_phone", "head_name",
    "relation", "residence_type", "dwelling_state", "arrived_on", "changed_on", "remark",
)  # fmt: skip


def next_serial(session: Session) -> int:
    """Return the next file serial: one more than was ever given, also to people in the bin."""
    return (session.exec(select(func.max(Resident.file_serial))).one() or 0) + 1


def find_or_create_home(unit: Unit, draft: ResidentDraft) -> UUID:
    """Return the dwelling of *draft*, made (with its 小区) if nobody lived there before."""
    place = find_or_create_residential(unit, draft.place)
    unit.session.flush()
    keys = [dwelling_key(kind, text) for kind, text in
            (("building", draft.building), ("unit", draft.unit), ("room", draft.room))]  # fmt: skip
    query = select(Household).where(
        Household.place_id == place.id,
        Household.building_key == keys[0],
        Household.unit_key == keys[1],
        Household.room_key == keys[2],
        col(Household.deleted_at).is_(None),
    )
    if (home := unit.session.exec(query).first()) is not None:
        return home.id
    home = Household(
        place_id=place.id, building=draft.building, unit=draft.unit, room=draft.room,
        building_key=keys[0], unit_key=keys[1], room_key=keys[2],
    )  # fmt: skip
    unit.add(home)
    unit.session.flush()
    return home.id


def fill(resident: Resident, draft: ResidentDraft, home_id: UUID) -> None:
    """Write *draft* and its dwelling into *resident*."""
    for name in _COPIED:
        setattr(resident, name, getattr(draft, name))
    resident.id_number = draft.id_number or None
    resident.household_id = home_id


def draft_of(resident: Resident, home: Household, place: Place, tags: tuple[str, ...]) -> ResidentDraft:
    """Return *resident* as a form holds it."""
    values: dict[str, Any] = {name: getattr(resident, name) for name in _COPIED}
    values.update(place=place.name, building=home.building, unit=home.unit, room=home.room, tags=tags)
    return ResidentDraft(id_number=resident.id_number or "", **values)
