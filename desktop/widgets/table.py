"""The list every tab shows: a table over a PagedModel that remembers how its user likes it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QLabel, QMenu, QTableView, QWidget

from desktop.widgets.cells import CellDelegate
from desktop.widgets.layout_memory import HeaderMemory, LoadState, SaveState
from desktop.widgets.paging import Index, PagedModel, TableColumn
from desktop.widgets.theme import appearance, scaled, theme_changed, tokens
from desktop.widgets.title_header import TitleHeader

__all__ = ["DataTable", "PagedModel", "TableColumn"]

Row = TypeVar("Row")

ROW_HEIGHT, TALL_ROW, DENSE_ROW, HEAD_HEIGHT = 42, 50, 36, 40


class DataTable(QTableView, Generic[Row]):
    """Shows rows; Enter or a double click opens one, a click on a title asks for sorting.

    A *tall* table shows the columns' second lines always, not only in large type.
    """

    activated_row = Signal(object)
    current_row_changed = Signal(object)
    sort_requested = Signal(str, bool)  # column key, descending

    def __init__(
        self,
        model: PagedModel[Row],
        name: str,
        parent: QWidget | None = None,
        *,
        multi: bool = False,
        dense: bool = False,
        tall: bool = False,
        load_state: LoadState | None = None,
        save_state: SaveState | None = None,
    ) -> None:
        super().__init__(parent)
        self._dense, self._tall = dense, tall
        self._menu_builder: Callable[[Row, QMenu], None] | None = None
        self._ring = False
        self._kept: tuple[Hashable | None, list[Hashable], int] = (None, [], 0)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if multi else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(dense)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table; arrow keys walk inside it
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        header = TitleHeader(self)
        self.setHorizontalHeader(header)
        self._delegate = CellDelegate(self)
        self.setItemDelegate(self._delegate)
        self._empty: QWidget = QLabel("没有符合条件的记录。", self.viewport())
        self._empty.setProperty("role", "secondary")
        self.setModel(model)
        self._rows_model = model
        self._memory = HeaderMemory(header, model.columns, load_state, save_state)
        self._memory.sort_asked.connect(self.sort_requested)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        model.dataChanged.connect(self._tell_again)
        self.doubleClicked.connect(self._open)
        theme_changed.connect(self._dress)
        self._dress()
        self._show_emptiness()

    def current_row(self) -> Row | None:
        """Return the row the cursor is on."""
        return self._rows_model.row(self.currentIndex().row())

    def selected_ids(self) -> list[Hashable]:
        """Return the ids of all selected rows, top first."""
        ids = self._rows_model.ids
        return [ids[place] for place in self._selected_places()]

    def select_id(self, row_id: Hashable) -> bool:
        """Move to the row *row_id* and return whether it is in the list."""
        place = self._rows_model.position(row_id)
        if place >= 0:
            self.setCurrentIndex(self._rows_model.index(place, self._first_column()))
        return place >= 0

    def ordered_columns(self) -> list[TableColumn[Row]]:
        """Return all columns as the user put them, left first; also those only a narrow window leaves out."""
        header = self.horizontalHeader()
        return [self._rows_model.columns[header.logicalIndex(place)] for place in range(header.count())]

    def visible_columns(self) -> list[TableColumn[Row]]:
        """Return the columns as seen, left first, for copying rows."""
        header, columns = self.horizontalHeader(), self._rows_model.columns
        return [one for one in self.ordered_columns() if not header.isSectionHidden(columns.index(one))]

    def show_sort(self, key: str, *, descending: bool = False) -> None:
        """Show by an arrow that the list is sorted by column *key*; an unknown key shows none."""
        self._memory.show_sort(key, descending=descending)

    def ask_sort(self, key: str, *, descending: bool) -> None:
        """Ask for sorting by column *key*, and remember it, as a click on its title does."""
        self._memory.ask_sort(key, descending=descending)

    def remembered_sort(self) -> tuple[str, bool] | None:
        """Return (column key, descending) as last asked for, so that the tab can begin with it."""
        return self._memory.sort

    def set_menu(self, build: Callable[[Row, QMenu], None]) -> None:
        """Let *build* fill the context menu of a row; the menu key opens it too."""
        self._menu_builder = build

    def set_empty_state(self, widget: QWidget) -> None:
        """Show *widget* in place of rows while there are none."""
        if widget is self._empty:
            return
        self._empty.hide()  # not deleted: its owner may show it again for another filter
        self._empty = widget
        widget.setParent(self.viewport())
        self._show_emptiness()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row on Enter, copy what is selected on Ctrl+C, else move as tables do."""
        self._ring = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: Qt would read all rows of the file to find one that begins with the typed letter."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the row's menu where the pointer is, or under the row when the menu key was pressed."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        row = self._rows_model.row(index.row())
        if row is None or self._menu_builder is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._menu_builder(row, menu)
        at = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()) if by_key else event.globalPos()
        menu.popup(at + QPoint(1, 1))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row the cursor went to."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.current_row_changed.emit(self._rows_model.row(current.row()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when focus came by keyboard; a click shows where it went by itself."""
        reasons = Qt.FocusReason
        self._ring = event.reason() in {reasons.TabFocusReason, reasons.BacktabFocusReason, reasons.ShortcutFocusReason}
        if self.currentIndex().isValid() or not self._rows_model.rowCount():
            super().focusInEvent(event)
        elif self._ring:
            self.setCurrentIndex(self._rows_model.index(0, self._first_column()))
            super().focusInEvent(event)
        else:
            # Past QAbstractItemView, which would put the cursor on a row nobody chose and so open its panel.
            QAbstractScrollArea.focusInEvent(self, event)
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and the focus ring round the current one (round all, if there is none)."""
        super().paintEvent(event)
        if not (self._ring and self.hasFocus()):
            return
        row = self.visualRect(self.currentIndex())
        whole = self.viewport().rect()
        ring = QRect(whole.left(), row.top(), whole.width(), row.height()) if row.isValid() else whole
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(tokens().focus), 3))
        painter.drawRect(ring.adjusted(1, 1, -2, -2))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the empty state over the whole table, and the columns within its width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._dress()
        self._place_empty()

    def hideEvent(self, event: QHideEvent) -> None:
        """Store the layout at once: the program may be closing."""
        self._memory.save_now()
        super().hideEvent(event)

    def _dress(self) -> None:
        """Fit rows and columns to the type size and the width; the scroll bar's room is always left free."""
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 2 * self.frameWidth()
        columns = self._rows_model.columns
        has_ranks = any(column.second_rank for column in columns)
        compact = appearance().large or (has_ranks and self._memory.is_tight(room))
        two_lines = (compact or self._tall) and not self._dense and any(column.second is not None for column in columns)
        self._delegate.two_lines = two_lines
        height = DENSE_ROW if self._dense else TALL_ROW if two_lines else ROW_HEIGHT
        self.verticalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setDefaultSectionSize(scaled(height))
        self.horizontalHeader().setFixedHeight(scaled(HEAD_HEIGHT))
        self._memory.dress(room, compact=compact)
        self.viewport().update()

    def _first_column(self) -> int:
        header = self.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        return next((number for number in order if not header.isSectionHidden(number)), 0)

    def _open(self, index: QModelIndex) -> None:
        if (row := self._rows_model.row(index.row())) is not None:
            self.activated_row.emit(row)

    def _copy(self) -> None:
        """Copy the selected rows as a spreadsheet takes them: cells parted by tabs."""
        model = self._rows_model
        numbers = [model.columns.index(column) for column in self.visible_columns()]
        lines = (
            "\t".join(model.spoken(model.index(place, number)) for number in numbers)
            for place in self._selected_places()
        )
        QApplication.clipboard().setText("\n".join(lines))

    def _selected_places(self) -> list[int]:
        """Return the selected row numbers from the ranges; an index object per cell would be slow at Ctrl+A."""
        selection = self.selectionModel().selection()
        ranges = (selection.at(number) for number in range(selection.count()))
        return sorted({place for part in ranges for place in range(part.top(), part.bottom() + 1)})

    def _keep(self) -> None:
        """Remember ids, not row numbers: after a refresh the same person may stand elsewhere."""
        ids, current = self._rows_model.ids, self.currentIndex().row()
        self._kept = (
            ids[current] if 0 <= current < len(ids) else None,
            self.selected_ids(),
            self.verticalScrollBar().value(),
        )

    def _restore(self) -> None:
        current, selected, scrolled = self._kept
        model, column = self._rows_model, self._first_column()
        self.executeDelayedItemsLayout()
        chosen = QItemSelection()
        for first, last in _runs(model.positions(selected)):
            chosen.select(model.index(first, 0), model.index(last, len(model.columns) - 1))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if current is not None and (place := model.position(current)) >= 0:
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(model.index(place, column), flag)
        elif current is not None:
            self.current_row_changed.emit(None)
        self.verticalScrollBar().setValue(scrolled)  # last, because moving the cursor scrolls to it
        self._show_emptiness()

    def _tell_again(self, first: QModelIndex, last: QModelIndex) -> None:
        """Pass a changed row on, so that the panel beside the list shows what the list shows."""
        if first.row() <= self.currentIndex().row() <= last.row():
            self.current_row_changed.emit(self.current_row())

    def _show_emptiness(self) -> None:
        self._empty.setVisible(self._rows_model.rowCount() == 0)
        self._place_empty()

    def _place_empty(self) -> None:
        if isinstance(self._empty, QLabel):
            self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setGeometry(self.viewport().rect())


def _runs(places: list[int]) -> list[tuple[int, int]]:
    """Return ascending row numbers as (first, last) of unbroken runs; a selection of single rows would be slow."""
    starts = [place for number, place in enumerate(places) if number == 0 or places[number - 1] != place - 1]
    ends = [place for number, place in enumerate(places, 1) if number == len(places) or places[number] != place + 1]
    return list(zip(starts, ends, strict=True))
