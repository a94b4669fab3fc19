"""Joins the gestures of 今日 with the other tabs and pages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop.foundation.errors import InputError
from desktop.register.ports import DueTarget
from desktop.shell.today.settling import Settling
from desktop.shell.today.view import VISITS
from desktop.widgets.dialogs import show_error

if TYPE_CHECKING:
    from desktop.shell.main_window import MainWindow
    from desktop.shell.menu import WindowMenu
    from desktop.shell.tabs import Tabs
    from desktop.shell.workbench import Workbench

REPORTS = "台账报表"
_HOLDERS = {
    "inspections.done": "检查记录", "findings.found": "检查记录", "findings.closed": "检查记录",
    "pest.households": "除害投药", VISITS: "健康服务", "activities.held": "活动清单",
}  # fmt: skip
"""The tab or view whose rows a figure counts, where there is no tab of reports."""


class TodayJoints:
    """Listens to the tab 今日."""

    def __init__(self, tabs: Tabs, bench: Workbench, window: MainWindow, menu: WindowMenu) -> None:
        self._bench, self._window, self._tabs = bench, window, tabs
        self._settling = Settling(
            bench, activities=tabs.calendar, inspections=tabs.inspections, pest=tabs.pest, health=tabs.health
        )
        today = tabs.today
        today.settle_wanted.connect(self.settle)
        today.day_wanted.connect(self.open_day)
        today.figure_wanted.connect(self.open_figure)
        today.report_wanted.connect(lambda: self.open_figure(""))
        today.tasks_wanted.connect(menu.open_tasks)
        today.entries_wanted.connect(menu.open_history)
        today.backup_wanted.connect(window.back_up)
        today.places_wanted.connect(menu.open_places)
        if tabs.calendar is not None:
            tabs.calendar.due_wanted.connect(lambda line: self.settle(line.target))
        today.calendar_wanted.connect(lambda: window.show_tab("活动日历"))

    def settle(self, target: DueTarget | None) -> None:
        """Open the form that settles a line."""
        if target is None:
            return
        try:
            self._settling.open(target, self._window.show_tab)
        except InputError as error:
            show_error(self._window, "打开", error)
            self._tabs.today.reload()

    def open_day(self, day: date) -> None:
        """Show a day in the calendar."""
        if self._tabs.calendar is not None:
            self._window.show_tab("活动日历")
            self._tabs.calendar.open_day(day)

    def open_figure(self, key: str) -> None:
        """Show what a figure counts: the tab of reports, or the tab that holds the rows."""
        names = self._window.tab_names()
        wanted = REPORTS if REPORTS in names else _HOLDERS.get(key, "检查记录")
        if wanted in names:
            self._window.show_tab(wanted)
