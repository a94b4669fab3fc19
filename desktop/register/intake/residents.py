"""The sheet 居民 against the stored residents: same number, same person without a number, new 小区, updates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from desktop.foundation.days import plain_day
from desktop.foundation.idnumber import born_on
from desktop.foundation.text import mask_id_number, mask_phone
from desktop.register.intake.homes import HomeKey, Homes
from desktop.register.ports import Plan
from desktop.register.records import Household, Place, Resident, ResidentOrder, ResidentTag
from desktop.register.rights import Right
from desktop.register.rules import GONE_STATES, ResidentDraft, completed, number_mismatches
from desktop.register.service.resident_records import next_serial
from desktop.register.service.tags import set_tags, tags_of
from desktop.register.sheets import RESIDENTS
from desktop.spreadsheets.judging import ReadRow, ReadSheet
from desktop.store.query import among, pick
from desktop.store.unit import Unit

_IDS_AT_ONCE = 5_000
_COPIED = (
    "name", "no_id_reason", "sex", "born_on", "ethnicity", "phone", "head_name", "relation", "residence_type",
    "dwelling_state", "changed_on", "remark",
)  # fmt: skip
_ADDRESS = ("place", "building", "unit", "room")


@dataclass
class _Found:
    """What judging has found: row number → stored resident to update, and rows that are stored already."""

    updates: dict[int, UUID] = field(default_factory=dict)
    same: set[int] = field(default_factory=set)


class ResidentSheet:
    """How the sheet 居民 becomes residents, dwellings, places and tags."""

    spec = RESIDENTS
    right = Right.SEE_HEALTH
    dated = False

    def judge(self, session: Session, sheet: ReadSheet, *, update: bool, today: date) -> Plan:
        """Refuse numbers that stand twice or are stored (unless *update*), warn where a row contradicts its number."""
        numbers = [_number(row) for row in sheet.rows]
        stored = _stored_numbers(session, [number for number in numbers if number])
        homes = Homes(session)
        without_number = Counter(_stored_without_number(session))
        found = _Found()
        first_rows: dict[str, int] = {}
        for row, number in zip(sheet.rows, numbers, strict=True):
            _check_days(row)
            if number:
                self._judge_number(row, number, stored, first_rows, found, update=update)
                for warning in number_mismatches(number, sex=_sex(row), born_on=_birthday(row)):
                    row.warn(warning.field, warning.code, warning.message)
            elif not row.failed("id_number"):
                if not row.values.get("no_id_reason"):
                    row.warn("id_number", "no_id", "没有号码也没写原因，记入待补")
                person = _same_person(row, homes)
                if not row.refused and without_number[person] > 0:
                    without_number[person] -= 1  # twins of one name are two stored persons and two rows
                    found.same.add(row.number)
                    row.warn("name", "row_exists", "同名、同生日、同住址的人已在档案里，不再存")
        new_places = homes.unknown(str(row.values["place"]) for row in sheet.accepted)
        updates = sum(row.number in found.updates for row in sheet.accepted)
        return Plan(new_places=new_places, updates=updates, details={"found": found})

    def store(self, unit: Unit, sheet: ReadSheet, plan: Plan, *, today: date) -> None:
        """Insert new residents with dwellings and tags in bulk; write updates field by field."""
        found = plan.details["found"]
        assert isinstance(found, _Found)  # noqa: S101  made by judge
        accepted = [row for row in sheet.accepted if row.number not in found.same]
        homes = Homes(unit.session)
        fresh = [row for row in accepted if row.number not in found.updates]
        known = [row for row in accepted if row.number in found.updates]
        moving = _moving(unit.session, known, found, homes)
        homes.create_missing(unit, [_home_key(row) for row in (*fresh, *moving)])
        serial = next_serial(unit.session)
        columns = []
        for offset, row in enumerate(fresh):
            draft = completed(_draft(row), today=today)
            columns.append({
                **{name: getattr(draft, name) for name in _COPIED},
                "id_number": draft.id_number or None,
                "household_id": homes.of(_home_key(row)),
                "file_serial": serial + offset,
                "contact_name": "",
                "contact_phone": "",
            })  # fmt: skip
        ids = unit.insert_many(Resident, columns)
        unit.insert_many(
            ResidentTag,
            [
                {"resident_id": resident_id, "tag": tag, "source": "导入"}
                for resident_id, row in zip(ids, fresh, strict=True)
                for tag in dict.fromkeys(_tags(row))
            ],
        )
        new_homes = {row.number: homes.of(_home_key(row)) for row in moving}
        self._update(unit, known, found, new_homes, today)

    def rows(
        self, session: Session, first: date | None, last: date | None, *, unmasked: bool, today: date
    ) -> Iterable[Mapping[str, object]]:
        """Yield every resident in order of address, gone ones last."""
        order = list(
            session.exec(
                select(ResidentOrder.resident_id).order_by(
                    col(ResidentOrder.gone), col(ResidentOrder.address_key), col(ResidentOrder.resident_id)
                )
            )
        )
        for start in range(0, len(order), _IDS_AT_ONCE):
            part = order[start : start + _IDS_AT_ONCE]
            tags = tags_of(session, part, today)
            query = (
                select(Resident, Household, Place.name)
                .join(Household, col(Household.id) == col(Resident.household_id))
                .join(Place, col(Place.id) == col(Household.place_id))
                .where(among(Resident.id, part))
            )
            found = {resident.id: (resident, home, place) for resident, home, place in session.exec(query)}
            for resident_id in part:
                resident, home, place = found[resident_id]
                yield {
                    **{name: getattr(resident, name) for name in _COPIED},
                    "id_number": resident.id_number if unmasked else mask_id_number(resident.id_number),
                    "phone": resident.phone if unmasked else mask_phone(resident.phone),
                    "place": place,
                    "building": home.building,
                    "unit": home.unit,
                    "room": home.room,
                    "tags": tags.get(resident_id, ()),
                }
            session.expunge_all()

    @staticmethod
    def _judge_number(
        row: ReadRow,
        number: str,
        stored: Mapping[str, UUID],
        first_rows: dict[str, int],
        found: _Found,
        *,
        update: bool,
    ) -> None:
        if number in first_rows:
            row.fail("id_number", "id_duplicate", f"和第{first_rows[number]}行号码相同，请留一行")
            return
        first_rows[number] = row.number
        if number in stored:
            if update:
                found.updates[row.number] = stored[number]
            else:
                row.fail("id_number", "id_exists", "已有此人，想更新请勾选下面一项")

    @staticmethod
    def _update(unit: Unit, rows: Sequence[ReadRow], found: _Found, new_homes: Mapping[int, UUID], today: date) -> None:
        for start in range(0, len(rows), _IDS_AT_ONCE):
            part = rows[start : start + _IDS_AT_ONCE]
            ids = [found.updates[row.number] for row in part]
            residents = {r.id: r for r in unit.session.exec(select(Resident).where(among(Resident.id, ids)))}
            tags = tags_of(unit.session, ids, today)
            for row, resident_id in zip(part, ids, strict=True):
                resident = residents[resident_id]
                _apply(row, resident, today)
                resident.household_id = new_homes.get(row.number, resident.household_id)
                if _tags(row) and set(_tags(row)) != set(tags.get(resident_id, ())):
                    set_tags(unit, resident_id, _tags(row), today)


def _apply(row: ReadRow, resident: Resident, today: date) -> None:
    """Write what the row says into *resident*; blanks keep what is stored, and so does a starred telephone."""
    was_gone = resident.dwelling_state in GONE_STATES
    for name in _COPIED:
        value = row.values.get(name)
        starred = name == "phone" and "*" in str(value or "") and resident.phone
        if value in (None, "") or starred or name == "no_id_reason":
            continue  # a row found by its number needs no reason for lacking one
        setattr(resident, name, value)
    left = resident.dwelling_state in GONE_STATES and not was_gone
    if left and row.values.get("changed_on") is None:
        resident.changed_on = today


def _number(row: ReadRow) -> str:
    """Return the identity number of *row* if it is sound, else an empty text."""
    return "" if row.failed("id_number") else str(row.values.get("id_number") or "")


def _sex(row: ReadRow) -> str:
    return str(row.values.get("sex") or "")


def _birthday(row: ReadRow) -> date | None:
    born = row.values.get("born_on")
    return born if isinstance(born, date) else None


def _tags(row: ReadRow) -> tuple[str, ...]:
    tags = row.values.get("tags")
    return tags if isinstance(tags, tuple) else ()


def _draft(row: ReadRow) -> ResidentDraft:
    values: dict[str, Any] = {}
    for name in (*_COPIED, "id_number", *_ADDRESS):
        value = row.values.get(name)
        values[name] = value if name in ("born_on", "changed_on") else str(value or "")
    return ResidentDraft(**values, tags=_tags(row))


def _moving(session: Session, rows: Sequence[ReadRow], found: _Found, homes: Homes) -> list[ReadRow]:
    """Return the rows whose resident lives somewhere else by now."""
    lives_in: dict[UUID, UUID] = {}
    ids = [found.updates[row.number] for row in rows]
    for start in range(0, len(ids), _IDS_AT_ONCE):
        query = pick(Resident.id, Resident.household_id).where(col(Resident.id).in_(ids[start : start + _IDS_AT_ONCE]))
        for resident_id, home_id in session.connection().execute(query):
            lives_in[resident_id] = home_id
    return [row for row in rows if homes.differs(lives_in[found.updates[row.number]], _home_key(row))]


def _home_key(row: ReadRow) -> HomeKey:
    place, building, unit, room = (str(row.values.get(name) or "") for name in _ADDRESS)
    return HomeKey(place, building, unit, room)


def _same_person(row: ReadRow, homes: Homes) -> tuple[str, date | None, UUID | None]:
    return str(row.values.get("name")), _birthday(row), homes.find(_home_key(row))


def _stored_numbers(session: Session, numbers: Sequence[str]) -> dict[str, UUID]:
    stored: dict[str, UUID] = {}
    for start in range(0, len(numbers), _IDS_AT_ONCE):
        part = numbers[start : start + _IDS_AT_ONCE]
        query = select(Resident.id_number, Resident.id).where(
            among(Resident.id_number, part), col(Resident.deleted_at).is_(None)
        )
        stored.update({str(number): resident_id for number, resident_id in session.connection().execute(query)})
    return stored


def _stored_without_number(session: Session) -> list[tuple[str, date | None, UUID | None]]:
    query = pick(Resident.name, Resident.born_on, Resident.household_id).where(
        col(Resident.id_number).is_(None), col(Resident.deleted_at).is_(None)
    )
    return [(name, born, home) for name, born, home in session.connection().execute(query)]


def _check_days(row: ReadRow) -> None:
    changed = row.values.get("changed_on")
    if changed is None:
        return
    born = row.values.get("born_on") or born_on(_number(row))
    if isinstance(born, date) and isinstance(changed, date) and changed < born:
        row.fail("changed_on", "period_invalid", f"变动日期早于出生日期（{plain_day(born)}），请核对")
