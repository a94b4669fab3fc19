"""Which sheet of a workbook is read: asked only where there is more than one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.widgets.roles import label, row


class SheetChoice(QWidget):
    """``chosen`` carries the name of another sheet."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self._box = QComboBox()
        self._box.setObjectName("sheet_choice")
        self._box.setAccessibleName("看哪张工作表")
        self._box.activated.connect(self._choose)
        self._shown = ""
        self.setLayout(row(label("工作表", "secondary"), self._box, spacing=8))
        self.setVisible(False)

    def show_sheets(self, names: Sequence[str], shown: str) -> None:
        """Offer *names* with *shown* chosen; nothing is offered where there is one sheet only."""
        self.setVisible(len(names) > 1)
        self._shown = shown
        self._box.clear()
        self._box.addItems(list(names))
        self._box.setCurrentText(shown)

    def _choose(self, number: int) -> None:
        if self._box.itemText(number) != self._shown:
            self.chosen.emit(self._box.itemText(number))
