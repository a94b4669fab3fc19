"""A colleague leaves: what is open is shown, handed on and printed for signing, then the file gets a new key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.foundation.days import days_left
from desktop.foundation.errors import InputError, WrongPassword
from desktop.foundation.jobs import JobContext
from desktop.register.handover import OpenPart, hand_over_sheet
from desktop.register.leaving import check_leaving, shut_out
from desktop.register.office import unlock
from desktop.register.service.colleagues import ColleagueRow
from desktop.register.service.exports import Leaving
from desktop.register.ui.page_work import PageWork
from desktop.shell.settings.own_password import FIELD_WIDTH
from desktop.shell.settings.section import MOST_WIDE
from desktop.shell.settings.window import SettingsHost, Swap
from desktop.shell.workbench import Workbench
from desktop.store.folder import DataFolder
from desktop.widgets.buttons import IconButton, PrimaryButton, SecondaryButton
from desktop.widgets.card import Banner, Card
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.password import PasswordField
from desktop.widgets.panel import clear_layout
from desktop.widgets.roles import FixedWidth, label, row
from desktop.widgets.scrolling import ScrollBody, scroll_over
from desktop.widgets.theme import scaled

_SHOWN = 5
_HANDING_ON = (
    "没有销号的问题，把检查人、责任人里他的名字换成接手的同事，可以撤销。"
    "随访、药品台账写的是当时是谁做的，不改；和来文任务一样，按清单当面交接。"
)
_WARNING = (
    "这位同事的登录名会去掉，资料换一把新钥匙，其他人的密码和恢复码照旧能用。"
    "以前做的备份，他仍能用那天的密码打开，请收好旧U盘。"
)


class LeavingPage(QWidget):
    """Two steps on one page: the list both sign, then the director's own password and no way back."""

    def __init__(self, bench: Workbench, host: SettingsHost, who: ColleagueRow) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setObjectName("leaving_page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bench, self._host, self._who = bench, host, who
        self._work = PageWork(self, host.runner)
        self._parts: Sequence[OpenPart] = ()
        back = IconButton("chevron-left", "返回（Esc）", name="leaving_close")
        back.clicked.connect(self._close)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        inner = ScrollBody()
        body = QVBoxLayout(inner)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(10)
        body.addWidget(self._list_card())
        body.addWidget(self._leave_card())
        body.addStretch(1)
        area = scroll_over(inner)
        area.setMaximumWidth(scaled(MOST_WIDE))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(10)
        whole.addLayout(row(back, label(f"{who.name}离开", "title"), 0, spacing=10))
        whole.addWidget(self._work.banner)
        whole.addWidget(area, 1)
        self.reload()

    def reload(self) -> None:
        """Read again what is open; what was typed or chosen stays."""
        if not self._work.busy:
            self._work.run("正在找还没办完的事", partial(_open_parts, self._bench, self._who.name), self._show)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc."""
        if event.key() == Qt.Key.Key_Escape and not self._work.busy:
            self._close()
            return
        super().keyPressEvent(event)

    def _list_card(self) -> Card:
        card = Card("第一步：交接还没办完的事", "打印出来，移交人、接收人、监交人签字")
        card.body.addLayout(self._lines)
        self._print = SecondaryButton("打印移交清单", "print", name="print_handover")
        self._print.clicked.connect(self._print_list)
        self._print.setEnabled(False)
        colleagues = [one for one in self._bench.colleagues.colleagues() if one.id != self._who.id]
        self._receiver = ChoiceField("receiver", "转给谁", [(one.id, one.name) for one in colleagues])
        FixedWidth(self._receiver, FIELD_WIDTH)
        self._hand_on = SecondaryButton("全部转给这位同事", "person", name="hand_on")
        self._hand_on.clicked.connect(self._hand_all_on)
        card.body.addLayout(row(self._receiver, 0))
        card.body.addWidget(label(_HANDING_ON, "secondary", wrap=True))
        card.body.addLayout(row(self._hand_on, self._print, 0))
        return card

    def _leave_card(self) -> Card:
        card = Card("第二步：去掉登录名，换钥匙")
        card.body.addWidget(Banner("warning", _WARNING))
        self._password = PasswordField(
            "leaving_password",
            f"{self._bench.officer.name}（您）的密码",
            required=True,
            hint="换好钥匙后用它重新登录。",
        )
        FixedWidth(self._password, FIELD_WIDTH)
        self._button = PrimaryButton(f"让{self._who.name}离开", "key", name="let_leave")
        self._button.clicked.connect(self._begin)
        self._password.entered.connect(self._begin)
        card.body.addLayout(row(self._password, 0))
        card.body.addLayout(row(self._button, 0))
        return card

    def _show(self, parts: Sequence[OpenPart]) -> None:
        self._parts = parts
        self._print.setEnabled(True)
        clear_layout(self._lines)
        today = self._bench.clock.today()
        for part in parts:
            self._lines.addWidget(label(f"{part.title}：{len(part.items)}项", "field"))
            for item in part.items[:_SHOWN]:
                when = f"　{days_left(item.due_on, today)}" if item.due_on else ""
                self._lines.addWidget(label(f"· {item.what}{when}", wrap=True))
            if (more := len(part.items) - _SHOWN) > 0:
                self._lines.addWidget(label(f"另有{more}项，打印的清单上都有。", "secondary"))

    def _hand_all_on(self) -> None:
        self._receiver.settle()
        receiver = self._receiver.value()
        if not isinstance(receiver, UUID):
            self._receiver.set_problem(self._receiver.own_problem() or "请选转给哪位同事。")
            self._receiver.focus_editor()
            return
        self._receiver.set_problem("")
        self._work.hush()
        job = partial(_hand_on, self._bench, self._who.name, receiver)
        self._work.run("正在转交", job, self._handed_on, self._not_handed_on)

    def _handed_on(self, told: str) -> None:
        self._work.say("good", f"已{told}。")
        self._host.note_saved(f"已{told}")

    def _not_handed_on(self, error: BaseException) -> None:
        if isinstance(error, InputError) and error.problems:
            self._receiver.set_problem(str(error))
            self._receiver.focus_editor()
        else:
            self._work.say_failed(error)

    def _print_list(self) -> None:
        today = self._bench.clock.today()
        sheet = hand_over_sheet(self._who.name, self._who.role.value, self._parts, today)
        leaves = Leaving("工作移交清单", sum(len(part.items) for part in self._parts), "handover")
        self._host.print_sheet(f"工作移交清单 {self._who.name}", sheet, leaves)

    def _begin(self) -> None:
        password = self._password.value()
        if not password:
            self._password.set_problem("请输入您自己的密码。")
            self._password.focus_editor()
            return
        self._work.hush()
        self._work.run("正在核对密码", partial(_check, self._bench, self._who, password), self._go, self._refused)

    def _go(self, _checked: object) -> None:
        bench, who = self._bench, self._who
        folder = DataFolder(bench.store.data_folder)

        def work(_context: JobContext) -> None:
            shut_out(folder, bench.data_key, bench.officer, who.id, clock=bench.clock)

        done = f"{who.name}已离开，资料换了新钥匙。请马上做一次备份。"
        self._host.swap(Swap("正在换钥匙，请不要关电脑", work, self._password.value(), done))

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, WrongPassword):
            self._password.set_problem(str(error))
            self._password.focus_editor()
        else:
            self._work.say_failed(error)

    def _close(self) -> None:
        self._host.close_page(self)


def _open_parts(bench: Workbench, name: str, _context: JobContext) -> list[OpenPart]:
    return bench.handover.open_parts(name)


def _hand_on(bench: Workbench, name: str, receiver: UUID, _context: JobContext) -> str:
    return bench.handover.hand_on(name, receiver)


def _check(bench: Workbench, who: ColleagueRow, password: str, _context: JobContext) -> None:
    check_leaving(bench.store, bench.officer, who.id)
    unlock(DataFolder(bench.store.data_folder), bench.officer.staff_id.hex, password, clock=bench.clock)
