"""The ledgers of pest control, and the records behind pest.*, aedes.* and density.* figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from sqlmodel import Session

from desktop.foundation.clock import Clock
from desktop.foundation.days import Period, month_of
from desktop.pest_control.books import PestControl
from desktop.pest_control.documents import (
    AedesRow,
    TreatmentRow,
    aedes_ledger,
    density_ledger,
    missed_ledger,
    number,
    stock_ledger,
    treatment_ledger,
)
from desktop.pest_control.missed import missed_in
from desktop.pest_control.packages import PackageWeights
from desktop.pest_control.service import Book
from desktop.register.ports import FigureRow, OfferedLedger
from desktop.register.rights import Right

_GRAMS_IN_KG = 1000
_USED, _USED_KG = "pest.used.", "pest.used_kg."
_SUMS: dict[str, Callable[[TreatmentRow], Any]] = {
    "pest.households": lambda row: row.draft.households,
    "pest.area_m2": lambda row: row.draft.area_m2,
    "pest.dead_rats": lambda row: row.draft.dead_rats,
}
_COUNTS: dict[str, Callable[[AedesRow], int]] = {
    "aedes.households": lambda row: row.draft.households or 0,
    "aedes.positive_containers": lambda row: row.draft.positive_containers or 0,
}


class PestLedgers:
    """Offers the stock book, treatments, Aedes and density monitoring."""

    right = Right.SEE_PEST

    def __init__(self, pest: PestControl, clock: Clock) -> None:
        self._clock = clock
        self._books: tuple[tuple[Book[Any], Any], ...] = (
            (pest.stock, stock_ledger()),
            (pest.treatments, treatment_ledger()),
            (pest.aedes, aedes_ledger()),
            (pest.density, density_ledger()),
        )

    def ledgers(self, session: Session) -> Sequence[OfferedLedger]:
        """Return the four ledgers, and the places that were missed."""
        del session
        kept = [
            OfferedLedger(ledger, self.right, partial(_count, book), partial(_rows, book))
            for book, ledger in self._books
        ]
        return [*kept, OfferedLedger(missed_ledger(), self.right, self._count_missed, missed_in, summed=True)]

    def _count_missed(self, session: Session, period: Period | None) -> int:
        return len(missed_in(session, period or month_of(self._clock.today())))


class PestFigureRows:
    """Shows the treatments and checks that figures are summed up from."""

    right = Right.SEE_PEST

    def __init__(self, pest: PestControl) -> None:
        self._pest = pest

    def shows(self, key: str) -> bool:
        """Return whether *key* is a sum of treatments or checks."""
        return key in _SUMS or key in _COUNTS or key.startswith((_USED, _USED_KG))

    def rows_of(self, session: Session, key: str, period: Period) -> Sequence[FigureRow] | None:
        """Return treatments or Aedes checks with what each adds; rates, bands and grades are no sums of rows."""
        if (taken := _treatment_amount(session, key)) is not None:
            rows = self._pest.treatments.between(session, period.first, period.last)
            return [_treated(row, amount) for row in rows if (amount := taken(row))]
        if (counts := _COUNTS.get(key)) is not None:
            checks = self._pest.aedes.between(session, period.first, period.last)
            return [_checked(row, amount) for row in checks if (amount := counts(row))]
        return None


def _treatment_amount(session: Session, key: str) -> Callable[[TreatmentRow], Any] | None:
    """Return what one treatment adds to figure *key*, or None if it is none of treatments."""
    if key in _SUMS:
        return _SUMS[key]
    if key.startswith(_USED_KG):
        weights, pest = PackageWeights(session), key.removeprefix(_USED_KG)
        return lambda row: _kilograms(weights, row) if row.draft.pest == pest else None
    if key.startswith(_USED):
        wanted = key.removeprefix(_USED)
        return lambda row: row.draft.quantity if f"{row.draft.agent}.{row.draft.unit}" == wanted else None
    return None


def _kilograms(weights: PackageWeights, row: TreatmentRow) -> Decimal | None:
    draft = row.draft
    if draft.quantity is None or draft.treated_on is None:
        return None
    grams = weights.grams(draft.agent, draft.unit, draft.treated_on)
    return None if grams is None else grams * draft.quantity / _GRAMS_IN_KG


def _treated(row: TreatmentRow, amount: int | Decimal) -> FigureRow:
    draft = row.draft
    assert draft.treated_on is not None  # noqa: S101  the column is not null
    what = f"{draft.agent} {number(draft.quantity)}{draft.unit}"
    return FigureRow(row.id, draft.treated_on, draft.place, what, f"灭{draft.pest}", kind=draft.pest, amount=amount)


def _checked(row: AedesRow, amount: int) -> FigureRow:
    draft = row.draft
    assert draft.checked_on is not None  # noqa: S101  the column is not null
    found = f"查{number(draft.households)}户，阳性容器{number(draft.positive_containers)}个"
    bad = row.verdict not in ("", "〇级")
    return FigureRow(row.id, draft.checked_on, draft.place, found, row.verdict, amount=amount, bad=bad)


def _count(book: Book[Any], session: Session, period: Period | None) -> int:
    return book.count(session, period.first if period else None, period.last if period else None)


def _rows(book: Book[Any], session: Session, period: Period) -> Sequence[Any]:
    return book.between(session, period.first, period.last)
