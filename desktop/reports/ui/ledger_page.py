"""The view 台账: every ledger with its number of records, one of them over a period, on paper or as a workbook."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import Period
from desktop.foundation.jobs import JobContext
from desktop.foundation.text import text_width
from desktop.printing.document import LedgerColumn
from desktop.register.rights import Officer, Right
from desktop.register.ui.host import PageHost
from desktop.reports.ledgers import LedgerLine, LedgerService, ReadLedger
from desktop.reports.periods import MonthRule
from desktop.reports.ui.period_bar import PeriodBar
from desktop.widgets.buttons import PrimaryButton, SecondaryButton, press_on
from desktop.widgets.chips import CellStyle
from desktop.widgets.dialogs import choose_save, show_error
from desktop.widgets.roles import FixedWidth, label, row
from desktop.widgets.table import DataTable, PagedModel, TableColumn
from desktop.widgets.theme import scaled

_LIST_WIDTH, _LARGE_LIST = 296, 350
_FULL_BAR = 960  # pixels at the normal type size
_NARROWEST, _WIDEST, _MEASURED_ROWS = 66, 260, 100
_HALF_CHARACTER = 8  # pixels at the normal type size


@dataclass(frozen=True)
class Numbered:
    """A ledger's row with its place, by which the table knows it."""

    id: int
    row: Any


class LedgerPage(QWidget):
    """Ledgers left, the chosen one right."""

    print_ledger = Signal(object)  # ReadLedger

    def __init__(
        self, *, ledgers: LedgerService, officer: Officer, clock: Clock, host: PageHost, rule: MonthRule, left: QWidget
    ) -> None:
        super().__init__()
        self._ledgers, self._officer, self._host = ledgers, officer, host
        self._lines: dict[Hashable, LedgerLine] = {}
        self._read: ReadLedger | None = None
        self._wanted = ""
        self.period_bar = PeriodBar(clock, rule, of_now=True)
        columns = (
            TableColumn[LedgerLine]("name", "台账", lambda line: line.name, width=0, sortable=False),
            TableColumn[LedgerLine](
                "count", "共几条", lambda line: f"{line.count:,}", width=84, align="right", sortable=False,
                style=lambda line: CellStyle(tone="" if line.count else "secondary"),
            ),
        )  # fmt: skip
        self.names: PagedModel[LedgerLine] = PagedModel(columns, row_id=lambda line: line.name, parent=self)
        self.list: DataTable[LedgerLine] = DataTable(self.names, "有哪些台账", dense=True)
        self.list.setObjectName("ledger_names")
        FixedWidth(self.list, _LIST_WIDTH, _LARGE_LIST)
        self.table: DataTable[Numbered] | None = None
        self._foot = label("", "secondary", name="ledger_foot")
        self._middle = row(spacing=12)
        self._build(left)

    def reload(self) -> None:
        """Read the list of ledgers, and the chosen one, again."""
        self._host.runner.start(
            lambda _context: self._ledgers.lines(),
            done=self._show_lines,
            failed=lambda error: show_error(self, "读取台账", error),
        )

    def focus_list(self) -> None:
        """Give the list of ledgers the keyboard."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_ledger(self, name: str) -> None:
        """Fill the ledger called *name* over the period shown."""
        self._wanted = name
        period = self.period_bar.period()

        def read(_context: JobContext) -> ReadLedger:
            return self._ledgers.read(name, period)

        self._host.runner.start(
            read,
            done=partial(self._show_ledger, period),
            failed=lambda error: show_error(self, f"打开{name}", error),
        )

    def export(self) -> None:
        """Ask where to save the workbook, and write it."""
        read = self._read
        if read is None:
            return
        name = f"{read.heading.period}{read.name}"

        def write(path: Path) -> None:
            self._host.runner.start(
                lambda _context: self._ledgers.write_xlsx(read, path),
                done=lambda written: self._foot.setText(f"已导出到 {written.name}。"),
                failed=lambda error: show_error(self, "导出台账", error),
            )

        choose_save(self, f"导出{read.name}", f"{name}.xlsx", write, patterns=["表格 (*.xlsx)"])

    def print_shown(self) -> None:
        """Ask for the ledger on paper."""
        if self._read is not None and self._officer.may(Right.EXPORT):
            self.print_ledger.emit(self._read)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the period its room in narrow windows."""
        super().resizeEvent(event)
        self._export.set_text("导出" if self.width() < scaled(_FULL_BAR) else "导出Excel")

    def _build(self, left: QWidget) -> None:
        self._export = SecondaryButton("导出Excel", "table", name="export_ledger")
        self._export.setVisible(self._officer.may(Right.EXPORT))
        self._export.clicked.connect(self.export)
        self._print = PrimaryButton("预览打印", "print", name="print_ledger")
        press_on(self._print, "Ctrl+P")
        self._print.clicked.connect(self.print_shown)
        self._print.setVisible(self._officer.may(Right.EXPORT))
        self._right = QVBoxLayout()
        self._right.setContentsMargins(0, 0, 0, 0)
        self._middle.addWidget(self.list)
        self._middle.addLayout(self._right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.setSpacing(10)
        whole.addLayout(row(left, self.period_bar, 0, self._export, self._print))
        whole.addWidget(self.period_bar.days)
        whole.addLayout(self._middle, 1)
        whole.addWidget(self._foot)
        self.period_bar.changed.connect(lambda _period: self.show_ledger(self._wanted))
        self.list.current_row_changed.connect(self._chosen)

    def _chosen(self, line: LedgerLine | None) -> None:
        if line is not None and line.name != self._wanted:
            self.show_ledger(line.name)

    def _show_lines(self, lines: Sequence[LedgerLine]) -> None:
        by_name: dict[Hashable, LedgerLine] = {line.name: line for line in lines}
        self._lines = by_name
        self.names.set_source(list(by_name), lambda ids: [by_name[one] for one in ids if one in by_name])
        if self._wanted not in by_name:
            self._wanted = next((line.name for line in lines if line.count), lines[0].name if lines else "")
        if self._wanted:
            self.list.select_id(self._wanted)
            self.show_ledger(self._wanted)

    def _show_ledger(self, period: Period, read: ReadLedger) -> None:
        if period != self.period_bar.period() or read.name != self._wanted:
            return
        if self.table is None or self._read is None or self._read.name != read.name or not self._read.rows:
            self._new_table(read)
        self._read = read
        rows = [Numbered(number, one) for number, one in enumerate(read.rows)]
        if self.table is not None:
            self.table.model().set_source(  # type: ignore[attr-defined]  # a PagedModel
                range(len(rows)), lambda ids: [rows[int(str(one))] for one in ids if int(str(one)) < len(rows)]
            )
        self._foot.setText(f"{read.name}　{read.heading.period}　{len(rows):,}条。")

    def _new_table(self, read: ReadLedger) -> None:
        """Make a table with the ledger's own columns."""
        if self.table is not None:
            self._right.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        columns = tuple(
            _column(number, column, read.rows[:_MEASURED_ROWS]) for number, column in enumerate(read.ledger.columns)
        )
        model: PagedModel[Numbered] = PagedModel(columns, parent=self)
        self.table = DataTable(model, read.name, dense=True)
        self.table.setObjectName("ledger_rows")
        self.table.set_empty_state(label("这段时间没有记录。可以换个期间看。", "secondary"))
        self._right.addWidget(self.table, 1)


def _column(number: int, column: LedgerColumn[Any], rows: Sequence[Any]) -> TableColumn[Numbered]:
    """Return a ledger's column for the screen, about as wide as the texts of *rows*."""
    title, strong = column.title.replace("\n", ""), column.strong

    def text(one: Any) -> str:
        return column.text(one).replace("\n", " ")

    def style(shown: Numbered) -> CellStyle:
        return CellStyle(bold=strong is not None and strong(shown.row))

    widest = max((text_width(words) for words in (f"{title}　", *map(text, rows))), default=0)
    width = min(max(_NARROWEST, widest * _HALF_CHARACTER + 24), _WIDEST)
    return TableColumn(
        str(number), title, lambda shown: text(shown.row), width=width, align=column.align, style=style, sortable=False
    )
