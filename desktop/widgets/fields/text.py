"""Plain text: one line, or a few."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from desktop.foundation.text import tidy
from desktop.widgets.fields.base import ENTER_KEYS, Field
from desktop.widgets.fields.lineedit import LineEdit
from desktop.widgets.roles import FixedHeight


class TextField(Field):
    """One line of text; the value is tidied, an empty line is ''."""

    def __init__(
        self, name: str, title: str, *, required: bool = False, hint: str = "", placeholder: str = "", limit: int = 200
    ) -> None:
        super().__init__(name, title, required=required, hint=hint)
        self._line = LineEdit(placeholder)
        self._limit = limit
        self._line.textChanged.connect(self._touched)
        self._set_editor(self._line)

    def value(self) -> str:
        """Return the text without outer blanks."""
        return tidy(self._line.text())

    def set_value(self, value: object) -> None:
        """Show *value*; None is ''."""
        with self._quietly():
            self._line.setText("" if value is None else str(value))
            self._line.setCursorPosition(0)

    def own_problem(self) -> str:
        """Say if the text is longer than the record can hold; nothing is cut off silently."""
        over = len(self.value()) - self._limit
        return f"最多写{self._limit}个字，请删去{over}个字" if over > 0 else ""


class MultilineField(Field):
    """Several lines of text; Tab leaves it, Enter starts a line."""

    def __init__(
        self,
        name: str,
        title: str,
        *,
        required: bool = False,
        hint: str = "",
        placeholder: str = "",
        lines: int = 2,
        limit: int = 4000,
    ) -> None:
        super().__init__(name, title, required=required, hint=hint)
        self._area = QPlainTextEdit()
        self._limit = limit
        self._area.setPlaceholderText(placeholder)
        self._area.setTabChangesFocus(True)
        FixedHeight(self._area, 14 + 25 * lines)
        self._area.textChanged.connect(self._touched)
        self._set_editor(self._area)

    def value(self) -> str:
        """Return the text without outer blanks."""
        return tidy(self._area.toPlainText())

    def set_value(self, value: object) -> None:
        """Show *value*; None is ''."""
        with self._quietly():
            self._area.setPlainText("" if value is None else str(value))

    def own_problem(self) -> str:
        """Say if the text is longer than the record can hold."""
        over = len(self.value()) - self._limit
        return f"最多写{self._limit}个字，请删去{over}个字" if over > 0 else ""

    def _wants_next(self, event: QKeyEvent) -> bool:
        return event.key() in ENTER_KEYS and bool(event.modifiers() & event.modifiers().ControlModifier)
