"""The page 设置: sections at the left, the chosen one at the right; what a role may not change is not there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout

from desktop.register.rights import Right
from desktop.register.ui.hosted_page import HostedPage
from desktop.register.ui.page_work import PageWork
from desktop.shell.settings.appearance import AppearanceSection
from desktop.shell.settings.backing_up import BackupSection
from desktop.shell.settings.code import CodeSection
from desktop.shell.settings.committee import CommitteeSection
from desktop.shell.settings.locking import LockSection
from desktop.shell.settings.long_keeping import LongKeepingSection
from desktop.shell.settings.month_files import MonthFilesSection
from desktop.shell.settings.own_password import OwnPasswordSection
from desktop.shell.settings.people import PeopleSection
from desktop.shell.settings.section import MOST_WIDE, Section
from desktop.shell.settings.window import SettingsHost
from desktop.shell.workbench import Workbench
from desktop.widgets.buttons import SteadyButton
from desktop.widgets.card import Card
from desktop.widgets.roles import FixedWidth, label, row
from desktop.widgets.scrolling import ScrollBody, scroll_over
from desktop.widgets.theme import scaled

PEOPLE, PASSWORD, CODE, COMMITTEE = "人员和密码", "我的密码", "恢复码", "居委会资料"
BACKUP, MONTH, LONG, LOOKS, LOCK = "备份", "每月导出", "长期保存", "外观", "自动锁定"
_NAV_WIDTH = 176


class _NavButton(SteadyButton):
    """One section in the list at the left."""

    ROLE = "nav"


class SettingsPage(HostedPage):
    """Stands over the tabs until Esc; every change is stored at once or by the button beside it."""

    def __init__(self, bench: Workbench, host: SettingsHost) -> None:
        super().__init__("settings", host)
        self._work = PageWork(self, host.runner)
        self._sections: dict[str, Section] = {}
        self._buttons: dict[str, _NavButton] = {}
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        self._stack.setMaximumWidth(scaled(MOST_WIDE))
        self._nav = Card()
        FixedWidth(self._nav, _NAV_WIDTH)
        self._nav.body.setContentsMargins(8, 8, 8, 8)
        inner = ScrollBody()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(4)
        self._nav_area = scroll_over(inner)
        self._nav.body.addWidget(self._nav_area)
        manages = bench.officer.may(Right.MANAGE)
        makers: list[tuple[str, Callable[..., Section]]] = [
            *([(PEOPLE, PeopleSection)] if manages else []),
            (PASSWORD, OwnPasswordSection),
            *([(CODE, CodeSection), (COMMITTEE, CommitteeSection)] if manages else []),
            (BACKUP, BackupSection),
            *([(MONTH, MonthFilesSection)] if bench.officer.may(Right.EXPORT) else []),
            *([(LONG, LongKeepingSection)] if bench.officer.may(Right.EXPORT_UNMASKED) else []),
            (LOOKS, AppearanceSection),
            (LOCK, LockSection),
        ]
        for number, (title, make) in enumerate(makers):
            self._add(number, title, make(bench, host, self._work))
        self._list.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(self._nav)
        both.addWidget(self._stack, 1)
        both.addStretch(0)
        self._vertical.addLayout(row(self._back, label("设置", "title"), 0, spacing=10))
        self._vertical.addWidget(self._work.banner)
        self._vertical.addLayout(both, 1)
        self.show_section(makers[0][0])

    def titles(self) -> list[str]:
        """Return the sections this officer has."""
        return list(self._sections)

    def section(self, title: str) -> Section:
        """Return the section called *title*; raise KeyError if this officer has none."""
        return self._sections[title]

    def show_section(self, title: str) -> None:
        """Bring the section called *title* to the front."""
        section = self._sections[title]
        self._work.hush()
        self._buttons[title].setChecked(True)
        self._nav_area.ensureWidgetVisible(self._buttons[title])
        self._stack.setCurrentWidget(section)
        section.reload()

    def reload(self) -> None:
        """Read again what is in front."""
        current = self._stack.currentWidget()
        if isinstance(current, Section):
            current.reload()

    def _add(self, number: int, title: str, section: Section) -> None:
        button = _NavButton(title, name=f"nav_{number}")
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(partial(self._choose, title))
        self._group.addButton(button)
        self._list.addWidget(button)
        self._buttons[title], self._sections[title] = button, section
        self._stack.addWidget(section)

    def _choose(self, title: str, _checked: bool = False) -> None:
        self.show_section(title)

    def _may_leave(self) -> bool:
        return not self._work.busy
