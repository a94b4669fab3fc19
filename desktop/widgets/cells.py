"""Paints the cells of every list: text, chips, a coloured state, a second line in large type, faults, selection."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QToolTip

from desktop.widgets.chips import GAP, PLAIN, CellStyle, Chip, Tone, chip_size, paint_chip, sized, tone_color
from desktop.widgets.paging import PagedModel
from desktop.widgets.theme import scaled, tokens

Index = QModelIndex | QPersistentModelIndex
Option = Any  # QStyleOptionViewItem; its stubs in this version know neither rect nor font

_SECOND_LINE = 0.88
_STRONG = ("danger", "warning")


def side_padding() -> int:
    """Return the empty pixels at either side of a cell; table heads use the same."""
    return scaled(10)


@dataclass(frozen=True)
class Content:
    """What one line of a cell says: text, then chips, then a coloured state."""

    text: str
    style: CellStyle = PLAIN
    align: str = "left"


class CellDelegate(QStyledItemDelegate):
    """Draws one cell of a PagedModel as its column's style says."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self.two_lines = False

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        """Paint ground, marks and content of the cell."""
        model = _model(index)
        style = model.style(index)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        paint_ground(painter, option.rect, row=index.row(), selected=selected, style=style)
        if selected and self._is_first(index):
            painter.fillRect(QRect(option.rect.topLeft(), QSize(4, option.rect.height())), QColor(tokens().accent))
        room = option.rect.adjusted(side_padding(), 0, -side_padding(), 0)
        content = Content(str(model.data(index) or ""), style, model.columns[index.column()].align)
        second = (model.second_line(index) or style.status) if self.two_lines else ""
        if second and (content.text or style.chips):
            tone: Tone = style.status_tone if second == style.status else "secondary"
            first = replace(content, style=replace(style, status=""))
            paint_two_lines(painter, room, first, Content(second, CellStyle(tone=tone), content.align), option.font)
        else:
            paint_content(painter, room, content, option.font)
        painter.restore()

    def sizeHint(self, option: Option, index: Index) -> QSize:
        """Return the room the whole content needs in one line, for fitting a column to its content."""
        model = _model(index)
        width = content_width(Content(str(model.data(index) or ""), model.style(index)), option.font)
        return QSize(width + 2 * side_padding(), scaled(42))

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: Option, index: Index) -> bool:
        """Show the whole content as a tip, but only where the cell is too narrow for it."""
        if not index.isValid() or self.sizeHint(option, index).width() <= option.rect.width():
            QToolTip.hideText()
            return True
        QToolTip.showText(event.globalPos(), _model(index).spoken(index), view)
        return True

    def _is_first(self, index: Index) -> bool:
        view = self.parent()
        header = getattr(view, "horizontalHeader", None)
        return header is not None and all(
            header().isSectionHidden(header().logicalIndex(place))
            for place in range(header().visualIndex(index.column()))
        )


def paint_ground(painter: QPainter, rect: QRect, *, row: int, selected: bool, style: CellStyle) -> None:
    """Fill a cell: selected, every second row tinted, or marked as the place of a fault."""
    colours = tokens()
    ground = colours.selection if selected else colours.zebra if row % 2 else colours.card
    painter.fillRect(rect, QColor(ground))
    if not style.mark:
        return
    ink, soft = (QColor(colour) for colour in colours.pair(style.mark))
    if style.mark == "warning":
        painter.fillRect(rect.adjusted(0, 0, -1, -1), soft)
        if colours.high_contrast:
            painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine))
            painter.drawRect(rect.adjusted(2, 2, -4, -4))
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 2))
    painter.setBrush(soft)
    painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -3, -3), 5, 5)


def paint_content(painter: QPainter, room: QRect, content: Content, font: QFont) -> None:
    """Paint *content* in *room*, centred between top and bottom; what has no room is elided."""
    style, end = content.style, room.right() + 1
    x = float(room.left())
    if content.align != "left":
        free = max(0, room.width() - content_width(content, font))
        x += free if content.align == "right" else free / 2
    if content.text:
        place = QRectF(x, room.top(), end - x, room.height())
        x = _paint_text(painter, place, content.text, sized(font, bold=style.bold), style.tone)
    for number, chip in enumerate(style.chips):
        size = chip_size(chip, font)
        full = number > 0 and x + size.width() > end
        shown = Chip(f"+{len(style.chips) - number}") if full else chip
        x += paint_chip(painter, QPointF(x, room.top() + (room.height() - size.height()) / 2), shown, font) + GAP
        if full:
            break
    if style.status:
        place = QRectF(x, room.top(), end - x, room.height())
        _paint_text(painter, place, style.status, _status_font(style, font), style.status_tone)


def paint_two_lines(painter: QPainter, room: QRect, upper: Content, lower: Content, font: QFont) -> None:
    """Paint *upper* and, smaller, *lower* below it, the pair centred in *room*."""
    small = sized(font, _SECOND_LINE)
    upper_height, lower_height = QFontMetrics(font).height(), QFontMetrics(small).height()
    gap = scaled(-3)  # the font's own leading already parts the lines
    top = room.top() + (room.height() - upper_height - lower_height - gap) // 2
    paint_content(painter, QRect(room.left(), top, room.width(), upper_height), upper, font)
    paint_content(painter, QRect(room.left(), top + upper_height + gap, room.width(), lower_height), lower, small)


def content_width(content: Content, font: QFont) -> int:
    """Return the pixels that text, chips and state need side by side."""
    text, style = content.text, content.style
    width = QFontMetrics(sized(font, bold=style.bold)).horizontalAdvance(text) + 1 if text else 0
    width += scaled(8) if text and (style.chips or style.status) else 0
    width += sum(chip_size(chip, font).width() + GAP for chip in style.chips)
    if style.status:
        width += QFontMetrics(_status_font(style, font)).horizontalAdvance(style.status) + 1
    return width


def _status_font(style: CellStyle, font: QFont) -> QFont:
    return sized(font, 0.95, bold=style.status_tone in _STRONG)


def _paint_text(painter: QPainter, place: QRectF, text: str, font: QFont, tone: Tone) -> float:
    """Paint *text* in *place* and return where the next piece begins."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(place.width())))
    painter.setFont(font)
    painter.setPen(tone_color(tone))
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    return place.left() + metrics.horizontalAdvance(shown) + scaled(8)


def _model(index: Index) -> PagedModel[object]:
    model = index.model()
    if not isinstance(model, PagedModel):
        raise TypeError("this delegate paints cells of a PagedModel")
    return model
