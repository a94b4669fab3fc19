"""The wait after several wrong passwords, counted down second by second."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal


class Waiting(QObject):
    """Says ``changed`` with the seconds that are left; 0 when the wait is over."""

    changed = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.seconds = 0
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.tick)

    def begin(self, seconds: int) -> None:
        """Count down from *seconds*; 0 ends a wait."""
        before, self.seconds = self.seconds, seconds
        if seconds:
            self._timer.start()
        else:
            self._timer.stop()
        if seconds or before:
            self.changed.emit(seconds)

    def tick(self) -> None:
        """Let one second pass."""
        self.begin(max(self.seconds - 1, 0))
