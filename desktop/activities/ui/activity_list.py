"""The view 清单: activities of a span, a kind, a ledger or a word; one panel per activity."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import cast
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from desktop.activities.asking import ActivityFilter
from desktop.activities.service import ActivityService
from desktop.activities.ui.columns import activity_columns
from desktop.activities.ui.panel import ActivityPanel
from desktop.activities.views import ActivityRow
from desktop.foundation.clock import Clock
from desktop.register.rights import Officer, Right
from desktop.register.ui.host import PageHost
from desktop.register.ui.list_spec import NEWEST_WORDS, ListSpec
from desktop.register.ui.record_list import RecordList
from desktop.widgets.buttons import ToggleButton
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.filters import ChoiceFilter, SpanFilter
from desktop.widgets.flow import FlowLayout
from desktop.widgets.roles import FixedWidth, row


class ActivityList(RecordList[ActivityRow]):
    """Activities, newest first."""

    print_list = Signal(object, str)  # ids, ledger
    month_wanted = Signal()
    panel: ActivityPanel

    def __init__(
        self, activities: ActivityService, officer: Officer, clock: Clock, host: PageHost, panel: ActivityPanel, *,
        left: QWidget,
    ) -> None:  # fmt: skip
        spec = ListSpec[ActivityRow](
            noun="activity", kind="activities", name="活动清单", columns=activity_columns(clock.today),
            edit=Right.EDIT_ACTIVITIES, new_text="新增活动", sort=("day", True), sort_words=NEWEST_WORDS, measure="项",
            search_hint="名称、地点、人", nothing="没有找到。可换一段时间、类别或台账试试。",
        )  # fmt: skip
        super().__init__(spec, officer=officer, clock=clock, host=host, panel=panel)
        self._activities = activities
        FixedWidth(self.search, 230)
        self.span = SpanFilter()
        self.category = ChoiceFilter("全部类别", "类别")
        self.ledger = ChoiceFilter("全部台账", "台账")
        self.unsettled = ToggleButton("没登记结果", 0, name="only_unsettled")
        self.arrange(left, self.span, self.search, self.category, self.ledger, self.unsettled)

    def open_activity(self, activity_id: UUID) -> None:
        """Show one activity, whatever the filters say."""
        self.open_record(activity_id)

    def current_filter(self) -> ActivityFilter:
        """Return what the list is narrowed by; what still lacks its result is looked for in all time."""
        unsettled = self._clock.today() if self.unsettled.isChecked() else None
        first, last = (None, None) if unsettled else self.span.days(self._clock.today())
        return ActivityFilter(
            first=first,
            last=last,
            category=self.category.word(),
            ledger=self.ledger.word(),
            text=self.search.text().strip(),
            unsettled_on=unsettled,
            sort=self.sort,
        )

    def ids(self) -> Sequence[UUID]:
        """Return the activities the filters leave."""
        return self._activities.activity_ids(self.current_filter())

    def fetch(self, ids: Sequence[Hashable]) -> list[ActivityRow]:
        """Return activities by id."""
        return self._activities.rows(cast("Sequence[UUID]", ids))

    def is_new(self) -> bool:
        """Return whether there is no activity yet."""
        return self._activities.is_empty()

    def read_filters(self) -> None:
        """Read kinds, ledgers, and how many plans lack their result."""
        self.category.offer(self._activities.categories())
        self.ledger.offer(self._activities.ledger_names())
        self.unsettled.set_count(self._activities.count_unsettled())

    def fill_panel(self, one: ActivityRow) -> None:
        """Show one activity."""
        self.panel.show_activity(one)

    def print_shown(self) -> None:
        """Ask for the ledger that was chosen on paper."""
        if self._officer.may(Right.EXPORT):
            self.print_list.emit(self.model.ids, self.ledger.word())

    def remove_record(self, record_id: UUID) -> str:
        """Move an activity to the bin."""
        return self._activities.remove(record_id)

    def bar(self, left: QWidget, filters: Sequence[QWidget], buttons: Sequence[QPushButton]) -> QLayout:
        """Return the line above the list; the filters are many, and take two lines in narrow windows."""
        choices = QWidget()
        choices.setProperty("role", "bare")
        flow = FlowLayout(choices, spacing=8)
        for part in (left, *filters):
            flow.addWidget(part)
        line = row(choices, *buttons)
        line.setStretchFactor(choices, 1)
        for item in (choices, *buttons):
            line.setAlignment(item, Qt.AlignmentFlag.AlignTop)
        return line

    def ways_in(self) -> EmptyState:
        """Return three ways to the first activity."""
        actions = [
            EmptyAction("new", "plus", "先记一次活动", "日期、名称、类别，三样就够", "新增活动", filled=True),
            EmptyAction("import", "download", "把以前的活动表导进来", "先看后导，导错了可以整批撤销", "导入活动"),
            EmptyAction("month", "calendar", "从日历上选一天", "有农历、节气、节日和放假调休", "看日历"),
        ]
        return EmptyState(
            "calendar",
            "还没有活动",
            "一次活动只记一遍：健康教育、科普、老年、妇女几本台账里都会有它，月报的数字也从这里来。",
            actions if self._officer.may(Right.EDIT_ACTIVITIES) else actions[2:],
        )

    def start(self, key: str) -> None:
        """Begin what a way in promised."""
        if key == "month":
            self.month_wanted.emit()
        else:
            super().start(key)
