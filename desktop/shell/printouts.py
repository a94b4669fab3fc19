"""What the lists of the window print: the slice declares the document, printing makes the PDF, the preview shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

from PySide6.QtWidgets import QFileDialog

from desktop.foundation.errors import AppError, EnvironmentFailure, InputError
from desktop.foundation.jobs import JobContext
from desktop.health.documents import PersonEntry, VisitEntry, person_sheet, resident_ledger, visit_ledger
from desktop.health.slips import pressure_slips
from desktop.register.rights import Right
from desktop.register.service.exports import Leaving
from desktop.register.service.issued import IssuedRow
from desktop.register.views import ResidentCard
from desktop.shell.preview_page import PreviewPage
from desktop.shell.printable import PaperSize, Printable, Wishes, file_title
from desktop.shell.printing import write_pdf
from desktop.shell.workbench import Workbench
from desktop.widgets.dialogs import choose_save, show_error

if TYPE_CHECKING:
    from desktop.inspections.checklist import Checklist
    from desktop.printing.document import Heading, Ledger, Sheet
    from desktop.printing.forms import Form, Slips
    from desktop.shell.main_window import MainWindow

_AT_ONCE = 500
Row = TypeVar("Row")
Rows = Callable[[list[UUID]], Sequence[Row]]


class _List(Generic[Row]):
    """A ledger whose rows are read once, however often the preview asks for it to be drawn."""

    def __init__(self, ledger: Ledger[Row], rows: Rows[Row], ids: Sequence[UUID], heading: Callable[[], Heading]):
        self._ledger, self._rows, self._ids, self._heading = ledger, rows, ids, heading
        self._read: list[Row] | None = None

    def draw(self, wishes: Wishes, context: JobContext) -> bytes:
        """Return the ledger as PDF."""
        from desktop.printing.render import render_ledger  # noqa: PLC0415  0.3 s, at the first print

        if self._read is None:
            self._read = self._all(context)
        ledger = self._ledger
        if wishes.orientation != "auto":
            ledger = replace(ledger, orientation=wishes.orientation)
        return render_ledger(ledger, self._read, heading=self._heading(), mono=wishes.mono, context=context)

    def _all(self, context: JobContext) -> list[Row]:
        entries: list[Row] = []
        for start in range(0, len(self._ids), _AT_ONCE):
            context.check()
            context.report(start, len(self._ids))
            entries += self._rows(list(self._ids[start : start + _AT_ONCE]))
        return entries


class Printouts:
    """Opens the preview of what is to be printed."""

    def __init__(self, bench: Workbench, window: MainWindow) -> None:
        self._bench, self._window = bench, window

    def show(self, what: Printable) -> PreviewPage:
        """Show *what* over the tab, to be printed or saved from there."""
        data_folder = self._bench.store.data_folder
        page = PreviewPage(what, self._window, forbidden=data_folder)
        self._window.open_page(page)
        page.begin()
        return page

    def residents(self, ids: Sequence[UUID]) -> None:
        """Print the list of residents as shown."""
        with_health = self._bench.officer.may(Right.SEE_HEALTH)
        ledger = resident_ledger(self._bench.clock.today(), with_health=with_health)
        self.listed("居民名单", ledger, partial(self._residents, with_health=with_health), ids, kind="residents")

    def visits(self, ids: Sequence[UUID]) -> None:
        """Print the visits as shown."""
        self.listed("健康服务登记台账", visit_ledger(self._bench.clock.today()), self._visits, ids, kind="visits")

    def pressure_slips(self, ids: Sequence[UUID]) -> None:
        """Print the results of the measurements *ids*, for each person a slip to take home."""

        def declare() -> Slips:
            profile = self._bench.people.profile()
            return pressure_slips(self._visits(list(ids)), profile.name, profile.phone)

        self.form("血压测量结果", declare, leaves=Leaving("血压测量结果", len(ids), "visits"))

    def person(self, card: ResidentCard) -> None:
        """Print one resident's file."""

        def declare() -> Sheet:
            visits = self._bench.health.visits_of(card.id) if self._bench.officer.may(Right.SEE_HEALTH) else []
            return person_sheet(card, visits, self._bench.clock.today())

        leaves = Leaving("居民健康档案", 1, "resident", record_id=card.id)
        self.declared(f"居民健康档案 {card.draft.name}", declare, leaves=leaves)

    def listed(
        self, title: str, ledger: Ledger[Any], rows: Rows[Any], ids: Sequence[UUID], *, kind: str = "listing"
    ) -> None:
        """Print *ids* as *ledger*; *rows* turns a few hundred of them into what the ledger shows."""
        draw, leaves = _List(ledger, rows, ids, self.heading).draw, Leaving(f"“{title}”", len(ids), kind)
        self.show(Printable(title, draw, turns=True, leaves=leaves))

    def checklist(self, checklist: Checklist) -> None:
        """Print a checklist to be filled in by hand."""
        from desktop.inspections.documents import checklist_sheet  # noqa: PLC0415

        self.sheet(checklist.title, checklist_sheet(checklist))

    def sheet(self, title: str, made: Sheet, leaves: Leaving | None = None) -> None:
        """Print one page or more that a slice has declared; *leaves* tells of the records in them."""
        self.declared(title, lambda: made, leaves=leaves)

    def form(
        self,
        title: str,
        declare: Callable[[], Form],
        *,
        papers: tuple[PaperSize, ...] = ("A4",),
        leaves: Leaving | None = None,
    ) -> None:
        """Print a form of a fixed plan; *declare* reads what it needs on the job thread."""

        def draw(wishes: Wishes, context: JobContext) -> bytes:
            from desktop.printing.forms import WallCalendar  # noqa: PLC0415
            from desktop.printing.render import render_form  # noqa: PLC0415

            made = declare()
            if isinstance(made, WallCalendar):
                made = replace(made, size=wishes.paper)
            return render_form(made, mono=wishes.mono, context=context)

        self.show(Printable(title, draw, papers=papers, leaves=leaves))

    def issued(self, row: IssuedRow, copies: int) -> None:
        """Show the pages of an issued notice as they were kept, *copies* of them to be printed."""
        title = f"{row.number} {row.title}"
        kept = self._bench.notices.issued
        leaves = Leaving(f"发文 {row.number}", row.copies, "issued_document") if row.recipients else None
        self.show(
            Printable(title, lambda _wishes, _context: kept.pdf(row.id), fixed=True, copies=copies, leaves=leaves)
        )

    def save_word(self, title: str, content: bytes) -> QFileDialog:
        """Ask where to keep a Word copy."""
        return self._save("存成Word", f"{file_title(title)}.docx", "Word文件 (*.docx)", content)

    def save_draft(self, title: str, content: bytes) -> QFileDialog:
        """Ask where to keep the PDF of a draft."""
        return self._save("存成PDF", f"{file_title(title)}（草稿）.pdf", "PDF文件 (*.pdf)", content)

    def save_sheet(self, title: str, read: Callable[[], bytes]) -> QFileDialog | None:
        """Ask where to keep a workbook that was kept before; say so if its file cannot be read."""
        try:
            content = read()
        except AppError as error:
            show_error(self._window, "存Excel", error)
            return None
        return self._save("存成Excel", f"{file_title(title)}.xlsx", "表格 (*.xlsx)", content)

    def _save(self, doing: str, name: str, pattern: str, content: bytes) -> QFileDialog:
        def write(path: Path) -> None:
            try:
                write_pdf(path, content, self._bench.store.data_folder)
            except (InputError, EnvironmentFailure) as error:
                show_error(self._window, "没有存成", error)
            else:
                self._window.say(f"已存好：{path.name}")

        return choose_save(self._window, doing, name, write, patterns=[pattern])

    def heading(self) -> Heading:
        """Return whose page it is and who prints it today."""
        from desktop.foundation.days import plain_day  # noqa: PLC0415
        from desktop.printing.document import Heading  # noqa: PLC0415

        today = self._bench.clock.today()
        committee = self._bench.people.profile().name
        return Heading(committee, f"截至{plain_day(today)}", self._bench.officer.name, today)

    def declared(self, title: str, declare: Callable[[], Sheet], *, leaves: Leaving | None = None) -> None:
        """Print what *declare* returns; it reads what it needs on the job thread."""

        def draw(wishes: Wishes, _context: JobContext) -> bytes:
            from desktop.printing.render import render_sheet  # noqa: PLC0415

            return render_sheet(declare(), heading=self.heading(), mono=wishes.mono)

        self.show(Printable(title, draw, leaves=leaves))

    def _residents(self, ids: list[UUID], *, with_health: bool) -> list[PersonEntry]:
        rows = self._bench.residents.rows(ids)
        statuses = self._bench.health.statuses([row.id for row in rows]) if with_health else {}
        return [(row, statuses.get(row.id)) for row in rows]

    def _visits(self, ids: list[UUID]) -> list[VisitEntry]:
        visits = self._bench.health.visit_rows(ids)
        owners = list(dict.fromkeys(visit.resident_id for visit in visits))
        people = {row.id: row for row in self._bench.residents.rows(owners)}
        return [(visit, people.get(visit.resident_id)) for visit in visits]
