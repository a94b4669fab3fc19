"""The calendar's second layer: what is due in the other slices, read beside the window, and the switch for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox

from desktop.activities.duties import SLICE
from desktop.register.ports import DueLine
from desktop.register.ui.host import PageHost
from desktop.widgets.dialogs import show_error

Dues = Callable[[date], Sequence[DueLine]]
"""Returns what is open and due by a day in every slice the officer may see."""
_KEPT_AS = "calendar"


def nothing_due(_until: date) -> Sequence[DueLine]:
    """Return no line: for a calendar that stands alone."""
    return ()


class DueLayer(QObject):
    """Holds the lines of the days shown; the calendar paints them once they have been read."""

    changed = Signal()

    def __init__(self, host: PageHost, dues: Dues) -> None:
        super().__init__()
        self._host, self._dues = host, dues
        self._by_day: dict[date, tuple[DueLine, ...]] = {}
        self._asked: tuple[date, date] | None = None
        self.switch = QCheckBox("应办事项")
        self.switch.setObjectName("show_dues")
        self.switch.setToolTip("在日历上显示到期的检查、投药、随访等")
        self.switch.setChecked(bool(host.settings().tables.get(_KEPT_AS, {}).get("dues", True)))
        self.switch.toggled.connect(self._turn)

    def on(self, day: date) -> tuple[DueLine, ...]:
        """Return what is due on *day*, nothing while the layer is off."""
        return self._by_day.get(day, ()) if self.switch.isChecked() else ()

    def read(self, first: date, last: date) -> None:
        """Read what is due from *first* to *last*; an answer that comes after the next question is dropped."""
        self._asked = asked = (first, last)
        if not self.switch.isChecked():
            return
        self._host.runner.start(
            lambda _context: self._dues(last),
            done=lambda lines: self._keep(asked, lines),
            failed=lambda error: show_error(self.switch, "读取应办事项", error),
        )

    def _keep(self, asked: tuple[date, date], lines: Sequence[DueLine]) -> None:
        if asked != self._asked:
            return
        found: dict[date, list[DueLine]] = defaultdict(list)
        for line in lines:
            # Activities stand on the calendar themselves.
            if asked[0] <= line.due_on <= asked[1] and line.target.slice != SLICE:
                found[line.due_on].append(line)
        by_day = {day: tuple(entries) for day, entries in found.items()}
        if by_day != self._by_day:
            self._by_day = by_day
            self.changed.emit()

    def _turn(self, on: bool) -> None:
        tables = self._host.settings().tables
        self._host.change_settings(tables={**tables, _KEPT_AS: {"dues": on}})
        self.changed.emit()
        if on and self._asked is not None:
            self.read(*self._asked)
