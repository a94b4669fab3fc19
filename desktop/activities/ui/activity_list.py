"""The view 清单: activities of a span, a kind, a ledger or a word; one panel per activity."""

from __future__ import annotations

import calendar
from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any, cast
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.activities.asking import ActivityFilter
from desktop.activities.service import ActivityService
from desktop.activities.ui.columns import activity_columns
from desktop.activities.ui.panel import ActivityPanel
from desktop.activities.views import ActivityRow
from desktop.foundation.clock import Clock
from desktop.foundation.errors import AppError
from desktop.register.rights import Officer, Right
from desktop.register.ui.host import PageHost
from desktop.widgets.buttons import PrimaryButton, SecondaryButton, ToggleButton
from desktop.widgets.dialogs import show_error
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.fields.lineedit import SearchEdit
from desktop.widgets.flow import FlowLayout
from desktop.widgets.roles import FixedWidth, label, row
from desktop.widgets.segmented import Segmented
from desktop.widgets.table import DataTable, PagedModel

_SPANS = (("month", "本月"), ("year", "今年"), ("all", "全部"))
_LAYOUT = "activities"


class ActivityList(QWidget):
    """Activities, newest first."""

    new_wanted = Signal()
    change_wanted = Signal(object)  # ActivityRow
    print_list = Signal(object, str)  # ids, ledger
    import_wanted = Signal(str)
    month_wanted = Signal()

    def __init__(
        self, activities: ActivityService, officer: Officer, clock: Clock, host: PageHost, panel: ActivityPanel, *,
        left: QWidget,
    ) -> None:  # fmt: skip
        super().__init__()
        self._activities, self._officer, self._clock, self._host = activities, officer, clock, host
        self.model: PagedModel[ActivityRow] = PagedModel(activity_columns(clock.today), parent=self)
        self.table: DataTable[ActivityRow] = DataTable(
            self.model, "活动清单", load_state=self._load_layout, save_state=self._save_layout
        )
        self.panel = panel
        self.panel.hide()
        self._foot = label("", "secondary", name="activity_count")
        self._nothing = label("没有找到。可换一段时间、类别或台账试试。", "secondary")
        self._build(left)
        self._connect()

    def reload(self) -> None:
        """Read filters and the list again, keeping the selection."""
        try:
            _fill(self.category, "全部类别", self._activities.categories())
            _fill(self.ledger, "全部台账", self._activities.ledger_names())
            self.unsettled.set_count(self._activities.count_unsettled())
        except AppError as error:
            show_error(self, "读取活动", error)
            return
        self._show()

    def open_activity(self, activity_id: UUID) -> None:
        """Show one activity, whatever the filters say."""
        if not self.table.select_id(activity_id):
            self._forget_filters()
            self._show()
            self.table.select_id(activity_id)
        if rows := self._activities.rows([activity_id]):
            self._open(rows[0])

    def focus_list(self) -> None:
        """Give the list the keyboard."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def current_filter(self) -> ActivityFilter:
        """Return what the list is narrowed by; what still lacks its result is looked for in all time."""
        unsettled = self._clock.today() if self.unsettled.isChecked() else None
        first, last = (None, None) if unsettled else self._days()
        return ActivityFilter(
            first=first,
            last=last,
            category=self.category.currentData() or "",
            ledger=self.ledger.currentData() or "",
            text=self.search.text().strip(),
            unsettled_on=unsettled,
        )

    def _build(self, left: QWidget) -> None:
        self.search = SearchEdit("名称、地点、人", accessible_name="在活动里找")
        self.search.setObjectName("activity_search")
        FixedWidth(self.search, 230)
        self.search.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.span = Segmented(_SPANS, accessible_name="哪段时间")
        self.category, self.ledger = QComboBox(), QComboBox()
        self.category.setAccessibleName("类别")
        self.ledger.setAccessibleName("台账")
        for box in (self.category, self.ledger):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)
        self.unsettled = ToggleButton("没登记结果", 0, name="only_unsettled")
        print_ = SecondaryButton("打印台账", "print", name="print_activities")
        print_.clicked.connect(lambda: self.print_list.emit(self.model.ids, self.ledger.currentData() or ""))
        print_.setVisible(self._officer.may(Right.EXPORT))
        new = PrimaryButton("新增活动", "plus", name="new_activity")
        new.clicked.connect(self.new_wanted)
        new.setVisible(self._officer.may(Right.EDIT_ACTIVITIES))
        self._filters = (self.span, self.search, self.category, self.ledger, self.unsettled)
        choices = QWidget()
        choices.setProperty("role", "bare")
        flow = FlowLayout(choices, spacing=8)  # narrow windows take two lines
        flow.setContentsMargins(0, 0, 0, 0)
        for part in (left, *self._filters):
            flow.addWidget(part)
        bar = row(choices, print_, new)
        bar.setStretchFactor(choices, 1)
        for part in (choices, print_, new):
            bar.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        middle = row(self.table, self.panel, spacing=12)
        middle.setStretchFactor(self.table, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.setSpacing(10)
        whole.addLayout(bar)
        whole.addLayout(middle, 1)
        whole.addWidget(self._foot)
        actions = [
            EmptyAction("new", "plus", "先记一次活动", "日期、名称、类别，三样就够", "新增活动", filled=True),
            EmptyAction("import", "download", "把以前的活动表导进来", "先看后导，导错了可以整批撤销", "导入活动"),
            EmptyAction("month", "calendar", "从日历上选一天", "有农历、节气、节日和放假调休", "看日历"),
        ]
        self._empty = EmptyState(
            "calendar",
            "还没有活动",
            "一次活动只记一遍：健康教育、科普、老年、妇女几本台账里都会有它，月报的数字也从这里来。",
            actions if self._officer.may(Right.EDIT_ACTIVITIES) else actions[2:],
        )

    def _connect(self) -> None:
        self.search.searched.connect(lambda _text: self._show())
        self.span.changed.connect(lambda _key: self._show())
        for box in (self.category, self.ledger):
            box.currentIndexChanged.connect(lambda _index: self._show())
        self.unsettled.toggled.connect(lambda _on: self._show())
        self._empty.action.connect(self._start)
        self.table.activated_row.connect(self._open)
        self.table.current_row_changed.connect(self._follow)
        self.table.set_menu(self._menu)
        self.model.fetch_failed.connect(lambda error: show_error(self, "读取活动", error))
        self.panel.closed.connect(self._close_panel)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason))

    def _show(self) -> None:
        wanted = self.current_filter()
        try:
            ids = self._activities.activity_ids(wanted)
            is_new = not ids and self._activities.is_empty()
        except AppError as error:
            show_error(self, "读取活动", error)
            return
        self.table.set_empty_state(self._empty if is_new else self._nothing)
        for part in self._filters:
            part.setVisible(not is_new)
        self.model.set_source(cast("Sequence[Hashable]", ids), self._fetch)
        self._foot.setText(f"共 {len(ids):,}项。新的在前。" if ids else "")

    def _fetch(self, ids: Sequence[Hashable]) -> list[ActivityRow]:
        return self._activities.rows(cast("Sequence[UUID]", ids))

    def _days(self) -> tuple[date | None, date | None]:
        today = self._clock.today()
        if self.span.current() == "month":
            return today.replace(day=1), today.replace(day=calendar.monthrange(today.year, today.month)[1])
        return (date(today.year, 1, 1), date(today.year, 12, 31)) if self.span.current() == "year" else (None, None)

    def _forget_filters(self) -> None:
        for part in (self.category, self.ledger, self.search, self.unsettled):
            part.blockSignals(True)  # noqa: FBT003  Qt takes no names
        self.category.setCurrentIndex(0)
        self.ledger.setCurrentIndex(0)
        self.search.clear()
        self.unsettled.setChecked(False)
        self.span.set_current("all")
        for part in (self.category, self.ledger, self.search, self.unsettled):
            part.blockSignals(False)  # noqa: FBT003

    def _open(self, one: ActivityRow | None) -> None:
        if one is not None:
            self.panel.show_activity(one)
            self.panel.show()

    def _follow(self, one: ActivityRow | None) -> None:
        if one is None:
            self.panel.hide()
        elif self.panel.isVisible():
            self._open(one)

    def _close_panel(self) -> None:
        self.panel.hide()
        self.focus_list()

    def _menu(self, one: ActivityRow, menu: QMenu) -> None:
        menu.addAction("打开", partial(self._open, one))
        if self._officer.may(Right.EDIT_ACTIVITIES):
            menu.addAction("修改", lambda: self.change_wanted.emit(one))
            menu.addAction("删除", partial(self.panel.remove, one.id))

    def _start(self, key: str) -> None:
        if key == "new":
            self.new_wanted.emit()
        elif key == "month":
            self.month_wanted.emit()
        else:
            self.import_wanted.emit("activities")

    def _load_layout(self) -> dict[str, Any]:
        return cast("dict[str, Any]", self._host.settings().tables.get(_LAYOUT, {}))

    def _save_layout(self, state: dict[str, Any]) -> None:
        self._host.change_settings(tables={**self._host.settings().tables, _LAYOUT: state})


def _fill(box: QComboBox, everything: str, words: Iterable[str]) -> None:
    """Offer *words* behind *everything*; what is chosen stays chosen."""
    chosen = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        box.addItem(everything, "")
        for word in words:
            box.addItem(word, word)
        box.setCurrentIndex(max(box.findData(chosen), 0))
