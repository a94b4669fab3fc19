"""Every ledger of every slice: listed, read over a period in one transaction, as PDF and as a workbook."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel import Session

from desktop.foundation.clock import Clock
from desktop.foundation.days import Period, plain_day
from desktop.foundation.errors import InputError, machine_faults
from desktop.foundation.text import squeeze
from desktop.printing.document import Heading, Ledger
from desktop.register.ports import LedgerSource, OfferedLedger
from desktop.register.rights import Officer, Right
from desktop.register.service.exports import LEDGER, ExportLog, Leaving
from desktop.register.service.people import profile_in
from desktop.spreadsheets.pages import PageCell, PageColumn, TablePage, write_pages
from desktop.store.files import write_atomically
from desktop.store.unit import Store

_NEAR_ONES = 5


@dataclass(frozen=True)
class LedgerLine:
    """A ledger's name and how many records it holds in all."""

    name: str
    count: int


@dataclass(frozen=True)
class LedgerCount:
    """How many records a ledger holds in a period, and the right without which nobody may know."""

    count: int
    right: Right


@dataclass(frozen=True)
class ReadLedger:
    """A ledger filled over a period, ready for paper, workbook or window."""

    ledger: Ledger[Any]
    rows: Sequence[Any] = field(repr=False)
    heading: Heading

    @property
    def name(self) -> str:
        """Return the ledger's name."""
        return self.ledger.title


class LedgerService:
    """Lists and fills the ledgers an officer may see."""

    def __init__(self, store: Store, officer: Officer, clock: Clock, sources: Sequence[LedgerSource]) -> None:
        self._store, self._officer, self._clock, self._sources = store, officer, clock, sources
        self._exports = ExportLog(store, officer)

    def lines(self) -> list[LedgerLine]:
        """Return every ledger this officer may see with its number of records, in the order of the tabs."""
        with self._store.reading() as session:
            return [
                LedgerLine(name, offered.count(session, None))
                for name, offered in self._offered(session).items()
                if self._officer.may(offered.right)
            ]

    def names(self) -> list[str]:
        """Return the ledgers' names."""
        with self._store.reading() as session:
            return [name for name, one in self._offered(session).items() if self._officer.may(one.right)]

    def read(self, name: str, period: Period) -> ReadLedger:
        """Return the ledger called *name* over *period*, all of one moment.

        Raises InputError naming the nearest ones if there is none of that name, NotAllowed if it is not for them.
        """
        with self._store.reading() as session:
            offered = self._named(session, name)
            self._officer.require(offered.right)
            rows = offered.rows(session, period)
            committee = profile_in(session).name
        title = f"截至{plain_day(period.last)}" if offered.at_end else period.title
        return ReadLedger(offered.ledger, rows, Heading(committee, title, self._officer.name, self._clock.today()))

    def rows_in(self, session: Session, name: str, period: Period) -> tuple[Ledger[Any], Sequence[Any]] | None:
        """Return the ledger called *name* with its rows as *session* sees them; None if it is not for this officer."""
        offered = self._offered(session).get(name)
        if offered is None or not self._officer.may(offered.right):
            return None
        return offered.ledger, offered.rows(session, period)

    def filled(self, ledger: Ledger[Any], rows: Sequence[Any], period: Period) -> ReadLedger:
        """Return *ledger* with *rows* that were read elsewhere, headed with *period*."""
        with self._store.reading() as session:
            committee = profile_in(session).name
        heading = Heading(committee, period.title, self._officer.name, self._clock.today())
        return ReadLedger(ledger, rows, heading)

    def counts_in(self, session: Session, period: Period) -> dict[str, LedgerCount]:
        """Return ledger → how many records it holds in *period*, for the ledgers of days this officer may see."""
        return {
            name: LedgerCount(offered.count(session, period), offered.right)
            for name, offered in self._offered(session).items()
            if self._officer.may(offered.right) and not (offered.at_end or offered.summed)
        }

    def pdf(self, name: str, period: Period) -> bytes:
        """Return the ledger as PDF."""
        return ledger_pdf(self.read(name, period))

    def write_xlsx(self, read: ReadLedger, path: Path, purpose: str = LEDGER) -> Path:
        """Write a filled ledger as a workbook from the same columns and return *path*; first a step of the history."""
        self._officer.require(Right.EXPORT)
        return write_pages(path, [table_page(read)], partial(self._exports.note, leaving_ledger(read, "导出", purpose)))

    def write_pdf(self, read: ReadLedger, path: Path, purpose: str = LEDGER) -> Path:
        """Write a filled ledger as PDF and return *path*; first a step of the history. Raises EnvironmentFailure."""
        pdf = ledger_pdf(read)
        with machine_faults("写文件"):
            write_atomically(path, pdf, partial(self._exports.note, leaving_ledger(read, "导出", purpose)))
        return path

    def _offered(self, session: Session) -> dict[str, OfferedLedger]:
        """Return name → ledger; where two slices use one name the first keeps it."""
        found: dict[str, OfferedLedger] = {}
        for source in self._sources:
            for offered in source.ledgers(session):
                found.setdefault(offered.name, offered)
        return found

    def _named(self, session: Session, name: str) -> OfferedLedger:
        offered = self._offered(session)
        wanted = squeeze(name)
        for candidate in (wanted, f"{wanted}台账"):
            if candidate in offered:
                return offered[candidate]
        seen = [known for known, one in offered.items() if self._officer.may(one.right)]
        raise InputError(f"没有“{name}”这本台账。{_near_ones(wanted, seen)}")


def leaving_ledger(read: ReadLedger, verb: str, purpose: str) -> Leaving:
    """Return what the history says of a filled ledger that leaves."""
    return Leaving(f"{verb}台账“{read.name}”", len(read.rows), "ledger", purpose)


def ledger_pdf(read: ReadLedger, *, mono: bool = False) -> bytes:
    """Return a filled ledger as PDF."""
    from desktop.printing.render import render_ledger  # noqa: PLC0415  0.3 s, at the first print

    return render_ledger(read.ledger, read.rows, heading=read.heading, mono=mono)


def table_page(read: ReadLedger) -> TablePage:
    """Return a filled ledger as a sheet: the columns of the paper, numbers as numbers, units beside them."""
    columns: list[PageColumn] = []
    for column in read.ledger.columns:
        numeric = column.value is not None
        columns.append(PageColumn(column.title, numeric))
        if column.unit is not None:
            columns.append(PageColumn("单位"))
    rows = [_cells(read.ledger, row) for row in read.rows]
    heading = read.heading
    printed = f"制表 {plain_day(heading.printed_on)}　{heading.printed_by}"
    lines = (f"填报单位：{heading.committee}　　{heading.period}　　{printed}",)
    note = (f"注：{read.ledger.note}",) if read.ledger.note else ()
    return TablePage(read.name, read.name, tuple(columns), rows, lines, (*note, signature_line(read.ledger.signatures)))


def signature_line(labels: Sequence[str]) -> str:
    """Return the labels to sign behind, on one line."""
    return "　　　　　".join(f"{label}：" for label in labels)


def _cells(ledger: Ledger[Any], row: Any) -> list[PageCell]:
    cells: list[PageCell] = []
    for column in ledger.columns:
        cells.append(column.text(row) if column.value is None else column.value(row))
        if column.unit is not None:
            cells.append(column.unit(row))
    return cells


def _near_ones(wanted: str, names: Sequence[str]) -> str:
    """Return a sentence that names ledgers called something like *wanted*, or how to see all of them."""
    core = wanted.removesuffix("台账")
    within = [name for name in names if core and (core in name or name.removesuffix("台账") in wanted)]
    near = list(dict.fromkeys((*within, *difflib.get_close_matches(wanted, names, n=_NEAR_ONES, cutoff=0.3))))
    if near:
        return f"您要的是不是：{'、'.join(near[:_NEAR_ONES])}？"
    return "不写名称就列出所有台账。"
