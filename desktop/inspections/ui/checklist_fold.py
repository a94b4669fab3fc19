"""The line that opens the checklist of an inspection: most inspections are not judged item by item."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.inspections.ui.checklist_field import ChecklistField
from desktop.widgets.buttons import LinkButton, RowButton
from desktop.widgets.icons import icon
from desktop.widgets.roles import label


class ChecklistFold(QWidget):
    """Shows *field* or puts it away; what was judged is told while it is away. ``print_wanted`` asks for it empty."""

    print_wanted = Signal()

    def __init__(self, field: ChecklistField, *, may_print: bool) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self._field = field
        self._opener = RowButton("按检查表逐项查", "chevron-down", name="checks_open")
        self._opener.clicked.connect(self._turn)
        self._told = label("", "small", wrap=True, name="checks_told")
        paper = LinkButton("打印空白检查表", "print", name="checks_print")
        paper.clicked.connect(self.print_wanted)
        paper.setVisible(may_print)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self._opener)
        line.addWidget(self._told, 1)
        line.addWidget(paper)
        field.changed.connect(self._tell)
        self._tell()

    def _turn(self) -> None:
        if self._field.is_open:
            self._field.set_open(is_open=False)
        else:
            self._field.focus_editor()

    def _tell(self) -> None:
        is_open, judged = self._field.is_open, self._field.value()
        self._opener.set_text("收起检查表" if is_open else f"按检查表逐项查（{self._field.count}项）")
        self._opener.setIcon(icon("chevron-up" if is_open else "chevron-down", "accent_deep"))
        if is_open:
            self._told.setText("按1合格，2不合格，3不涉及，回车到下一项")
        else:
            self._told.setText(judged.words if judged else "没有逐项查就不用开")
