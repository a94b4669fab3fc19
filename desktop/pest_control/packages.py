"""What a package of an agent weighs, by what the stock ledger says of the same product and unit."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col

from desktop.pest_control.records import StockEntry
from desktop.pest_control.rules import grams_of
from desktop.pest_control.stock_rules import from_milli
from desktop.store.query import pick


class PackageWeights:
    """Grams per unit of every product in the stock ledger."""

    def __init__(self, session: Session) -> None:
        self._known: dict[tuple[str, str], list[tuple[date, int]]] = defaultdict(list)
        query = (
            pick(StockEntry.agent, StockEntry.package, StockEntry.happened_on, StockEntry.package_mg)
            .where(col(StockEntry.deleted_at).is_(None), col(StockEntry.package_mg).is_not(None))
            .distinct()
            .order_by(col(StockEntry.happened_on))
        )
        for agent, package, day, milligrams in session.connection().execute(query):
            self._known[agent, package].append((day, milligrams))

    def grams(self, agent: str, unit: str, day: date) -> Decimal | None:
        """Return the grams in one *unit*, as last written by *day*, else as first written after it; None if nowhere."""
        known = self._known.get((agent, unit), [])
        place = bisect_right(known, day, key=lambda pair: pair[0])
        package = known[max(place - 1, 0)][1] if known else None
        return grams_of(unit, from_milli(package))
