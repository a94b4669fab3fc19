"""The table of figures: arrow keys walk it, Enter or a click on an underlined figure opens its records."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyledItemDelegate, QTableView

from desktop.reports.table import number_text
from desktop.reports.ui.figure_model import LABEL, NOW, UNIT, FigureModel, ShownLine
from desktop.widgets.cells import side_padding
from desktop.widgets.chips import sized
from desktop.widgets.theme import scaled, theme_changed, tokens

Index = QModelIndex | QPersistentModelIndex
Option = Any  # QStyleOptionViewItem; its stubs in this version know neither rect nor font
_ROW, _HEAD = 34, 40
_UNIT_WIDTH, _NARROW_UNIT = 84, 62
_VALUE_WIDTH, _NARROW_VALUE, _WIDE_VALUE, _WIDE = 112, 88, 190, 1000
_PART_INDENT = 18


class FigureDelegate(QStyledItemDelegate):
    """Paints heads across the table, and figures that can be opened bold over a dotted line."""

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        """Paint one cell."""
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, ShownLine):
            return
        painter.save()
        colours = tokens()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = colours.table_head if row.is_head else colours.selection if selected else colours.card
        painter.fillRect(option.rect, QColor(ground))
        if index.column() == NOW and row.change is not None:
            painter.fillRect(option.rect.adjusted(2, 3, -2, -3), QColor(colours.warning_soft))
        painter.setPen(QPen(QColor(colours.grid_line), 1))
        if not row.is_head:
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        room = option.rect.adjusted(side_padding(), 0, -side_padding(), 0)
        if row.is_head:
            painter.setFont(sized(option.font, bold=True))
            painter.setPen(QColor(colours.text))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, row.text)
        else:
            self._paint_cell(painter, room, option, index, row)
        painter.restore()

    def sizeHint(self, option: Option, index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(QFontMetrics(option.font).horizontalAdvance(str(index.data() or "")) + 20, scaled(_ROW))

    def _paint_cell(self, painter: QPainter, room: QRect, option: Option, index: Index, row: ShownLine) -> None:
        colours, column = tokens(), index.column()
        text = str(index.data() or "")
        bad = row.line is not None and row.line.bad
        font = sized(option.font, bold=column == NOW and row.opens)
        ink = colours.text
        if column == NOW:
            ink = colours.danger if bad else colours.accent_deep if row.opens else colours.text
        elif column in {UNIT, NOW + 2} or row.line is None:
            ink = colours.secondary
        painter.setFont(font)
        painter.setPen(QColor(ink))
        if column == LABEL and row.line is not None and row.line.part:
            room = room.adjusted(scaled(_PART_INDENT), 0, 0, 0)
        metrics = QFontMetrics(font)
        side = Qt.AlignmentFlag.AlignRight if column >= NOW else Qt.AlignmentFlag.AlignLeft
        if column == NOW and row.change is not None:
            text = f"{text}→{number_text(row.change.after)}"
        painter.drawText(
            QRectF(room), side | Qt.AlignmentFlag.AlignVCenter,
            metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width()),
        )  # fmt: skip
        if column == NOW and row.opens:
            width = min(metrics.horizontalAdvance(text), room.width())
            foot = room.center().y() + metrics.height() / 2 + 1
            pen = QPen(QColor(ink), 1.2, Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawLine(QPointF(room.right() - width + 1, foot), QPointF(room.right() + 1, foot))


class FigureView(QTableView):
    """Shows a FigureModel; ``opened`` carries the ShownLine whose records are wanted."""

    opened = Signal(object)

    def __init__(self, model: FigureModel) -> None:
        super().__init__()
        self._figures = model
        self.setObjectName("report_table")
        self.setAccessibleName("报表数字")
        self.setModel(model)
        self.setItemDelegate(FigureDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._clicked)
        model.modelReset.connect(self._span_heads)
        theme_changed.connect(self._dress)
        self._dress()

    def show_line(self, key: str) -> None:
        """Put the cursor on the line of figure *key*."""
        place = self._figures.row_of_key(key)
        if place >= 0:
            self.setCurrentIndex(self._figures.index(place, NOW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the records of the line on Enter; ↑ and ↓ pass over the heads."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._walk(step)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: Any) -> None:
        """Paint the rows, and the ring round the figure the keyboard is on."""
        super().paintEvent(event)
        index = self.currentIndex()
        if not (self.hasFocus() and index.isValid()):
            return
        cell = self.visualRect(self._figures.index(index.row(), NOW))
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().focus), 3))
        painter.drawRoundedRect(QRectF(cell).adjusted(2, 2, -2, -3), 5, 5)
        painter.end()

    def _walk(self, step: int) -> None:
        place = self.currentIndex().row() + step
        while (row := self._figures.shown(place)) is not None and row.line is None:
            place += step
        if row is not None:
            self.setCurrentIndex(self._figures.index(place, NOW))

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == NOW:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        row = self._figures.shown(index.row())
        if row is not None and row.opens:
            self.opened.emit(row)

    def _span_heads(self) -> None:
        self.clearSpans()
        for place in self._figures.heads():
            self.setSpan(place, 0, 1, self._figures.columnCount())
        self._fit()

    def _dress(self) -> None:
        self.verticalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setDefaultSectionSize(scaled(_ROW))
        self.horizontalHeader().setFixedHeight(scaled(_HEAD))
        self._fit()

    def _fit(self) -> None:
        if self._figures.columnCount() < NOW:
            return
        room = self.viewport().width()
        narrow, wide = room < scaled(640), room > scaled(_WIDE)
        # In a wide window the figures come to meet their labels, so that the eye keeps the line.
        value = scaled(_WIDE_VALUE if wide else _NARROW_VALUE if narrow else _VALUE_WIDTH)
        unit = scaled(_NARROW_UNIT if narrow else _UNIT_WIDTH)
        self.setColumnWidth(UNIT, unit)
        for column in range(NOW, self._figures.columnCount()):
            self.setColumnWidth(column, value)
        self.setColumnWidth(LABEL, max(room - unit - 3 * value, scaled(120)))
