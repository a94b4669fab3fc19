"""What slices offer to the rooms above them; `app` passes the lists, nobody looks anything up by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

from sqlmodel import Session

from desktop.foundation.days import Period
from desktop.printing.document import Ledger
from desktop.register.duty import Duty
from desktop.register.rights import Right
from desktop.spreadsheets.judging import ReadSheet
from desktop.spreadsheets.spec import SheetSpec
from desktop.store.unit import Unit


@dataclass(frozen=True)
class Figure:
    """One computed number of a period: key as in docs/contracts.md, value, unit, label, and the formula in words.

    *bands* are what a standard calls the value, for charts: name, range in words, upper end (the last is open).
    """

    key: str
    value: int | Decimal | str | None
    unit: str
    label: str
    formula: str
    bands: tuple[tuple[str, str, Decimal | None], ...] = ()


class FigureSource(Protocol):
    """Adds a slice's figures to reports."""

    right: Right

    def figures(self, session: Session, period: Period) -> Sequence[Figure]:
        """Return every figure of *period*; keys with a free part only where a record feeds them."""
        ...


OPEN_FINDINGS = "findings.open"
"""No figure, but rows all the same: what was found by the period's last day and not settled by then."""


@dataclass(frozen=True)
class FigureRow:
    """One record a figure is made of: what it adds (*amount*), and how a list shows it.

    *kind* is what reports break a figure down by (检查类别, 活动类别); *settled* that nothing is left to do about it;
    *bad* that the state wants looking at; *who* has to see to it by *due_on*.
    """

    id: UUID
    day: date
    what: str
    detail: str = ""
    state: str = ""
    kind: str = ""
    amount: int | Decimal = 1
    settled: bool = True
    bad: bool = False
    who: str = ""
    due_on: date | None = None


class FigureRowSource(Protocol):
    """Shows the records that a slice's figures are made of."""

    right: Right

    def shows(self, key: str) -> bool:
        """Return whether figure *key* has rows here; some are no sums of records."""
        ...

    def rows_of(self, session: Session, key: str, period: Period) -> Sequence[FigureRow] | None:
        """Return the records behind figure *key*, by day; their amounts sum up to it. None if it has no such rows."""
        ...


@dataclass(frozen=True)
class OfferedLedger:
    """One ledger: its declared columns, how many records it holds (in all or in a period), and those of a period.

    Rows come in order of days. *at_end* marks lists of what is so on the period's last day, such as the residents,
    *summed* tables that are summed up from records.
    """

    ledger: Ledger[Any]
    right: Right
    count: Callable[[Session, Period | None], int]
    rows: Callable[[Session, Period], Sequence[Any]]
    at_end: bool = False
    summed: bool = False

    @property
    def name(self) -> str:
        """Return the name people ask for it by."""
        return self.ledger.title


class LedgerSource(Protocol):
    """Offers a slice's ledgers."""

    right: Right

    def ledgers(self, session: Session) -> Sequence[OfferedLedger]:
        """Return every ledger that some record stands in or that the program knows, in the order to list them."""
        ...


@dataclass(frozen=True)
class DueTarget:
    """Which form settles a due line: a form of a slice, the record it is about, and what it shall hold at first."""

    slice: str
    form: str
    record_id: UUID | None = None
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class DueLine:
    """One thing that is due: *key* stays the same while it is open; *verb* is the button's text.

    *at* is the hour, where the day alone says too little.
    """

    key: str
    due_on: date
    title: str = field(repr=False)
    detail: str = field(repr=False)
    verb: str
    target: DueTarget = field(repr=False)
    at: str = ""


class DueSource(Protocol):
    """Says what is due in a slice, and when its duties were done."""

    slice: str
    right: Right
    edit: Right
    verb: str
    """What the button of a duty says: 登记检查."""

    def due(self, session: Session, until: date, today: date) -> Sequence[DueLine]:
        """Return what is open and due by *until*, in no order."""
        ...

    def target(self, duty: Duty, day: date) -> DueTarget:
        """Return the form that records *duty* as done on *day*."""
        ...

    def done_on(self, session: Session, duty: Duty, first: date, last: date) -> Sequence[date]:
        """Return the days on which *duty* was done, each day once: several places on one day are one round."""
        ...

    def begun_on(self, session: Session) -> date | None:
        """Return the day of the slice's first record, None before there is any."""
        ...


@dataclass(frozen=True)
class Found:
    """One record that a few words led to: *kind* is what its list is called, *day* when it happened, if it has one."""

    kind: str
    id: UUID
    title: str = field(repr=False)
    detail: str = field(default="", repr=False)
    day: date | None = None


class SearchSource(Protocol):
    """Finds one kind of record by its words, for the search across the whole program."""

    kind: str
    right: Right

    def find(self, session: Session, text: str, limit: int) -> Sequence[Found]:
        """Return at most *limit* records that hold every word of *text*, newest first."""
        ...


@runtime_checkable
class PersonDutySource(Protocol):
    """A slice whose duties are asked of every managed resident."""

    def short_of(self, session: Session, duty: Duty, window: Period) -> tuple[int, int]:
        """Return of how many residents *window* asks *duty*, and for how many of them it was done in full."""
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


@dataclass(frozen=True)
class OpenItem:
    """One thing still open when a colleague leaves: what it is, by when, and who has looked after it so far."""

    what: str = field(repr=False)
    due_on: date | None = None
    who: str = ""


class HandOverSource(Protocol):
    """Lists what of a slice somebody else has to go on with."""

    title: str
    right: Right

    def open_items(self, session: Session, today: date) -> Sequence[OpenItem]:
        """Return what is open on *today*, the most urgent first."""
        ...


@runtime_checkable
class HandingOn(Protocol):
    """A hand-over source whose records say who goes on with them, so that another name can be put there."""

    title: str

    def hand_on(self, unit: Unit, leaver: str, receiver: str) -> int:
        """Put *receiver* in the place of *leaver* in whatever is open and return in how many records."""
        ...


@dataclass(frozen=True)
class Occasion:
    """A record a notice may be written from: which template, what it is called in a list, what it puts into gaps.

    Templates and gaps are named as in resources/templates; a gap the template lacks is passed over.
    """

    template: str
    title: str
    day: date
    fields: Mapping[str, str] = field(repr=False)
    source_id: UUID | None = None


class NoticeFields(Protocol):
    """Fills notices from a slice's records."""

    right: Right
    templates: frozenset[str]
    """Which templates it can fill."""

    def occasions(self, session: Session, first: date, last: date) -> Sequence[Occasion]:
        """Return what notices may be written from between two days, newest first; a day's work may be one occasion."""
        ...

    def of_record(self, session: Session, record_id: UUID) -> Occasion | None:
        """Return what the record *record_id* of this slice puts into a notice; None if it is none of its own."""
        ...


class TypedNumbers(Protocol):
    """Knows the numbers of one series that people wrote themselves, before or beside the number register."""

    series: str

    def serials(self, session: Session, year: int) -> Iterable[int]:
        """Return the serials of *year* that stand in records, whoever gave them."""
        ...
