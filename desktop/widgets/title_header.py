"""The titles above a list, with a mark on the one it is sorted by."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPolygonF
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.widgets.chips import sized
from desktop.widgets.theme import scaled, tokens


class TitleHeader(QHeaderView):
    """A header whose sort mark stands right behind the title; the style's own arrow is tiny and far from it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sorted_section = -1
        self._descending = False
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def mark_sorted(self, section: int, *, descending: bool) -> None:
        """Mark *section*, or none for -1, and say the order to screen readers."""
        self._sorted_section, self._descending = section, descending
        order = "从大到小" if descending else "从小到大"
        title = self._title(section)
        self.setAccessibleDescription(f"按{title}排列，{order}" if title else "")
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint the title as styled, then the mark."""
        painter.save()
        super().paintSection(painter, rect, section)
        painter.restore()
        if section != self._sorted_section:
            return
        half, height = scaled(5), scaled(6)
        title_width = QFontMetrics(sized(self.font(), bold=True)).horizontalAdvance(self._title(section))
        x = min(rect.left() + scaled(10) + title_width + scaled(9), rect.right() - half - 1)
        y = rect.center().y() + 1
        tip, base = (height / 2, -height / 2) if self._descending else (-height / 2, height / 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().accent))
        points = [QPointF(x, y + tip), QPointF(x - half, y + base), QPointF(x + half, y + base)]
        painter.drawPolygon(QPolygonF(points))
        painter.restore()

    def _title(self, section: int) -> str:
        if section < 0 or self.model() is None:
            return ""
        return str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
