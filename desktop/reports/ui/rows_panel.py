"""The side panel with the records a figure is made of."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from desktop.foundation.days import Period, short_day
from desktop.register.ports import FigureRow
from desktop.reports.lines import TableLine
from desktop.reports.table import number_text
from desktop.widgets.buttons import SecondaryButton
from desktop.widgets.chips import CellStyle, Chip, ChipKind
from desktop.widgets.panel import SidePanel
from desktop.widgets.roles import label
from desktop.widgets.table import DataTable, PagedModel, TableColumn

_WIDTH, _LARGE_WIDTH = 412, 500


@dataclass(frozen=True)
class Place:
    """Where records like these live: the tab, and the view in it."""

    tab: str
    view: str


def place_of(key: str) -> Place | None:
    """Return the tab in which the records of figure *key* are kept."""
    for prefix, tab, view in (
        ("inspections.", "检查记录", "检查"),
        ("findings.", "检查记录", "检查"),
        ("pledges.", "检查记录", "责任书"),
        ("pest.", "除害投药", "投药登记"),
        ("aedes.", "除害投药", "伊蚊监测"),
        ("health.", "居民健康档案", "健康服务"),
        ("activities.", "活动日历", "列表"),
        ("notices.", "通知告示", "张贴登记"),
    ):
        if key.startswith(prefix):
            return Place(tab, view)
    return None


class RowsPanel(SidePanel):
    """Shows the rows; the buttons print them or lead to where they are kept."""

    print_wanted = Signal()
    look_wanted = Signal(object)  # the FigureRow the cursor is on

    def __init__(self, *, may_print: bool) -> None:
        super().__init__(width=_WIDTH, large_width=_LARGE_WIDTH)
        self._may_print = may_print
        self.setObjectName("rows_panel")
        self.rows: Sequence[FigureRow] = ()
        self.line: TableLine | None = None
        self._year = 0
        columns = (
            TableColumn[FigureRow]("day", "日期", self._day, width=104, sortable=False),
            TableColumn[FigureRow](
                "what", "什么", lambda row: row.what, width=0, second=lambda row: row.detail, sortable=False
            ),
            TableColumn[FigureRow]("state", "状态", lambda row: "", width=118, style=_state, sortable=False),
        )
        self.model: PagedModel[FigureRow] = PagedModel(columns, parent=self)
        self.table: DataTable[FigureRow] = DataTable(self.model, "由这些记录组成", tall=True)
        self.table.setObjectName("rows_table")
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._note = label("", "secondary", wrap=True, name="rows_note")
        self.body.setContentsMargins(4, 2, 4, 4)
        self._note.setContentsMargins(12, 0, 12, 0)
        self.body.insertWidget(0, self._note)
        self.body.insertWidget(1, self.table, 1)
        self.body.takeAt(self.body.count() - 1)  # the stretch: the table takes all the room
        self.table.activated_row.connect(self.look_wanted)

    def show_rows(self, line: TableLine, rows: Sequence[FigureRow], period: Period, *, said: str) -> None:
        """Show the *rows* that make up *line*; *said* stands above them."""
        self.rows, self.line, self._year = rows, line, period.last.year
        self.set_heading(f"{line.label} {number_text(line.values[0])}{line.unit} 是这样来的")
        span = f"{short_day(period.first, period.last)}—{short_day(period.last, period.first)}"
        self._note.setText("　".join(part for part in (span, said or line.formula) if part))
        by_id: dict[Hashable, FigureRow] = {row.id: row for row in rows}
        self.model.set_source(list(by_id), lambda ids: [by_id[one] for one in ids if one in by_id])
        buttons = []
        if self._may_print:
            print_ = SecondaryButton(f"打印这{len(rows)}条", "print", name="print_rows")
            print_.clicked.connect(self.print_wanted)
            buttons.append(print_)
        if (place := place_of(line.key)) is not None:
            look = SecondaryButton(f"在{place.tab}里看", "link", name="look_rows")
            look.clicked.connect(self._look)
            buttons.append(look)
        self.set_buttons(None, *buttons)

    def _look(self) -> None:
        chosen = self.table.current_row() or (self.model.row(0) if self.rows else None)
        if chosen is not None:
            self.look_wanted.emit(chosen)

    def _day(self, row: FigureRow) -> str:
        year = "" if row.day.year == self._year else f"{row.day.year}年"
        return f"{year}{row.day.month}月{row.day.day}日"


def _state(row: FigureRow) -> CellStyle:
    if not row.state:
        return CellStyle()
    kind: ChipKind = "red" if row.bad else "green" if row.settled else "amber"
    return CellStyle(chips=(Chip(row.state, kind, bold=True),))
