"""The forms for one colleague: name, role and 可看健康档案; and a new password from the director."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox

from desktop.foundation.errors import InputError, Problem
from desktop.foundation.jobs import JobContext
from desktop.foundation.text import tidy_name
from desktop.register.rights import ROLE_SENTENCES, Role
from desktop.register.service.colleagues import ColleagueRow
from desktop.register.service.people import check_password
from desktop.register.ui.host import PageHost
from desktop.shell.settings.window import SettingsHost
from desktop.shell.workbench import Workbench
from desktop.widgets.dialogs import show_error
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.password import PasswordField
from desktop.widgets.fields.text import TextField
from desktop.widgets.form import FormPage

Done = Callable[[str], object]
_TICKED = frozenset({Role.DIRECTOR, Role.HEALTH})
_PAIR = {Role.HEALTH: Role.GRID, Role.GRID: Role.HEALTH}
"""Unticking 可看健康档案 makes a 卫生专干 a 网格员 and the other way round; the others have no choice."""


class _StoringForm(FormPage):
    """A form whose values go through a service on the job thread; refusals are marked, then it closes."""

    def __init__(self, title: str, host: PageHost, done: Done, *, save_text: str, doing: str) -> None:
        super().__init__(title, save_text=save_text)
        self._host, self._done, self._doing = host, done, doing
        self.cancelled.connect(lambda _keep: host.close_page(self))

    def store(self, work: Callable[[], object], text: str, *, after: Callable[[], object] | None = None) -> None:
        """Do *work*, close the form and say *text*."""
        self.set_saving(True)

        def stored(_result: object) -> None:
            self.set_saving(False)
            self._host.note_saved()
            self._host.close_page(self)
            self._done(text)
            if after is not None:
                after()

        self._host.runner.start(partial(_call, work), done=stored, failed=self._refused)

    def _refused(self, error: BaseException) -> None:
        self.set_saving(False)
        if isinstance(error, InputError):
            self.show_problems(error.problems or [Problem("", "refused", str(error))])
        else:
            show_error(self, self._doing, error)


class ColleagueForm(_StoringForm):
    """A new colleague with a first password, or another name and role for one."""

    def __init__(self, bench: Workbench, host: SettingsHost, done: Done, *, row: ColleagueRow | None = None) -> None:
        title = f"修改同事：{row.name}" if row else "加一位同事"
        super().__init__(title, host, done, save_text="保存", doing="保存同事")
        self.setObjectName("colleague_form")
        self._colleagues, self._window, self._row = bench.colleagues, host, row
        self._role = ChoiceField("role", "职务", [role.value for role in Role], required=True)
        self._sees = QCheckBox("可看健康档案")
        self._sees.setObjectName("sees_health")
        self._sees.toggled.connect(self._ticked)
        self._role.edited.connect(self._role_chosen)
        name = TextField("name", "姓名", required=True, hint="登录时显示的名字", limit=40)
        self.add_section("是谁", [name, self._role, self._sees], columns=2, remark="＊ 为必填")
        if row is None:
            password = PasswordField("password", "初始密码", required=True, hint="至少8位，请本人自己输入。")
            self.add_section("", [password], columns=2, joined=True)
        self.set_values({"name": row.name, "role": row.role.value} if row else {"role": Role.GRID.value})
        self._role_chosen()
        self.set_checker(self._check)
        self.save_requested.connect(self._save)

    def _role_now(self) -> Role | None:
        value = self._role.value()
        return Role(str(value)) if value else None

    def _role_chosen(self) -> None:
        role = self._role_now()
        self._role.set_hint(ROLE_SENTENCES[role] if role else "")
        with QSignalBlocker(self._sees):
            self._sees.setChecked(role in _TICKED)
        self._sees.setEnabled(role in _PAIR)

    def _ticked(self, _on: bool) -> None:
        role = self._role_now()
        if role in _PAIR:
            self._role.set_value(_PAIR[role].value)
            self._role_chosen()

    def _check(self, values: dict[str, object]) -> list[Problem]:
        role = self._role_now()
        problems = [] if role else [Problem("role", "required", "请选职务。")]
        name = str(values["name"] or "")
        staff_id = self._row.id if self._row else None
        problems += self._colleagues.check(name, role or Role.READER, staff_id=staff_id) if role else []
        if self._row is None:
            problems += check_password(str(values["password"]), name=tidy_name(name))
        return problems

    def _save(self) -> None:
        values, role, row = self.values(), self._role_now() or Role.READER, self._row
        name = str(values["name"] or "")
        if row is None:
            work = partial(self._colleagues.add, name, role, str(values["password"]))
            self.store(work, f"已加{tidy_name(name)}，现在就可以登录。")
            return
        own_role = row.is_self and role is not row.role
        self.store(
            partial(self._colleagues.change, row.id, name, role),
            f"已修改{tidy_name(name)}，下次登录起生效。",
            # What this window may do hangs on the role it was opened with.
            after=self._window.sign_out if own_role else None,
        )


class NewPasswordForm(_StoringForm):
    """The director gives a colleague another password."""

    def __init__(self, bench: Workbench, host: PageHost, done: Done, row: ColleagueRow) -> None:
        super().__init__(f"重设密码：{row.name}", host, done, save_text="设好密码", doing="重设密码")
        self.setObjectName("new_password_form")
        self._colleagues, self._row = bench.colleagues, row
        fields = [
            PasswordField("password", "新密码", required=True, hint="至少8位，请本人自己输入。"),
            PasswordField("again", "再输一遍", required=True),
        ]
        self.add_section(f"给{row.name}设新密码", fields, columns=2, remark="旧密码马上作废；以前的备份仍用那天的密码")
        self.set_checker(self._check)
        self.save_requested.connect(self._save)

    def _check(self, values: dict[str, object]) -> list[Problem]:
        problems = check_password(str(values["password"]), name=self._row.name)
        if values["password"] != values["again"]:
            problems.append(Problem("again", "differs", "两遍不一样，请再输一遍。"))
        return problems

    def _save(self) -> None:
        password = str(self.values()["password"])
        self.store(
            partial(self._colleagues.set_password, self._row.id, password),
            f"{self._row.name}的密码已经换好，请本人登录后自己再改一次。",
        )


def _call(work: Callable[[], object], _context: JobContext) -> object:
    return work()
