"""What every step of the first set-up is: a page that counts and marks what is still missing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.foundation.errors import Problem


class StepPage(QWidget):
    """One step; ``changed`` tells that something was typed, ``entered`` that Enter left the last field."""

    changed = Signal()
    entered = Signal()
    TITLE = ""
    ABOUT = ""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(10)

    def missing(self) -> int:
        """Return how many things keep the user from going on."""
        raise NotImplementedError

    def demand(self) -> bool:
        """Mark what is wrong, go to the first of it, and return whether nothing is."""
        raise NotImplementedError

    def show_problems(self, problems: list[Problem]) -> bool:
        """Mark those of *problems* that belong to this page and return whether any does."""
        del problems
        return False

    def start(self) -> None:
        """Put the cursor where typing begins."""
