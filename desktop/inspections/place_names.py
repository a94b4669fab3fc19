"""Places as inspections name them: 点位 of a sheet or form to the place meant, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, col

from desktop.foundation.text import natural_key, pinyin_keys, squeeze
from desktop.register.records import Place
from desktop.store.query import pick


@dataclass(frozen=True)
class _Known:
    """One place; places in the bin keep their name for the records that hold them, but nobody can choose them."""

    id: UUID
    name: str
    parent: str
    living: bool


class PlaceNames:
    """Every place by name. A building is also found under its 小区 with it: 幸福里一区 2号楼."""

    def __init__(self, session: Session) -> None:
        rows: Sequence[Any] = (
            session.connection().execute(pick(Place.id, Place.name, Place.parent_id, col(Place.deleted_at))).all()
        )
        names = {row[0]: row[1] for row in rows}
        self._known = {
            place: _Known(place, name, names.get(parent, "") if parent else "", gone is None)
            for place, name, parent, gone in rows
        }
        self._by_name: dict[str, list[UUID]] = {}
        for known in self._known.values():
            if known.living:
                for text in {squeeze(known.name), squeeze(f"{known.parent}{known.name}")}:
                    self._by_name.setdefault(text, []).append(known.id)

    def find(self, text: str) -> UUID | None:
        """Return the one living place called *text*, or None if there is none or more than one."""
        found = self._by_name.get(squeeze(text), ())
        return found[0] if len(found) == 1 else None

    def why_not(self, text: str) -> str:
        """Return why ``find`` found none, as a sentence without its full stop."""
        count = len(self._by_name.get(squeeze(text), ()))
        if count:
            return f"有{count}个点位叫“{text}”，请在前面写上它所在的小区"
        return f"底册里没有点位“{text}”，请核对名称，或先到“辖区底册”里建好"

    def text(self, place_id: UUID) -> str:
        """Return the name that finds the place again: with its 小区 in front where the name alone is not enough."""
        known = self._known[place_id]
        namesakes = self._by_name.get(squeeze(known.name), ())
        return known.name if len(namesakes) <= 1 or not known.parent else f"{known.parent} {known.name}"

    def shown(self, place_id: UUID) -> str:
        """Return the name as lists show it: 幸福里一区 2号楼."""
        known = self._known[place_id]
        if not known.parent or squeeze(known.name).startswith(squeeze(known.parent)):
            return known.name
        return f"{known.parent} {known.name}"

    def choices(self) -> list[str]:
        """Return the names that can be chosen, in the order in which people count."""
        return sorted({self.text(known.id) for known in self._known.values() if known.living}, key=natural_key)

    def like(self, text: str) -> list[UUID]:
        """Return the places whose name holds *text* or whose pinyin initials begin with it."""
        wanted = squeeze(text).lower()
        return [
            known.id
            for known in self._known.values()
            if wanted in squeeze(self.shown(known.id)).lower()
            or (
                wanted.isascii()
                and any(key.startswith(wanted) for pair in pinyin_keys(self.shown(known.id)) for key in pair)
            )
        ]
