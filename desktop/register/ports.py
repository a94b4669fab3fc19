"""What slices offer to the rooms above them; `app` passes the lists, nobody looks anything up by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from sqlmodel import Session

from desktop.foundation.days import Period
from desktop.register.rights import Right
from desktop.spreadsheets.judging import ReadSheet
from desktop.spreadsheets.spec import SheetSpec
from desktop.store.unit import Unit


@dataclass(frozen=True)
class Figure:
    """One computed number of a period: key as in docs/contracts.md, value, unit, label, and the formula in words."""

    key: str
    value: int | Decimal | str | None
    unit: str
    label: str
    formula: str


class FigureSource(Protocol):
    """Adds a slice's figures to reports."""

    right: Right

    def figures(self, session: Session, period: Period) -> Sequence[Figure]:
        """Return every figure of *period*; keys with a free part only where a record feeds them."""
        ...


@dataclass
class Plan:
    """What importing a judged sheet would do beyond its rows; shown before the user confirms."""

    new_places: tuple[str, ...] = ()
    updates: int = 0
    details: Mapping[str, object] = field(default_factory=dict, repr=False)


class SheetPort(Protocol):
    """One kind of sheet: judged against what is stored, stored in one unit of work, and written out again."""

    spec: SheetSpec
    right: Right
    dated: bool

    def judge(self, session: Session, sheet: ReadSheet, *, update: bool, today: date) -> Plan:
        """Add this slice's problems and warnings to the rows of *sheet* and return what storing it entails."""
        ...

    def store(self, unit: Unit, sheet: ReadSheet, plan: Plan, *, today: date) -> None:
        """Store the accepted rows; the unit's batch has been started."""
        ...

    def rows(
        self, session: Session, first: date | None, last: date | None, *, unmasked: bool, today: date
    ) -> Iterable[Mapping[str, object]]:
        """Yield stored records as sheet rows in the order people file them."""
        ...
