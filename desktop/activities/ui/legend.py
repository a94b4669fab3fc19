"""What the colours and marks of the calendar mean, in one line; what has no room is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.activities.rules import THEMES
from desktop.activities.ui.columns import THEME_KINDS
from desktop.activities.ui.month_paint import paint_mark
from desktop.widgets.chips import sized
from desktop.widgets.theme import scaled, theme_changed, tokens

_MARKS = (("休", "放假"), ("班", "调休上班"))
_DUE, _LATE = "应办事项", "已逾期、没登记结果"
_SMALL = 0.92
Item = tuple[str, Callable[[QPainter, int], int]]


class Legend(QWidget):
    """Squares in the themes' colours, 休 and 班, and the dashed frames."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("legend")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = [*THEMES, *(f"{mark}：{word}" for mark, word in _MARKS), f"灰色虚框：{_DUE}", f"红色虚框：{_LATE}"]
        self.setAccessibleName(f"颜色和记号：{'，'.join(words)}")
        theme_changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(scaled(200), QFontMetrics(self._font()).height() + scaled(4))

    def minimumSizeHint(self) -> QSize:
        """Return the height of one line; the width may be anything."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint item after item until the line is full."""
        painter = QPainter(self)
        font = self._font()
        metrics, left = QFontMetrics(font), 0
        for text, mark in self._items():
            width = scaled(22) + metrics.horizontalAdvance(text)
            if left + width > self.width():
                break
            after = mark(painter, left)
            painter.setFont(font)
            painter.setPen(QColor(tokens().text))
            painter.drawText(
                QRect(after, 0, self.width() - after, self.height()), Qt.AlignmentFlag.AlignVCenter, text
            )  # fmt: skip
            left = after + metrics.horizontalAdvance(text) + scaled(14)
        painter.end()

    def _items(self) -> Iterator[Item]:
        for theme in THEMES:
            yield theme, self._square(tokens().pair(THEME_KINDS[theme])[0])
        for mark, word in _MARKS:
            yield word, self._mark(mark)
        yield _DUE, self._dashes(tokens().secondary)
        yield _LATE, self._dashes(tokens().danger)

    def _square(self, colour: str) -> Callable[[QPainter, int], int]:
        def paint(painter: QPainter, left: int) -> int:
            side = scaled(11)
            painter.fillRect(QRect(left, (self.height() - side) // 2, side, side), QColor(colour))
            return left + side + scaled(6)

        return paint

    def _mark(self, mark: str) -> Callable[[QPainter, int], int]:
        return lambda painter, left: paint_mark(painter, QPointF(left, 0), mark, self.height(), self.font())

    def _dashes(self, colour: str) -> Callable[[QPainter, int], int]:
        def paint(painter: QPainter, left: int) -> int:
            width, height = scaled(18), scaled(13)
            painter.setPen(QPen(QColor(colour), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(left + 0.5, (self.height() - height) / 2, width, height), 3, 3)
            return left + width + scaled(6)

        return paint

    def _font(self) -> QFont:
        return sized(self.font(), _SMALL)
