"""The sheet 随访 against the register: whose visit it is, readings that cannot be, and rows stored already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from desktop.foundation.days import age_on, plain_day
from desktop.foundation.text import mask_id_number
from desktop.health.records import Visit
from desktop.health.rules import flag_of, to_mmol, to_umol
from desktop.health.sheets import VISITS
from desktop.register.ports import Plan
from desktop.register.records import Resident
from desktop.register.rights import Right
from desktop.register.service.standards import Standard, editions_in
from desktop.spreadsheets.judging import ReadRow, ReadSheet
from desktop.store.query import among, pick
from desktop.store.unit import Unit

_IDS_AT_ONCE = 5_000
_TEXTS = ("service", "way", "medication", "result", "recorded_by", "remark")


@dataclass
class _People:
    """Whom the rows can mean: by number, and by name."""

    by_number: dict[str, tuple[UUID, str]] = field(default_factory=dict)
    by_name: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    born_on: dict[UUID, date | None] = field(default_factory=dict)


@dataclass
class _Found:
    """What judging has found: row number → resident, and rows that are stored already."""

    people: dict[int, UUID] = field(default_factory=dict)
    same: set[int] = field(default_factory=set)
    born_on: dict[UUID, date | None] = field(default_factory=dict)


class VisitSheet:
    """How the sheet 随访 becomes visits."""

    spec = VISITS
    right = Right.SEE_HEALTH
    dated = True

    def judge(self, session: Session, sheet: ReadSheet, *, update: bool, today: date) -> Plan:
        """Find the person of each row; refuse impossible readings and days; warn of rows stored already."""
        people = _people(session, sheet.rows)
        found = _Found(born_on=people.born_on)
        for row in sheet.rows:
            self._find_person(row, people, found)
            _check_pressures(row)
            _check_days(row, found)
        stored = _stored(session, [found.people[row.number] for row in sheet.accepted])
        for row in sheet.accepted:
            if _identity(found.people[row.number], row) in stored:
                found.same.add(row.number)
                row.warn("visited_on", "row_exists", "这一条已经登记过，内容一样，不再存")
        return Plan(details={"found": found})

    def store(self, unit: Unit, sheet: ReadSheet, plan: Plan, *, today: date) -> None:
        """Insert the visits in bulk, each flagged by the standard of its day."""
        found = plan.details["found"]
        assert isinstance(found, _Found)  # noqa: S101  made by judge
        editions = editions_in(unit.session, "health")
        rows = []
        for row in sheet.accepted:
            if row.number in found.same:
                continue
            person = found.people[row.number]
            visited_on = row.values["visited_on"]
            assert isinstance(visited_on, date)  # noqa: S101  required column
            values = next((one for one in editions if one.effective_from <= visited_on), editions[-1])
            rows.append(_columns(row, person, found.born_on.get(person), visited_on, values))
        unit.insert_many(Visit, rows)

    def rows(
        self, session: Session, first: date | None, last: date | None, *, unmasked: bool, today: date
    ) -> Iterable[Mapping[str, object]]:
        """Yield visits in order of day and entry."""
        query = (
            select(Visit, Resident.name, Resident.id_number)
            .join(Resident, col(Resident.id) == col(Visit.resident_id))
            .where(col(Visit.deleted_at).is_(None))
            .order_by(col(Visit.visited_on), col(Visit.id))
        )
        if first is not None:
            query = query.where(col(Visit.visited_on) >= first)
        if last is not None:
            query = query.where(col(Visit.visited_on) <= last)
        for visit, name, number in session.exec(query.execution_options(yield_per=2000)):
            yield {
                **{key: getattr(visit, key) for key in _TEXTS},
                "visited_on": visit.visited_on,
                "name": name,
                "id_number": number if unmasked else mask_id_number(number),
                "systolic_mmhg": visit.systolic_mmhg,
                "diastolic_mmhg": visit.diastolic_mmhg,
                "glucose_mmol": to_mmol(visit.glucose_umol_per_l),
                "next_on": visit.next_on,
            }

    @staticmethod
    def _find_person(row: ReadRow, people: _People, found: _Found) -> None:
        name = str(row.values.get("name") or "")
        number = str(row.values.get("id_number") or "")
        if row.failed("id_number") or not name:
            return
        if number:
            hit = people.by_number.get(number)
            if hit is None:
                row.fail("id_number", "person_unknown", f"档案里没有这个身份证号，请先建“{name}”的档案")
            elif hit[1] != name:
                row.fail("name", "person_unknown", f"这个身份证号登记的是“{hit[1]}”，不是“{name}”，请核对")
            else:
                found.people[row.number] = hit[0]
            return
        hits = people.by_name.get(name, [])
        if len(hits) == 1:
            found.people[row.number] = hits[0]
        elif hits:
            row.fail("name", "person_ambiguous", f"有{len(hits)}个人叫“{name}”，请填身份证号分清是哪一位")
        else:
            row.fail("name", "person_unknown", f"档案里没有“{name}”，请先建档案或核对姓名")


def _people(session: Session, rows: Sequence[ReadRow]) -> _People:
    people = _People()
    numbers = list({str(row.values["id_number"]) for row in rows if row.values.get("id_number")})
    names = list({str(row.values["name"]) for row in rows if row.values.get("name")})
    plain = pick(Resident.id, Resident.name, Resident.id_number, Resident.born_on).where(
        col(Resident.deleted_at).is_(None)
    )
    connection = session.connection()
    for start in range(0, len(numbers), _IDS_AT_ONCE):
        part = numbers[start : start + _IDS_AT_ONCE]
        for person, name, number, born in connection.execute(plain.where(among(Resident.id_number, part))):
            people.by_number[number] = (person, name)
            people.born_on[person] = born
    for start in range(0, len(names), _IDS_AT_ONCE):
        part = names[start : start + _IDS_AT_ONCE]
        for person, name, _number, born in connection.execute(plain.where(among(Resident.name, part))):
            people.by_name[name].append(person)
            people.born_on[person] = born
    return people


def _check_pressures(row: ReadRow) -> None:
    systolic, diastolic = row.values.get("systolic_mmhg"), row.values.get("diastolic_mmhg")
    if isinstance(systolic, int) and isinstance(diastolic, int) and systolic <= diastolic:
        row.fail("systolic_mmhg", "number_invalid", f"收缩压{systolic}不大于舒张压{diastolic}，是不是写反了")


def _check_days(row: ReadRow, found: _Found) -> None:
    visited, following = row.values.get("visited_on"), row.values.get("next_on")
    if isinstance(visited, date) and isinstance(following, date) and following <= visited:
        row.fail("next_on", "period_invalid", "下次日期要晚于这次的日期")
    born = found.born_on.get(found.people[row.number]) if row.number in found.people else None
    if isinstance(visited, date) and born is not None and visited < born:
        row.fail("visited_on", "date_invalid", f"日期早于这个人的出生日期（{plain_day(born)}）")


Identity = tuple[object, ...]


def _identity(person: UUID, row: ReadRow) -> Identity:
    values = row.values
    glucose = values.get("glucose_mmol")
    return (
        person,
        values.get("visited_on"),
        *(str(values.get(name) or "") for name in _TEXTS),
        values.get("systolic_mmhg"),
        values.get("diastolic_mmhg"),
        to_umol(glucose) if isinstance(glucose, Decimal) else None,
        values.get("next_on"),
    )


def _stored(session: Session, people: Sequence[UUID]) -> set[Identity]:
    """Return what is stored of these people, as _identity tells it."""
    stored: set[Identity] = set()
    persons = list(dict.fromkeys(people))
    for start in range(0, len(persons), _IDS_AT_ONCE):
        query = pick(
            Visit.resident_id, Visit.visited_on, Visit.service, Visit.way, Visit.medication, Visit.result,
            Visit.recorded_by, Visit.remark, Visit.systolic_mmhg, Visit.diastolic_mmhg, Visit.glucose_umol_per_l,
            Visit.next_on,
        ).where(col(Visit.deleted_at).is_(None),
        among(Visit.resident_id, persons[start : start + _IDS_AT_ONCE]))  # fmt: skip
        stored.update(tuple(row) for row in session.connection().execute(query))
    return stored


def _columns(row: ReadRow, person: UUID, born_on: date | None, visited_on: date, values: Standard) -> dict[str, Any]:
    systolic, diastolic = row.values.get("systolic_mmhg"), row.values.get("diastolic_mmhg")
    glucose = row.values.get("glucose_mmol")
    age = age_on(born_on, visited_on) if born_on else None
    flag = flag_of(
        systolic if isinstance(systolic, int) else None,
        diastolic if isinstance(diastolic, int) else None,
        glucose if isinstance(glucose, Decimal) else None,
        age=age,
        values=values,
    )
    return {
        **{name: str(row.values.get(name) or "") for name in _TEXTS},
        "resident_id": person,
        "visited_on": visited_on,
        "systolic_mmhg": systolic,
        "diastolic_mmhg": diastolic,
        "pulse_per_min": None,
        "glucose_umol_per_l": to_umol(glucose) if isinstance(glucose, Decimal) else None,
        "next_on": row.values.get("next_on"),
        "flag": flag.value,
        "standard": values.edition if flag else "",
    }
