"""One line of a checklist on the form: the item, its verdict, a note, and the way into the finding's text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop.foundation.text import tidy
from desktop.inspections.checklist import NOT_APPLICABLE, VETO_MARK, Judged
from desktop.inspections.rules import FAILED, PASSED
from desktop.widgets.buttons import LinkButton
from desktop.widgets.fields.base import ENTER_KEYS
from desktop.widgets.fields.lineedit import LineEdit
from desktop.widgets.roles import FixedWidth, label
from desktop.widgets.segmented import Segmented

_CHOICES = (("", "没查"), (PASSED, PASSED), (FAILED, FAILED), (NOT_APPLICABLE, NOT_APPLICABLE))
_KEYS = {Qt.Key.Key_0: "", Qt.Key.Key_1: PASSED, Qt.Key.Key_2: FAILED, Qt.Key.Key_3: NOT_APPLICABLE}
_NOTE_WIDTH = 220


class ChecklistRow(QWidget):
    """← → or 1 2 3 choose the verdict, Enter goes on; ``wanted`` asks for a finding, ``entered`` for the next line."""

    changed = Signal()
    entered = Signal()
    wanted = Signal()

    def __init__(self, judged: Judged, number: int) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self._item = judged.item
        self.name = label(f"{VETO_MARK if judged.item.veto else ''}{judged.item.name}", wrap=True)
        self.name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if judged.item.veto:
            self.name.setToolTip("一票否决：这一项不合格，整次检查就是不合格")
        self.verdict = Segmented(_CHOICES, accessible_name=f"第{number}项 {judged.item.name}")
        self.verdict.setObjectName(f"check_verdict_{number}")
        self.note = LineEdit("说明")
        self.note.setObjectName(f"check_note_{number}")
        self.note.setAccessibleName(f"第{number}项 说明")
        FixedWidth(self.note, _NOTE_WIDTH)
        self.write = LinkButton("写进问题", name=f"check_write_{number}")
        keep = self.write.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.write.setSizePolicy(keep)
        self.write.clicked.connect(self.wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(self.name, 1)
        line.addWidget(self.verdict)
        line.addWidget(self.note)
        line.addWidget(self.write)
        self.show_judged(judged)
        self.verdict.changed.connect(self._chosen)
        self.note.textChanged.connect(self.changed)
        for watched in (self.note, *self.verdict.findChildren(QPushButton)):
            watched.installEventFilter(self)

    def judged(self) -> Judged:
        """Return the line as it stands."""
        return Judged(self._item, self.verdict.current(), tidy(self.note.text()))

    def show_judged(self, judged: Judged) -> None:
        """Show verdict and note without telling anybody."""
        self.verdict.set_current(judged.verdict if judged.verdict in dict(_CHOICES) else "")
        with QSignalBlocker(self.note):
            self.note.setText(judged.note)
        self.write.setVisible(self.verdict.current() == FAILED)

    def choose(self, verdict: str) -> None:
        """Choose *verdict* as the user would."""
        if verdict != self.verdict.current():
            self.verdict.set_current(verdict)
            self._chosen(verdict)

    def tab_stops(self) -> list[QWidget]:
        """Return what the tab key stops at, in order; of the verdicts it takes the chosen one."""
        return [*self.verdict.findChildren(QPushButton), self.note, self.write]

    def focus_verdict(self) -> None:
        """Put the keyboard on the chosen verdict."""
        self.verdict.focus_current()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on with Enter; choose by number, but digits in the note are text."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key, in_note = Qt.Key(event.key()), watched is self.note
            if key in ENTER_KEYS and not self.note.composing:
                self.entered.emit()
                return True
            if key in _KEYS and not in_note:
                self.choose(_KEYS[key])
                self.focus_verdict()
                return True
            if in_note:
                return False
        return super().eventFilter(watched, event)

    def _chosen(self, verdict: str) -> None:
        self.write.setVisible(verdict == FAILED)
        self.changed.emit()
