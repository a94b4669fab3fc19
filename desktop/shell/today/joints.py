"""Joins the gestures of 今日 with the other tabs and pages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop.foundation.days import month_of
from desktop.foundation.errors import InputError
from desktop.register.ports import DueTarget
from desktop.shell.tabs import CALENDAR, REPORTS, SERVICES, Tabs
from desktop.shell.today.settling import Settling
from desktop.shell.today.view import VISITS
from desktop.widgets.dialogs import show_error

if TYPE_CHECKING:
    from desktop.shell.main_window import MainWindow
    from desktop.shell.menu import WindowMenu
    from desktop.shell.workbench import Workbench


class TodayJoints:
    """Listens to the tab 今日."""

    def __init__(self, tabs: Tabs, bench: Workbench, window: MainWindow, menu: WindowMenu) -> None:
        self._bench, self._window, self._tabs = bench, window, tabs
        self._settling = Settling(bench, tabs)
        today = tabs.today
        today.settle_wanted.connect(self.settle)
        today.day_wanted.connect(self.open_day)
        today.figure_wanted.connect(self.open_figure)
        today.report_wanted.connect(lambda: self.open_figure(""))
        today.tasks_wanted.connect(menu.open_tasks)
        today.entries_wanted.connect(menu.open_history)
        today.backup_wanted.connect(window.safekeeping.back_up)
        today.places_wanted.connect(menu.open_places)
        tabs.due_wanted.connect(lambda line: self.settle(line.target))
        today.calendar_wanted.connect(lambda: window.show_tab(CALENDAR))

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
            self._window.show_tab(CALENDAR)
            self._tabs.calendar.open_day(day)

    def open_figure(self, key: str) -> None:
        """Show the records a figure of this month counts, in the tab of reports; visits of all kinds in their list."""
        if key == VISITS:
            self._window.show_tab(SERVICES)
            return
        self._window.show_tab(REPORTS)
        self._tabs.reports.open_figure(key, month_of(self._bench.clock.today()))
