"""The tab 台账报表: reports, ledgers, gaps, and what was handed in."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import Period, parse_period
from desktop.foundation.errors import AppError
from desktop.register.rights import Officer
from desktop.register.ui.host import PageHost
from desktop.reports.box import BoxService
from desktop.reports.figures import FigureService
from desktop.reports.frozen import Submission
from desktop.reports.gaps import GapService
from desktop.reports.ledgers import LedgerService
from desktop.reports.service import ReportService
from desktop.reports.ui.box_page import BoxPage
from desktop.reports.ui.gap_page import GapPage
from desktop.reports.ui.handed_list import HandedInList
from desktop.reports.ui.ledger_page import LedgerPage
from desktop.reports.ui.report_page import ReportPage
from desktop.store.drafts import Drafts
from desktop.widgets.dialogs import show_error
from desktop.widgets.segmented import Segmented

REPORT, LEDGERS, GAPS, ARCHIVE = "月报", "台账", "缺项", "归档"
VIEWS = (REPORT, LEDGERS, GAPS, ARCHIVE)


class ReportsTab(QWidget):
    """Joins the views; printing and other tabs are asked of the window."""

    print_report = Signal(object, object)
    print_correction = Signal(object, object, object)
    print_rows = Signal(str, object, object)
    print_ledger = Signal(object)
    print_kept = Signal(object)
    save_sheet = Signal(object)
    print_submissions = Signal(object)
    print_box = Signal(object)
    look_wanted = Signal(object, object)
    import_wanted = Signal(str)

    def __init__(
        self,
        *,
        reports: ReportService,
        figures: FigureService,
        ledgers: LedgerService,
        gaps: GapService,
        box: BoxService,
        drafts: Drafts,
        officer: Officer,
        clock: Clock,
        host: PageHost,
    ) -> None:
        super().__init__()
        self.setObjectName("reports_tab")
        self._box, self._drafts, self._clock, self._host = box, drafts, clock, host
        self._views = QStackedWidget()
        self._switches: list[Segmented] = []
        self.report = ReportPage(
            reports=reports, figures=figures, drafts=drafts, officer=officer, clock=clock, host=host,
            left=self._switch(),
        )  # fmt: skip
        self.ledgers = LedgerPage(
            ledgers=ledgers, officer=officer, clock=clock, host=host, rule=reports.rule(), left=self._switch()
        )
        self.gaps = GapPage(
            gaps=gaps,
            ledgers=ledgers,
            officer=officer,
            clock=clock,
            host=host,
            rule=reports.rule(),
            left=self._switch(),
        )
        self.archive = HandedInList(
            submissions=reports.submissions, officer=officer, clock=clock, host=host, left=self._switch()
        )
        self._pages: dict[str, ReportPage | LedgerPage | GapPage | HandedInList] = {
            REPORT: self.report, LEDGERS: self.ledgers, GAPS: self.gaps, ARCHIVE: self.archive,
        }  # fmt: skip
        for page in self._pages.values():
            self._views.addWidget(page)
        for number, switch in enumerate(self._switches):
            switch.set_current(VIEWS[number])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._views)
        self.report.print_report.connect(self.print_report)
        self.report.print_correction.connect(self.print_correction)
        self.report.print_rows.connect(self.print_rows)
        self.report.look_wanted.connect(self.look_wanted)
        self.ledgers.print_ledger.connect(self.print_ledger)
        self.gaps.print_ledger.connect(self.print_ledger)
        self.gaps.counted.connect(self._show_count)
        self.report.print_kept.connect(self.print_kept)
        self.archive.reprint_wanted.connect(self.print_kept)
        self.archive.sheet_wanted.connect(self.save_sheet)
        self.archive.print_list.connect(self.print_submissions)
        self.archive.look_wanted.connect(self._look_at)
        self.archive.new_wanted.connect(lambda: self.show_view(REPORT))
        self.archive.box_wanted.connect(self.open_box)

    def reload(self) -> None:
        """Read what is shown again: something was stored, here or elsewhere."""
        self._page().reload()
        if self._page() is not self.gaps:
            self.gaps.count()

    def focus_list(self) -> None:
        """Give what is shown the keyboard."""
        self._page().focus_list()

    def show_view(self, name: str) -> None:
        """Show 月报, 台账, 缺项 or 归档."""
        for switch in self._switches:
            switch.set_current(name)
        self._views.setCurrentWidget(self._pages[name])
        self.reload()

    def open_figure(self, key: str, period: Period) -> None:
        """Show the report of *period*, and there what figure *key* is made of."""
        for switch in self._switches:
            switch.set_current(REPORT)
        self._views.setCurrentWidget(self.report)
        self.report.open_figure(key, period)

    def open_submission(self, submission_id: UUID) -> None:
        """Show one report that was handed in, in its list."""
        self.show_view(ARCHIVE)
        self.archive.open_record(submission_id)

    def open_box(self) -> BoxPage | None:
        """Open the page of 装盒."""
        try:
            offered = self._box.offered()
        except AppError as error:
            show_error(self, "装盒", error)
            return None
        page = BoxPage(offered, self._drafts, self._host, self._clock)
        page.print_wanted.connect(self.print_box)
        self._host.open_page(page)
        QTimer.singleShot(0, page.field("title").focus_editor)
        return page

    def _look_at(self, submission: Submission) -> None:
        """Show the period a report was handed in for."""
        for switch in self._switches:
            switch.set_current(REPORT)
        self._views.setCurrentWidget(self.report)
        self.report.show_period(parse_period(f"{submission.first.isoformat()}..{submission.last.isoformat()}"))

    def view_names(self) -> list[str]:
        """Return the views there are."""
        return list(VIEWS)

    def _page(self) -> ReportPage | LedgerPage | GapPage | HandedInList:
        return self._pages[VIEWS[self._views.currentIndex()]]

    def _switch(self) -> Segmented:
        switch = Segmented([(name, name) for name in VIEWS], accessible_name="看什么")
        switch.changed.connect(self.show_view)
        self._switches.append(switch)
        return switch

    def _show_count(self, count: int) -> None:
        for switch in self._switches:
            switch.set_text(GAPS, f"{GAPS} {count}" if count else GAPS)
