"""Forgotten password: the recovery code opens the file once, then a new password and a new code take their places."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.errors import AppError, WrongPassword
from desktop.foundation.jobs import JobContext
from desktop.printing.document import RecoverySheet
from desktop.register.office import Recovered, open_with_recovery, reset_with_recovery
from desktop.register.service.people import check_password
from desktop.shell.code_boxes import CodeBoxes
from desktop.shell.code_keeping import CodeKeeping
from desktop.shell.login import centred
from desktop.store.folder import DataFolder
from desktop.store.keys import Cost
from desktop.store.recovery import new_recovery_code, parse_recovery_code
from desktop.widgets.busy import Busy
from desktop.widgets.buttons import LinkButton, PrimaryButton
from desktop.widgets.card import Banner, Card
from desktop.widgets.dialogs import UNEXPECTED
from desktop.widgets.fields.password import PasswordField
from desktop.widgets.jobs import JobRunner
from desktop.widgets.roles import FixedWidth, column, label, row

CARD_WIDTH = 760


class ResetPage(QWidget):
    """Two halves: type the code; then new password and new code. Nothing is changed before the last button."""

    cancelled = Signal()
    completed = Signal(str, str)  # slot id, new password

    def __init__(
        self, folder: Path, committee: str, runner: JobRunner, clock: Clock, *, cost: Cost | None = None
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._folder, self._committee, self._runner, self._clock, self._cost = folder, committee, runner, clock, cost
        self._code: tuple[str, ...] = ()
        self._new_code = new_recovery_code()
        self._recovered: Recovered | None = None
        self._trouble = Banner("danger", "")
        self._trouble.setObjectName("trouble")
        self._trouble.setVisible(False)
        self._typing, self._setting = self._typing_part(), self._setting_part()
        self._setting.setVisible(False)
        back = LinkButton("返回登录", "chevron-left", name="back_to_login")
        back.clicked.connect(self.cancelled)
        card = Card()
        FixedWidth(card, CARD_WIDTH)
        for part in (label("用恢复码打开", "display"), self._trouble, self._typing, self._setting):
            card.body.addWidget(part)
        card.body.addLayout(row(back, 0))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(centred(card))
        self._busy = Busy(self)

    def _typing_part(self) -> QWidget:
        self._boxes = CodeBoxes()
        self._open = PrimaryButton("用恢复码打开", "key", name="open_with_code")
        self._open.clicked.connect(self._try_code)
        about = "请主任拆开封存的信封，照着纸输入8组数字。每组末位是校验数字，输错会马上指出是第几组。"
        return _part(label(about, "secondary", wrap=True), self._boxes, self._open)

    def _setting_part(self) -> QWidget:
        self._who = QComboBox()
        self._who.setObjectName("director")
        self._who.setAccessibleName("给哪一位主任设新密码")
        self._password = PasswordField("new_password", "新密码", required=True, hint="至少8位，请主任自己输入。")
        self._keeping = CodeKeeping(self._runner, self._folder)
        self._finish = PrimaryButton("设好新密码并登录", "check", name="finish_reset")
        self._finish.clicked.connect(self._reset)
        self._several = QWidget()
        self._several.setProperty("role", "bare")
        self._several.setLayout(column(label("给哪一位主任设新密码", "field"), self._who, spacing=4))
        about = "恢复码对了。旧恢复码用完即废，请设新密码，并打印新的恢复码封存。以前的备份仍用旧密码、旧恢复码打开。"
        part = _part(label(about, "secondary", wrap=True))
        layout = part.layout()
        if isinstance(layout, QVBoxLayout):
            for widget in (self._several, self._password, self._keeping, self._finish):
                layout.addWidget(widget)
        return part

    def start(self) -> None:
        """Put the cursor into the first group."""
        self._boxes.boxes[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _try_code(self) -> None:
        self._trouble.setVisible(False)
        if not self._boxes.demand():
            return
        self._code = parse_recovery_code(self._boxes.text())
        self._busy.begin("正在用恢复码打开资料")
        self._runner.start(
            partial(_open, DataFolder(self._folder), self._code, self._clock), done=self._opened, failed=self._refused
        )

    def _opened(self, recovered: Recovered) -> None:
        self._busy.end()
        self._recovered = recovered
        self._who.clear()
        for slot_id, name in recovered.directors:
            self._who.addItem(name, slot_id)
        self._several.setVisible(len(recovered.directors) > 1)
        self._password.set_title("新密码" if len(recovered.directors) > 1 else f"{self._who.currentText()}的新密码")
        sheet = RecoverySheet(self._committee, self._new_code, self._clock.today(), recovered.next_number)
        self._keeping.set_sheet(sheet)
        self._typing.setVisible(False)
        self._setting.setVisible(True)
        self._password.focus_editor()

    def _refused(self, error: BaseException) -> None:
        self._busy.end()
        if isinstance(error, WrongPassword) and error.wait_s:
            self._boxes.refuse(
                f"这个恢复码打不开这份资料。{str(error).removeprefix('恢复码不对，请再试一次。资料没有动。')}"
            )
        elif isinstance(error, WrongPassword):
            self._boxes.refuse("这个恢复码打不开这份资料。请看看是不是最新的那一张（右下角的编号最大）。资料没有动。")
        else:
            self._say(error)

    def _reset(self) -> None:
        self._trouble.setVisible(False)
        problems = check_password(self._password.value(), name=self._who.currentText())
        self._password.set_problem(problems[0].message if problems else "")
        if problems:
            self._password.focus_editor()
            return
        if not self._keeping.demand():
            return
        self._busy.begin("正在换上新密码")
        slot_id, password = str(self._who.currentData()), self._password.value()
        job = partial(_reset, self._folder, self._code, slot_id, password, self._new_code, self._clock, self._cost)
        self._runner.start(job, done=lambda _none: self._changed(slot_id, password), failed=self._failed)

    def _changed(self, slot_id: str, password: str) -> None:
        self._busy.end()
        self.completed.emit(slot_id, password)

    def _failed(self, error: BaseException) -> None:
        self._busy.end()
        self._say(error)

    def _say(self, error: BaseException) -> None:
        self._trouble.set_text(str(error) if isinstance(error, AppError) else UNEXPECTED)
        self._trouble.setVisible(True)


def _part(*widgets: QWidget) -> QWidget:
    part = QWidget()
    part.setProperty("role", "bare")
    layout = column(*widgets, spacing=12)
    part.setLayout(layout)
    return part


def _open(folder: DataFolder, code: tuple[str, ...], clock: Clock, _context: JobContext) -> Recovered:
    return open_with_recovery(folder, code, clock)


def _reset(  # noqa: PLR0917  bound by partial, in the order of the use case
    folder: Path,
    code: tuple[str, ...],
    director_id: str,
    password: str,
    new_code: tuple[str, ...],
    clock: Clock,
    cost: Cost | None,
    _context: JobContext,
) -> None:
    reset_with_recovery(
        DataFolder(folder),
        code=code,
        director_id=director_id,
        password=password,
        new_code=new_code,
        clock=clock,
        cost=cost,
    )
