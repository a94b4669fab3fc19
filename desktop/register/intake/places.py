"""The sheet 点位 against the stored places: parents, namesakes, blanks filled, changes only on request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session

from desktop.foundation.ids import new_id
from desktop.foundation.text import mask_phone, squeeze
from desktop.register.ports import Plan
from desktop.register.records import Place
from desktop.register.rights import Right
from desktop.register.service.places import PlaceRow, places_in
from desktop.register.sheets import PLACES
from desktop.spreadsheets.judging import ReadRow, ReadSheet
from desktop.store.unit import Unit

_TEXTS = ("grid", "address", "manager", "phone", "remark")
_CELLS = ("category", "household_count", *_TEXTS)


@dataclass
class _Found:
    """What judging has found: row number → stored place to change, and → id of a new place."""

    changes: dict[int, PlaceRow] = field(default_factory=dict)
    fresh: dict[int, UUID] = field(default_factory=dict)
    parents: dict[int, UUID] = field(default_factory=dict)


class PlaceSheet:
    """How the sheet 点位 becomes places."""

    spec = PLACES
    right = Right.SEE_REGISTER
    dated = False

    def judge(self, session: Session, sheet: ReadSheet, *, update: bool, today: date) -> Plan:
        """Find parents (stored or in the file), and what each row would do to a place of the same name."""
        stored = places_in(session)
        found = _Found()
        seen: set[tuple[str, str]] = set()
        for row in sheet.rows:
            name, parent = _identity(row)
            if parent and parent == name:
                row.fail("parent", "place_unknown", "上级点位不能是它自己")
            if name and (name, parent) in seen:
                row.fail("name", "id_duplicate", f"表里前面已有“{row.values['name']}”，请留一行")
            seen.add((name, parent))
            if row.refused:
                continue
            twin = _twin(stored, name, parent)
            if twin is None:
                found.fresh[row.number] = new_id()
            else:
                _compare(row, twin, found, update=update)
        _Tree(stored, sheet, found).join()
        changes = sum(row.number in found.changes for row in sheet.accepted)
        return Plan(updates=changes, details={"found": found})

    def store(self, unit: Unit, sheet: ReadSheet, plan: Plan, *, today: date) -> None:
        """Insert new places, parents before children whatever the row order, and apply the changes."""
        found = plan.details["found"]
        assert isinstance(found, _Found)  # noqa: S101  made by judge
        fresh = [row for row in sheet.accepted if row.number in found.fresh]
        unit.insert_many(Place, _parents_first([_columns(row, found) for row in fresh]))
        for row in sheet.accepted:
            twin = found.changes.get(row.number)
            if twin is None:
                continue
            place = unit.get(Place, twin.id)
            for name in _CELLS:
                if _differs(row, twin, name):
                    setattr(place, name, row.values[name])
            if row.number in found.parents:
                place.parent_id = found.parents[row.number]

    def rows(
        self, session: Session, first: date | None, last: date | None, *, unmasked: bool, today: date
    ) -> Iterable[Mapping[str, object]]:
        """Yield every place; parents stand before what lies in them."""
        places = places_in(session)
        parents = {place.id: place.parent_id for place in places}
        for place in sorted(places, key=lambda row: _depth(row.id, parents)):
            values = asdict(place)
            yield values if unmasked else {**values, "phone": mask_phone(place.phone)}


class _Tree:
    """Joins rows to their parents, among the stored places and the rows themselves."""

    def __init__(self, stored: Sequence[PlaceRow], sheet: ReadSheet, found: _Found) -> None:
        self._sheet = sheet
        self._found = found
        self._above = {place.id: place.parent_id for place in stored}
        self._stored: dict[str, list[UUID]] = {}
        for place in stored:
            self._stored.setdefault(squeeze(place.name), []).append(place.id)

    def join(self) -> None:
        """Refuse rows whose parent is unknown, ambiguous or inside them, until no refusal orphans another row."""
        refused = True
        while refused:
            refused = self._join_once()

    def _join_once(self) -> bool:
        known = {name: list(ids) for name, ids in self._stored.items()}
        for row in self._sheet.accepted:
            if row.number in self._found.fresh:
                known.setdefault(_identity(row)[0], []).append(self._found.fresh[row.number])
        self._found.parents.clear()
        refused = False
        for row in self._sheet.accepted:
            parent = _identity(row)[1]
            if not parent or (row.number not in self._found.fresh and row.number not in self._found.changes):
                continue
            candidates = known.get(parent, [])
            if len(candidates) == 1:
                self._found.parents[row.number] = candidates[0]
                continue
            shown = row.values["parent"]
            why = f"有{len(candidates)}个点位叫“{shown}”，分不清是哪一个" if candidates else f"底册里没有“{shown}”"
            row.fail("parent", "place_unknown", f"{why}，请先建好上级点位或改名称")
            refused = True
        return refused or self._refuse_circles()

    def _refuse_circles(self) -> bool:
        above = dict(self._above)
        rows: dict[UUID, ReadRow] = {}
        for row in self._sheet.accepted:
            own = self._id_of(row)
            if own is not None:
                above[own] = self._found.parents.get(row.number, above.get(own))
                rows[own] = row
        circular = [row for own, row in rows.items() if _is_circular(own, above)]
        for row in circular:
            row.fail("parent", "place_unknown", "上下级绕成了一圈，请检查“上级点位”")
        return bool(circular)

    def _id_of(self, row: ReadRow) -> UUID | None:
        twin = self._found.changes.get(row.number)
        return twin.id if twin is not None else self._found.fresh.get(row.number)


def _identity(row: ReadRow) -> tuple[str, str]:
    return squeeze(str(row.values.get("name") or "")), squeeze(str(row.values.get("parent") or ""))


def _twin(stored: Sequence[PlaceRow], name: str, parent: str) -> PlaceRow | None:
    """Return the stored place a row means: same name and parent, else the only namesake if either parent is blank."""
    namesakes = [row for row in stored if squeeze(row.name) == name]
    exact = [row for row in namesakes if squeeze(row.parent) == parent]
    if exact:
        return exact[0]
    alone = namesakes[0] if len(namesakes) == 1 else None
    return alone if alone is not None and not (parent and alone.parent) else None


def _compare(row: ReadRow, twin: PlaceRow, found: _Found, *, update: bool) -> None:
    differing = [name for name in _CELLS if _differs(row, twin, name)]
    overwriting = [name for name in differing if getattr(twin, name) not in ("", None)]
    fills_parent = bool(row.values.get("parent")) and not twin.parent
    if not differing and not fills_parent:
        row.warn("name", "row_exists", f"“{twin.name}”已在底册里，内容一样，不再存")
    elif update or not overwriting:
        found.changes[row.number] = twin
    else:
        row.fail("name", "id_exists", f"“{twin.name}”已在底册里，想用表里的内容更新请勾选下面一项")


def _differs(row: ReadRow, twin: PlaceRow, name: str) -> bool:
    value, old = row.values.get(name), getattr(twin, name)
    if name == "phone" and old and "*" in str(value or ""):
        return False  # a masked export says less than what is stored
    return value is not None and value != old


def _columns(row: ReadRow, found: _Found) -> dict[str, Any]:
    values = row.values
    return {
        **{name: values.get(name) or "" for name in _TEXTS},
        "id": found.fresh[row.number],
        "name": values["name"],
        "category": values["category"],
        "household_count": values.get("household_count"),
        "parent_id": found.parents.get(row.number),
    }


def _parents_first(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    parents = {row["id"]: row["parent_id"] for row in rows}
    return sorted(rows, key=lambda row: _depth(row["id"], parents))


def _depth(place_id: UUID, parents: Mapping[UUID, UUID | None]) -> int:
    depth, step = 0, parents.get(place_id)
    while step is not None:
        depth, step = depth + 1, parents.get(step)
    return depth


def _is_circular(place_id: UUID, above: Mapping[UUID, UUID | None]) -> bool:
    met: set[UUID] = set()
    step: UUID | None = place_id
    while step is not None and step not in met:
        met.add(step)
        step = above.get(step)
    return step is not None
