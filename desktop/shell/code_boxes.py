"""Typing a recovery code: boxes of five digits that judge themselves, move on by themselves and take a pasted code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.foundation.text import fold_width
from desktop.store.recovery import GROUPS, is_sound_group
from desktop.widgets.fields.lineedit import LineEdit
from desktop.widgets.roles import IconLabel, column, label, row, set_look

DIGITS = 5
_COLUMNS = 4


class GroupBox(LineEdit):
    """One group; ``overflowed`` hands digits beyond the fifth to the next box."""

    filled = Signal()
    backed = Signal()
    overflowed = Signal(str)

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.setObjectName(f"group_{number}")
        self.setAccessibleName(f"第{number}组，5个数字")
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.textChanged.connect(self._tidy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the box before when there is nothing left to delete here."""
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.backed.emit()
            return
        super().keyPressEvent(event)

    def _tidy(self, text: str) -> None:
        """Keep digits only, full-width ones and those between blanks or dashes too."""
        digits = "".join(character for character in fold_width(text) if character.isascii() and character.isdigit())
        if digits[:DIGITS] != text:
            place = self.cursorPosition() + len(digits[:DIGITS]) - len(text)
            with QSignalBlocker(self):
                self.setText(digits[:DIGITS])
                self.setCursorPosition(max(place, 0))
        if len(digits) > DIGITS:
            self.overflowed.emit(digits)
        elif len(digits) == DIGITS and self.cursorPosition() == DIGITS:
            self.filled.emit()


class CodeBoxes(QWidget):
    """Boxes for the groups *numbers*; with *expected*, a sound group must also be the right one."""

    changed = Signal()
    completed = Signal()

    def __init__(self, numbers: Sequence[int] = range(1, GROUPS + 1), expected: Sequence[str] = ()) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self._expected = dict(zip(numbers, expected, strict=True)) if expected else {}
        self.boxes = [GroupBox(number) for number in numbers]
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(10)
        for place, box in enumerate(self.boxes):
            cell = column(label(f"第{box.number}组", "small"), box, spacing=2)
            grid.addLayout(cell, place // _COLUMNS, place % _COLUMNS)
            box.textChanged.connect(self._judge)
            box.filled.connect(lambda at=place: self._go(at + 1))
            box.backed.connect(lambda at=place: self._go(at - 1))
            box.overflowed.connect(lambda digits, at=place: self._spread(at, digits))
        for place in range(_COLUMNS):
            grid.setColumnStretch(place, 1)
        self._mark = IconLabel("warning", 16, "danger")
        self._message = label("", "problem", wrap=True, name="code_message")
        foot = row(self._mark, spacing=6)
        foot.addWidget(self._message, 1)
        whole = column(spacing=6)
        whole.addLayout(grid)
        whole.addLayout(foot)
        self.setLayout(whole)
        self._say("")

    def text(self) -> str:
        """Return all digits typed so far."""
        return "".join(box.text() for box in self.boxes)

    def is_complete(self) -> bool:
        """Return whether every group is typed and sound."""
        return not any(self._problem_of(box) for box in self.boxes)

    def missing(self) -> int:
        """Return how many groups are not right yet."""
        return sum(1 for box in self.boxes if self._problem_of(box))

    def demand(self) -> bool:
        """Mark every group that is not right, go to the first, and return whether all are."""
        wrong = [box for box in self.boxes if self._problem_of(box)]
        for box in self.boxes:
            set_look(box, "problem", box in wrong)
        if wrong:
            self._say(self._problem_of(wrong[0]))
            wrong[0].setFocus(Qt.FocusReason.TabFocusReason)
        return not wrong

    def refuse(self, sentence: str) -> None:
        """Say that the whole code does not open the file."""
        self._say(sentence)
        self.boxes[0].setFocus(Qt.FocusReason.TabFocusReason)
        self.boxes[0].selectAll()

    def clear(self) -> None:
        """Empty every box."""
        for box in self.boxes:
            box.clear()

    def _judge(self) -> None:
        """Mark full groups that are wrong; half-typed ones wait."""
        wrong = [box for box in self.boxes if len(box.text()) == DIGITS and self._problem_of(box)]
        for box in self.boxes:
            set_look(box, "problem", box in wrong)
        self._say(self._problem_of(wrong[0]) if wrong else "")
        self.changed.emit()
        if self.is_complete():
            self.completed.emit()

    def _problem_of(self, box: GroupBox) -> str:
        group = box.text()
        if len(group) < DIGITS:
            return f"第{box.number}组要填5个数字，现在是{len(group)}个，请对照恢复码那张纸。"
        if not is_sound_group(group):
            return f"第{box.number}组“{group}”有数字输错了，请对照恢复码那张纸。"
        if self._expected.get(box.number, group) != group:
            return f"第{box.number}组“{group}”和纸上的不一样，请看清是第几组。"
        return ""

    def _spread(self, place: int, digits: str) -> None:
        """Lay a pasted code out over the boxes; a whole one starts at the first wherever it was pasted."""
        following = self.boxes[place + 1 : place + 2]
        if len(digits) == DIGITS + 1 and (not following or following[0].text()):
            return  # one key too many in a full box must not overwrite its neighbour
        start = 0 if len(digits) >= DIGITS * len(self.boxes) else place
        for offset, box in enumerate(self.boxes[start:]):
            group = digits[offset * DIGITS : (offset + 1) * DIGITS]
            if not group:
                break
            with QSignalBlocker(box):
                box.setText(group)
            self._go(start + offset)
        self._judge()

    def _go(self, place: int) -> None:
        if 0 <= place < len(self.boxes):
            self.boxes[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _say(self, sentence: str) -> None:
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))
        self._mark.setVisible(bool(sentence))
