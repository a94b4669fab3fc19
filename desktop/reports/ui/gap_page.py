"""The view 缺项: what the duties asked for in a period and no record shows; for inside the office."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import Period
from desktop.foundation.jobs import JobContext
from desktop.register.rights import Officer, Right
from desktop.register.ui.host import PageHost
from desktop.reports.gap_ledger import gap_ledger
from desktop.reports.gaps import Gap, GapService
from desktop.reports.ledgers import LedgerService
from desktop.reports.periods import MonthRule
from desktop.reports.ui.period_bar import PeriodBar
from desktop.widgets.buttons import PrimaryButton, press_on
from desktop.widgets.chips import CellStyle, Chip
from desktop.widgets.dialogs import show_error
from desktop.widgets.roles import label, row
from desktop.widgets.table import DataTable, PagedModel, TableColumn


class GapPage(QWidget):
    """Lists the gaps of a period, explained ones among them."""

    print_ledger = Signal(object)
    counted = Signal(int)

    def __init__(
        self,
        *,
        gaps: GapService,
        ledgers: LedgerService,
        officer: Officer,
        clock: Clock,
        host: PageHost,
        rule: MonthRule,
        left: QWidget,
    ) -> None:
        super().__init__()
        self._gaps, self._ledgers, self._clock, self._host = gaps, ledgers, clock, host
        self._shown: tuple[Gap, ...] = ()
        self.period_bar = PeriodBar(clock, rule)
        columns = (
            TableColumn[Gap]("duty", "该做的事", lambda gap: gap.duty.title, width=0, sortable=False),
            TableColumn[Gap]("when", "什么时候", self._when, width=130, sortable=False),
            TableColumn[Gap]("counts", "应做和已做", lambda gap: gap.counts, width=150, sortable=False),
            TableColumn[Gap]("missing", "还缺", lambda gap: "", width=96, style=_missing, sortable=False),
            TableColumn[Gap]("reason", "原因", _reason, width=320, sortable=False),
        )
        self.model: PagedModel[Gap] = PagedModel(columns, row_id=_key, parent=self)
        self.table: DataTable[Gap] = DataTable(self.model, "缺项")
        self.table.setObjectName("gap_table")
        self.table.set_empty_state(label("这段时间没有缺项。", "secondary"))
        self._foot = label("", "secondary", name="gap_foot")
        print_ = PrimaryButton("预览打印", "print", name="print_gaps")
        press_on(print_, "Ctrl+P")
        print_.clicked.connect(self.print_shown)
        print_.setVisible(officer.may(Right.EXPORT))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.setSpacing(10)
        whole.addLayout(row(left, self.period_bar, 0, print_))
        whole.addWidget(self.period_bar.days)
        whole.addWidget(self.table, 1)
        whole.addWidget(self._foot)
        self.period_bar.changed.connect(lambda _period: self.reload())

    def reload(self) -> None:
        """Read the gaps again, beside the window."""
        self._start(show=True)

    def count(self) -> None:
        """Tell how many gaps nobody has explained, without showing them."""
        self._start(show=False)

    def focus_list(self) -> None:
        """Give the list the keyboard."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def print_shown(self) -> None:
        """Ask for the list on paper: an internal sheet."""
        self.print_ledger.emit(
            self._ledgers.filled(gap_ledger(self._clock.today()), self._shown, self.period_bar.period())
        )

    def _start(self, *, show: bool) -> None:
        period = self.period_bar.period()

        def read(_context: JobContext) -> Sequence[Gap]:
            return self._gaps.of(period)

        def arrived(gaps: Sequence[Gap]) -> None:
            if period != self.period_bar.period():
                return
            self.counted.emit(sum(not gap.reason for gap in gaps))
            if show:
                self._show(gaps, period)

        self._host.runner.start(read, done=arrived, failed=lambda error: show_error(self, "看缺项", error))

    def _show(self, gaps: Sequence[Gap], period: Period) -> None:
        by_key: dict[Hashable, Gap] = {_key(gap): gap for gap in gaps}
        self._shown = tuple(gaps)
        self.model.set_source(list(by_key), lambda ids: [by_key[one] for one in ids if one in by_key])
        still = sum(not gap.reason for gap in gaps)
        explained = f"，写明原因的{len(gaps) - still}项" if len(gaps) > still else ""
        self._foot.setText(
            f"{period.title}　缺{still}项{explained}。缺项只在办公室里看，不印进报表。补登记和写原因在“今日”里做。"
        )

    def _when(self, gap: Gap) -> str:
        return gap.when(self._clock.today())


def _key(gap: Gap) -> Hashable:
    return gap.duty.key, gap.first, gap.last


def _missing(gap: Gap) -> CellStyle:
    return CellStyle(chips=(Chip(f"缺{gap.missing}{gap.unit}", "grey" if gap.reason else "red", bold=True),))


def _reason(gap: Gap) -> str:
    return f"{gap.reason}（{gap.by}）" if gap.reason and gap.by else gap.reason
