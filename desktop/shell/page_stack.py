"""What lies below the strip of tabs: the tab in front, and the pages that lie over it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

P = TypeVar("P", bound=QWidget)
_NO_KEYS = Qt.KeyboardModifier.NoModifier


class PageStack(QStackedWidget):
    """Shows the newest of ``pages``, or the tab in front where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[QWidget] = []
        self._fronts = QStackedWidget()
        self.addWidget(self._fronts)

    def add_tab(self, tab: QWidget) -> None:
        """Give *tab*, which was just made, its place; it is not shown yet."""
        self._fronts.addWidget(tab)

    def show_tab(self, tab: QWidget) -> None:
        """Bring *tab* to the front, below the pages."""
        self._fronts.setCurrentWidget(tab)

    def open_page(self, page: QWidget) -> None:
        """Show *page* over everything."""
        self.pages.append(page)
        self.addWidget(page)
        self.setCurrentWidget(page)

    def close_page(self, page: QWidget) -> bool:
        """Take *page* away and show what was below it; return whether it lay here."""
        if page not in self.pages:
            return False
        self.pages.remove(page)
        self.setCurrentWidget(self.pages[-1] if self.pages else self._fronts)
        self.removeWidget(page)
        page.deleteLater()
        return True

    def page_of(self, kind: type[P]) -> P | None:
        """Return the page of *kind* that is open, or None."""
        return next((page for page in self.pages if isinstance(page, kind)), None)

    def ask_pages_to_go(self) -> None:
        """Ask every page to go, its draft kept, as Esc does; one that must be answered first stays."""
        for page in list(self.pages):
            QApplication.sendEvent(page, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, _NO_KEYS))
