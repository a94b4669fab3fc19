"""人员和密码: everybody who may sign in, with role and 可看健康档案; adding, changing, a new password, leaving."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.register.rights import ROLE_SENTENCES
from desktop.register.service.colleagues import ColleagueRow
from desktop.register.ui.page_work import PageWork
from desktop.shell.settings.colleague_form import ColleagueForm, NewPasswordForm
from desktop.shell.settings.leaving import LeavingPage
from desktop.shell.settings.section import Section
from desktop.shell.settings.window import SettingsHost
from desktop.shell.workbench import Workbench
from desktop.widgets.buttons import LinkButton, SecondaryButton
from desktop.widgets.roles import chip, label, row, rule

_ABOUT = "每人一个登录名，各记各的账。换了职务，下次登录起生效。密码程序不存原文，忘了只能由主任重设。"


class PeopleSection(Section):
    """The director's list of colleagues."""

    def __init__(self, bench: Workbench, host: SettingsHost, work: PageWork) -> None:
        super().__init__(bench, host, work)
        self._window = host
        card = self.add_card("谁可以登录")
        self._list = QWidget()
        self._list.setProperty("role", "bare")
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        card.body.addWidget(self._list)
        add = SecondaryButton("加一位同事", "plus", name="add_colleague")
        add.clicked.connect(self._add)
        card.body.addSpacing(4)
        card.body.addLayout(row(add, 0))
        card.body.addWidget(label(_ABOUT, "secondary", wrap=True))

    def reload(self) -> None:
        """List the colleagues as they are stored."""
        for old in self._list.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            self._grid.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        for number, one in enumerate(self.bench.colleagues.colleagues()):
            if number:
                self._grid.addWidget(rule(), 2 * number - 1, 0, 1, 4)
            for place, part in enumerate(self._cells(one, number)):
                self._grid.addWidget(part, 2 * number, place, Qt.AlignmentFlag.AlignVCenter)

    def _cells(self, one: ColleagueRow, number: int) -> tuple[QWidget, ...]:
        name = label(f"{one.name}（我）" if one.is_self else one.name, "heading", name=f"colleague_{number}")
        role = label(one.role.value)
        role.setToolTip(ROLE_SENTENCES[one.role])
        sees = chip("可看健康档案", "green") if one.sees_health else chip("不看健康档案", "grey")
        if not one.has_password:
            sees = chip("还没有密码", "amber")
        buttons = QWidget()
        buttons.setProperty("role", "bare")
        line = [self._button("修改", "change", number, partial(self._change, one))]
        if not one.is_self:
            line.append(self._button("重设密码", "reset", number, partial(self._reset, one)))
            line.append(self._button("离开", "leave", number, partial(self._leave, one)))
        buttons.setLayout(row(0, *line, spacing=10))
        return name, role, sees, buttons

    def _button(self, text: str, what: str, number: int, call: object) -> LinkButton:
        button = LinkButton(text, name=f"{what}_{number}")
        button.clicked.connect(call)
        return button

    def _add(self) -> None:
        self.host.open_page(ColleagueForm(self.bench, self._window, self._done))

    def _change(self, one: ColleagueRow, _checked: bool = False) -> None:
        self.host.open_page(ColleagueForm(self.bench, self._window, self._done, row=one))

    def _reset(self, one: ColleagueRow, _checked: bool = False) -> None:
        self.host.open_page(NewPasswordForm(self.bench, self._window, self._done, one))

    def _leave(self, one: ColleagueRow, _checked: bool = False) -> None:
        self.host.open_page(LeavingPage(self.bench, self._window, one))

    def _done(self, text: str) -> None:
        self.reload()
        self.work.say("good", text)
