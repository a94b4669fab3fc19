"""The parts a typing grid is painted with: cells, row numbers, and the one editor that moves over the cells."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QLabel, QStyledItemDelegate, QTableView, QWidget

from desktop.widgets.cells import Content, paint_content, paint_ground, side_padding
from desktop.widgets.chips import sized, tone_color
from desktop.widgets.entry_sheet import EntryColumn, EntrySheet, RowState
from desktop.widgets.fields.lineedit import LineEdit
from desktop.widgets.paging import alignment
from desktop.widgets.theme import scaled, tokens

Index = QModelIndex | QPersistentModelIndex

_SIGNS = {RowState.REFUSED: "!", RowState.TYPING: "·", RowState.SAVING: "…"}


class EntryDelegate(QStyledItemDelegate):
    """Paints a cell of an EntrySheet; the row being typed lies on the soft ground."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Paint ground, fault frame and content."""
        sheet = index.model()
        if not isinstance(sheet, EntrySheet):
            raise TypeError("this delegate paints cells of an EntrySheet")
        style = sheet.style(index)
        painter.save()
        current = index.row() == self._view.currentIndex().row()
        paint_ground(painter, option.rect, row=0, selected=current, style=style)
        room = option.rect.adjusted(side_padding(), 0, -side_padding(), 0)
        content = Content(sheet.data(index), style, sheet.columns[index.column()].align)
        paint_content(painter, room, content, option.font)
        painter.restore()


class NumberHeader(QHeaderView):
    """Row numbers; the current one bold, one to be mended red with a mark, an unsaved one with a dot."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view

    def paintSection(self, painter: QPainter, rect: QRect, row: int) -> None:
        """Paint the number of *row*."""
        sheet = self._view.model()
        state = sheet.state(row) if isinstance(sheet, EntrySheet) else RowState.EMPTY
        current = row == self._view.currentIndex().row()
        refused = state is RowState.REFUSED
        sign = _SIGNS.get(state, "") if refused or not current else ""
        painter.save()
        painter.fillRect(rect, QColor(tokens().selection if current else tokens().card))
        painter.setPen(QColor(tokens().grid_line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setFont(sized(self._view.font(), bold=current or refused))
        painter.setPen(
            tone_color("danger" if refused else "" if current or state is not RowState.EMPTY else "secondary")
        )
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, f"{row + 1}")
        beside = rect.adjusted(0, 0, -scaled(5), 0)
        painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, sign)
        painter.restore()


class CellTip(QLabel):
    """The problem of the current cell, hung below it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = parent
        self.setObjectName("cell_message")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def dress(self) -> None:
        """Follow the theme; it may lie over the text of the next row, so it has a ground and an edge."""
        t = tokens()
        self.setStyleSheet(
            f"background: {t.danger_soft}; color: {t.danger}; border: 1px solid {t.danger}; "
            f"border-radius: 6px; padding: {scaled(3)}px {scaled(8)}px;"
        )

    def hang_at(self, cell: QRect) -> None:
        """Stand below *cell*, or above it at the lower end of the table."""
        self.adjustSize()
        below = cell.bottom() + 2
        fits = below + self.height() <= self._table.height()
        self.move(cell.left(), below if fits else cell.top() - self.height() - 2)
        self.raise_()


class CellEditor(LineEdit):
    """The editor of the current cell; framed in the accent, in red where the cell is at fault."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.setObjectName("cell_editor")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab reaches the grid, which hands the focus on
        self._faulty = False

    def open_for(self, column: EntryColumn, name: str) -> None:
        """Take the alignment of *column*; *name* tells screen readers where typing goes."""
        self.setAlignment(alignment(column.align))
        self.setAccessibleName(name)

    def show_fault(self, faulty: bool) -> None:
        """Frame the editor in red or in the accent."""
        if faulty != self._faulty:
            self._faulty = faulty
            self.dress()

    def dress(self) -> None:
        """Follow the theme; the program's inputs are too high and too round for a cell."""
        t = tokens()
        ink, ground = (t.danger, t.danger_soft) if self._faulty else (t.accent, t.card)
        pad = side_padding() - 3
        self.setStyleSheet(
            f"QLineEdit, QLineEdit:focus {{ background: {ground}; border: 2px solid {ink}; border-radius: 6px; "
            f"min-height: 0; padding: 0 {pad}px; }}"
        )
