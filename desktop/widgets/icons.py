"""Line icons drawn for this program: 24 units square, one stroke, coloured by token when they are painted."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.widgets.drawings import DRAWINGS
from desktop.widgets.theme import tokens

_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{colour}" '
    'stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round" color="{colour}">{drawing}</svg>'
)


def svg(name: str, colour: str, width: float = 1.8) -> bytes:
    """Return drawing *name* as an SVG in *colour*; raise KeyError for a name that is not drawn."""
    drawing = DRAWINGS[name].replace("currentColor", colour)
    return _HEAD.format(colour=colour, width=width, drawing=drawing).encode()


@functools.lru_cache(maxsize=256)
def _renderer(name: str, colour: str, width: float) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(svg(name, colour, width)))


def paint_icon(painter: QPainter, name: str, rect: QRect | QRectF, color_token: str, width: float = 1.8) -> None:
    """Draw icon *name* into *rect*; for delegates and own widgets."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, tokens().colour(color_token), width).render(painter, QRectF(rect))
    painter.restore()


class _TokenIconEngine(QIconEngine):
    """Renders at the very size and pixel ratio asked for, in the colour the token has at that moment."""

    def __init__(self, name: str, color_token: str, checked_token: str) -> None:
        super().__init__()
        self._name, self._token, self._checked_token = name, color_token, checked_token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon centred and square in *rect*."""
        ink = self._checked_token if state == QIcon.State.On else self._token
        if mode == QIcon.Mode.Disabled:
            ink = "disabled_text"
        side = min(rect.width(), rect.height())
        square = QRect(0, 0, side, side)
        square.moveCenter(rect.center())
        paint_icon(painter, self._name, square, ink)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon as a transparent picture of *size* device pixels."""
        picture = QPixmap(size)
        picture.fill(QColor(Qt.GlobalColor.transparent))
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        """Return a copy."""
        return _TokenIconEngine(self._name, self._token, self._checked_token)


@functools.lru_cache(maxsize=256)
def icon(name: str, color_token: str = "text", checked_token: str = "") -> QIcon:  # noqa: S107  names of colours
    """Return icon *name*; it follows the theme by itself. *checked_token* colours it while its button is on."""
    if name not in DRAWINGS:
        raise KeyError(f"no icon is drawn under the name {name!r}")
    return QIcon(_TokenIconEngine(name, color_token, checked_token or color_token))


def icon_pixmap(name: str, size: int, color_token: str = "text", ratio: float = 1.0) -> QPixmap:  # noqa: S107
    """Return icon *name* as a picture for a label, crisp at device pixel *ratio*."""
    return icon(name, color_token).pixmap(QSize(size, size), ratio)
