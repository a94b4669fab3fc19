"""One place for a photo: the small picture with its caption, or an invitation to add one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desktop.widgets.icons import paint_icon
from desktop.widgets.theme import scaled, theme_changed, tokens

_BAND, _BAND_INK = "#B3000000", "#FFFFFF"
"""The caption lies on the picture, in every appearance alike."""
_WIDEST = 230


def beside_each_other(*tiles: PhotoTile) -> QHBoxLayout:
    """Return a line of *tiles* that take the room there is, up to their greatest width, from the left."""
    line = QHBoxLayout()
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for tile in tiles:
        line.addWidget(tile, 100)
    line.addStretch(1)
    return line


class PhotoTile(QAbstractButton):
    """Shows a photo or invites one; a click opens or chooses, dropped files come with ``dropped``."""

    dropped = Signal(object)

    def __init__(self, role: str, *, may_add: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.role = role
        self._may_add, self._hovering = may_add, False
        self._picture = QPixmap()
        self._caption, self._more = "", ""
        self.setObjectName(f"photo_{role}")
        self.setAcceptDrops(may_add)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme_changed.connect(self._dress)
        self._dress()
        self.clear()

    @property
    def is_empty(self) -> bool:
        """Whether there is no photo yet."""
        return self._picture.isNull()

    def clear(self) -> None:
        """Invite a photo, or say that there is none."""
        self._picture, self._more = QPixmap(), ""
        self._caption = f"加{self.role}照片" if self._may_add else f"没有{self.role}照片"
        self.setEnabled(self._may_add)
        self.setAccessibleName(self._caption)
        self.setToolTip("点这里选照片，或把照片拖到这里" if self._may_add else "")
        self.update()

    def show_photo(self, thumbnail: bytes, caption: str, more: str = "") -> None:
        """Show *thumbnail* (a JPEG) under *caption*; *more* stands at the top (共3张)."""
        self._picture = QPixmap()
        self._picture.loadFromData(thumbnail)
        self._caption, self._more = caption, more
        self.setEnabled(True)
        self.setAccessibleName(f"照片：{caption}{'，' + more if more else ''}，点开看大图")
        self.setToolTip("点开看大图")
        self.update()

    def _dress(self) -> None:
        # Wider than this, a picture would be cut down to a strip.
        self.setMaximumWidth(scaled(_WIDEST))

    def sizeHint(self) -> QSize:
        """Return the size of a picture in the panel."""
        return QSize(scaled(152), scaled(104))

    def minimumSizeHint(self) -> QSize:
        """Return the least size that can be read."""
        return QSize(scaled(110), scaled(104))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._hover(hovering=True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Look as before."""
        self._hover(hovering=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on what was dropped."""
        self._hover(hovering=False)
        paths: Sequence[Path] = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if paths:
            self.dropped.emit(paths)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture with its caption, or the invitation."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        shape = QPainterPath()
        shape.addRoundedRect(frame, scaled(6), scaled(6))
        if self.is_empty:
            self._paint_invitation(painter, frame, shape)
        else:
            self._paint_photo(painter, frame, shape)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens().focus), 3))
            painter.drawPath(shape)
        painter.end()

    def _paint_invitation(self, painter: QPainter, frame: QRectF, shape: QPainterPath) -> None:
        colours = tokens()
        ground = colours.soft if self._hovering else colours.background
        painter.fillPath(shape, QColor(ground))
        pen = QPen(QColor(colours.accent if self._may_add else colours.line), colours.line_width + 0.5)
        if self._may_add:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawPath(shape)
        side = scaled(30)
        top = frame.center().y() - side
        ink = "accent_deep" if self._may_add else "secondary"
        paint_icon(painter, "camera", QRectF(frame.center().x() - side / 2, top, side, side), ink)
        painter.setPen(QColor(colours.colour(ink)))
        below = QRect(self.rect().left() + 4, int(top + side + scaled(4)), self.width() - 8, scaled(26))
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._caption)

    def _paint_photo(self, painter: QPainter, frame: QRectF, shape: QPainterPath) -> None:
        painter.setClipPath(shape)
        size = self._picture.size().scaled(frame.size().toSize(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        left, top = frame.center().x() - size.width() / 2, frame.center().y() - size.height() / 2
        painter.drawPixmap(QRectF(left, top, size.width(), size.height()), self._picture, QRectF(self._picture.rect()))
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        height = painter.fontMetrics().height() + scaled(4)
        band = QRectF(frame.left(), frame.bottom() - height, frame.width(), height)
        self._paint_band(painter, band, self._caption, Qt.AlignmentFlag.AlignLeft)
        if self._more:
            width = painter.fontMetrics().horizontalAdvance(self._more) + scaled(14)
            corner = QRectF(frame.right() - width, frame.top(), width, height)
            self._paint_band(painter, corner, self._more, Qt.AlignmentFlag.AlignHCenter)
        painter.setClipping(False)
        painter.setPen(QPen(QColor(tokens().accent if self._hovering else tokens().line), tokens().line_width))
        painter.drawPath(shape)

    def _paint_band(self, painter: QPainter, band: QRectF, text: str, align: Qt.AlignmentFlag) -> None:
        painter.fillRect(band, QColor(_BAND))
        painter.setPen(QColor(_BAND_INK))
        room = band.adjusted(scaled(7), 0, -scaled(7), 0)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()) + 1)
        painter.drawText(room, align | Qt.AlignmentFlag.AlignVCenter, shown)

    def _hover(self, *, hovering: bool) -> None:
        self._hovering = hovering
        self.update()
