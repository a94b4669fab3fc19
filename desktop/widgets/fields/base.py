"""What every form field is: a name, a label, an editor and one line for hint or problem."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.fields.lineedit import LineEdit
from desktop.widgets.roles import IconLabel, label, set_look

ENTER_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Field(QWidget):
    """One labelled value; subclasses build the editor and translate between it and the value.

    ``edited`` tells that the user changed the value, ``entered`` that Enter asks for the next field,
    ``left`` that the focus went elsewhere, ``problem_changed`` that a mark came or went.
    """

    edited = Signal()
    entered = Signal()
    left = Signal()
    problem_changed = Signal()

    def __init__(self, name: str, title: str, *, required: bool = False, hint: str = "") -> None:
        super().__init__()
        self.name, self.title, self.required = name, title, required
        self._hint, self._problem, self._quiet = hint, "", False
        self.setObjectName(f"{name}_field")
        self.setProperty("role", "bare")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._title = label(title, "field")
        self._star = label("＊", "danger")
        self._star.setVisible(required)
        self._head = QHBoxLayout()
        self._head.setSpacing(4)
        self._head.addWidget(self._title)
        self._head.addWidget(self._star)
        self._head.addStretch(1)
        self._mark = IconLabel("warning", 16, "danger")
        self.message = label("", "small", wrap=True, name=f"{name}_message")
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 2, 0, 0)
        foot.setSpacing(6)
        foot.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.message, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(self._head)
        self._column.addLayout(foot)
        self._editor: QWidget = self
        self._show_message()

    @property
    def editor(self) -> QWidget:
        """Return the widget that takes the typing; its object name is ``<name>_editor``."""
        return self._editor

    def value(self) -> object:
        """Return the value, None for nothing or for what cannot be read (then ``own_problem`` says why)."""
        raise NotImplementedError

    def set_value(self, value: object) -> None:
        """Show *value* without telling ``edited``; a mark goes, because it spoke of the value before."""
        raise NotImplementedError

    def own_problem(self) -> str:
        """Return why the typed text is no value at all, or nothing."""
        return ""

    def draft(self) -> object:
        """Return what was typed, readable or not, as plain JSON values; None if it must not be kept."""
        return self.value()

    def set_draft(self, draft: object) -> None:
        """Show what ``draft`` returned before."""
        self.set_value(draft)

    def settle(self) -> None:
        """Take what is half typed for what it clearly means, before the form is read."""

    def problem(self) -> str:
        """Return the problem shown, or nothing."""
        return self._problem

    def set_problem(self, text: str) -> None:
        """Show *text* in red under the field in place of the hint; nothing brings the hint back."""
        if text == self._problem:
            return
        self._problem = text
        set_look(self._framed(), "problem", bool(text))
        self._show_message()
        self.problem_changed.emit()

    def set_hint(self, text: str) -> None:
        """Show *text* in grey under the field."""
        self._hint = text
        self._show_message()

    def set_title(self, text: str) -> None:
        """Change the label."""
        self.title = text
        self._title.setText(text)
        self._name_editor()

    def set_read_only(self, read_only: bool) -> None:
        """Allow or refuse changes."""
        self._editor.setEnabled(not read_only)

    def focus_editor(self) -> None:
        """Put the cursor into the editor as the tab key would."""
        self._editor.setFocus(Qt.FocusReason.TabFocusReason)

    def add_head_widget(self, widget: QWidget) -> None:
        """Put *widget* at the right end of the label line."""
        self._head.addWidget(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn Enter into ``entered`` and losing the focus into ``left``."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._wants_next(event):
            self._leave()
            self.entered.emit()
            return True
        if event.type() == QEvent.Type.FocusOut and watched is self._editor:
            self._leave()
        return super().eventFilter(watched, event)

    def _set_editor(self, editor: QWidget, *, shown: QWidget | None = None) -> None:
        """Take *editor*; *shown* is the frame around it when that is another widget."""
        self._editor = editor
        editor.setObjectName(f"{self.name}_editor")
        editor.installEventFilter(self)
        self._title.setBuddy(editor)
        self.setFocusProxy(editor)
        self._column.insertWidget(1, shown or editor)
        self._name_editor()
        self._show_message()

    def _framed(self) -> QWidget:
        return self._editor

    def _wants_next(self, event: QKeyEvent) -> bool:
        if isinstance(self._editor, LineEdit) and self._editor.composing:
            return False  # this Enter chooses among the input method's words
        return event.key() in ENTER_KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier

    def _leave(self) -> None:
        """Say at once what cannot be read, when the user moves on."""
        if problem := self.own_problem():
            self.set_problem(problem)
        self.left.emit()

    def _touched(self) -> None:
        """Take the mark away while the user mends the value, and tell."""
        self.set_problem("")
        if not self._quiet:
            self.edited.emit()

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """Let the editor change without telling ``edited``; the mark goes, and that is told all the same."""
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False
        self.set_problem("")

    def _name_editor(self) -> None:
        self._editor.setAccessibleName(f"{self.title}（必填）" if self.required else self.title)

    def _show_message(self) -> None:
        text = self._problem or self._hint
        self.message.setText(text)
        self.message.setVisible(bool(text))
        set_look(self.message, "role", "problem" if self._problem else "small")
        self._mark.setVisible(bool(self._problem))
        self._editor.setAccessibleDescription(f"要改：{self._problem}" if self._problem else self._hint)
