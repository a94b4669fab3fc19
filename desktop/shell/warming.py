"""Loads the modules of tabs nobody has opened yet, one at a time while the window rests: half of a first opening."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

_AFTER_MS, _EVERY_MS = 3_000, 500
"""Once 今日 has been read and drawn; then far enough apart that typing never feels it."""


class Warming(QObject):
    """Loads one of *modules* at a time; widgets are still made when a tab is opened first."""

    def __init__(self, modules: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._waiting = list(modules)
        self._timer = QTimer(self)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self.load_next)
        self._timer.start()

    @property
    def done(self) -> bool:
        """Whether everything is loaded."""
        return not self._waiting

    def load_next(self) -> None:
        """Load the next module; the last one ends the waiting."""
        self._timer.setInterval(_EVERY_MS)
        if self._waiting:
            importlib.import_module(self._waiting.pop(0))
        if self.done:
            self._timer.stop()

    def stop(self) -> None:
        """Load nothing more: the window closes."""
        self._timer.stop()
