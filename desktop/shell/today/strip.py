"""The week on top of 今日: seven days with what takes place and what is due; folded it is one line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from desktop.activities.ui.month_model import DayCell
from desktop.activities.ui.month_paint import paint_activity, paint_mark
from desktop.activities.views import ActivityRow
from desktop.foundation.days import WEEKDAYS, long_day
from desktop.register.ports import DueLine
from desktop.shell.today.view import WeekDay
from desktop.widgets.buttons import SteadyButton
from desktop.widgets.chips import sized
from desktop.widgets.icons import icon, paint_icon
from desktop.widgets.theme import scaled, theme_changed, tokens

HEIGHT = 87
_CHIPS = 2
_SATURDAY = 5
_PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class WeekStrip(QFrame):
    """Seven days side by side; ``chosen`` carries the day that was clicked."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("week_strip")
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(1, 1, 1, 1)
        self._line.setSpacing(0)
        self.days: list[DayBox] = []
        theme_changed.connect(self._fit)
        self._fit()

    def show_week(self, week: Sequence[WeekDay], today: date) -> None:
        """Show these days."""
        while len(self.days) < len(week):
            box = DayBox()
            box.chosen.connect(self.chosen)
            self.days.append(box)
            self._line.addWidget(box, 1)
        for number, (box, day) in enumerate(zip(self.days, week, strict=True)):
            box.show_day(day, today, last=number == len(week) - 1)

    def _fit(self) -> None:
        self.setFixedHeight(scaled(HEIGHT))


class DayBox(QWidget):
    """One day of the strip."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._day: WeekDay | None = None
        self._today = date.min
        self._last = False

    def show_day(self, day: WeekDay, today: date, *, last: bool) -> None:
        """Show *day*."""
        self._day, self._today, self._last = day, today, last
        self.setObjectName(f"day_{day.day.isoformat()}")
        self.setAccessibleName(spoken(day, today))
        self.setToolTip(spoken(day, today))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the day."""
        if self._day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self._day.day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the day."""
        if self._day is not None and Qt.Key(event.key()) in _PRESS:
            self.chosen.emit(self._day.day)
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the head and up to two chips."""
        if self._day is None:
            return
        painter = QPainter(self)
        self._paint_ground(painter)
        below = self._paint_head(painter, self._day)
        self._paint_chips(painter, self._day, below)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens().focus), 3))
            painter.drawRect(self.rect().adjusted(2, 2, -2, -2))
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        colours, is_today = tokens(), self._day is not None and self._day.day == self._today
        if is_today:
            painter.fillRect(self.rect(), QColor(colours.selection))
            painter.fillRect(QRect(0, self.height() - 3, self.width(), 3), QColor(colours.accent))
        elif not self._last:
            painter.setPen(QPen(QColor(colours.line), colours.line_width))
            painter.drawLine(QPoint(self.width() - 1, scaled(7)), QPoint(self.width() - 1, self.height() - scaled(7)))

    def _paint_head(self, painter: QPainter, day: WeekDay) -> int:
        colours, facts, is_today = tokens(), day.facts, day.day == self._today
        off = facts.mark == "休"
        bold, small = sized(self.font(), bold=True), sized(self.font(), 0.92)
        text = f"周{WEEKDAYS[day.day.weekday()]} {day.day.day}日"
        head = QRect(scaled(11), scaled(6), self.width() - scaled(20), scaled(24))
        painter.setFont(bold)
        painter.setPen(QColor(colours.accent_deep if is_today else colours.danger if off else colours.text))
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, text)
        left = head.left() + QFontMetrics(bold).horizontalAdvance(text) + scaled(8)
        if facts.mark:
            left = paint_mark(painter, QPointF(left, head.top()), facts.mark, head.height(), self.font())
        count = len(day.activities) + len(day.dues)
        special = facts.is_special and not is_today
        corner = f"今天 {count}项" if is_today else facts.corner
        painter.setFont(sized(self.font(), 0.92, bold=True) if special else small)
        named = bool(facts.festivals) and off
        painter.setPen(
            QColor(colours.danger if named and special else colours.text if special or is_today else colours.lunar)
        )
        room = QRect(left, head.top(), head.right() - left, head.height())
        shown = painter.fontMetrics().elidedText(corner, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
        return head.bottom() + scaled(3)

    def _paint_chips(self, painter: QPainter, day: WeekDay, top: int) -> None:
        small = sized(self.font(), 0.95)
        height, step = scaled(22), scaled(26)
        whole: list[ActivityRow | DueLine] = [*day.activities, *day.dues]
        left, width = scaled(6), self.width() - scaled(13)
        painter.setFont(small)
        if not whole:
            painter.setPen(QColor(tokens().secondary))
            painter.drawText(QRect(scaled(11), top, width, height), Qt.AlignmentFlag.AlignVCenter, "没有安排")
            return
        shown = whole if len(whole) <= _CHIPS else whole[: _CHIPS - 1]
        cell = DayCell(day.facts, day.activities, in_month=True, today=self._today)
        for number, one in enumerate(shown):
            place = QRect(left, top + number * step, width, height)
            if isinstance(one, DueLine):
                paint_due(painter, place, one, self._today, small)
            else:
                paint_activity(painter, place, one, cell, small)
        if len(shown) < len(whole):
            painter.setFont(small)
            painter.setPen(QColor(tokens().secondary))
            rest = QRect(scaled(11), top + len(shown) * step, width, height)
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, f"还有 {len(whole) - len(shown)}项")


def paint_due(painter: QPainter, place: QRect, line: DueLine, today: date, font: QFont) -> None:
    """Paint what is due as a dashed chip with a clock, red once it is late."""
    colours, late = tokens(), line.due_on < today
    ink = colours.danger if late else colours.text
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(ink), colours.line_width, Qt.PenStyle.DashLine))
    painter.setBrush(QColor(colours.card))
    painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    side = place.height() - scaled(8)
    mark = QRect(place.left() + scaled(4), place.top() + scaled(4), side, side)
    paint_icon(painter, "clock", mark, "danger" if late else "secondary")
    painter.setFont(font)
    painter.setPen(QColor(ink))
    text = QRect(mark.right() + scaled(4), place.top(), place.right() - mark.right() - scaled(6), place.height())
    shown = QFontMetrics(font).elidedText(line.title, Qt.TextElideMode.ElideRight, text.width())
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, shown)
    painter.restore()


class FoldedWeek(SteadyButton):
    """The week in one line; pressing it unfolds the strip."""

    ROLE = "fold"

    def __init__(self) -> None:
        super().__init__("", name="week_folded")
        self._text = ""
        self.setProperty("role", "fold")
        self.setIcon(icon("chevron-down", "tab_text"))
        self.setIconSize(QSize(18, 18))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show *text*, cut where it does not fit."""
        self._text = text
        self.setAccessibleName(f"{text}。按一下展开一周")
        self.setToolTip(text)
        self._cut()

    def sizeHint(self) -> QSize:
        """Return little width: the layout gives what is left."""
        return QSize(scaled(200), scaled(38))

    def minimumSizeHint(self) -> QSize:
        """Return the least width."""
        return QSize(scaled(80), scaled(38))

    def resizeEvent(self, event: object) -> None:
        """Cut the text to the new width."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._cut()

    def _cut(self) -> None:
        room = self.width() - scaled(60)
        self.setText(f" {self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room)}")


def in_one_line(week: Sequence[WeekDay], today: date) -> str:
    """Return 本周：明天 包粽子 14:00；19–21日 端午节放假."""
    parts = [
        f"{_when(day.day, today)} {row.draft.name} {row.draft.clock.split('–')[0]}".rstrip()
        for day in week
        if day.day >= today
        for row in day.activities
        if row.held_on == day.day and (day.day > today or not row.draft.attendance)
    ]
    off = [day for day in week if day.day >= today and day.facts.mark == "休"]
    if off:
        first, last = off[0].day, off[-1].day
        days = f"{first.day}日" if first == last else f"{first.day}–{last.day}日"
        holiday = off[0].facts.off.holiday if off[0].facts.off else ""
        parts.append(f"{days} {holiday}放假")
    return f"本周：{'；'.join(parts) or '没有安排'}"


def spoken(day: WeekDay, today: date) -> str:
    """Return everything of a day as one text, for tips and screen readers."""
    told = [f"{row.draft.clock} {row.draft.name}".strip() for row in day.activities]
    told += [f"{'逾期：' if line.due_on < today else '到期：'}{line.title}" for line in day.dues]
    known = "，".join(day.facts.occasions)
    lines = [f"{long_day(day.day)} {day.facts.lunar}{f'（{known}）' if known else ''}", *(told or ["没有安排"])]
    return "\n".join(lines)


def _when(day: date, today: date) -> str:
    gap = (day - today).days
    return ("今天", "明天", "后天")[gap] if gap <= 2 else f"周{WEEKDAYS[day.weekday()]}"
