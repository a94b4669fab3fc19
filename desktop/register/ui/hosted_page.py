"""What every page over the tabs begins with: its look, its margins, and the way back by button or Esc."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.register.ui.host import PageHost
from desktop.widgets.buttons import IconButton


class HostedPage(QWidget):
    """Put ``_back`` first into the head, and everything into ``_vertical`` from top to bottom.

    Esc and ``_back`` call ``_close``. What keeps a draft is a FormPage instead.
    """

    def __init__(self, name: str, host: PageHost) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setObjectName(f"{name}_page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._host = host
        self._back = IconButton("chevron-left", "返回（Esc）", name=f"{name}_close")
        self._back.clicked.connect(self._close)
        self._vertical = QVBoxLayout(self)
        self._vertical.setContentsMargins(16, 12, 16, 12)
        self._vertical.setSpacing(10)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc."""
        if event.key() == Qt.Key.Key_Escape and self._may_leave():
            self._close()
            return
        super().keyPressEvent(event)

    def _may_leave(self) -> bool:
        """Return whether Esc may leave now; a page may wait for its work to end."""
        return True

    def _close(self) -> None:
        self._host.close_page(self)
