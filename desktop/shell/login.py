"""The login page: committee and day, who you are, your password; refusals and broken files are sentences on it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.foundation.clock import in_words
from desktop.foundation.days import long_day
from desktop.foundation.errors import AppError, DamagedFile, WrongPassword
from desktop.shell.face_picker import FacePicker
from desktop.shell.waiting import Waiting
from desktop.store.faces import Faces
from desktop.widgets.buttons import LinkButton, PrimaryButton
from desktop.widgets.card import Banner, Card
from desktop.widgets.fields.lineedit import LineEdit
from desktop.widgets.fields.password import PasswordField
from desktop.widgets.roles import FixedWidth, IconLabel, column, label, row
from desktop.widgets.theme import Appearance, appearance

CARD_WIDTH = 520
_WORKING = "正在打开资料…"
_MORE_HELP = "请看看大写锁定键和输入法；还是打不开，请点下面的“忘了密码”。"


def centred(card: QWidget, foot: QWidget | None = None) -> QScrollArea:
    """Return a scrolling page with *card* in its middle and *foot* at its lower edge."""
    inner = QWidget()
    inner.setProperty("role", "bare")
    whole = QVBoxLayout(inner)
    whole.setContentsMargins(12, 12, 12, 12)
    whole.addStretch(1)
    # In a row of its own, not by alignment: only so do wrapping texts get the height they need.
    whole.addLayout(row(0, card, 0))
    whole.addStretch(1)
    if foot is not None:
        whole.addWidget(foot, 0, Qt.AlignmentFlag.AlignHCenter)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inner)
    return scroll


class LoginPage(QWidget):
    """Collects who and password; the window tries them and answers with ``refuse`` or goes on."""

    submitted = Signal(str, str)  # slot id, password
    forgotten = Signal()
    restoring = Signal()
    rescuing = Signal()
    retried = Signal()
    appearance_chosen = Signal(object)
    painted = Signal()
    """The page stands on the screen for the first time; only now may anything heavy be loaded."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._day, self._was_painted, self._working = long_day(today), False, False
        self._waiting = Waiting(self)
        self._waiting.changed.connect(self._show_wait)
        self._committee = label("", "display", wrap=True, name="committee")
        self._date = label(self._day, "secondary", name="today")
        self._trouble = Banner("danger", "", button="再试一次", icon_name="warning")
        self._trouble.setObjectName("trouble")
        self._trouble.pressed.connect(self.retried)
        self._trouble.setVisible(False)
        self._rescue = PrimaryButton("资料坏了，看看怎么办", "info", name="rescue")
        self._rescue.clicked.connect(self.rescuing)
        self._rescue.setVisible(False)
        self.faces = FacePicker()
        self.faces.settled.connect(self.focus_password)
        self._password = PasswordField("password", "密码")
        self.faces.chosen.connect(self._another)
        self._password.entered.connect(self.submit)
        self._button = PrimaryButton("登录", name="sign_in")
        self._button.clicked.connect(self.submit)
        self._forgot = LinkButton("忘了密码，用恢复码打开", name="forgot")
        self._forgot.clicked.connect(self.forgotten)
        self._restore = LinkButton("从备份恢复", name="restore")
        self._restore.clicked.connect(self.restoring)
        self._large = LinkButton("大字", name="large")
        self._large.clicked.connect(lambda: self._switch(large=True))
        self._contrast = LinkButton("高对比", name="contrast")
        self._contrast.clicked.connect(lambda: self._switch(large=False))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        foot = label("资料加密存在这台电脑上，不联网。", "small")
        whole.addWidget(centred(self._card(), foot))
        self._name_switches()

    def _card(self) -> Card:
        card = Card()
        FixedWidth(card, CARD_WIDTH)
        card.body.setContentsMargins(34, 22, 34, 20)
        card.body.addLayout(row(IconLabel("home", 28, "accent"), label("居委工作台", "brand"), 0))
        card.body.addLayout(column(self._committee, self._date, spacing=6))
        card.body.addWidget(self._trouble)
        card.body.addWidget(self._rescue)
        self._asking = QWidget()
        self._asking.setProperty("role", "bare")
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 6, 0, 0)
        asking.setSpacing(8)
        for part in (label("您是哪一位", "field"), self.faces, self._password, self._button):
            asking.addWidget(part)
        card.body.addWidget(self._asking)
        card.body.addLayout(row(self._forgot, self._restore, 0, self._large, self._contrast, spacing=12))
        return card

    def show_faces(self, faces: Faces, chosen: str = "") -> None:
        """Show the committee's officers; the one with slot id *chosen* is picked."""
        self._committee.setText(faces.committee)
        self._trouble.setVisible(False)
        self._rescue.setVisible(False)
        self._asking.setVisible(True)
        self._forgot.setVisible(True)
        self.faces.set_faces(faces.people, chosen)

    def show_trouble(self, error: AppError) -> None:
        """Say why nobody can sign in; the button tries again, the program stays open."""
        self._committee.setText("资料打不开")
        self._trouble.set_text(str(error))
        self._trouble.setVisible(True)
        self._rescue.setVisible(False)
        self._asking.setVisible(False)
        self._forgot.setVisible(False)

    def set_lunar(self, text: str) -> None:
        """Add the lunar day behind the date."""
        self._date.setText(f"{self._day} · {text}")

    def focus_password(self) -> None:
        """Put the cursor into the password."""
        self._password.focus_editor()

    def submit(self) -> None:
        """Ask for signing in, unless a try is under way or nothing is typed."""
        face = self.faces.face()
        if self._working or self._waiting.seconds or face is None:
            return
        if not self._password.value():
            self._password.set_problem("请输入密码。")
            self.focus_password()
            return
        self.set_working(working=True)
        self.submitted.emit(face.id, self._password.value())

    def set_working(self, *, working: bool, text: str = _WORKING) -> None:
        """Take no input while the file is being opened, or while *text* is being done to it."""
        self._working = working
        self._button.set_text(text if working else "登录")
        for part in (self._button, self.faces, self._password, self._forgot, self._restore):
            part.setEnabled(not working)

    def refuse(self, error: BaseException) -> None:
        """Say why the try failed; the chosen face stays, the password is marked for typing over."""
        self.set_working(working=False)
        if isinstance(error, WrongPassword):
            self._password.set_problem(f"{error}{_MORE_HELP}")
            self._waiting.begin(error.wait_s)
        else:
            from desktop.widgets.dialogs import UNEXPECTED  # noqa: PLC0415  dialogs load Qt classes the paint can do without

            self._trouble.set_text(str(error) if isinstance(error, AppError) else UNEXPECTED)
            self._trouble.setVisible(True)
            self._rescue.setVisible(isinstance(error, DamagedFile))
        self.focus_password()
        editor = self._password.editor
        if isinstance(editor, LineEdit):
            editor.selectAll()

    def _another(self, _slot_id: str) -> None:
        self._password.set_problem("")
        self._waiting.begin(0)  # whoever has to wait is told so again at the next try

    def _show_wait(self, seconds: int) -> None:
        self._button.set_text(f"请等{in_words(seconds)}" if seconds else "登录")
        self._button.setEnabled(not seconds and not self._working)

    def forget_password(self) -> None:
        """Empty the password field: it must not wait there for the next person."""
        self._password.set_value(None)
        self._password.set_problem("")
        self._trouble.setVisible(False)
        self.set_working(working=False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell the first time that the page was painted."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def _switch(self, *, large: bool) -> None:
        now = appearance()
        chosen = Appearance(not now.large, now.contrast) if large else Appearance(now.large, not now.contrast)
        self.appearance_chosen.emit(chosen)
        self._name_switches()

    def _name_switches(self) -> None:
        now = appearance()
        self._large.set_text("标准字" if now.large else "大字")
        self._contrast.set_text("普通颜色" if now.contrast else "高对比")
