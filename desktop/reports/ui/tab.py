"""The tab 台账报表: reports, ledgers and gaps."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import Period
from desktop.register.rights import Officer
from desktop.register.ui.host import PageHost
from desktop.reports.figures import FigureService
from desktop.reports.gaps import GapService
from desktop.reports.ledgers import LedgerService
from desktop.reports.service import ReportService
from desktop.reports.ui.gap_page import GapPage
from desktop.reports.ui.ledger_page import LedgerPage
from desktop.reports.ui.report_page import ReportPage
from desktop.store.drafts import Drafts
from desktop.widgets.segmented import Segmented

REPORT, LEDGERS, GAPS = "月报", "台账", "缺项"
VIEWS = (REPORT, LEDGERS, GAPS)


class ReportsTab(QWidget):
    """Joins the views; printing and other tabs are asked of the window."""

    print_report = Signal(object, object)
    print_correction = Signal(object, object, object)
    print_rows = Signal(str, object, object)
    print_ledger = Signal(object)
    look_wanted = Signal(object, object)
    import_wanted = Signal(str)

    def __init__(
        self,
        *,
        reports: ReportService,
        figures: FigureService,
        ledgers: LedgerService,
        gaps: GapService,
        drafts: Drafts,
        officer: Officer,
        clock: Clock,
        host: PageHost,
    ) -> None:
        super().__init__()
        self.setObjectName("reports_tab")
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
        self._pages: dict[str, ReportPage | LedgerPage | GapPage] = {
            REPORT: self.report, LEDGERS: self.ledgers, GAPS: self.gaps,
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

    def reload(self) -> None:
        """Read what is shown again: something was stored, here or elsewhere."""
        self._page().reload()
        if self._page() is not self.gaps:
            self.gaps.count()

    def focus_list(self) -> None:
        """Give what is shown the keyboard."""
        self._page().focus_list()

    def show_view(self, name: str) -> None:
        """Show 月报, 台账 or 缺项."""
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

    def view_names(self) -> list[str]:
        """Return the views there are."""
        return list(VIEWS)

    def _page(self) -> ReportPage | LedgerPage | GapPage:
        return self._pages[VIEWS[self._views.currentIndex()]]

    def _switch(self) -> Segmented:
        switch = Segmented([(name, name) for name in VIEWS], accessible_name="看什么")
        switch.changed.connect(self.show_view)
        self._switches.append(switch)
        return switch

    def _show_count(self, count: int) -> None:
        for switch in self._switches:
            switch.set_text(GAPS, f"{GAPS} {count}" if count else GAPS)
