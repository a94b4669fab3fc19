"""The view 检查: filters with their counts, the list with the most urgent first, the side panel."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial
from typing import Any, cast
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QMenu, QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import month_of
from desktop.foundation.errors import AppError
from desktop.inspections.progress import NextStep, may_escalate, next_step
from desktop.inspections.service.inspections import InspectionService
from desktop.inspections.ui.columns import inspection_columns
from desktop.inspections.ui.inspection_panel import InspectionPanel
from desktop.inspections.views import InspectionFilter, InspectionRow, Order
from desktop.register.rights import Officer, Right
from desktop.register.ui.host import PageHost
from desktop.register.ui.scrolling import scrolled
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.dialogs import show_error
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.fields.lineedit import SearchEdit
from desktop.widgets.roles import label, row
from desktop.widgets.segmented import Segmented
from desktop.widgets.table import DataTable, PagedModel
from desktop.widgets.theme import scaled, theme_changed

OPEN, MONTH, ALL = "open", "month", "all"
_SPANS = ((OPEN, "未销号"), (MONTH, "本月"), (ALL, "全部"))
_ORDERS: tuple[tuple[Order, str], ...] = (("urgent", "急的在前"), ("newest", "新的在前"))
_SORT_OF: dict[Order, str] = {"urgent": "state", "newest": "day"}
_FULL_BAR = 1240
"""Pixels at the normal type size that all filters need side by side."""


class InspectionList(QWidget):
    """Inspections narrowed by what is typed and chosen."""

    inspection_new = Signal()
    inspection_change = Signal(object)
    step_wanted = Signal(object, object)
    print_list = Signal(object)
    print_one = Signal(object)
    print_empty = Signal()
    import_wanted = Signal(str)

    def __init__(
        self, *, service: InspectionService, officer: Officer, clock: Clock, host: PageHost, left: QWidget
    ) -> None:
        super().__init__()
        self._service, self._officer, self._clock, self._host = service, officer, clock, host
        self.model: PagedModel[InspectionRow] = PagedModel(inspection_columns(clock.today), parent=self)
        self.table: DataTable[InspectionRow] = DataTable(
            self.model, "检查记录", load_state=self._load_layout, save_state=self._save_layout
        )
        self.panel = InspectionPanel(officer, clock)
        self.panel.hide()
        self._foot = label("", "secondary", name="inspection_count")
        self.span = Segmented(_SPANS, accessible_name="看哪些检查")
        self._nothing = label("没有符合条件的检查。可换“全部”，或换个词找。", "secondary")
        self._build(left)
        self._connect()

    def reload(self) -> None:
        """Read counts, filters and the list again, keeping the selection."""
        try:
            counts, categories = self._service.counts(), self._service.categories()
        except AppError as error:
            show_error(self, "读取检查记录", error)
            return
        for (key, text), count in zip(_SPANS, (counts.open, counts.month, counts.all), strict=True):
            self.span.set_text(key, f"{text} {count:,}")
        self._late = counts.overdue
        self._fill_categories(categories)
        self._is_empty = counts.all == 0
        self._show()

    def open_inspection(self, inspection_id: UUID) -> None:
        """Show one inspection, whatever the filters say."""
        found = self._service.rows([inspection_id])
        if not found:
            return
        if not self.table.select_id(inspection_id):
            self.span.set_current(ALL)
            self._category.setCurrentIndex(0)
            self.search.clear()
            self._show()
            self.table.select_id(inspection_id)
        self._open(found[0])

    def show_span(self, key: str) -> None:
        """Show the open findings, this month's inspections, or all."""
        self.span.set_current(key)
        self._show()

    def focus_list(self) -> None:
        """Give the list the keyboard."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Go to the search box of this list."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def current_filter(self) -> InspectionFilter:
        """Return what the list is narrowed by."""
        month = month_of(self._clock.today()) if self.span.current() == MONTH else None
        return InspectionFilter(
            text=self.search.text(),
            category=self._category.currentData() or "",
            open_only=self.span.current() == OPEN,
            first=month.first if month else None,
            last=month.last if month else None,
            order=cast("Order", self._order.currentData()),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the search box its room where the window is narrow or the type large."""
        self._fit_bar()
        super().resizeEvent(event)

    def _build(self, left: QWidget) -> None:
        self._late, self._is_empty = 0, True
        self.search = SearchEdit("点位、问题、检查人  Ctrl+F", accessible_name="在检查记录里找")
        self.search.setObjectName("inspection_search")
        self._category, self._order = QComboBox(), QComboBox()
        self._category.setAccessibleName("检查类别")
        self._order.setAccessibleName("排列")
        for order, words in _ORDERS:
            self._order.addItem(words, order)
        self.span.set_current(MONTH)
        self._print = SecondaryButton("打印名单", "print", name="print_inspections")
        self._print.setVisible(self._officer.may(Right.EXPORT))
        self._new = PrimaryButton("登记检查", "plus", name="new_inspection")
        self._new.setVisible(self._officer.may(Right.EDIT_INSPECTIONS))
        bar = row(left, self.search, self._category, self._order, self.span, 0, self._print, self._new)
        bar.setStretchFactor(self.search, 4)
        middle = row(self.table, self.panel, spacing=12)
        middle.setStretchFactor(self.table, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.setSpacing(10)
        whole.addLayout(bar)
        whole.addLayout(middle, 1)
        whole.addWidget(self._foot)
        self._empty = EmptyState(
            "clipboard",
            "还没有检查记录",
            "做一次，登记一次。发现的问题会一直盯到销号，台账和月报自己出来。",
            self._ways_in(),
            remark="点位不全？在右上角齿轮里的“辖区底册”补。",
        )
        self._ways = scrolled(self._empty)

    def _ways_in(self) -> list[EmptyAction]:
        first = EmptyAction("new", "clipboard", "登记第一次检查", "选点位和类别，有问题就写上", "登记检查", filled=True)
        paper = EmptyAction("paper", "print", "先打印空表，带去现场", "回来照着填，项目和表上一样", "打印空表")
        old = EmptyAction("import", "download", "把以前的Excel记录导进来", "往年的也可以，先看后导", "导入检查")
        ways = ((first, Right.EDIT_INSPECTIONS), (paper, Right.EXPORT), (old, Right.IMPORT))
        return [way for way, right in ways if self._officer.may(right)]

    def _connect(self) -> None:
        theme_changed.connect(self._fit_bar)
        self.search.searched.connect(lambda _text: self._show())
        for box in (self._category, self._order):
            box.currentIndexChanged.connect(lambda _index: self._show())
        self.span.changed.connect(lambda _key: self._show())
        self._new.clicked.connect(self.inspection_new)
        self._print.clicked.connect(lambda: self.print_list.emit(self.model.ids))
        self._empty.action.connect(self._start)
        self.table.activated_row.connect(self._open)
        self.table.current_row_changed.connect(self._follow)
        self.table.sort_requested.connect(self._sort)
        self.table.set_menu(self._menu)
        self.model.fetch_failed.connect(lambda error: show_error(self, "读取检查记录", error))
        self.panel.closed.connect(self._close_panel)
        self.panel.step_wanted.connect(self._step)
        self.panel.change_wanted.connect(self.inspection_change)
        self.panel.print_wanted.connect(self.print_one)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.focus_search)

    def _fit_bar(self) -> None:
        narrow = self.width() < scaled(_FULL_BAR)
        self._order.setVisible(not narrow)
        tight = self.width() < scaled(_FULL_BAR - 150)
        self._category.setVisible(not tight or bool(self._category.currentData()))
        self._print.set_text("打印" if narrow else "打印名单")
        self.search.setPlaceholderText("点位、问题" if narrow else "点位、问题、检查人  Ctrl+F")

    def _show(self) -> None:
        narrowed = self.current_filter()
        try:
            ids = self._service.ids(narrowed)
        except AppError as error:
            show_error(self, "读取检查记录", error)
            return
        self.model.set_source(cast("Sequence[Hashable]", ids), self._fetch)
        self.table.set_empty_state(self._ways if self._is_empty else self._nothing)
        self.table.show_sort(_SORT_OF[narrowed.order], descending=narrowed.order == "newest")
        late = f"其中逾期没复查 {self._late:,}处。" if self._late else ""
        words = dict(_ORDERS)[narrowed.order]
        self._foot.setText(f"共 {len(ids):,}次，{words}。{late}" if len(ids) else "")

    def _fetch(self, ids: Sequence[Hashable]) -> list[InspectionRow]:
        return self._service.rows(cast("Sequence[UUID]", ids))

    def _fill_categories(self, categories: Sequence[str]) -> None:
        chosen = self._category.currentData()
        self._category.blockSignals(True)  # noqa: FBT003
        self._category.clear()
        self._category.addItem("全部类别", None)
        for category in categories:
            self._category.addItem(category, category)
        self._category.setCurrentIndex(max(self._category.findData(chosen), 0))
        self._category.blockSignals(False)  # noqa: FBT003

    def _sort(self, key: str, _descending: bool) -> None:
        wanted = "newest" if key == "day" else "urgent"
        self._order.setCurrentIndex(self._order.findData(wanted))
        self._show()

    def _open(self, found: InspectionRow | None) -> None:
        if found is not None:
            self.panel.show_inspection(found)
            self.panel.show()

    def _follow(self, found: InspectionRow | None) -> None:
        if self.panel.isVisible() and found is not None:
            self._open(found)
        elif found is None:
            self.panel.hide()

    def _close_panel(self) -> None:
        self.panel.hide()
        self.focus_list()

    def _step(self, found: InspectionRow, step: NextStep | None) -> None:
        """Do what needs no form at once; everything else is asked in one."""
        if step is not NextStep.CLOSE:
            self.step_wanted.emit(found, step)
            return
        self._host.runner.start(
            lambda _context: self._service.close(found.id, version=found.version),
            done=lambda closed: self._host.note_saved(f"已销号：{closed.place}"),
            failed=lambda error: show_error(self, "销号", error),
        )

    def _menu(self, found: InspectionRow, menu: QMenu) -> None:
        menu.addAction("打开", partial(self._open, found))
        if not self._officer.may(Right.EDIT_INSPECTIONS):
            return
        if (step := next_step(found.draft)) is not None:
            menu.addAction(step.value, partial(self._step, found, step))
        if may_escalate(found.draft):
            menu.addAction("上报", partial(self._step, found, None))
        menu.addAction("修改", lambda: self.inspection_change.emit(found))
        menu.addAction("删除", partial(self._remove, found.id))

    def _remove(self, inspection_id: UUID) -> None:
        self._host.runner.start(
            lambda _context: self._service.remove(inspection_id),
            done=self._removed,
            failed=lambda error: show_error(self, "删除检查", error),
        )

    def _removed(self, done: str) -> None:
        self.panel.hide()
        self._host.note_saved(f"已{done}")

    def _start(self, key: str) -> None:
        if key == "new":
            self.inspection_new.emit()
        elif key == "paper":
            self.print_empty.emit()
        else:
            self.import_wanted.emit("inspections")

    def _load_layout(self) -> dict[str, Any]:
        return cast("dict[str, Any]", self._host.settings().tables.get("inspections", {}))

    def _save_layout(self, state: dict[str, Any]) -> None:
        self._host.change_settings(tables={**self._host.settings().tables, "inspections": state})
