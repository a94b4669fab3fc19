"""Kinds of lines a report's table is declared with; each turns the figures of three periods into lines of values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from desktop.register.ports import Figure, FigureRow
from desktop.register.rights import Right
from desktop.reports.figures import FigureView

Value = int | Decimal | str | None
KindTest = Callable[[str], bool]
_HUNDRED = 100


@dataclass(frozen=True)
class Views:
    """The figures a table needs: this period, the year so far, the same period a year ago."""

    now: FigureView
    so_far: FigureView
    year_before: FigureView

    @property
    def all(self) -> tuple[FigureView, FigureView, FigureView]:
        """Return them in the order of the columns."""
        return self.now, self.so_far, self.year_before


@dataclass(frozen=True)
class TableLine:
    """One line: label, unit, the values of the three columns, and the figure whose rows show where it comes from.

    *kinds* narrows those rows to what this line counts; *part* lines belong to the line above; *bad* ones want
    looking at; *right* is asked for beyond that of the section.
    """

    label: str
    unit: str
    values: tuple[Value, Value, Value]
    key: str = ""
    kinds: KindTest | None = None
    formula: str = ""
    part: bool = False
    bad: bool = False
    right: Right | None = None

    def made_of(self, rows: Sequence[FigureRow]) -> list[FigureRow]:
        """Return those of the figure's *rows* that this line counts."""
        return [row for row in rows if self.kinds is None or self.kinds(row.kind)]


class Line(Protocol):
    """A declared line."""

    def lines(self, views: Views) -> list[TableLine]:
        """Return the lines it makes; none where the officer may not see the figure or no record feeds it."""
        ...


@dataclass(frozen=True)
class KeyLine:
    """One figure by its key; without *cumulates* the year so far has no sense, as for what is so on one day."""

    key: str
    label: str = ""
    cumulates: bool = True
    part: bool = False
    alarming: bool = False

    def lines(self, views: Views) -> list[TableLine]:
        """Return the figure, if there is one."""
        figure = views.now.figures.get(self.key)
        if figure is None:
            return []
        now, so_far, before = (_value(view.figures.get(self.key)) for view in views.all)
        return [
            TableLine(
                self.label or figure.label, figure.unit, (now, so_far if self.cumulates else None, before),
                self.key, formula=figure.formula, part=self.part, bad=self.alarming and bool(now),
            )
        ]  # fmt: skip


@dataclass(frozen=True)
class FreeLines:
    """Every figure under *prefix* that a record of this period or of the year so far feeds.

    *test* narrows them by what stands behind the prefix. Counts and sums that have no record are 0; with *rates*
    there is no value then. A grade (….grade) follows its index.
    """

    prefix: str
    test: KindTest | None = None
    cumulates: bool = True
    part: bool = False
    rates: bool = False

    def lines(self, views: Views) -> list[TableLine]:
        """Return a line for each of the figures."""
        keys = dict.fromkeys(
            key
            for view in (views.now, views.so_far)
            for key in view.figures
            if key.startswith(self.prefix) and (self.test is None or self.test(key.removeprefix(self.prefix)))
        )
        return [self._line(key, views) for key in keys]

    def _line(self, key: str, views: Views) -> TableLine:
        figure = views.now.figures.get(key) or views.so_far.figures[key]
        graded = key.endswith(".grade")
        now, so_far, before = (_value(view.figures.get(key)) for view in views.all)
        if not (self.rates or graded):
            now, so_far, before = now or 0, so_far or 0, before or 0
        cumulated = so_far if self.cumulates and not graded else None
        return TableLine(
            figure.label, figure.unit, (now, cumulated, before), key, formula=figure.formula, part=self.part or graded
        )


@dataclass(frozen=True)
class RateLine:
    """A share in percent of one figure in another, always computed from the two, never from other shares."""

    label: str
    over: str
    under: str
    part: bool = False

    def lines(self, views: Views) -> list[TableLine]:
        """Return the rate, if both figures are there."""
        if self.over not in views.now.figures or self.under not in views.now.figures:
            return []
        over, under = views.now.figures[self.over], views.now.figures[self.under]
        now, so_far, before = (_rate_of(view.figures, self.over, self.under) for view in views.all)
        formula = f"{over.label} ÷ {under.label} × 100"
        return [TableLine(self.label, "%", (now, so_far, before), formula=formula, part=self.part)]


@dataclass(frozen=True)
class ShareLines:
    """Rates of surveys: work 居民健康知识知晓 and 居民健康知识调查 in one unit make 居民健康知识知晓率.

    Every figure under *prefix* whose name ends in one of *outcomes*, in per cent of the one that ends in *asked*
    instead; from sums, so that two surveys weigh by whom they asked.
    """

    prefix: str
    outcomes: tuple[str, ...]
    asked: str = "调查"
    test: KindTest | None = None

    def lines(self, views: Views) -> list[TableLine]:
        """Return a line for each pair of this period or of the year so far."""
        keys = dict.fromkeys(key for view in (views.now, views.so_far) for key in view.figures)
        found = []
        for key in keys:
            name, _, unit = key.removeprefix(self.prefix).rpartition(".")
            outcome = next((word for word in self.outcomes if name.endswith(word) and name != word), "")
            if not key.startswith(self.prefix) or not outcome or not (self.test is None or self.test(name)):
                continue
            asked = f"{name.removesuffix(outcome)}{self.asked}"
            if (under := f"{self.prefix}{asked}.{unit}") in keys:
                found.append(self._line(name, asked, (key, under), views))
        return found

    @staticmethod
    def _line(name: str, asked: str, keys: tuple[str, str], views: Views) -> TableLine:
        now, so_far, before = (_rate_of(view.figures, *keys) for view in views.all)
        return TableLine(f"{name}率", "%", (now, so_far, before), formula=f"{name} ÷ {asked} × 100", part=True)


@dataclass(frozen=True)
class SettledLine:
    """Of what was found in the period, the share in percent that was settled by its end."""

    label: str
    key: str
    formula: str
    test: KindTest | None = None
    part: bool = False

    def lines(self, views: Views) -> list[TableLine]:
        """Return the rate, if the records behind the figure can be seen."""
        if views.now.rows(self.key) is None:
            return []
        now, so_far, before = (self._rate(view.rows(self.key) or ()) for view in views.all)
        return [TableLine(self.label, "%", (now, so_far, before), formula=self.formula, part=self.part)]

    def _rate(self, rows: Sequence[FigureRow]) -> Decimal | None:
        counted = [row for row in rows if self.test is None or self.test(row.kind)]
        return share(sum(row.settled for row in counted), len(counted))


@dataclass(frozen=True)
class PartLine:
    """The part of a figure that records of certain kinds make up."""

    label: str
    unit: str
    key: str
    test: KindTest
    part: bool = False

    def lines(self, views: Views) -> list[TableLine]:
        """Return the part, if the records behind the figure can be seen."""
        if views.now.rows(self.key) is None:
            return []
        now, so_far, before = (_sum_of(view.rows(self.key) or (), self.test) for view in views.all)
        figure = views.now.figures.get(self.key)
        formula = f"“{figure.label}”中的这一部分" if figure is not None else ""
        return [TableLine(self.label, self.unit, (now, so_far, before), self.key, self.test, formula, self.part)]


@dataclass(frozen=True)
class KindLines:
    """A figure broken down by the kinds of its records, if there is more than one."""

    key: str
    unit: str
    test: KindTest | None = None
    tail: str = ""

    def lines(self, views: Views) -> list[TableLine]:
        """Return a line for every kind of this period or of the year so far."""
        kinds = dict.fromkeys(
            row.kind
            for view in (views.now, views.so_far)
            for row in view.rows(self.key) or ()
            if row.kind and (self.test is None or self.test(row.kind))
        )
        if len(kinds) < 2:
            return []
        return [
            line
            for kind in kinds
            for line in PartLine(self._label(kind), self.unit, self.key, exactly(kind), part=True).lines(views)
        ]

    def _label(self, kind: str) -> str:
        return kind if kind.endswith(self.tail) else f"{kind}{self.tail}"


def exactly(kind: str) -> KindTest:
    """Return the test for one kind."""
    return lambda other: other == kind


def wording(pattern: str) -> KindTest:
    """Return the test for kinds in which one of the words in *pattern* stands."""
    words = re.compile(pattern)
    return lambda kind: words.search(kind) is not None


def _rate_of(figures: Mapping[str, Figure], over: str, under: str) -> Decimal | None:
    part, whole = _value(figures.get(over)), _value(figures.get(under))
    return share(part, whole) if isinstance(part, int | Decimal) and isinstance(whole, int | Decimal) else None


def share(over: int | Decimal, under: int | Decimal) -> Decimal | None:
    """Return *over* in percent of *under*, unrounded; None of nothing."""
    return Decimal(over) * _HUNDRED / Decimal(under) if under else None


def _sum_of(rows: Sequence[FigureRow], test: KindTest) -> int | Decimal:
    return sum(row.amount for row in rows if test(row.kind))


def _value(figure: Figure | None) -> Value:
    return None if figure is None else figure.value
