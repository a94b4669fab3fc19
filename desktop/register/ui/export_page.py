"""导出表格: numbers starred or whole; whole ones are asked for what, and the sheet says so."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from desktop.foundation.errors import InputError
from desktop.foundation.jobs import JobContext
from desktop.register.intake.leaving_out import MOST_WORDS, checked_purpose
from desktop.register.intake.service import IntakeService
from desktop.register.ui.host import PageHost
from desktop.register.ui.hosted_page import HostedPage
from desktop.register.ui.page_work import PageWork
from desktop.widgets.buttons import PrimaryButton
from desktop.widgets.card import Card
from desktop.widgets.dialogs import choose_save
from desktop.widgets.fields.text import TextField
from desktop.widgets.focus import pass_focus
from desktop.widgets.roles import FixedWidth, label, row
from desktop.widgets.segmented import Segmented

_STARRED, _WHOLE = "starred", "whole"
_CARD_WIDTH, _FIELD_WIDTH = 760, 560
_ABOUT = {
    _STARRED: "身份证号、电话中间打星号，可以给别人看。",
    _WHOLE: "表上和每页纸上都写着谁、什么时候、为什么导出，操作记录里也有。用完请收好或删掉。",
}


class ExportPage(HostedPage):
    """Starred unless somebody asks for more; leaving by the file dialog writes nothing."""

    def __init__(self, intake: IntakeService, host: PageHost, kind: str) -> None:
        super().__init__("export", host)
        self._intake, self._kind = intake, kind
        self._title = intake.kinds[kind]
        self._work = PageWork(self, host.runner)
        self._numbers = Segmented([(_STARRED, "号码打星号"), (_WHOLE, "完整号码")], accessible_name="号码怎么写")
        self._numbers.changed.connect(self._show_choice)
        self._about = label("", "secondary", wrap=True, name="export_about")
        self._purpose = TextField(
            "purpose", "拿去做什么用", required=True, placeholder="如：报街道高龄津贴名单", limit=MOST_WORDS
        )
        FixedWidth(self._purpose, _FIELD_WIDTH)
        button = PrimaryButton("选地方，导出", "upload", name="export_start")
        button.clicked.connect(self._ask)
        self._purpose.entered.connect(self._ask)
        card = Card("身份证号和电话")
        FixedWidth(card, _CARD_WIDTH)
        card.body.addLayout(row(self._numbers, 0))
        card.body.addWidget(self._about)
        card.body.addLayout(row(self._purpose, 0))
        card.body.addLayout(row(button, 0))
        self._vertical.addLayout(row(self._back, label(f"导出{self._title}", "title"), 0, spacing=10))
        self._vertical.addWidget(self._work.banner)
        self._vertical.addLayout(row(card, 0))
        self._vertical.addStretch(1)
        pass_focus(self, button)
        self._show_choice()

    def _show_choice(self) -> None:
        self._about.setText(_ABOUT[self._numbers.current()])
        self._purpose.setVisible(self._whole)
        if self._whole:
            self._purpose.focus_editor()

    @property
    def _whole(self) -> bool:
        return self._numbers.current() == _WHOLE

    def _ask(self) -> None:
        self._work.hush()
        try:
            purpose = checked_purpose(self._purpose.value(), required=True) if self._whole else ""
        except InputError as error:
            self._purpose.set_problem(str(error))
            self._purpose.focus_editor()
            return
        self._purpose.set_problem("")
        write = partial(self._write, purpose)
        choose_save(self, f"导出{self._title}", f"{self._title}.xlsx", write, patterns=["表格 (*.xlsx)"])

    def _write(self, purpose: str, path: Path) -> None:
        def job(context: JobContext) -> Path:
            return self._intake.export(self._kind, path, unmasked=bool(purpose), purpose=purpose, context=context)

        self._work.run("正在导出", job, partial(self._written, whole=bool(purpose)), can_stop=True)

    def _written(self, path: Path, *, whole: bool) -> None:
        how = "号码是完整的，用完请收好或删掉。" if whole else "号码打了星号。"
        self._work.say("good", f"{self._title}已导出，{how}", f"放在：{path}")
        self._host.note_saved()

    def _may_leave(self) -> bool:
        return not self._work.busy
