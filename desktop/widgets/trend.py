"""A small trend: a handful of readings with their limit, readable as numbers and not only as a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.theme import base_points, scaled, theme_changed, tokens

_AXIS_POINTS_LESS = 2.0
_ABOVE_BELOW_SPREAD = 0.35  # empty share of the plot kept for the numbers above and below the line


@dataclass(frozen=True)
class TrendSpec:
    """What a trend shows: (label, value) from old to new; a missing value is None and leaves a gap."""

    title: str
    points: Sequence[tuple[str, Decimal | int | None]]
    limit: Decimal | int | None = None
    unit: str = ""
    limit_is_over: bool = True  # 参考 <150: the limit itself is already over
    color_token: str = "accent"  # noqa: S105  a colour's name
    labels: bool = True  # stacked trends share the labels of the lowest one

    def is_over(self, value: Decimal | int) -> bool:
        """Return whether *value* lies outside the reference."""
        if self.limit is None:
            return False
        return value >= self.limit if self.limit_is_over else value > self.limit

    def spoken(self) -> str:
        """Return the whole trend as a sentence."""
        if not any(value is not None for _, value in self.points):
            return f"{self.title}：还没有记录。"
        readings = "，".join(
            f"{name} {value}" + ("（超过参考值）" if self.is_over(value) else "")
            for name, value in self.points
            if value is not None
        )
        limit = "" if self.limit is None else f"参考值 {self.limit}{self.unit}。"
        return f"{self.title}{f'（{self.unit}）' if self.unit else ''}：{readings}。{limit}"


class TrendChart(QWidget):
    """Paints a TrendSpec; values over the limit are red and bold."""

    def __init__(self, spec: TrendSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec = spec
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme_changed.connect(self.updateGeometry)
        self.set_spec(spec)

    def set_spec(self, spec: TrendSpec) -> None:
        """Show *spec* instead."""
        self._spec = spec
        self.setAccessibleName(spec.title)
        self.setAccessibleDescription(spec.spoken())
        self.setToolTip(spec.spoken())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the plot and its labels."""
        return QSize(scaled(300), scaled(61) + (self._label_height() if self._spec.labels else 0))

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which five readings stay apart."""
        return QSize(scaled(200), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plot, the limit, the line, the numbers and the labels."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = self._plot()
        places = self._places(plot)
        self._paint_ground(painter, plot)
        self._paint_titles(painter, plot)
        if places:
            self._paint_line(painter, plot, places)
        else:
            painter.setPen(QColor(tokens().secondary))
            painter.setFont(self._axis_font())
            painter.drawText(plot, Qt.AlignmentFlag.AlignCenter, "还没有记录")
        painter.end()

    def _plot(self) -> QRectF:
        below = self._label_height() if self._spec.labels else 0
        left = scaled(52)
        return QRectF(left, 0, self.width() - left - scaled(8), self.height() - below)

    def _paint_ground(self, painter: QPainter, plot: QRectF) -> None:
        """Tint the plot, the part within the limit in the colour of good."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().other_month))
        painter.drawRoundedRect(plot, 5, 5)
        if tokens().high_contrast:
            painter.setPen(QPen(QColor(tokens().line), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(plot.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        if self._spec.limit is None:
            return
        y = self._height_of(plot, float(self._spec.limit))
        if not tokens().high_contrast:
            painter.save()
            painter.setClipRect(QRectF(plot.left(), y, plot.width(), plot.bottom() - y))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens().good_soft))
            painter.drawRoundedRect(plot, 5, 5)
            painter.restore()
        painter.setPen(QPen(QColor(tokens().good), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))

    def _paint_titles(self, painter: QPainter, plot: QRectF) -> None:
        """Write the title at the upper left and the limit's number beside its line."""
        font = self._axis_font()
        painter.setFont(font)
        painter.setPen(QColor(tokens().secondary))
        height = QFontMetrics(font).height()
        room = QRectF(0, 0, plot.left() - scaled(6), height)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._spec.title)
        if self._spec.limit is not None:
            y = self._height_of(plot, float(self._spec.limit))
            room.moveTop(min(max(y - height / 2, height - scaled(2)), plot.bottom() - height))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{self._spec.limit}")

    def _paint_line(self, painter: QPainter, plot: QRectF, places: list[tuple[QPointF, str, bool] | None]) -> None:
        ink, danger = QColor(tokens().colour(self._spec.color_token)), QColor(tokens().danger)
        painter.setPen(QPen(ink, 2))
        for piece in _pieces(places):
            painter.drawPolyline(QPolygonF(piece))
        for place in places:
            if place is None:
                continue
            at, text, over = place
            painter.setPen(QPen(QColor(tokens().card), 1.5))
            painter.setBrush(danger if over else ink)
            painter.drawEllipse(at, scaled(5), scaled(5))
            self._paint_number(painter, plot, at, text, over=over)
        if self._spec.labels:
            self._paint_labels(painter, plot)

    def _paint_number(self, painter: QPainter, plot: QRectF, at: QPointF, text: str, *, over: bool) -> None:
        """Write a reading above its dot if it is over the limit, else below, always inside the plot."""
        font = self._axis_font()
        font.setBold(over)
        painter.setFont(font)
        painter.setPen(QColor(tokens().danger if over else tokens().text))
        height = QFontMetrics(font).height()
        top = at.y() - height - scaled(3) if over else at.y() + scaled(3)
        room = QRectF(
            at.x() - scaled(40), min(max(top, plot.top() - 2), plot.bottom() - height + 2), scaled(80), height
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_labels(self, painter: QPainter, plot: QRectF) -> None:
        """Write the labels, newest and oldest first; one that would touch another is left out."""
        metrics = QFontMetrics(self._axis_font())
        painter.setFont(self._axis_font())
        painter.setPen(QColor(tokens().secondary))
        last = len(self._spec.points) - 1
        gap, taken = scaled(5), list[tuple[float, float]]()
        for number in dict.fromkeys((last, 0, *range(last))):
            text = self._spec.points[number][0]
            width = metrics.horizontalAdvance(text)
            left = max(min(self._x(plot, number) - width / 2, self.width() - width), 0)
            if all(left + width + gap < start or left > end + gap for start, end in taken):
                taken.append((left, left + width))
                painter.drawText(QPointF(left, plot.bottom() + scaled(4) + metrics.ascent()), text)

    def _places(self, plot: QRectF) -> list[tuple[QPointF, str, bool] | None]:
        """Return for each point its place, its number and whether it is over; [] if there is no reading at all."""
        if all(value is None for _, value in self._spec.points):
            return []
        return [
            None
            if value is None
            else (
                QPointF(self._x(plot, number), self._height_of(plot, float(value))),
                f"{value}",
                self._spec.is_over(value),
            )
            for number, (_, value) in enumerate(self._spec.points)
        ]

    def _x(self, plot: QRectF, number: int) -> float:
        count, side = len(self._spec.points), scaled(22)
        if count == 1:
            return plot.center().x()
        return plot.left() + side + (plot.width() - 2 * side) * number / (count - 1)

    def _height_of(self, plot: QRectF, value: float) -> float:
        known = [float(reading) for _, reading in self._spec.points if reading is not None]
        known += [float(self._spec.limit)] if self._spec.limit is not None else []
        low, high = min(known), max(known)
        span = max(high - low, 1e-9) if high > low else 1.0
        middle = 1 - 2 * _ABOVE_BELOW_SPREAD
        share = (value - low) / span if high > low else 0.5
        return plot.bottom() - plot.height() * (_ABOVE_BELOW_SPREAD + share * middle)

    def _axis_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(base_points() - _AXIS_POINTS_LESS)
        return font

    def _label_height(self) -> int:
        return QFontMetrics(self._axis_font()).height() + scaled(4)


def _pieces(places: list[tuple[QPointF, str, bool] | None]) -> list[list[QPointF]]:
    """Return the runs of readings between gaps."""
    runs: list[list[QPointF]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place[0])
    return [run for run in runs if len(run) > 1]
