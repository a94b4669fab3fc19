"""What stands below the rows of a ledger: the sums of this page, and on the last one those of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Generic, TypeVar

from desktop.printing.document import NO_VALUE, Ledger
from desktop.printing.grid import Grid, GridRow

Row = TypeVar("Row")
PAGE_SUM, SUM = "本页小计", "合计"


class Sums(Generic[Row]):
    """Adds up the columns that ask for it; where none does, nothing stands below the rows."""

    def __init__(self, ledger: Ledger[Row], rows: Sequence[Row], grid: Grid) -> None:
        self._grid = grid
        self._count = len(ledger.columns)
        self._values = {
            index: [column.value(row) for row in rows]
            for index, column in enumerate(ledger.columns)
            if column.summed and column.value is not None
        }
        others = [index for index in range(self._count) if index not in self._values]
        self._label = others[0] if others and self._values and rows else -1
        # The label may take two lines in a narrow column, a long sum too.
        self.height = self._row(PAGE_SUM, range(len(rows))).height if self._label >= 0 else 0.0

    def below(self, page: Sequence[GridRow], number: int, pages: int) -> list[GridRow]:
        """Return the rows of sums below *page*, which is number *number* of *pages*; a single page has one sum only."""
        if self._label < 0:
            return []
        found = []
        if pages > 1:
            found.append(self._row(PAGE_SUM, [row.number for row in page if row.number >= 0]))
        if number == pages:
            found.append(self._row(SUM, range(len(next(iter(self._values.values()))))))
        return found

    def _row(self, label: str, numbers: Iterable[int]) -> GridRow:
        """Return one row of sums over the records *numbers*."""
        wanted = list(numbers)
        texts = [""] * self._count
        texts[self._label] = label
        for index, values in self._values.items():
            texts[index] = sum_text(values[number] for number in wanted)
        return self._grid.row(texts, [True] * self._count)


def sum_text(values: Iterable[int | Decimal | None]) -> str:
    """Return the sum as 1,234, or a dash where there is nothing to add up."""
    known = [value for value in values if value is not None]
    return f"{sum(known):,}" if known else NO_VALUE
