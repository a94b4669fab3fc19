"""Where a person or record found by the header's search is shown: the tab or page that lists its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from desktop.shell.tabs import CALENDAR, HEALTH, INSPECTIONS, NOTICES, PEST, REPORTS

if TYPE_CHECKING:
    from uuid import UUID

    from desktop.register.ports import Found
    from desktop.register.ui.search_box import SearchBox
    from desktop.shell.main_window import MainWindow
    from desktop.shell.menu import WindowMenu
    from desktop.shell.tabs import Tabs


class FoundRecords:
    """Listens to the search box and opens what was chosen, unless a page lies over the tabs."""

    def __init__(self, search: SearchBox, tabs: Tabs, menu: WindowMenu, window: MainWindow) -> None:
        self._tabs, self._menu, self._window = tabs, menu, window
        search.person_chosen.connect(self.open_person)
        search.record_chosen.connect(self.open_record)

    def open_person(self, resident_id: UUID) -> None:
        """Show a resident's file."""
        if self._is_free():
            self._window.show_tab(HEALTH)
            self._tabs.health.open_person(resident_id)

    def open_record(self, found: Found) -> None:
        """Show *found* in its list, marked, with its panel open where lists have one."""
        if not self._is_free():
            return
        if (place := _TABS.get(found.kind)) is None:
            _PAGES[found.kind](self._menu, found)
            return
        name, open_in = place
        self._window.show_tab(name)
        open_in(self._tabs, found)

    def _is_free(self) -> bool:
        if self._window.is_covered:
            self._window.say("请先保存或收起正在填的表，再打开别的记录。")
        return not self._window.is_covered


def _in_inspections(tabs: Tabs, found: Found) -> None:
    if tabs.inspections is not None:
        tabs.inspections.open_inspection(found.id)


def _in_pledges(tabs: Tabs, found: Found) -> None:
    if tabs.inspections is not None:
        tabs.inspections.open_pledge(found.id)


def _in_calendar(tabs: Tabs, found: Found) -> None:
    if tabs.calendar is not None:
        tabs.calendar.open_activity(found.id)


def _in_pest(tabs: Tabs, found: Found) -> None:
    if tabs.pest is not None:
        tabs.pest.open_record(found.kind, found.id)


def _in_notices(tabs: Tabs, found: Found) -> None:
    if tabs.notices is not None:
        tabs.notices.show_issued(found.id)


def _in_reports(tabs: Tabs, found: Found) -> None:
    tabs.reports.open_submission(found.id)


_TABS: Mapping[str, tuple[str, Callable[[Tabs, Found], None]]] = {
    "检查记录": (INSPECTIONS, _in_inspections),
    "责任书": (INSPECTIONS, _in_pledges),
    "活动": (CALENDAR, _in_calendar),
    "投药登记": (PEST, _in_pest),
    "药品台账": (PEST, _in_pest),
    "伊蚊监测": (PEST, _in_pest),
    "密度监测": (PEST, _in_pest),
    "已发文件": (NOTICES, _in_notices),
    "上报的报表": (REPORTS, _in_reports),
}
_PAGES: Mapping[str, Callable[[WindowMenu, Found], None]] = {
    "辖区底册": lambda menu, found: menu.show_place(found.id),
    "来文任务": lambda menu, found: menu.show_task(found.id),
}
SHOWN = _TABS.keys() | _PAGES.keys()
"""Every kind there is a place for."""
