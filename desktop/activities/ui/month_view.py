"""The grid of a month: arrow keys walk days, also into the next month; Enter opens one."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.activities.ui.month_model import DAYS, Index, MonthModel
from desktop.activities.ui.month_paint import DayDelegate
from desktop.foundation.days import add_days
from desktop.widgets.theme import scaled, theme_changed, tokens

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -DAYS, Qt.Key.Key_Down: DAYS}
_TURNS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_HEAD_HEIGHT = 34
_LEAST_WEEK = 68


class MonthView(QTableView):
    """Shows a MonthModel; exactly one day is current."""

    day_changed = Signal(object)  # date
    day_opened = Signal(object)  # date
    day_left = Signal(object)  # a day that lies in another month
    month_turned = Signal(int)
    new_wanted = Signal()
    resized = Signal()

    def __init__(self, model: MonthModel) -> None:
        super().__init__()
        self._days = model
        self.setObjectName("month_view")
        self.setAccessibleName("活动日历")
        self.setModel(model)
        self.setItemDelegate(DayDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self._ring = False
        self.doubleClicked.connect(self._open)
        self.clicked.connect(self._click)
        theme_changed.connect(self._dress)
        self._dress()

    def current_day(self) -> date | None:
        """Return the day the cursor is on."""
        cell = self._days.cell(self.currentIndex())
        return cell.day if cell else None

    def go_to(self, day: date) -> None:
        """Move the cursor to *day*, which the model holds."""
        index = self._days.index_of(day)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flags)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk days and months, open on Enter, begin a new activity on N."""
        key, day = Qt.Key(event.key()), self.current_day()
        self._ring = True
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in _STEPS and day is not None:
            self._walk(day, _STEPS[key])
        elif plain and key in _TURNS:
            self.month_turned.emit(_TURNS[key])
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif plain and key == Qt.Key.Key_N:
            self.new_wanted.emit()
        else:
            super().keyPressEvent(event)
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: the numbers of days are no words to look for."""

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which day the cursor went to."""
        super().currentChanged(current, previous)
        cell = self._days.cell(current)
        if cell is not None:
            self.day_changed.emit(cell.day)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the focus came by keyboard."""
        reasons = Qt.FocusReason
        self._ring = event.reason() in {reasons.TabFocusReason, reasons.BacktabFocusReason, reasons.ShortcutFocusReason}
        super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell those who share the width."""
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the days, and the focus ring round the current one."""
        super().paintEvent(event)
        if not (self._ring and self.hasFocus()):
            return
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(tokens().focus), 3))
        painter.drawRect(self.visualRect(self.currentIndex()).adjusted(1, 1, -2, -2))
        painter.end()

    def _walk(self, day: date, step: int) -> None:
        wanted = add_days(day, step)
        index = self._days.index_of(wanted)
        cell = self._days.cell(index)
        if cell is not None and cell.in_month:
            self.go_to(wanted)
        else:
            self.day_left.emit(wanted)

    def _click(self, index: QModelIndex) -> None:
        cell = self._days.cell(index)
        if cell is not None and not cell.in_month:
            self.day_left.emit(cell.day)

    def _open(self, index: QModelIndex) -> None:
        cell = self._days.cell(index)
        if cell is not None:
            self.day_opened.emit(cell.day)

    def _dress(self) -> None:
        self.horizontalHeader().setFixedHeight(scaled(_HEAD_HEIGHT))
        # Room for one activity and how many more there are; below that the month scrolls.
        self.verticalHeader().setMinimumSectionSize(scaled(_LEAST_WEEK))
        self.viewport().update()
