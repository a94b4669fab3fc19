"""The table of a period report: the lines of every section with their values in three periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from desktop.foundation.days import Period
from desktop.printing.document import NO_VALUE
from desktop.register.rights import Officer
from desktop.reports.ledgers import LedgerCount
from desktop.reports.lines import TableLine, Value, Views
from desktop.reports.plan import SECTIONS, Section

_HUNDREDTH = Decimal("0.01")
Counts = tuple[Mapping[str, LedgerCount], Mapping[str, LedgerCount], Mapping[str, LedgerCount]]
"""Ledger → records of the period, of the year so far, of a year ago; all three name the same ledgers."""
NOTHING_KEPT = "没有登记这一项"


@dataclass(frozen=True)
class TableSection:
    """One section with its lines; a section that no record feeds has none."""

    name: str
    lines: tuple[TableLine, ...]


@dataclass(frozen=True)
class ReportTable:
    """All sections of one period, and the titles over their values."""

    period: Period
    title: str
    heads: tuple[str, str, str, str]
    sections: tuple[TableSection, ...]
    left_out: bool = False

    def line(self, label: str) -> TableLine:
        """Return the first line called *label*; raise KeyError if there is none."""
        for section in self.sections:
            for line in section.lines:
                if line.label == label:
                    return line
        raise KeyError(label)


def sections_of(views: Views, officer: Officer, ledger_counts: Counts) -> tuple[TableSection, ...]:
    """Return every section this officer may see."""
    return tuple(
        TableSection(
            section.name,
            _ledger_lines(ledger_counts)
            if section.counts_ledgers
            else tuple(line for declared in section.lines for line in declared.lines(views)),
        )
        for section in SECTIONS
        if may_see(officer, section)
    )


def may_see(officer: Officer, section: Section) -> bool:
    """Return whether a section is shown to *officer*."""
    return officer.may(section.right)


def change(now: Value, before: Value) -> Decimal | None:
    """Return how much more *now* is than *before* as both are shown; None unless both are numbers."""
    if isinstance(now, str) or isinstance(before, str) or now is None or before is None:
        return None
    return rounded(now) - rounded(before)


def rounded(number: int | Decimal) -> Decimal:
    """Return *number* to two places, half up, as every figure is shown."""
    return Decimal(number).quantize(_HUNDREDTH, ROUND_HALF_UP)


def number_text(value: Value) -> str:
    """Return 1,716, 4.29, 一级, or a dash; whole numbers without a fraction."""
    if value is None:
        return NO_VALUE
    if isinstance(value, str):
        return value
    exact = rounded(value)
    return f"{int(exact):,}" if exact == exact.to_integral_value() else f"{exact:,}"


def change_text(now: Value, before: Value) -> str:
    """Return +5, −0.81, 0 or a dash."""
    difference = change(now, before)
    if difference is None:
        return NO_VALUE
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return f"{sign}{number_text(abs(difference))}"


def _ledger_lines(counts: Counts) -> tuple[TableLine, ...]:
    now, so_far, before = counts
    return tuple(
        TableLine(
            name, "条", (mine.count, so_far[name].count, before[name].count), formula="日期在本期的记录数",
            right=mine.right,
        )
        for name, mine in now.items()
        if mine.count or so_far[name].count
    )  # fmt: skip
