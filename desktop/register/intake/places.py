"""The sheet 点位 against the stored places: parents, namesakes, blanks filled, changes only on request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session

from desktop.foundation.errors import InputError
from desktop.foundation.ids import new_id
from desktop.foundation.text import mask_phone, squeeze
from desktop.register.ports import Plan
from desktop.register.records import Place
from desktop.register.rights import Right
from desktop.register.service.places import PlaceRow, places_in
from desktop.register.sheets import PLACES
from desktop.spreadsheets.judging import ReadRow, ReadSheet
from desktop.store.unit import Unit

_CELLS = ("category", "grid", "address", "manager", "phone", "household_count", "remark")


class PlaceSheet:
    """How the sheet 点位 becomes places."""

    spec = PLACES
    right = Right.SEE_REGISTER
    dated = False

    def judge(self, session: Session, sheet: ReadSheet, *, update: bool, today: date) -> Plan:
        """Find parents (stored or in the file), and what each row would do to a place of the same name."""
        stored = places_in(session)
        changes: dict[int, PlaceRow] = {}
        seen: set[tuple[str, str]] = set()
        for row in sheet.rows:
            parent = str(row.values.get("parent") or "")
            name = str(row.values.get("name") or "")
            if parent and squeeze(parent) == squeeze(name):
                row.fail("parent", "place_unknown", "上级点位不能是它自己")
            identity = (squeeze(name), squeeze(parent))
            if name and identity in seen:
                row.fail("name", "id_duplicate", f"表里前面已有“{name}”，请留一行")
            seen.add(identity)
            if not row.refused and (twin := _twin(stored, identity)) is not None:
                self._compare(row, twin, changes, update=update)
        _refuse_orphans(sheet, {squeeze(row.name) for row in stored})
        return Plan(updates=len(changes), details={"changes": changes})

    def store(self, unit: Unit, sheet: ReadSheet, plan: Plan, *, today: date) -> None:
        """Insert new places (parents before children by id, whatever the row order) and apply the changes."""
        changes = plan.details["changes"]
        assert isinstance(changes, dict)  # noqa: S101  made by judge
        skipped = {id(row) for row in sheet.accepted if row.number in changes or _exists(row)}
        fresh = [row for row in sheet.accepted if id(row) not in skipped]
        ids = {squeeze(row.name): row.id for row in places_in(unit.session)}
        for row in fresh:
            ids[squeeze(str(row.values["name"]))] = new_id()
        unit.insert_many(Place, _parents_first([_columns(row, ids) for row in fresh]))
        for number, twin in changes.items():
            row = next(found for found in sheet.accepted if found.number == number)
            place = unit.get(Place, twin.id)
            for name in _CELLS:
                if row.values.get(name) is not None:
                    setattr(place, name, row.values[name])

    def rows(
        self, session: Session, first: date | None, last: date | None, *, unmasked: bool, today: date
    ) -> Iterable[Mapping[str, object]]:
        """Yield every place; parents stand before what lies in them."""
        for place in sorted(places_in(session), key=lambda row: row.parent_id is not None):
            values = asdict(place)
            yield values if unmasked else {**values, "phone": mask_phone(place.phone)}

    @staticmethod
    def _compare(row: ReadRow, twin: PlaceRow, changes: dict[int, PlaceRow], *, update: bool) -> None:
        differing = [name for name in _CELLS if _differs(row, twin, name)]
        overwriting = [name for name in differing if getattr(twin, name) not in ("", None)]
        if not differing:
            row.warn("name", "row_exists", f"“{twin.name}”已在底册里，内容一样，不再存")
        elif update or not overwriting:
            changes[row.number] = twin
        else:
            row.fail("name", "id_exists", f"“{twin.name}”已在底册里，想用表里的内容更新请勾选下面一项")


def _twin(stored: list[PlaceRow], identity: tuple[str, str]) -> PlaceRow | None:
    name, parent = identity
    return next((row for row in stored if (squeeze(row.name), squeeze(row.parent)) == (name, parent)), None)


def _differs(row: ReadRow, twin: PlaceRow, name: str) -> bool:
    value = row.values.get(name)
    return value is not None and value != getattr(twin, name)


def _exists(row: ReadRow) -> bool:
    return any(warning.code == "row_exists" for warning in row.warnings)


def _columns(row: ReadRow, ids: Mapping[str, UUID]) -> dict[str, Any]:
    values = row.values
    columns = {name: values.get(name) or "" for name in ("grid", "address", "manager", "phone", "remark")}
    parent = values.get("parent")
    return {
        **columns,
        "id": ids[squeeze(str(values["name"]))],
        "name": values["name"],
        "category": values["category"],
        "household_count": values.get("household_count"),
        "parent_id": ids[squeeze(str(parent))] if parent else None,
    }


def _refuse_orphans(sheet: ReadSheet, known: set[str]) -> None:
    """Refuse rows whose parent is neither stored nor an accepted row, until no refusal orphans another row."""
    while True:
        there = known | {squeeze(str(row.values["name"])) for row in sheet.accepted}
        orphans = [
            row
            for row in sheet.accepted
            if row.values.get("parent") and squeeze(str(row.values["parent"])) not in there
        ]
        for row in orphans:
            row.fail("parent", "place_unknown", f"底册里没有“{row.values['parent']}”，请先建这个点位或改名称")
        if not orphans:
            return


def _parents_first(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return *rows* ordered so that a parent among them stands before its children."""
    waiting = {row["id"]: row for row in rows}
    ordered: list[dict[str, Any]] = []
    while waiting:
        ready = [row for row in waiting.values() if row["parent_id"] not in waiting]
        if not ready:
            raise InputError("点位的上下级绕成了一圈，请检查“上级点位”。")
        for row in ready:
            ordered.append(waiting.pop(row["id"]))
    return ordered
