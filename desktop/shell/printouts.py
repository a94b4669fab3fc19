"""What the lists of the window print: the slice declares the document, printing makes the PDF, the printer gets it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desktop.foundation.jobs import JobContext
from desktop.health.documents import person_sheet, resident_ledger, visit_ledger
from desktop.register.rights import Right
from desktop.register.views import ResidentCard
from desktop.shell.printing import print_pdf
from desktop.shell.workbench import Workbench
from desktop.widgets.dialogs import show_error

if TYPE_CHECKING:
    from desktop.printing.document import Heading, Ledger, Sheet
    from desktop.shell.main_window import MainWindow

_AT_ONCE = 500


class Printouts:
    """Makes the PDFs on the job thread and hands them to the printer dialog."""

    def __init__(self, bench: Workbench, window: MainWindow) -> None:
        self._bench, self._window = bench, window

    def residents(self, ids: Sequence[UUID]) -> None:
        """Print the list of residents as shown."""
        self._start("居民名单", partial(self._residents_pdf, ids))

    def visits(self, ids: Sequence[UUID]) -> None:
        """Print the visits as shown."""
        self._start("健康服务登记台账", partial(self._visits_pdf, ids))

    def person(self, card: ResidentCard) -> None:
        """Print one resident's file."""
        self._start(f"居民健康档案 {card.draft.name}", partial(self._person_pdf, card))

    def listed(
        self, title: str, ledger: Ledger[Any], rows: Callable[[list[UUID]], Sequence[Any]], ids: Sequence[UUID]
    ) -> None:
        """Print *ids* as *ledger*; *rows* turns a few hundred of them into what the ledger shows."""
        self._start(title, partial(self._ledger_pdf, ledger, rows, ids))

    def sheet(self, title: str, made: Sheet) -> None:
        """Print one page or more that a slice has declared."""
        self._start(title, partial(self._sheet_pdf, made))

    def _start(self, title: str, job: Callable[[JobContext], bytes]) -> None:
        self._window.runner.start(
            job,
            done=lambda pdf: print_pdf(self._window, pdf, title),
            failed=lambda error: show_error(self._window, f"打印{title}", error),
        )

    def _residents_pdf(self, ids: Sequence[UUID], context: JobContext) -> bytes:
        from desktop.printing.render import render_ledger  # noqa: PLC0415  0.3 s, at the first print

        sees_health = self._bench.officer.may(Right.SEE_HEALTH)
        entries = []
        for start in range(0, len(ids), _AT_ONCE):
            context.check()
            rows = self._bench.residents.rows(list(ids[start : start + _AT_ONCE]))
            statuses = self._bench.health.statuses([row.id for row in rows]) if sees_health else {}
            entries += [(row, statuses.get(row.id)) for row in rows]
            context.report(len(entries), len(ids))
        ledger = resident_ledger(self._bench.clock.today(), with_health=sees_health)
        return render_ledger(ledger, entries, heading=self._heading())

    def _visits_pdf(self, ids: Sequence[UUID], context: JobContext) -> bytes:
        from desktop.printing.render import render_ledger  # noqa: PLC0415

        entries = []
        for start in range(0, len(ids), _AT_ONCE):
            context.check()
            visits = self._bench.health.visit_rows(list(ids[start : start + _AT_ONCE]))
            owners = list(dict.fromkeys(visit.resident_id for visit in visits))
            people = {row.id: row for row in self._bench.residents.rows(owners)}
            entries += [(visit, people.get(visit.resident_id)) for visit in visits]
            context.report(len(entries), len(ids))
        return render_ledger(visit_ledger(self._bench.clock.today()), entries, heading=self._heading())

    def _ledger_pdf(
        self, ledger: Ledger[Any], rows: Callable[[list[UUID]], Sequence[Any]], ids: Sequence[UUID], context: JobContext
    ) -> bytes:
        from desktop.printing.render import render_ledger  # noqa: PLC0415

        entries: list[Any] = []
        for start in range(0, len(ids), _AT_ONCE):
            context.check()
            entries += rows(list(ids[start : start + _AT_ONCE]))
            context.report(len(entries), len(ids))
        return render_ledger(ledger, entries, heading=self._heading())

    def _sheet_pdf(self, made: Sheet, _context: JobContext) -> bytes:
        from desktop.printing.render import render_sheet  # noqa: PLC0415

        return render_sheet(made, heading=self._heading())

    def _person_pdf(self, card: ResidentCard, _context: JobContext) -> bytes:
        from desktop.printing.render import render_sheet  # noqa: PLC0415

        visits = self._bench.health.visits_of(card.id) if self._bench.officer.may(Right.SEE_HEALTH) else []
        return render_sheet(person_sheet(card, visits, self._bench.clock.today()), heading=self._heading())

    def _heading(self) -> Heading:
        from desktop.foundation.days import plain_day  # noqa: PLC0415
        from desktop.printing.document import Heading  # noqa: PLC0415

        today = self._bench.clock.today()
        committee = self._bench.people.profile().name
        return Heading(committee, f"截至{plain_day(today)}", self._bench.officer.name, today)
