"""What a list shows before it holds anything: why it matters and the ways in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.buttons import RowButton
from desktop.widgets.icons import paint_icon
from desktop.widgets.roles import FixedWidth, IconLabel, column, label
from desktop.widgets.theme import scaled, theme_changed, tokens


@dataclass(frozen=True)
class EmptyAction:
    """One way in: *title* and *detail*, and a *button* known by *key*."""

    key: str
    icon: str
    title: str
    detail: str
    button: str
    filled: bool = False


class _RoundMark(QWidget):
    """A soft disc with a large icon."""

    def __init__(self, icon_name: str) -> None:
        super().__init__()
        self._icon = icon_name
        theme_changed.connect(self._resize)
        self._resize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint disc and icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().soft))
        painter.drawEllipse(self.rect())
        side = self.width() * 0.6
        middle = QRectF(self.rect()).center()
        paint_icon(painter, self._icon, QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), "accent")
        painter.end()

    def _resize(self) -> None:
        self.setFixedSize(scaled(100), scaled(100))


class EmptyState(QWidget):
    """A centred page: mark, title, reason, actions, and a closing remark."""

    action = Signal(str)

    def __init__(
        self,
        icon_name: str,
        title: str,
        text: str,
        actions: Sequence[EmptyAction] = (),
        *,
        remark: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "bare")
        self.setAccessibleName(f"{title}。{text}")
        middle = Qt.AlignmentFlag.AlignHCenter
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(scaled(8))
        whole.addStretch(1)
        whole.addWidget(_RoundMark(icon_name), 0, middle)
        whole.addSpacing(scaled(8))
        heading = label(title, "display", name="empty_title")
        reason = label(text, "secondary", wrap=True)
        reason.setAlignment(middle)
        whole.addWidget(heading, 0, middle)
        whole.addWidget(reason)
        whole.addSpacing(scaled(6))
        for offer in actions:
            whole.addWidget(self._line(offer), 0, middle)
        if remark:
            closing = label(remark, "small", wrap=True)
            closing.setAlignment(middle)
            whole.addSpacing(scaled(6))
            whole.addWidget(closing)
        whole.addStretch(1)

    def _line(self, offer: EmptyAction) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "card")
        FixedWidth(frame, 600)
        button = RowButton(offer.button, filled=offer.filled, name=f"empty_{offer.key}")
        button.clicked.connect(lambda: self.action.emit(offer.key))
        line = QHBoxLayout(frame)
        line.setContentsMargins(scaled(16), scaled(8), scaled(14), scaled(8))
        line.setSpacing(scaled(14))
        line.addWidget(IconLabel(offer.icon, 26, "accent_deep"))
        line.addLayout(column(label(offer.title, "heading"), label(offer.detail, "small"), spacing=1), 1)
        line.addWidget(button)
        return frame
