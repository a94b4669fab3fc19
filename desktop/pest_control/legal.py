"""The agents' list, limits and bands as the file holds them, and where records must stand: places and ingredients."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, col

from desktop.foundation.text import squeeze
from desktop.pest_control.agent_rules import AgentList
from desktop.pest_control.density_rules import Limits, limits_in
from desktop.pest_control.records import StockEntry
from desktop.register.rules import RESIDENTIAL
from desktop.register.service.places import PlaceRow, places_in
from desktop.register.service.standards import Standard, editions_in
from desktop.store.query import among, pick

_NAMES_AT_ONCE = 5_000


def agents_in(session: Session) -> AgentList:
    """Return the newest agents' list: its statuses carry their own days, so no older edition is ever asked."""
    return AgentList(editions_in(session, "agents")[0].content["values"])


def aedes_values_in(session: Session, day: date) -> Mapping[str, Any]:
    """Return the values of the Aedes bands in force on *day*, the oldest edition for days before it."""
    editions = editions_in(session, "aedes")
    found = next((one for one in editions if one.effective_from <= day), editions[-1])
    values: Mapping[str, Any] = found.content["values"]
    return values


def density_edition_in(session: Session, day: date) -> Standard | None:
    """Return the density levels in force on *day*, or None if there were none yet."""
    return next((one for one in editions_in(session, "density") if one.effective_from <= day), None)


def indicators_in(session: Session) -> dict[str, Limits]:
    """Return every indicator of the newest edition, for names and lists."""
    return limits_in(editions_in(session, "density")[0].content["values"])


class Places:
    """Finds places by the name people write."""

    def __init__(self, session: Session) -> None:
        self._by_name: dict[str, list[PlaceRow]] = defaultdict(list)
        for place in places_in(session):
            self._by_name[squeeze(place.name)].append(place)

    def find(self, name: str) -> tuple[UUID | None, str]:
        """Return the place called *name* and '', or None and a sentence; a 小区 wins over its namesakes."""
        found = self._by_name.get(squeeze(name), [])
        homes = [place for place in found if place.category == RESIDENTIAL]
        if len(found) == 1 or len(homes) == 1:
            return (homes or found)[0].id, ""
        if found:
            return None, f"有{len(found)}个点位叫“{name}”，请先在辖区底册里改个名称"
        return None, f"辖区底册里没有“{name}”，请先建这个点位或核对名称"


def ingredients_in(session: Session, agents: Iterable[str]) -> dict[str, set[str]]:
    """Return product → the active ingredients the stock ledger gives it."""
    found: dict[str, set[str]] = defaultdict(set)
    names = list(dict.fromkeys(agents))
    for start in range(0, len(names), _NAMES_AT_ONCE):
        query = (
            pick(StockEntry.agent, StockEntry.ingredient)
            .where(among(StockEntry.agent, names[start : start + _NAMES_AT_ONCE]))
            .where(col(StockEntry.deleted_at).is_(None), col(StockEntry.ingredient) != "")
            .distinct()
        )
        for agent, ingredient in session.connection().execute(query):
            found[agent].add(ingredient)
    return found
