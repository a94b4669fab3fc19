"""我的密码: the old one, a new one twice; wrong fields are marked together."""

from __future__ import annotations

from functools import partial

from desktop.foundation.errors import InputError, Problem
from desktop.foundation.jobs import JobContext
from desktop.register.service.colleagues import ColleagueService
from desktop.register.ui.host import PageHost
from desktop.register.ui.page_work import PageWork
from desktop.shell.settings.section import Section
from desktop.shell.workbench import Workbench
from desktop.widgets.buttons import PrimaryButton
from desktop.widgets.fields.password import PasswordField
from desktop.widgets.roles import FixedWidth, label, row

_ABOUT = "改好以后，下次登录就用新密码。以前做的备份仍然用那天的密码打开。"
FIELD_WIDTH = 360


class OwnPasswordSection(Section):
    """Every officer has it."""

    def __init__(self, bench: Workbench, host: PageHost, work: PageWork) -> None:
        super().__init__(bench, host, work)
        self._fields = {
            "old": PasswordField("old", "现在的密码", required=True),
            "password": PasswordField("password", "新密码", required=True, hint="至少8位，不用太常见的。"),
            "again": PasswordField("again", "新密码再输一遍", required=True),
        }
        card = self.add_card("改我的密码")
        order = list(self._fields.values())
        for field, following in zip(order, [*order[1:], None], strict=True):
            FixedWidth(field, FIELD_WIDTH)
            card.body.addLayout(row(field, 0))
            field.entered.connect(following.focus_editor if following else self._save)
        self._button = PrimaryButton("改密码", "key", name="change_own_password")
        self._button.clicked.connect(self._save)
        card.body.addLayout(row(self._button, 0))
        card.body.addWidget(label(_ABOUT, "secondary", wrap=True))

    def reload(self) -> None:
        """Empty the fields: a password must not wait there."""
        for field in self._fields.values():
            field.set_value(None)

    def _save(self) -> None:
        old, new, again = (field.value() for field in self._fields.values())
        problems = [Problem("old", "required", "请输入现在的密码。")] if not old else []
        if new != again:
            problems.append(Problem("again", "differs", "两遍不一样，请再输一遍。"))
        if problems:
            self._mark(problems)
            return
        self.work.hush()
        job = partial(_change, self.bench.colleagues, old, new)
        self.work.run("正在换密码", job, self._changed, self._refused)

    def _changed(self, _none: object) -> None:
        self.reload()
        self.host.note_saved()
        self.work.say("good", "密码已经改好，下次登录用新密码。")

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, InputError) and error.problems:
            self._mark(error.problems)
        else:
            self.work.say_failed(error)

    def _mark(self, problems: list[Problem] | tuple[Problem, ...]) -> None:
        texts = {problem.field: problem.message for problem in problems}
        for name, field in self._fields.items():
            field.set_problem(texts.get(name, ""))
        next(field for name, field in self._fields.items() if name in texts).focus_editor()


def _change(colleagues: ColleagueService, old: str, new: str, _context: JobContext) -> None:
    colleagues.change_own_password(old, new)
