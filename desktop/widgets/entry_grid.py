"""A grid for typing many short rows by keyboard alone: Tab goes right, Enter finishes the row and begins the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.widgets.entry_paint import CellEditor, CellTip, EntryDelegate, NumberHeader
from desktop.widgets.entry_sheet import CellKind, EntryColumn, EntrySheet, RowState
from desktop.widgets.fields.lineedit import DEBOUNCE_MS
from desktop.widgets.hits import HitList, LookupHit
from desktop.widgets.theme import scaled, theme_changed

__all__ = ["CellKind", "EntryColumn", "EntryGrid", "EntrySheet", "RowState"]

Index = QModelIndex | QPersistentModelIndex

_ROW_HEIGHT, _HEAD_HEIGHT, _NUMBER_WIDTH = 38, 40, 44
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class EntryGrid(QTableView):
    """Types into ``sheet``; tells ``row_completed`` when a changed row is left, so that its owner stores it.

    The rows are *fixed* where they stand for things there are; *enter_down* lets Enter stay in its column.
    """

    row_completed = Signal(int)
    lookup_chosen = Signal(int, str, object)  # row, column key, the LookupHit
    create_requested = Signal(int, str, str)  # row, column key, what was typed
    edited = Signal(int)

    def __init__(
        self,
        columns: Sequence[EntryColumn],
        name: str,
        parent: QWidget | None = None,
        *,
        create_text: str = "",
        least_rows: int = 12,
        fixed: bool = False,
        enter_down: bool = False,
    ) -> None:
        super().__init__(parent)
        self._name, self._enter_down = name, enter_down
        self._leaving = False
        self.setAccessibleName(name)
        self.sheet = EntrySheet(columns, least_rows, self, fixed=fixed)
        self._set_up_view()
        self._editor = CellEditor(self.viewport())
        self._editor.hide()
        self._editor.installEventFilter(self)
        self._editor.textChanged.connect(self._typed)
        self._tip = CellTip(self.viewport())
        self.hits = HitList(self._editor, create_text=create_text)
        self.hits.chosen.connect(self._take)
        self.hits.create_requested.connect(self._ask_create)
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.setInterval(DEBOUNCE_MS)
        self._search_timer.timeout.connect(self._search)
        self.setModel(self.sheet)
        self.setItemDelegate(EntryDelegate(self))
        self.sheet.dataChanged.connect(self._reload)
        theme_changed.connect(self._dress)
        self._dress()

    def begin(self, row: int | None = None) -> None:
        """Put the cursor into the first cell of *row*, or of the first empty row."""
        self._go(self.sheet.first_empty_row() if row is None else row, self._typed_columns()[0])

    def finish(self) -> bool:
        """Complete the row being typed, as before leaving the page; return whether nothing is left to mend."""
        row = self.currentIndex().row()
        if row >= 0:
            self._complete(row)
        open_states = {RowState.TYPING, RowState.REFUSED}
        return not any(self.sheet.state(used) in open_states for used in self.sheet.used_rows())

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Move the editor; a changed row that was left is completed."""
        super().currentChanged(current, previous)
        self.hits.hide()
        if previous.isValid() and previous.row() != current.row():
            self._complete(previous.row())
        self._enter(current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the grid with the keys typed into the editor; an input method's keys are left to it."""
        if watched is self._editor and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return not self._editor.composing and self._walk(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the grid where no editor is open, on the cells the program fills."""
        if self._editor.composing:  # an editor passes on the keys it has no use for
            event.ignore()
        elif not self._walk(event):
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are typed into cells."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Go on typing where it stopped."""
        super().focusInEvent(event)
        if self._leaving:
            return
        if not self.currentIndex().isValid():
            self.begin()
        elif self._column().typed:
            self._editor.setFocus()

    def focusNextPrevChild(self, _forwards: bool) -> bool:
        """Refuse: ``_walk`` decides where Tab goes."""
        return False

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll, and keep the editor on its cell."""
        super().scrollContentsBy(dx, dy)
        self._place_editor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the editor on its cell."""
        super().resizeEvent(event)
        self._place_editor()

    def _set_up_view(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setVerticalHeader(NumberHeader(self))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)

    def _dress(self) -> None:
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(scaled(_ROW_HEIGHT))
        rows.setFixedWidth(scaled(_NUMBER_WIDTH))
        header = self.horizontalHeader()
        header.setFixedHeight(scaled(_HEAD_HEIGHT))
        modes = QHeaderView.ResizeMode
        for number, column in enumerate(self.sheet.columns):
            header.setSectionResizeMode(number, modes.Stretch if column.width == 0 else modes.Interactive)
            if column.width:
                self.setColumnWidth(number, scaled(column.width))
        header.setStretchLastSection(all(column.width for column in self.sheet.columns))
        self._editor.dress()
        self._tip.dress()
        self._place_editor()

    def _walk(self, event: QKeyEvent) -> bool:
        """Do what *event* means for the grid and return whether it meant anything."""
        key, row = event.key(), self.currentIndex().row()
        if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, *_ENTER} and row >= 0:
            picked = self._settle_lookup()
            if key in _ENTER and not picked:
                self._next_row()
            else:
                self._step(-1 if key == Qt.Key.Key_Backtab else 1)
            return True
        if self.hits.handle_key(event):
            return True
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and row >= 0:
            target = row + (1 if key == Qt.Key.Key_Down else -1)
            if 0 <= target < self.sheet.rowCount():
                self._go(target, self.currentIndex().column())
            return True
        return False

    def _settle_lookup(self) -> bool:
        """Take the hit that Enter or Tab means; return whether one was taken."""
        if self._search_timer.isActive():
            self._search_timer.stop()
            self._search()
        return self.hits.take_current()

    def _step(self, direction: int) -> None:
        """Go to the next typed cell; past the last one the row is finished."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        typed = self._typed_columns()
        ahead = [number for number in typed if (number - column) * direction > 0]
        if ahead:
            self._go(row, ahead[0] if direction > 0 else ahead[-1])
        elif direction > 0 and row + 1 < self.sheet.rowCount() and self._goes_on(row):
            self._begin_next(row)
        elif direction < 0 and row > 0:
            self._go(row - 1, typed[-1])
        else:
            self._leave(forwards=direction > 0)

    def _leave(self, *, forwards: bool) -> None:
        """Let Tab out at the end of an empty row, Shift+Tab at the very first cell: no trap for the keyboard."""
        self._leaving = True
        self.setFocus()
        super().focusNextPrevChild(forwards)
        self._leaving = False

    def _next_row(self) -> None:
        row = self.currentIndex().row()
        if not self._complete(row):
            self._go_to_problem(row)
        elif row + 1 == self.sheet.rowCount():
            self._go(row, self.currentIndex().column())
        elif self._enter_down:
            self._go(row + 1, self.currentIndex().column())
        elif self.sheet.state(row) is not RowState.EMPTY:
            self._go(row + 1, self._typed_columns()[0])

    def _goes_on(self, row: int) -> bool:
        """Return whether Tab goes on below *row*: past an empty one only where rows are things there are."""
        return self._enter_down or self.sheet.state(row) is not RowState.EMPTY

    def _begin_next(self, row: int) -> None:
        if not self._complete(row):
            self._go_to_problem(row)
        else:
            self._go(row + 1, self._typed_columns()[0])

    def _complete(self, row: int) -> bool:
        """Tell that *row* is typed, unless the grid itself sees a fault; return whether the cursor may leave it."""
        if self.sheet.state(row) is RowState.TYPING:
            problems = self.sheet.own_problems(row)
            self.sheet.set_problems(row, problems)
            if not problems:
                self.sheet.set_state(row, RowState.SAVING)
                self.row_completed.emit(row)
        return self.sheet.state(row) is not RowState.REFUSED

    def _go_to_problem(self, row: int) -> None:
        for number in self._typed_columns():
            if self.sheet.problem(row, self.sheet.columns[number].key):
                self._go(row, number)
                return

    def _go(self, row: int, column: int) -> None:
        self.setCurrentIndex(self.sheet.index(row, column))
        self._enter(self.currentIndex())

    def _typed_columns(self) -> list[int]:
        return [
            number
            for number, column in enumerate(self.sheet.columns)
            if column.typed and not self.isColumnHidden(number)
        ]

    def _column(self) -> EntryColumn:
        return self.sheet.columns[self.currentIndex().column()]

    def _enter(self, index: Index) -> None:
        """Open the editor on *index*; cells the program fills have none."""
        self.viewport().update()
        self.verticalHeader().viewport().update()
        if not index.isValid() or not self.sheet.columns[index.column()].typed:
            if self._editor.hasFocus():
                self.setFocus()
            self._editor.hide()
            self._tip.hide()
            return
        column = self.sheet.columns[index.column()]
        with QSignalBlocker(self._editor):
            self._editor.setText(self.sheet.data(index))
        self._editor.open_for(column, f"{self._name} 第{index.row() + 1}行 {column.title}")
        self._place_editor()
        self._editor.show()
        self._editor.selectAll()
        self._show_problem()
        if self.hasFocus():
            self._editor.setFocus()

    def _place_editor(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            self._editor.setGeometry(self.visualRect(index).adjusted(0, 0, -1, -1))
            self._tip.hang_at(self._editor.geometry())

    def _typed(self, text: str) -> None:
        index, column = self.currentIndex(), self._column()
        self.sheet.type_text(index.row(), column.key, text)
        self._show_problem()
        if column.kind is CellKind.LOOKUP:
            self._search_timer.start()
        self.edited.emit(index.row())

    def _search(self) -> None:
        column, text = self._column(), self._editor.text().strip()
        if column.search is None or self._editor.composing or not self._editor.isVisible():
            return
        chosen = self.sheet.hit(self.currentIndex().row(), column.key)
        self.hits.show_hits(column.search(text) if text and chosen is None else [])
        if not text:
            self.hits.hide()

    def _take(self, hit: LookupHit) -> None:
        row, key = self.currentIndex().row(), self._column().key
        self.sheet.choose(row, key, hit)
        self.lookup_chosen.emit(row, key, hit)

    def _ask_create(self) -> None:
        self.create_requested.emit(self.currentIndex().row(), self._column().key, self._editor.text().strip())

    def _reload(self, first: QModelIndex, last: QModelIndex) -> None:
        """Show in the editor what was changed from outside."""
        index = self.currentIndex()
        if not (self._editor.isVisible() and first.row() <= index.row() <= last.row()):
            return
        text = str(self.sheet.data(index))
        if text != self._editor.text():
            with QSignalBlocker(self._editor):
                self._editor.setText(text)
        self._show_problem()

    def _show_problem(self) -> None:
        """Put the cell's problem under it, where the eyes are; a tip alone would need the mouse."""
        text = self.sheet.problem(self.currentIndex().row(), self._column().key)
        self._tip.setText(text)
        self._tip.setVisible(bool(text))
        self._editor.setAccessibleDescription(text)
        self._editor.show_fault(bool(text))
        self._tip.hang_at(self._editor.geometry())
