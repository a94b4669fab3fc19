"""Locking: after some idle minutes the window hides behind a password; whatever was being typed stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.foundation.clock import in_words
from desktop.foundation.errors import AppError, WrongPassword
from desktop.foundation.jobs import JobContext
from desktop.shell.login import CARD_WIDTH, centred
from desktop.shell.waiting import Waiting
from desktop.widgets.buttons import LinkButton, PrimaryButton
from desktop.widgets.card import Card
from desktop.widgets.dialogs import UNEXPECTED
from desktop.widgets.fields.password import PasswordField
from desktop.widgets.jobs import JobRunner
from desktop.widgets.roles import FixedWidth, IconLabel, label, row

_SIGNS_OF_LIFE = frozenset({
    QEvent.Type.KeyPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.InputMethod,
})  # fmt: skip
Check = Callable[[str], object]
"""Tries a password; raises WrongPassword or another AppError. Called on the runner's thread."""


class IdleWatch(QObject):
    """Says `idle` once nobody has touched keyboard or mouse for *minutes*; 0 minutes means never.

    It listens to the native windows, which see each input once; a filter on the whole application would be asked
    about every event of every widget.
    """

    idle = Signal()

    def __init__(self, minutes: float, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=round(minutes * 60_000))
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)  # the coarse one may be 5 % late
        self._timer.timeout.connect(self.idle)
        app = QGuiApplication.instance()
        if minutes and isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
            for window in app.topLevelWindows():
                self._watch(window)
            self._timer.start()

    def restart(self) -> None:
        """Count from the beginning, also after it has fired."""
        if self._timer.interval():
            self._timer.start()

    def stop(self) -> None:
        """Stop counting for good."""
        self._timer.stop()
        self._timer.setInterval(0)

    def remaining_ms(self) -> int:
        """Return how long until the window locks; -1 while nothing is counted."""
        return self._timer.remainingTime()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count anew on every sign of life."""
        if event.type() in _SIGNS_OF_LIFE and self._timer.isActive():
            self._timer.start()
        return super().eventFilter(watched, event)

    def _watch(self, window: QWindow | None) -> None:
        if window is None:
            return
        window.removeEventFilter(self)
        window.installEventFilter(self)
        if self._timer.isActive():
            self._timer.start()


class LockWindow(QWidget):
    """Stands in place of all other windows until the same officer's password is given."""

    unlocked = Signal()
    signed_out = Signal()

    def __init__(self, officer: str, role: str, check: Check, runner: JobRunner) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("居委工作台（已锁定）")
        # Shortcuts and dialogs of the hidden windows must not answer either.
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self._check, self._runner = check, runner
        self._hidden: list[QWidget] = []
        self._waiting = Waiting(self)
        self._waiting.changed.connect(self._show_wait)
        self._password = PasswordField("lock_password", "密码")
        self._password.entered.connect(self._try)
        self._button = PrimaryButton("打开", "lock", name="unlock")
        self._button.clicked.connect(self._try)
        self._leave = LinkButton("换人登录", "person", name="sign_out")
        self._leave.clicked.connect(self.signed_out)
        card = Card()
        FixedWidth(card, CARD_WIDTH)
        card.body.setContentsMargins(34, 24, 34, 20)
        card.body.addLayout(row(IconLabel("lock", 28, "accent"), label("已锁定", "display"), 0, spacing=10))
        card.body.addWidget(label("正在填的内容都在。输入密码接着做。", "secondary", wrap=True))
        card.body.addWidget(label(f"{officer}（{role}）", "heading", name="locked_officer"))
        for part in (self._password, self._button):
            card.body.addWidget(part)
        card.body.addLayout(row(self._leave, 0))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(centred(card))

    def cover(self, window: QWidget) -> None:
        """Take the place of *window* and hide it together with every dialog that is open."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        self._hidden = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not self]
        self.setGeometry(window.geometry())
        if window.isMaximized():
            self.showMaximized()
        else:
            self.show()
        for one in self._hidden:
            one.hide()
        self._password.focus_editor()

    def uncover(self) -> None:
        """Show again what was hidden, and go."""
        for one in self._hidden:
            if isValid(one):
                one.show()
        self.hide()

    def _try(self) -> None:
        if not self._button.isEnabled():
            return
        password = self._password.value()
        if not password:
            self._password.set_problem("请输入密码。")
            return
        self._set_working(working=True)
        self._runner.start(partial(_call, self._check, password), done=self._opened, failed=self._refused)

    def _opened(self, _result: object) -> None:
        self._set_working(working=False)
        self._password.set_value(None)
        self.unlocked.emit()

    def _refused(self, error: BaseException) -> None:
        self._set_working(working=False)
        sentence = str(error) if isinstance(error, AppError) else UNEXPECTED
        hint = "请看看大写锁定键和输入法。" if isinstance(error, WrongPassword) else ""
        self._password.set_problem(f"{sentence}{hint}")
        self._password.focus_editor()
        if isinstance(error, WrongPassword):
            self._waiting.begin(error.wait_s)

    def _show_wait(self, seconds: int) -> None:
        self._button.set_text(f"请等{in_words(seconds)}" if seconds else "打开")
        self._button.setEnabled(not seconds)

    def _set_working(self, *, working: bool) -> None:
        self._button.set_text("正在核对…" if working else "打开")
        for part in (self._button, self._password, self._leave):
            part.setEnabled(not working)


def _call(check: Check, password: str, _context: JobContext) -> object:
    return check(password)
