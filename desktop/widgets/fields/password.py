"""Passwords: hidden, shown on demand, with a word when the caps-lock key is on."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desktop.widgets.buttons import LinkButton
from desktop.widgets.fields.base import Field
from desktop.widgets.fields.lineedit import LineEdit
from desktop.widgets.icons import icon
from desktop.widgets.roles import IconLabel, label, row

CAPS_TEXT = "大写锁定键开着，密码区分大小写"


class PasswordField(Field):
    """A password; never part of a draft."""

    caps_changed = Signal(bool)

    def __init__(self, name: str, title: str, *, required: bool = False, hint: str = "") -> None:
        super().__init__(name, title, required=required, hint=hint)
        self._line = LineEdit()
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
        self._line.textChanged.connect(self._touched)
        self._set_editor(self._line)
        self._show = LinkButton("显示密码", "eye", name=f"{name}_show")
        self._show.setCheckable(True)
        self._show.toggled.connect(self._toggle)
        self.add_head_widget(self._show)
        self._caps_mark = IconLabel("info", 18, "warning")
        self._caps_text = label(CAPS_TEXT, "caution", name=f"{name}_caps")
        self._column.insertLayout(2, row(self._caps_mark, self._caps_text, 0, spacing=6))
        self._caps_on = False
        self._show_caps()

    def value(self) -> str:
        """Return the password exactly as typed."""
        return self._line.text()

    def set_value(self, value: object) -> None:
        """Show *value*; None empties the field."""
        with self._quietly():
            self._line.setText("" if value is None else str(value))

    def draft(self) -> object:
        """Return None: passwords are not kept."""
        return None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch the keys for the state of caps lock."""
        if isinstance(event, QKeyEvent) and event.type() in {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}:
            self._learn_caps(caps_lock_after(event))
        elif event.type() == QEvent.Type.FocusIn:
            self._learn_caps(caps_lock_now())
        return super().eventFilter(watched, event)

    def _learn_caps(self, state: bool | None) -> None:
        if state is not None and state != self._caps_on:
            self._caps_on = state
            self._show_caps()
            self.caps_changed.emit(state)

    def _toggle(self, shown: bool) -> None:
        self._line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._show.set_text("隐藏密码" if shown else "显示密码")
        self._show.setIcon(icon("eye-off" if shown else "eye", "accent_deep"))

    def _show_caps(self) -> None:
        self._caps_mark.setVisible(self._caps_on)
        self._caps_text.setVisible(self._caps_on)


def caps_lock_now() -> bool | None:
    """Return whether caps lock is on; None where the system does not say (Qt has no portable question for it)."""
    if sys.platform != "win32":
        return None
    import ctypes  # noqa: PLC0415  Windows only

    return bool(ctypes.windll.user32.GetKeyState(0x14) & 1)


def caps_lock_after(event: QKeyEvent) -> bool | None:
    """Return whether caps lock is on, judged from a key *event*; None if this key does not tell.

    Windows answers directly; elsewhere a capital letter without Shift (or a small one with it) gives it away.
    """
    if (state := caps_lock_now()) is not None:
        return state
    text = event.text()
    if event.type() != QEvent.Type.KeyPress or len(text) != 1 or not (text.isascii() and text.isalpha()):
        return None
    return text.isupper() != bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
