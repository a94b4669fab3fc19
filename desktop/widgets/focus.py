"""Where the keyboard goes when a whole page is given it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


class _Pass(QObject):
    """Belongs to *page* and hands its focus to *part*."""

    def __init__(self, page: QWidget, part: QWidget) -> None:
        super().__init__(page)
        self._part = part
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand the focus on."""
        if event.type() == QEvent.Type.FocusIn and isValid(self._part):
            self._part.setFocus(Qt.FocusReason.OtherFocusReason)
        return super().eventFilter(watched, event)


def pass_focus(page: QWidget, part: QWidget) -> None:
    """Let ``page.setFocus()`` mean *part*.

    Not setFocusProxy: with it Qt's tab key leaps from outside onto *part*, past the buttons that stand before it.
    """
    _Pass(page, part)
