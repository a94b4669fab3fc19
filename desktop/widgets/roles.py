"""Small makers for labels, chips and rules, and the one way to change a look property afterwards."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.icons import icon
from desktop.widgets.theme import scaled, theme_changed


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set the look property *name* and repaint *widget* by the style sheet; cheap if nothing changes."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    polish_again(widget)


def polish_again(widget: QWidget) -> None:
    """Let *widget* take its look from the style sheet anew; one that was never shown will be dressed by then anyway."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def label(text: str = "", role: str = "", *, wrap: bool = False, name: str = "") -> QLabel:
    """Return a plain-text label in a role: display, title, heading, field, secondary, small, problem, danger …"""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)  # what people typed is never read as markup
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    made.setObjectName(name)
    return made


def chip(text: str, kind: str = "grey", *, strong: bool = False) -> QLabel:
    """Return a pill: blue, purple, green, amber, red or grey; outlined in high contrast."""
    made = label(text, "chip")
    made.setProperty("kind", kind)
    made.setProperty("strong", strong)
    made.setIndent(0)  # QLabel would add half a letter to the padding of the style sheet
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    FixedHeight(made, 24)
    return made


def rule() -> QFrame:
    """Return a thin horizontal line."""
    line = QFrame()
    line.setProperty("role", "rule")
    line.setFixedHeight(1)
    return line


def row(*items: QWidget | int, spacing: int = 8) -> QHBoxLayout:
    """Return a horizontal layout without margins; 0 stretches, another number is a gap."""
    layout = QHBoxLayout()
    _fill(layout, items, spacing)
    return layout


def column(*items: QWidget | int, spacing: int = 8) -> QVBoxLayout:
    """Return a vertical layout without margins; 0 stretches, another number is a gap."""
    layout = QVBoxLayout()
    _fill(layout, items, spacing)
    return layout


def _fill(layout: QBoxLayout, items: tuple[QWidget | int, ...], spacing: int) -> None:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for item in items:
        if isinstance(item, QWidget):
            layout.addWidget(item)
        elif item == 0:
            layout.addStretch(1)
        else:
            layout.addSpacing(item)


class IconLabel(QLabel):
    """An icon that stands beside a text; it follows the theme and the type size, and is silent to screen readers."""

    def __init__(self, name: str, size: int = 20, color_token: str = "text") -> None:  # noqa: S107  a colour's name
        super().__init__()
        self._name, self._size, self._token = name, size, color_token
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme_changed.connect(self._draw)
        self._draw()

    def set_icon(self, name: str, color_token: str) -> None:
        """Show another icon."""
        self._name, self._token = name, color_token
        self._draw()

    def event(self, event: QEvent) -> bool:
        """Draw again when the window moves to a screen of another scale."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._draw()
        return super().event(event)

    def _draw(self) -> None:
        side = scaled(self._size)
        self.setFixedSize(side, side)
        self.setPixmap(self._icon().pixmap(self.size(), self.devicePixelRatioF()))

    def _icon(self) -> QIcon:
        return icon(self._name, self._token)


class FixedWidth(QObject):
    """Keeps a widget at a width that grows with 大字."""

    def __init__(self, widget: QWidget, normal: int, large: int | None = None) -> None:
        super().__init__(widget)
        self._widget, self._normal, self._large = widget, normal, large
        theme_changed.connect(self._apply)
        self._apply()

    def change(self, normal: int, large: int | None = None) -> None:
        """Keep the widget at another width from now on."""
        self._normal, self._large = normal, large
        self._apply()

    def _apply(self) -> None:
        grown = scaled(self._normal)
        self._widget.setFixedWidth(self._large if self._large is not None and grown > self._normal else grown)


class FixedHeight(QObject):
    """Keeps a widget at a height that grows with 大字."""

    def __init__(self, widget: QWidget, normal: int) -> None:
        super().__init__(widget)
        self._widget, self._normal = widget, normal
        theme_changed.connect(self._apply)
        self._apply()

    def _apply(self) -> None:
        self._widget.setFixedHeight(scaled(self._normal))
