"""The course of the Breteau index over the half months of two years, painted on the bands of the standard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.pest_control.density_rules import BAND_WORDS, BANDS
from desktop.pest_control.documents import rounded
from desktop.pest_control.views import HalfMonth
from desktop.widgets.theme import base_points, scaled, theme_changed, tokens

_GROUNDS = ("good_soft", "warning_soft", "danger_soft", "#F6CFCB")
_INKS = ("good", "warning", "danger", "danger")
_LEAST_SLOTS = 6
_HEADROOM = Decimal("1.2")


@dataclass(frozen=True)
class BandSpec:
    """What the chart shows: half months of this year and the last, and the limits between the bands."""

    this_year: Sequence[HalfMonth]
    last_year: Sequence[HalfMonth]
    limits: tuple[Decimal, Decimal, Decimal]

    def slots(self) -> range:
        """Return the half months shown, counted from the first half of January."""
        places = [_slot(one) for one in (*self.this_year, *self.last_year)] or [8]
        first, last = min(places), max(places)
        while last - first + 1 < _LEAST_SLOTS:
            last, first = min(last + 1, 23), max(first - (last == 23), 0)
        return range(first, last + 1)

    def top(self) -> float:
        """Return the value at the upper edge."""
        known = [one.bi for one in (*self.this_year, *self.last_year) if one.bi is not None]
        return float(max([self.limits[2] * _HEADROOM, *(value * Decimal("1.08") for value in known)]))

    def spoken(self) -> str:
        """Return the whole chart as sentences."""
        told = [
            f"{one.year}年{one.title} {rounded(one.bi)}，{one.band or '—'}"
            for one in (*self.last_year, *self.this_year)
        ]
        return f"布雷图指数：{'；'.join(told)}。" if told else "布雷图指数：还没有记录。"


class BandChart(QWidget):
    """Paints a BandSpec; bands are named beside the plot, last year's line is dashed and labelled."""

    def __init__(self, spec: BandSpec) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme_changed.connect(self.updateGeometry)
        self.set_spec(spec)

    def set_spec(self, spec: BandSpec) -> None:
        """Show *spec* instead."""
        self._spec = spec
        self.setAccessibleName("布雷图指数走势")
        self.setAccessibleDescription(spec.spoken())
        self.update()

    def sizeHint(self) -> QSize:
        """Return a height at which the four bands can be named."""
        return QSize(scaled(500), scaled(200))

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which the bands can still be told apart."""
        return QSize(scaled(300), scaled(92))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint bands, axes, last year's line and this year's."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPointSizeF(base_points() - 2.0)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        names = [f"{band} {BAND_WORDS[band]}" for band in BANDS]
        right = max(metrics.horizontalAdvance(name) for name in names) * 1.1 + scaled(12)
        plot = QRectF(self.rect()).adjusted(
            metrics.horizontalAdvance("000") + scaled(6), scaled(6), -right, -metrics.height() - scaled(8)
        )
        self._paint_bands(painter, plot)
        self._name_bands(painter, plot, names)
        self._paint_labels(painter, plot)
        self._paint_line(painter, plot, self._spec.last_year, dashed=True)
        self._paint_line(painter, plot, self._spec.this_year, dashed=False)
        painter.end()

    def _edges(self) -> list[float]:
        return [0.0, *(float(limit) for limit in self._spec.limits), self._spec.top()]

    def _paint_bands(self, painter: QPainter, plot: QRectF) -> None:
        edges = self._edges()
        for number, ground in enumerate(_GROUNDS):
            high, low = self._y(plot, edges[number + 1]), self._y(plot, edges[number])
            box = QRectF(plot.left(), high, plot.width(), low - high)
            painter.fillRect(box, QColor(tokens().colour("card" if tokens().high_contrast else ground)))
            painter.setPen(QPen(QColor(tokens().secondary), 1))
            painter.drawLine(QPointF(plot.left(), low), QPointF(plot.right(), low))
            axis = QRectF(0, low - 20, plot.left() - scaled(6), 40)
            painter.drawText(axis, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{edges[number]:g}")

    def _name_bands(self, painter: QPainter, plot: QRectF, names: Sequence[str]) -> None:
        """Name each band beside it in bold; names that would touch in a low plot are moved up."""
        painter.save()
        font = QFont(painter.font())
        font.setBold(True)
        painter.setFont(font)
        height, free = QFontMetrics(font).height(), float(self.height())
        edges = self._edges()
        for number, name in enumerate(names):
            middle = (self._y(plot, edges[number]) + self._y(plot, edges[number + 1])) / 2
            base = min(middle + height / 2, free)
            painter.setPen(QColor(tokens().colour(_INKS[number])))
            room = QRectF(plot.right() + scaled(8), base - height, self.width() - plot.right(), height)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
            free = base - height
        painter.restore()

    def _paint_labels(self, painter: QPainter, plot: QRectF) -> None:
        metrics = QFontMetrics(painter.font())
        painter.setPen(QColor(tokens().secondary))
        free = 0.0
        for slot in self._spec.slots():
            text = f"{slot // 2 + 1}月{'下' if slot % 2 else '上'}"
            width = metrics.horizontalAdvance(text)
            left = self._x(plot, slot) - width / 2
            if left >= free:
                painter.drawText(QPointF(left, plot.bottom() + scaled(4) + metrics.ascent()), text)
                free = left + width + scaled(8)

    def _paint_line(self, painter: QPainter, plot: QRectF, found: Sequence[HalfMonth], *, dashed: bool) -> None:
        places = [(one, self._point(plot, one)) for one in found if one.bi is not None]
        ink = QColor(tokens().secondary if dashed else tokens().accent)
        painter.setPen(QPen(ink, 1.5 if dashed else 2.5, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
        for (_, start), (_, end) in pairwise(places):
            painter.drawLine(start, end)
        if not places:
            return
        if dashed:
            peak, at = max(places, key=lambda pair: pair[0].bi or 0)
            self._label(painter, plot, at, f"{peak.year}年", ink)
            return
        for _, at in places:
            painter.setPen(QPen(QColor(tokens().card), 2))
            painter.setBrush(ink)
            painter.drawEllipse(at, scaled(5), scaled(5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        newest, at = places[-1]
        self._flag(painter, plot, at, f"{rounded(newest.bi)} {newest.band}")

    def _flag(self, painter: QPainter, plot: QRectF, at: QPointF, text: str) -> None:
        """Write *text* into a small box beside the newest point, on the side with room."""
        font = QFont(painter.font())
        font.setBold(True)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        box = QRectF(0, 0, metrics.horizontalAdvance(text) + scaled(16), metrics.height() + scaled(8))
        gap = scaled(12)
        fits = at.x() + gap + box.width() < plot.right()
        box.moveLeft(at.x() + gap if fits else at.x() - gap - box.width())
        box.moveTop(min(max(at.y() - box.height() / 2, plot.top()), plot.bottom() - box.height()))
        painter.setPen(QPen(QColor(tokens().text), 1))
        painter.setBrush(QColor(tokens().card))
        painter.drawRoundedRect(box, 5, 5)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _label(self, painter: QPainter, plot: QRectF, at: QPointF, text: str, ink: QColor) -> None:
        metrics = QFontMetrics(painter.font())
        width = metrics.horizontalAdvance(text)
        left = min(max(at.x() - width / 2, plot.left()), plot.right() - width)
        above = at.y() - scaled(10)
        base = above if above - metrics.ascent() > plot.top() else at.y() + scaled(10) + metrics.ascent()
        painter.setPen(ink)
        painter.drawText(QPointF(left, base), text)

    def _point(self, plot: QRectF, one: HalfMonth) -> QPointF:
        return QPointF(self._x(plot, _slot(one)), self._y(plot, float(one.bi or 0)))

    def _x(self, plot: QRectF, slot: int) -> float:
        slots = self._spec.slots()
        return plot.left() + plot.width() * (slot - slots.start + 0.5) / len(slots)

    def _y(self, plot: QRectF, value: float) -> float:
        return plot.bottom() - plot.height() * value / self._spec.top()


def _slot(one: HalfMonth) -> int:
    return (one.month - 1) * 2 + one.half
