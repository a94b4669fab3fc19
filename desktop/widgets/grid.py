"""A grid of fields that uses as many columns as its width allows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.widgets.theme import scaled, theme_changed

COLUMN_WIDTH = 280


class FieldGrid(QWidget):
    """Up to *columns* columns; narrow windows and large type get fewer."""

    def __init__(self, columns: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bare")
        self._most, self._now = columns, columns
        self._items: list[tuple[QWidget, int]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(scaled(24))
        self._grid.setVerticalSpacing(scaled(12))
        theme_changed.connect(self._fit)

    def add(self, widget: QWidget, span: int = 1) -> None:
        """Append *widget*, *span* columns wide."""
        self._items.append((widget, span))
        self._place()

    def columns(self) -> int:
        """Return how many columns are in use."""
        return self._now

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use more or fewer columns."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fitting = max(1, min(self._most, self.width() // scaled(COLUMN_WIDTH)))
        if fitting != self._now:
            self._now = fitting
            self._place()

    def _place(self) -> None:
        line = column = 0
        for widget, span in self._items:
            wide = min(span, self._now)
            if column + wide > self._now:
                line, column = line + 1, 0
            self._grid.addWidget(widget, line, column, 1, wide, Qt.AlignmentFlag.AlignTop)
            column += wide
        for number in range(self._most):
            self._grid.setColumnStretch(number, 1 if number < self._now else 0)
            self._grid.setColumnMinimumWidth(number, 0)
