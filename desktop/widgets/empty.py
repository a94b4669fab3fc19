"""What a list shows before it holds anything: why it matters and the ways in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.widgets.buttons import RowButton
from desktop.widgets.icons import paint_icon
from desktop.widgets.roles import IconLabel, column, label
from desktop.widgets.scrolling import ScrollBody, scroll_over
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
    """A centred page: mark, title, reason, actions, and a closing remark; short windows lose the mark, then scroll."""

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
        self._body = ScrollBody()
        self._mark = _RoundMark(icon_name)
        self._mark.setObjectName("empty_mark")
        self._lines: list[QFrame] = []
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(16, 16, 16, 16)
        inner.setSpacing(scaled(8))
        inner.addStretch(1)
        inner.addWidget(self._mark, 0, middle)
        inner.addSpacing(scaled(8))
        inner.addWidget(_centred(title, "display", name="empty_title"))
        inner.addWidget(_centred(text, "secondary"))
        inner.addSpacing(scaled(6))
        for offer in actions:
            inner.addLayout(self._line(offer))
        if remark:
            inner.addSpacing(scaled(6))
            inner.addWidget(_centred(remark, "small"))
        inner.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll_over(self._body))
        theme_changed.connect(self._dress)
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the mark's room to the words where both do not fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self._body.layout()
        if layout is None:
            return
        needed = layout.totalHeightForWidth(self.width())
        if self._mark.isHidden():
            needed += self._mark.height() + layout.spacing()
        self._mark.setVisible(needed <= self.height())

    def _dress(self) -> None:
        for frame in self._lines:
            frame.setMaximumWidth(scaled(600))
        self._fit()

    def _line(self, offer: EmptyAction) -> QHBoxLayout:
        frame = QFrame()
        frame.setProperty("role", "card")
        self._lines.append(frame)
        button = RowButton(offer.button, filled=offer.filled, name=f"empty_{offer.key}")
        button.clicked.connect(lambda: self.action.emit(offer.key))
        texts = column(label(offer.title, "heading", wrap=True), label(offer.detail, "small", wrap=True), spacing=1)
        line = QHBoxLayout(frame)
        line.setContentsMargins(scaled(16), scaled(8), scaled(14), scaled(8))
        line.setSpacing(scaled(14))
        line.addWidget(IconLabel(offer.icon, 26, "accent_deep"))
        line.addLayout(texts, 1)
        line.addWidget(button)
        # Up to its greatest width and in the middle; a centred alignment would keep it as narrow as its texts allow.
        around = QHBoxLayout()
        around.addStretch(1)
        around.addWidget(frame, 1000)
        around.addStretch(1)
        return around


def _centred(text: str, role: str, *, name: str = "") -> QLabel:
    made = label(text, role, wrap=True, name=name)
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return made
