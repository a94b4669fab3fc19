"""The tab 活动日历: month, week and list, and which page each gesture opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.activities.service import ActivityService
from desktop.activities.ui.activity_form import ActivityForm
from desktop.activities.ui.activity_list import ActivityList
from desktop.activities.ui.due_layer import Dues, nothing_due
from desktop.activities.ui.month_page import MonthPage
from desktop.activities.ui.panel import ActivityPanel
from desktop.activities.views import ActivityRow
from desktop.foundation.clock import Clock
from desktop.register.attachments import AttachmentService
from desktop.register.ports import DueLine
from desktop.register.rights import Officer, Right
from desktop.register.service.standards import StandardService
from desktop.register.ui.host import PageHost
from desktop.store.drafts import Drafts
from desktop.widgets.segmented import Segmented

MONTH, WEEK, LIST = "活动月历", "活动周历", "活动清单"


class ActivityTab(QWidget):
    """Joins month and list with the form; printing and importing are asked of the window."""

    print_activities = Signal(object, str)  # ids, name of the ledger, '' for all
    print_sign_in = Signal(object)  # ActivityRow
    print_wall = Signal(int, int)  # year, month
    import_wanted = Signal(str)
    notice_wanted = Signal(object)  # an activity's id
    due_wanted = Signal(object)  # DueLine of another slice

    def __init__(
        self,
        *,
        activities: ActivityService,
        standards: StandardService,
        attachments: AttachmentService,
        drafts: Drafts,
        officer: Officer,
        clock: Clock,
        host: PageHost,
        dues: Dues = nothing_due,
        may_settle: Callable[[DueLine], bool] = lambda _line: False,
    ) -> None:
        super().__init__()
        self.setObjectName("activity_tab")
        self._activities, self._drafts = activities, drafts
        self._officer, self._clock, self._host = officer, clock, host
        self._views = QStackedWidget()
        self._switches: list[Segmented] = []
        month_panel = ActivityPanel(activities, officer, clock, host, attachments, may_settle=may_settle)
        list_panel = ActivityPanel(activities, officer, clock, host, attachments)
        self.month = MonthPage(
            activities, standards, officer, clock, panel=month_panel, host=host, left=self._switch(), dues=dues
        )
        self.list = ActivityList(activities, officer, clock, host, list_panel, left=self._switch())
        self._views.addWidget(self.month)
        self._views.addWidget(self.list)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._views)
        self._connect()

    def reload(self) -> None:
        """Read what is shown again: something was stored, here or elsewhere."""
        if self._views.currentWidget() is self.list:
            self.list.reload()
        else:
            self.month.reload()

    def focus_list(self) -> None:
        """Give the view shown the keyboard."""
        if self._views.currentWidget() is self.list:
            self.list.focus_list()
        else:
            self.month.focus_list()

    def view_names(self) -> list[str]:
        """Return the views by name."""
        return [MONTH, WEEK, LIST]

    def show_view(self, name: str) -> None:
        """Show 活动月历, 活动周历 or 活动清单."""
        wanted: QWidget = self.list if name == LIST else self.month
        for switch in self._switches:
            switch.set_current(name)
        if wanted is self.month:
            self.month.show_weeks(name == WEEK)
        self._views.setCurrentWidget(wanted)
        self.reload()

    def open_day(self, day: date) -> None:
        """Show a day in the month."""
        self.show_view(MONTH)
        self.month.show_day(day)

    def open_activity(self, activity_id: UUID) -> None:
        """Show one activity in the list, whatever the filters say."""
        self.show_view(LIST)
        self.list.open_activity(activity_id)

    def start_new(self) -> None:
        """Begin what Ctrl+N means here: an activity, on the day the cursor is on."""
        if self._officer.may(Right.EDIT_ACTIVITIES):
            self.open_form(day=None if self._views.currentWidget() is self.list else self.month.day())

    def open_form(
        self,
        row: ActivityRow | None = None,
        *,
        day: date | None = None,
        settle: bool = False,
        values: Mapping[str, object] | None = None,
    ) -> ActivityForm:
        """Open the form of one activity, a new one on *day* without *row*; *settle* asks how it went.

        A new one holds *values* at first.
        """
        form = ActivityForm(
            self._activities, self._drafts, self._host, self._clock, officer=self._officer, row=row, day=day,
            settle=settle, values=values,
        )  # fmt: skip
        form.saved.connect(self._after_saving)
        self._host.open_page(form)
        form.field("attendance" if settle else "name").focus_editor()
        return form

    def _switch(self) -> Segmented:
        switch = Segmented([(MONTH, "月"), (WEEK, "周"), (LIST, "清单")], accessible_name="怎么看")
        switch.changed.connect(self.show_view)
        self._switches.append(switch)
        return switch

    def _connect(self) -> None:
        self.month.panel.due_wanted.connect(self.due_wanted)
        self.month.new_wanted.connect(lambda day: self.open_form(day=day))
        self.month.print_list.connect(lambda ids: self.print_activities.emit(ids, ""))
        self.month.print_wall.connect(self.print_wall)
        self.list.new_wanted.connect(self.start_new)
        self.list.change_wanted.connect(self.open_form)
        self.list.print_list.connect(self.print_activities)
        self.list.import_wanted.connect(self.import_wanted)
        self.list.month_wanted.connect(lambda: self.show_view(MONTH))
        for panel in (self.month.panel, self.list.panel):
            panel.new_wanted.connect(lambda day: self.open_form(day=day))
            panel.change_wanted.connect(self.open_form)
            panel.sign_in_wanted.connect(self.print_sign_in)
            panel.notice_wanted.connect(self.notice_wanted)
            panel.settle_wanted.connect(lambda row: self.open_form(row, settle=True))

    def _after_saving(self, row: ActivityRow) -> None:
        """Show what was stored where the user was."""
        if self._views.currentWidget() is self.list:
            self.list.open_activity(row.id)
        else:
            self.month.show_day(row.held_on, chosen=row.id)
