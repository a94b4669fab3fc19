"""工作量 in a form: a line for each thing done, with its number and unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from desktop.activities.work import Work, check_work, known_unit, read_number
from desktop.foundation.text import squeeze, tidy
from desktop.widgets.buttons import InnerButton, RowButton
from desktop.widgets.fields.base import ENTER_KEYS, Field
from desktop.widgets.fields.lineedit import LineEdit
from desktop.widgets.roles import FixedWidth, row

_FIRST_LINES = 1


class _WorkLine(QWidget):
    """Name, number, unit, and a button that takes the line away."""

    changed = Signal()
    removed = Signal()

    def __init__(self, names: Sequence[str], units: Sequence[str]) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self.name = LineEdit("做了什么，如 清理杂草")
        self.amount = LineEdit("数量，如 600余")
        self.unit = LineEdit("单位")
        FixedWidth(self.amount, 160)
        FixedWidth(self.unit, 120)
        for edit, words in ((self.name, names), (self.unit, units)):
            completer = QCompleter(list(words), edit)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.popup().setProperty("role", "popup")
            edit.setCompleter(completer)
        remove = InnerButton("close", "去掉这一行")
        remove.clicked.connect(self.removed)
        for edit in self.edits:
            edit.textChanged.connect(self.changed)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.name, 1)
        line.addWidget(self.amount)
        line.addWidget(self.unit)
        line.addWidget(remove)

    @property
    def edits(self) -> tuple[LineEdit, LineEdit, LineEdit]:
        """Return the three boxes, left first."""
        return self.name, self.amount, self.unit

    @property
    def texts(self) -> list[str]:
        """Return what is typed."""
        return [tidy(edit.text()) for edit in self.edits]

    def set_texts(self, texts: Sequence[str]) -> None:
        """Show *texts*."""
        for edit, text in zip(self.edits, texts, strict=False):
            with QSignalBlocker(edit):
                edit.setText(text)

    def number(self, place: int) -> None:
        """Name the boxes for screen readers and tests; lines are counted from 1."""
        for edit, key, word in zip(self.edits, ("name", "amount", "unit"), ("名称", "数量", "单位"), strict=True):
            edit.setObjectName(f"work_{key}_{place}")
            edit.setAccessibleName(f"工作量第{place}行 {word}")


class WorkField(Field):
    """The value is a tuple of Work; Enter walks the boxes and adds a line behind the last one."""

    def __init__(self, name: str, title: str, names: Sequence[str], units: Sequence[str], *, hint: str = "") -> None:
        super().__init__(name, title, hint=hint)
        self._names, self._units = names, units
        self._lines: list[_WorkLine] = []
        self._box = QWidget()
        self._box.setProperty("role", "bare")
        self._rows = QVBoxLayout(self._box)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        add = RowButton("加一行", "plus", name="work_add")
        add.clicked.connect(lambda: self._add_line().name.setFocus(Qt.FocusReason.TabFocusReason))
        self._rows.addLayout(row(add, 0))
        self._set_editor(self._box)
        self._show(())

    def value(self) -> tuple[Work, ...]:
        """Return the lines that can be read; ``own_problem`` speaks of the others."""
        return tuple(work for line in self._lines if isinstance(work := _read(line.texts), Work))

    def set_value(self, value: object) -> None:
        """Show the Work items of *value*."""
        items = [item for item in value if isinstance(item, Work)] if isinstance(value, Iterable) else []
        self._show([[item.name, item.number, item.unit] for item in items])

    def own_problem(self) -> str:
        """Say which lines cannot be read."""
        problems = []
        for place, line in enumerate(self._lines, start=1):
            if isinstance(work := _read(line.texts), str):
                problems.append(f"第{place}行：{work}")
        return "\n".join(problems)

    def draft(self) -> object:
        """Return what is typed, readable or not."""
        return [texts for line in self._lines if any(texts := line.texts)]

    def set_draft(self, draft: object) -> None:
        """Show it again."""
        lines = draft if isinstance(draft, list) else []
        self._show([[str(text) for text in texts] for texts in lines if isinstance(texts, list)])

    def focus_editor(self) -> None:
        """Go to the first box that is empty or wrong, else to the first."""
        for line in self._lines:
            if isinstance(_read(line.texts), str) or not any(line.texts):
                line.name.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self._lines[0].name.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter walk from box to box."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, LineEdit):
            if event.key() in ENTER_KEYS and not watched.composing:
                self._next_after(watched)
                return True
            return False
        return super().eventFilter(watched, event)

    def _show(self, lines: Sequence[Sequence[str]]) -> None:
        for line in list(self._lines):
            self._take_away(line)
        for texts in lines:
            self._add_line().set_texts(texts)
        while len(self._lines) < _FIRST_LINES:
            self._add_line()

    def _add_line(self) -> _WorkLine:
        line = _WorkLine(self._names, self._units)
        self._lines.append(line)
        self._rows.insertWidget(len(self._lines) - 1, line)
        line.changed.connect(self._touched)
        line.removed.connect(lambda: self._remove(line))
        for edit in line.edits:
            edit.installEventFilter(self)
        self._count()
        return line

    def _remove(self, line: _WorkLine) -> None:
        self._take_away(line)
        if not self._lines:
            self._add_line()
        self._touched()
        self._lines[-1].name.setFocus(Qt.FocusReason.TabFocusReason)

    def _take_away(self, line: _WorkLine) -> None:
        self._lines.remove(line)
        self._rows.removeWidget(line)
        for edit in line.edits:
            edit.setObjectName("")  # it lives until Qt comes round; the name belongs to the line that moves up
        line.hide()
        line.deleteLater()
        self._count()

    def _count(self) -> None:
        for place, line in enumerate(self._lines, start=1):
            line.number(place)

    def _next_after(self, edit: LineEdit) -> None:
        boxes = [box for line in self._lines for box in line.edits]
        place = boxes.index(edit) + 1
        if place < len(boxes) and any(self._lines[(place - 1) // 3].texts):
            boxes[place].setFocus(Qt.FocusReason.TabFocusReason)
        elif place == len(boxes) and any(self._lines[-1].texts):
            self._add_line().name.setFocus(Qt.FocusReason.TabFocusReason)
        else:  # Enter on an empty line: there is no more to say
            self.entered.emit()


def _read(texts: Sequence[str]) -> Work | str | None:
    """Return the line as Work, what is wrong with it, or None for an empty one."""
    name, amount, unit = texts
    if not any(texts):
        return None
    number = read_number(amount)
    if number is None:
        return "请填数量，如 600 或 600余" if not amount else f"“{amount}”不是数量，请写成 600 或 600余"
    work = Work(" ".join(name.split()), number[0], known_unit(squeeze(unit)), number[1])
    problem = check_work(work)
    return work if problem is None else problem.message
