"""One officer in the first set-up: name, role, what the role may do, first password, and what is wrong with them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from desktop.foundation.errors import Problem
from desktop.register.rights import ROLE_SENTENCES, Role
from desktop.widgets.buttons import IconButton
from desktop.widgets.fields.base import ENTER_KEYS
from desktop.widgets.fields.lineedit import LineEdit
from desktop.widgets.fields.password import caps_lock_after
from desktop.widgets.roles import FixedWidth, IconLabel, label, row, set_look
from desktop.widgets.theme import scaled

# Widths of name, role and what it may do, in pixels at the normal type size; the password takes the rest.
WIDTHS = (110, 130, 168)


class OfficerRow(QWidget):
    """A line of the table of officers; its editors are called name_n, role_n and password_n."""

    changed = Signal()
    entered = Signal()
    removed = Signal()
    left = Signal()
    caps_changed = Signal(bool)

    def __init__(self, role: Role) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self._name = LineEdit()
        self._role = QComboBox()
        for one in Role:
            self._role.addItem(one.value)
        self._role.setCurrentText(role.value)
        self._rights = label("", "secondary", wrap=True)
        self._password = LineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
        self._remove = IconButton("trash", "去掉这一行")
        self._remove.clicked.connect(self.removed)
        for widget, width in zip((self._name, self._role, self._rights), WIDTHS, strict=True):
            FixedWidth(widget, width)
        self._password.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._password.setMaximumWidth(scaled(320))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        for place, widget in enumerate((self._name, self._role, self._rights, self._password, self._remove)):
            grid.addWidget(widget, 0, place)
        # What a wide window has left goes behind the row, so that the columns stay below their headings.
        grid.setColumnStretch(3, 100)
        grid.setColumnStretch(5, 1)
        self._marks: dict[str, tuple[QWidget, IconLabel, QLabel]] = {}
        for field, editor, start, span in (
            ("name", self._name, 0, 3), ("role", self._role, 0, 3), ("password", self._password, 3, 2),
        ):  # fmt: skip
            mark, text = IconLabel("warning", 16, "danger"), label("", "problem", wrap=True)
            line = row(mark, spacing=6)
            line.addWidget(text, 1)
            grid.addLayout(line, 2 if field == "role" else 1, start, 1, span)
            self._marks[field] = (editor, mark, text)
        for editor in (self._name, self._password):
            editor.textChanged.connect(self._typed)
            editor.installEventFilter(self)
        self._role.currentTextChanged.connect(self._role_changed)
        for field in self._marks:
            self.set_problem(field, "")
        self._role_changed()

    def set_number(self, number: int) -> None:
        """Call the editors by the row's *number*, as the checks name them."""
        for field, spoken in (("name", "姓名"), ("role", "职务"), ("password", "初始密码")):
            editor, _mark, text = self._marks[field]
            editor.setObjectName(f"{field}_{number}")
            editor.setAccessibleName(f"第{number}人，{spoken}")
            text.setObjectName(f"{field}_{number}_message")
        self._remove.setObjectName(f"remove_{number}")
        self._remove.setAccessibleName(f"去掉第{number}人")

    def name(self) -> str:
        """Return the name as typed."""
        return self._name.text()

    def role(self) -> Role:
        """Return the role chosen."""
        return Role(self._role.currentText())

    def password(self) -> str:
        """Return the first password exactly as typed."""
        return self._password.text()

    def is_blank(self) -> bool:
        """Return whether nothing was typed into the row."""
        return not self.name().strip() and not self.password()

    def set_removable(self, *, removable: bool) -> None:
        """Show or hide the button that takes the row away."""
        self._remove.setEnabled(removable)

    def set_password_shown(self, *, shown: bool) -> None:
        """Show the password or dots."""
        self._password.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def set_problem(self, field: str, text: str) -> None:
        """Show *text* in red below *field* (name, role or password); nothing takes the mark away."""
        editor, mark, message = self._marks[field]
        set_look(editor, "problem", bool(text))
        mark.setVisible(bool(text))
        message.setVisible(bool(text))
        message.setText(text)
        editor.setAccessibleDescription(f"要改：{text}" if text else "")

    def show_problems(self, problems: list[Problem]) -> bool:
        """Mark *problems*, whose fields are name, role and password; return whether there are any."""
        texts = {problem.field: problem.message for problem in problems}
        for field in self._marks:
            self.set_problem(field, texts.get(field, ""))
        return bool(texts)

    def focus_first_problem(self) -> None:
        """Go to the first marked editor."""
        for editor, mark, _text in self._marks.values():
            if not mark.isHidden():
                editor.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def start(self) -> None:
        """Go to the name."""
        self._name.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on, leaving an editor asks for judgement, keys tell about caps lock."""
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self._password and (caps := caps_lock_after(event)) is not None:
                self.caps_changed.emit(caps)
            if event.key() in ENTER_KEYS:
                if watched is self._name:
                    self._password.setFocus(Qt.FocusReason.TabFocusReason)
                else:
                    self.entered.emit()
                return True
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        # Only the mark of what is being mended goes; the other one still holds.
        self.set_problem("name" if self.sender() is self._name else "password", "")
        self.changed.emit()

    def _role_changed(self) -> None:
        self._rights.setText(ROLE_SENTENCES[self.role()])
        self.set_problem("role", "")
        self.changed.emit()
