"""One activity of a day as a large button: hour, name, place and who is in charge."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desktop.activities.rules import CANCELLED
from desktop.activities.ui.columns import THEME_KINDS
from desktop.activities.views import ActivityRow
from desktop.widgets.chips import sized
from desktop.widgets.theme import scaled, tokens

_HEIGHT = 55


class ActivityTile(QPushButton):
    """Checked while its activity is the one shown below."""

    def __init__(self, row: ActivityRow) -> None:
        super().__init__()
        self._row = row
        self.setProperty("role", "tile")
        self.setObjectName(f"tile_{row.id.hex}")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{row.draft.clock} {row.draft.name}，{self._second_line()}，{row.draft.status}".strip())

    def sizeHint(self) -> QSize:
        """Return the room for two lines."""
        return QSize(scaled(200), scaled(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the height for two lines; long texts are elided."""
        return QSize(scaled(80), scaled(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button's frame, then hour, name and second line."""
        super().paintEvent(event)
        painter = QPainter(self)
        bold, small = sized(self.font(), bold=True), sized(self.font(), 0.92)
        left = scaled(12)
        if self._row.draft.clock:
            ink, _ = tokens().pair(THEME_KINDS[self._row.theme])
            width = min(QFontMetrics(bold).horizontalAdvance(self._row.draft.clock), self.width() // 3)
            self._text(painter, QRect(left, 0, width, self.height()), self._row.draft.clock, bold, ink)
            left += width + scaled(14)
        name = QFont(bold)
        name.setStrikeOut(self._row.draft.status == CANCELLED)
        room, half = self.width() - left - scaled(10), self.height() // 2
        self._text(painter, QRect(left, scaled(4), room, half), self._row.draft.name, name, tokens().text)
        below = QRect(left, half - scaled(1), room, half - scaled(4))
        self._text(painter, below, self._second_line(), small, tokens().secondary)
        painter.end()

    def _second_line(self) -> str:
        draft = self._row.draft
        return " · ".join(filter(None, (draft.place, draft.in_charge))) or draft.category

    def _text(self, painter: QPainter, place: QRect, text: str, font: QFont, ink: str) -> None:
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
