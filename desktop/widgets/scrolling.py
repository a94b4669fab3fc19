"""Scroll areas that look like nothing until there is too much to show."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class ScrollBody(QWidget):
    """What a scroll area shows: as tall as its wrapped texts need at the width it is given.

    A scroll area asks for a minimum size only, which for wrapped labels is a single line.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bare")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height that the new width needs."""
        self._fit()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Fit again when something inside has changed."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        if (layout := self.layout()) is not None:
            needed = layout.totalHeightForWidth(self.width())
            self.setMinimumHeight(max(needed, layout.totalMinimumSize().height()))


def scroll_over(body: QWidget) -> QScrollArea:
    """Return a frameless area that scrolls *body* up and down only; the tab key passes it by."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(body)
    return area
