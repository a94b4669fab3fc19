"""Paints one day: number, 休 or 班, lunar corner, its activities and what is due, and how many more there are."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QToolTip

from desktop.activities.rules import CANCELLED
from desktop.activities.ui.columns import THEME_KINDS
from desktop.activities.ui.month_model import DayCell
from desktop.activities.views import ActivityRow
from desktop.register.ports import DueLine
from desktop.widgets.chips import sized
from desktop.widgets.icons import paint_icon
from desktop.widgets.theme import scaled, tokens

Index = QModelIndex | QPersistentModelIndex
Option = Any  # QStyleOptionViewItem; its stubs in this version know neither rect nor font

_SMALL = 0.92
_MARK_POINTS = 9.5
_SATURDAY = 5


class DayDelegate(QStyledItemDelegate):
    """Draws a DayCell."""

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        """Paint ground, head and activities of the day."""
        cell = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(cell, DayCell):
            return
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        _paint_ground(painter, option.rect, cell, chosen=chosen)
        room = option.rect.adjusted(scaled(5), scaled(3), -scaled(6), -scaled(3))
        below = _paint_head(painter, room, cell, option.font)
        rest = QRect(room.left(), below, room.width(), room.bottom() + 1 - below)
        _paint_entries(painter, rest, cell, option.font)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: Option, index: Index) -> bool:
        """Show the whole day as a tip."""
        del option
        cell = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        QToolTip.showText(event.globalPos(), cell.spoken if isinstance(cell, DayCell) else "", view)
        return True


def _paint_ground(painter: QPainter, rect: QRect, cell: DayCell, *, chosen: bool) -> None:
    colours = tokens()
    ground = colours.card if cell.in_month else colours.other_month
    if cell.facts.mark == "休" and cell.in_month:
        ground = colours.holiday
    painter.fillRect(rect, QColor(colours.selection if chosen else ground))
    painter.setPen(QPen(QColor(colours.line), colours.line_width))
    painter.drawLine(rect.topRight(), rect.bottomRight())
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    if chosen:
        painter.setPen(QPen(QColor(colours.accent), 2))
        painter.drawRect(rect.adjusted(1, 1, -2, -2))


def _paint_head(painter: QPainter, room: QRect, cell: DayCell, font: QFont) -> int:
    """Paint number, mark and corner; return where the room below them begins."""
    colours, facts = tokens(), cell.facts
    number = sized(font, 1.04, bold=cell.in_month and cell.day.weekday() < _SATURDAY)
    metrics = QFontMetrics(number)
    text = str(cell.day.day)
    width, height = metrics.horizontalAdvance("00") + scaled(8), metrics.height() - scaled(2)
    box = QRect(room.left(), room.top(), width, height)
    is_off = facts.mark == "休"
    painter.setFont(number)
    if cell.day == cell.today:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(QRectF(box), scaled(6), scaled(6))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        ink = colours.on_accent
    elif not cell.in_month:
        ink = colours.lunar
    elif is_off:
        ink = colours.danger
    else:
        ink = colours.secondary if cell.day.weekday() >= _SATURDAY else colours.text
    painter.setPen(QColor(ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    left = box.right() + scaled(5)
    if facts.mark:
        left = paint_mark(painter, QPointF(left, box.top()), facts.mark, height, font)
    special = facts.is_special and cell.in_month
    corner = sized(font, _SMALL, bold=special)
    painter.setFont(corner)
    named = bool(facts.festivals) and is_off
    painter.setPen(QColor(colours.danger if named and cell.in_month else colours.text if special else colours.lunar))
    place = QRect(left, box.top(), room.right() - left, height)
    fits = QFontMetrics(corner).horizontalAdvance(facts.corner) <= place.width()
    word = facts.corner if fits else facts.corner.removesuffix("节")
    if not fits and not facts.mark:
        place.setLeft(box.right())  # a word that is too wide by a hair comes nearer to the number
    shown = QFontMetrics(corner).elidedText(word, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
    return box.bottom() + scaled(4)


def paint_mark(painter: QPainter, at: QPointF, mark: str, height: int, font: QFont) -> int:
    """Paint 休 red or 班 grey in a small square; return where it ends."""
    small = QFont(font)
    small.setPointSizeF(_MARK_POINTS * font.pointSizeF() / 12)
    small.setBold(True)
    side = QFontMetrics(small).height()
    ink, ground = tokens().pair("red" if mark == "休" else "grey")
    box = QRectF(at.x(), at.y() + (height - side) / 2, side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(ink), 1) if tokens().high_contrast else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(box, 4, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QColor(ink))
    painter.setFont(small)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, mark)
    return int(box.right()) + scaled(4)


def _paint_entries(painter: QPainter, room: QRect, cell: DayCell, font: QFont) -> None:
    """Paint as many activities, then things due, as fit; if some do not, the last line says how many."""
    small = sized(font, _SMALL)
    line = QFontMetrics(small).height() - scaled(1)
    height = 2 * line if cell.roomy else line
    step = height + scaled(4 if cell.roomy else 2)
    lines = max(1, (room.height() + scaled(2)) // step)
    entries: tuple[ActivityRow | DueLine, ...] = (*cell.activities, *cell.dues)
    more = len(entries) - 1
    if lines == 1 and more > 0:
        # With a single line the first activity is worth more than a bare number.
        width = QFontMetrics(small).horizontalAdvance(f"+{more}") + scaled(4)
        place = QRect(room.left(), room.top(), room.width() - width, height)
        _paint_entry(painter, place, entries[0], cell, small)
        painter.setFont(small)
        painter.setPen(QColor(tokens().secondary))
        place = QRect(room.left(), room.top(), room.width(), height)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"+{more}")
        return
    shown = entries if len(entries) <= lines else entries[: lines - 1]
    for number, entry in enumerate(shown):
        place = QRect(room.left(), room.top() + number * step, room.width(), height)
        _paint_entry(painter, place, entry, cell, small)
    if len(shown) < len(entries):
        place = QRect(room.left() + scaled(5), room.top() + len(shown) * step, room.width(), line)
        painter.setFont(small)
        painter.setPen(QColor(tokens().secondary))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, f"还有 {len(entries) - len(shown)}项")


def _paint_entry(painter: QPainter, place: QRect, entry: ActivityRow | DueLine, cell: DayCell, font: QFont) -> None:
    if isinstance(entry, ActivityRow):
        paint_activity(painter, place, entry, cell, font)
    else:
        _paint_due(painter, place, entry, cell, font)


def _paint_due(painter: QPainter, place: QRect, line: DueLine, cell: DayCell, font: QFont) -> None:
    """Paint what is due: a clock in a dashed frame, red once it is late."""
    colours = tokens()
    left = _dashed(painter, place, "danger" if cell.is_late else "secondary", font)
    painter.setPen(QColor(colours.danger if cell.is_late else colours.text))
    text = QRect(left, place.top(), place.right() - left, place.height())
    if not cell.roomy:
        _write(painter, text, font, (line.title,))
        return
    half = place.height() // 2
    _write(painter, text.adjusted(0, scaled(1), 0, -half), font, (line.title,))
    _write(painter, text.adjusted(0, half, 0, -scaled(1)), font, (line.detail,))


def _dashed(painter: QPainter, place: QRect, token: str, font: QFont) -> int:
    """Paint an empty dashed frame with a clock at its left; return where the text begins."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(getattr(tokens(), token)), 1, Qt.PenStyle.DashLine))
    painter.setBrush(QColor(tokens().card))
    painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    side = QFontMetrics(font).height() - scaled(7)
    paint_icon(painter, "clock", QRect(place.left() + scaled(4), place.top() + scaled(3), side, side), token)
    return place.left() + side + scaled(8)


def paint_activity(painter: QPainter, place: QRect, row: ActivityRow, cell: DayCell, font: QFont) -> None:
    """Paint one activity: its theme's colour with a bar at the left, dashed and red while its result is missing."""
    late = row.is_unsettled(cell.today)
    cancelled = row.draft.status == CANCELLED
    colours = tokens()
    ink, ground = colours.pair("red" if late else "grey" if cancelled else THEME_KINDS[row.theme])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left = place.left() + scaled(9)
    if late:
        left = _dashed(painter, place, "danger", font)
    else:
        painter.setPen(QPen(QColor(ink), 1) if colours.high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.fillRect(QRect(place.left(), place.top(), scaled(4), place.height()), QColor(ink))
    font = QFont(font)
    font.setStrikeOut(cancelled)
    painter.setPen(QColor(ink))
    text = QRect(left, place.top(), place.right() - left, place.height())
    if not cell.roomy:
        _write(painter, text, font, _words(row, cell))
        return
    half = place.height() // 2
    _write(painter, text.adjusted(0, scaled(1), 0, -half), sized(font, bold=True), _words(row, cell)[1:])
    below = " ".join(filter(None, (row.draft.clock, row.draft.place))) or row.draft.category
    _write(painter, text.adjusted(0, half, 0, -scaled(1)), font, (below,))


def _write(painter: QPainter, room: QRect, font: QFont, words: tuple[str, ...]) -> None:
    """Write the first of *words* that fits, else the last of them with an ellipsis."""
    metrics = QFontMetrics(font)
    fitting = next((one for one in words if metrics.horizontalAdvance(one) <= room.width()), words[-1])
    painter.setFont(font)
    shown = metrics.elidedText(fitting, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


def _words(row: ActivityRow, cell: DayCell) -> tuple[str, ...]:
    """Return what may stand on the line, longest first: the name with its hour, or with 续 on later days."""
    if cell.day > row.held_on:
        return f"{row.draft.name}（续）", row.draft.name
    return f"{row.draft.name} {row.draft.clock}".rstrip(), row.draft.name
