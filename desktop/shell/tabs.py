"""The tabs in their order; each is made when it is asked for first, and what they ask of others is asked here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.register.rights import Officer, Right
from desktop.shell.today.tab import TodayTab
from desktop.widgets.panel import SidePanel

if TYPE_CHECKING:
    from desktop.activities.ui.tab import ActivityTab
    from desktop.health.ui.tab import HealthTab
    from desktop.inspections.ui.tab import InspectionsTab
    from desktop.notices.ui.tab import NoticesTab
    from desktop.pest_control.ui.tab import PestTab
    from desktop.reports.ui.tab import ReportsTab
    from desktop.shell.tab_makers import TabMakers

    Tab = TodayTab | ActivityTab | InspectionsTab | PestTab | HealthTab | NoticesTab | ReportsTab
    T = TypeVar("T", bound=Tab)

TODAY, CALENDAR, INSPECTIONS, PEST, HEALTH = "今日", "活动日历", "检查记录", "除害投药", "居民健康档案"
NOTICES, REPORTS = "通知告示", "台账报表"
PEOPLE, SERVICES = "居民住户", "健康服务"
ICONS = {
    TODAY: "check-circle", CALENDAR: "calendar", INSPECTIONS: "clipboard", PEST: "bug", HEALTH: "heart",
    NOTICES: "document", REPORTS: "chart",
}  # fmt: skip
_VIEWS: Mapping[str, tuple[str, ...]] = {
    CALENDAR: ("活动月历", "活动周历", "活动清单"), INSPECTIONS: ("检查", "责任书"),
    PEST: ("投药登记", "药品台账", "伊蚊监测", "密度监测"), HEALTH: (PEOPLE, SERVICES),
    NOTICES: ("写通知", "已发", "张贴登记"), REPORTS: ("月报", "台账", "缺项", "归档"),
}  # fmt: skip
"""What the tabs' own view_names() say, known before they are made."""
_MODULES = {
    HEALTH: "desktop.health.ui.tab", CALENDAR: "desktop.activities.ui.tab", INSPECTIONS: "desktop.inspections.ui.tab",
    REPORTS: "desktop.reports.ui.tab", PEST: "desktop.pest_control.ui.tab", NOTICES: "desktop.notices.ui.tab",
}  # fmt: skip
"""What the makers load, the tab most often opened first."""


class Tabs(QObject):
    """The tabs an officer may see, by name and by kind; None or KeyError for those the officer may not."""

    made = Signal(object)
    """A tab that was just made, to be put into the window."""
    import_wanted = Signal(str)
    history_wanted = Signal(str, object, str)
    notice_wanted = Signal(object)
    due_wanted = Signal(object)  # DueLine
    look_wanted = Signal(object, object)

    def __init__(self, makers: TabMakers, officer: Officer, parent: QObject) -> None:
        super().__init__(parent)
        self._makers, self._officer = makers, officer
        asked: dict[str, tuple[Right | None, Callable[[], Tab | None]]] = {
            TODAY: (None, lambda: self.today),
            CALENDAR: (Right.SEE_ACTIVITIES, lambda: self.calendar),
            INSPECTIONS: (Right.SEE_INSPECTIONS, lambda: self.inspections),
            PEST: (Right.SEE_PEST, lambda: self.pest),
            HEALTH: (None, lambda: self.health),
            NOTICES: (Right.SEE_NOTICES, lambda: self.notices),
            REPORTS: (None, lambda: self.reports),
        }
        self._by_name = {name: tab for name, (right, tab) in asked.items() if right is None or officer.may(right)}

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __getitem__(self, name: str) -> Tab:
        tab = self._by_name[name]()
        if tab is None:
            raise KeyError(name)
        return tab

    def is_made(self, name: str) -> bool:
        """Return whether the tab *name* was asked for before."""
        return _ATTRIBUTES[name] in self.__dict__

    def modules(self) -> list[str]:
        """Return the modules the tabs of this officer will need."""
        return [module for name, module in _MODULES.items() if name in self]

    def views(self, name: str) -> tuple[str, ...]:
        """Return the views of the tab *name*; it is not made for that."""
        if name == HEALTH and not self._officer.may(Right.SEE_HEALTH):
            return (PEOPLE,)
        return _VIEWS.get(name, ())

    @cached_property
    def today(self) -> TodayTab:
        """Return 今日."""
        return self._join(self._makers.today())

    @cached_property
    def calendar(self) -> ActivityTab | None:
        """Return 活动日历."""
        if CALENDAR not in self:
            return None
        tab = self._makers.calendar()
        tab.notice_wanted.connect(self.notice_wanted)
        tab.due_wanted.connect(self.due_wanted)
        return self._join(tab)

    @cached_property
    def inspections(self) -> InspectionsTab | None:
        """Return 检查记录."""
        return self._join(self._makers.inspections()) if INSPECTIONS in self else None

    @cached_property
    def pest(self) -> PestTab | None:
        """Return 除害投药."""
        if PEST not in self:
            return None
        tab = self._makers.pest()
        tab.notice_wanted.connect(self.notice_wanted)
        return self._join(tab)

    @cached_property
    def health(self) -> HealthTab:
        """Return 居民健康档案."""
        return self._join(self._makers.health())

    @cached_property
    def notices(self) -> NoticesTab | None:
        """Return 通知告示."""
        return self._join(self._makers.notices()) if NOTICES in self else None

    @cached_property
    def reports(self) -> ReportsTab:
        """Return 台账报表."""
        tab = self._makers.reports()
        tab.look_wanted.connect(self.look_wanted)
        return self._join(tab)

    def put_away(self) -> None:
        """Let what was made keep what is typed and finish what it reads: the window closes."""
        if self.is_made(TODAY):
            self.today.runner.shutdown()
        if self.is_made(NOTICES) and self.notices is not None:
            self.notices.put_away()

    def _join(self, tab: T) -> T:
        tab.import_wanted.connect(self.import_wanted)
        for panel in tab.findChildren(SidePanel):
            panel.history_wanted.connect(self.history_wanted)
        self.made.emit(tab)
        return tab


_ATTRIBUTES = {
    TODAY: "today", CALENDAR: "calendar", INSPECTIONS: "inspections", PEST: "pest", HEALTH: "health",
    NOTICES: "notices", REPORTS: "reports",
}  # fmt: skip
