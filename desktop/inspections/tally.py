"""How often each item of the checklists was fulfilled in a period: the rows of 检查表逐项统计."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from sqlmodel import Session, col

from desktop.foundation.days import Period
from desktop.inspections.checklist import NOT_APPLICABLE, checked_of
from desktop.inspections.place_names import PlaceNames
from desktop.inspections.records import Inspection
from desktop.inspections.rules import FAILED, PASSED
from desktop.store.query import pick

_MOST_PLACES = 5
_HUNDREDTH = Decimal("0.01")


@dataclass
class ItemTally:
    """One item of one checklist over a period; *places* are those it failed at, with how often."""

    title: str
    name: str
    counts: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)

    @property
    def passed(self) -> int:
        """Return how often it was fulfilled."""
        return self.counts[PASSED]

    @property
    def failed(self) -> int:
        """Return how often it was not."""
        return self.counts[FAILED]

    @property
    def not_applicable(self) -> int:
        """Return how often there was nothing to look at."""
        return self.counts[NOT_APPLICABLE]

    @property
    def rate(self) -> Decimal | None:
        """Return the per cent fulfilled of what was judged, None where nothing was."""
        judged = self.passed + self.failed
        return (Decimal(self.passed * 100) / judged).quantize(_HUNDREDTH, ROUND_HALF_UP) if judged else None

    @property
    def where(self) -> str:
        """Return 渔村2次、唐苑新村: the places it failed at, the worst first."""
        told = [f"{place}{times}次" if times > 1 else place for place, times in self.places.most_common(_MOST_PLACES)]
        more = len(self.places) - _MOST_PLACES
        return f"{'、'.join(told)}{f'等{len(self.places)}处' if more > 0 else ''}"


def tally_in(session: Session, period: Period) -> list[ItemTally]:
    """Return every item judged in *period* by checklist, in the order in which inspections of these days name them."""
    names = PlaceNames(session)
    found: dict[str, dict[str, ItemTally]] = {}
    query = (
        pick(Inspection.checks, Inspection.place_id)
        .where(
            col(Inspection.deleted_at).is_(None),
            col(Inspection.inspected_on).between(period.first, period.last),
            col(Inspection.checks).is_not(None),
        )
        .order_by(col(Inspection.inspected_on), col(Inspection.id))
    )
    for stored, place in session.connection().execute(query):
        checked = checked_of(stored)
        if checked is None:
            continue
        items = found.setdefault(checked.title, {})
        for line in checked.lines:
            name = f"{line.item.section} {line.item.name}".strip()
            tally = items.setdefault(name, ItemTally(checked.title, name))
            tally.counts[line.verdict] += 1
            if line.verdict == FAILED:
                tally.places[names.shown(place)] += 1
    return [tally for items in found.values() for tally in items.values()]
