"""One thing due on a day, as the panel of the calendar lists it: what, how late, and the button that settles it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.foundation.days import days_left
from desktop.register.ports import DueLine
from desktop.widgets.buttons import RowButton
from desktop.widgets.roles import IconLabel, column, label, row


class DueRow(QWidget):
    """Asks for its line to be settled; what is late has a red clock and says how many days."""

    wanted = Signal(object)  # DueLine

    def __init__(self, line: DueLine, day: date, today: date, *, may_settle: bool) -> None:
        super().__init__()
        self._line = line
        mark = IconLabel("clock", 18, "danger" if day < today else "secondary")
        told = "，".join(filter(None, (days_left(day, today), line.detail)))
        text = column(label(line.title, wrap=True), label(told, "small", wrap=True), spacing=2)
        whole = row(mark, spacing=10)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(text, 1)
        if may_settle:
            settle = RowButton(line.verb, name="settle_due")
            settle.clicked.connect(lambda: self.wanted.emit(self._line))
            whole.addWidget(settle)
        self.setLayout(whole)
