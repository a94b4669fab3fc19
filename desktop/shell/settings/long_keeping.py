"""长期保存: every sheet in one zip that other programs open, under a password of its own."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.foundation.clock import china_day
from desktop.foundation.days import plain_day
from desktop.foundation.errors import InputError
from desktop.foundation.jobs import JobContext
from desktop.register.intake.leaving_out import MOST_WORDS
from desktop.register.ui.page_work import PageWork
from desktop.shell.backups import readable_of
from desktop.shell.settings.own_password import FIELD_WIDTH
from desktop.shell.settings.section import Section
from desktop.shell.settings.window import SettingsHost
from desktop.shell.workbench import Workbench
from desktop.widgets.buttons import PrimaryButton
from desktop.widgets.dialogs import choose_folder
from desktop.widgets.fields.password import PasswordField
from desktop.widgets.fields.text import TextField
from desktop.widgets.roles import FixedWidth, label, row

if TYPE_CHECKING:
    from desktop.safekeeping.readable import ReadableCopy

USUAL_PURPOSE = "长期保存"
_ABOUT = (
    "把全部表格存成 Excel，放进一个加密的压缩包。以后没有这个程序，用 7-Zip、WinRAR 或 Bandizip 加上密码，也能打开。"
    "每年留一份。它不能代替备份：照片、发过的文件和修改记录不在里面。"
)
_KEEP_APART = "和登录密码分开，写在纸上，和恢复码放在一起。忘了谁也打不开。"
_NUMBERS = "里面的身份证号、电话是完整的。谁、什么时候、为什么存的，写在每张表上，也记在“导出和看号码”里。"


class LongKeepingSection(Section):
    """For those who may take whole numbers out."""

    def __init__(self, bench: Workbench, host: SettingsHost, work: PageWork) -> None:
        super().__init__(bench, host, work)
        self._service = readable_of(bench)
        self._purpose = TextField("purpose", "用途", required=True, limit=MOST_WORDS)
        self._password = PasswordField("password", "压缩包的密码", required=True, hint="至少8位，不用太常见的。")
        self._again = PasswordField("again", "密码再输一遍", required=True)
        self._last = label("", wrap=True, name="readable_last")
        card = self.add_card("留一份看得懂的表格")
        card.body.addWidget(label(_ABOUT, wrap=True))
        card.body.addWidget(self._last)
        order = (self._purpose, self._password, self._again)
        for field, following in zip(order, (*order[1:], None), strict=True):
            FixedWidth(field, FIELD_WIDTH)
            card.body.addLayout(row(field, 0))
            field.entered.connect(following.focus_editor if following else self._choose)
        self._button = PrimaryButton("选文件夹，存一份…", "download", name="write_readable")
        self._button.clicked.connect(self._choose)
        card.body.addWidget(label(_KEEP_APART, "secondary", wrap=True))
        card.body.addLayout(row(self._button, 0))
        card.body.addWidget(label(_NUMBERS, "secondary", wrap=True))

    def reload(self) -> None:
        """Say when the last one was made and empty the fields: a password must not wait there."""
        last = self._service.last_at()
        made = f"上次是{plain_day(china_day(last))}。" if last else "还没有留过。"
        self._last.setText(made + ("满一年了，该再留一份。" if last and self._service.is_due() else ""))
        self._purpose.set_value(USUAL_PURPOSE)
        for field in (self._password, self._again):
            field.set_value(None)

    def _choose(self) -> None:
        """Look at what was typed first, then ask where to."""
        try:
            self._service.check(*self._secrets(), self._purpose.value())
        except InputError as error:
            self._mark({problem.field: problem.message for problem in error.problems})
            return
        self._mark({})
        choose_folder(self, "存到哪个文件夹，最好是U盘", self._write)

    def _write(self, folder: Path) -> None:
        secret, _again = self._secrets()
        purpose = self._purpose.value()

        def job(context: JobContext) -> ReadableCopy:
            return self._service.write(folder, secret, purpose, context)

        self.work.hush()
        self.work.run("正在存可读的表格", job, partial(self._written, folder), can_stop=True)

    def _written(self, folder: Path, made: ReadableCopy) -> None:
        self.reload()
        self.host.note_saved()
        detail = f"{made.path.name}，在“{folder.name or folder}”里。密码请马上写在纸上收好。"
        self.work.say("good", made.sentence, detail)

    def _secrets(self) -> tuple[str, str]:
        return str(self._password.value() or ""), str(self._again.value() or "")

    def _mark(self, texts: dict[str, str]) -> None:
        wrong = []
        for field in (self._purpose, self._password, self._again):
            field.set_problem(texts.get(field.name, ""))
            if field.name in texts:
                wrong.append(field)
        if wrong:
            wrong[0].focus_editor()
