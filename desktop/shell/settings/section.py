"""What every section of the settings is: cards one below the other, and what it may ask of page and window."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.register.ui.host import PageHost
from desktop.register.ui.page_work import PageWork
from desktop.shell.workbench import Workbench
from desktop.widgets.card import Card
from desktop.widgets.scrolling import ScrollBody, scroll_over

MOST_WIDE = 860


class Section(QWidget):
    """Fill ``body`` with cards; ``reload`` is called whenever the section comes to the front."""

    def __init__(self, bench: Workbench, host: PageHost, work: PageWork) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self.bench, self.host, self.work = bench, host, work
        inner = ScrollBody()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(10)
        self.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll_over(inner))

    def add_card(self, title: str, remark: str = "") -> Card:
        """Add an empty card below the others and return it."""
        card = Card(title, remark)
        self.add(card)
        return card

    def add(self, card: Card) -> None:
        """Add *card* below the others."""
        self.body.insertWidget(self.body.count() - 1, card)

    def reload(self) -> None:
        """Show what is stored now."""
