"""The calm line below the header while this computer only reads: who has the data, since when, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.safekeeping.lending import LendingService
from desktop.shell.lend_words import FETCHED
from desktop.store.baton import APART, OUT, Baton
from desktop.widgets.card import Banner


class BatonStrip(QFrame):
    """There only while nothing can be stored here, on every tab and page alike."""

    fetched = Signal()
    """Somebody has brought the data back."""
    opened = Signal()
    """The page for carrying is wanted: to take back, or to end what was left unfinished."""

    def __init__(self, lending: LendingService) -> None:
        super().__init__()
        self.setObjectName("baton_strip")
        self._lending = lending
        self._out = False
        self.banner = Banner("info", "", icon_name="lock")
        self.banner.pressed.connect(self._press)
        self.banner.second_pressed.connect(self.opened)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 8, 16, 6)
        lines.addWidget(self.banner)
        self.tell()

    def tell(self) -> None:
        """Say it as it is now; a command or another window may have changed it."""
        baton, lending = self._lending.baton(), self._lending
        self._out = baton.state == OUT
        self.banner.set_text(baton.sentence)
        first, second = _buttons(baton, may_give=lending.may_give(), may_take_back=lending.may_take_back())
        self.banner.set_button(first)
        self.banner.set_second_button(second)
        self.setVisible(not baton.is_here)

    def _press(self) -> None:
        (self.fetched if self._out else self.opened).emit()


def _buttons(baton: Baton, *, may_give: bool, may_take_back: bool) -> tuple[str, str]:
    if baton.state == OUT:
        return FETCHED[baton.away] if may_give else "", "收回…" if may_take_back else ""
    if baton.state == APART:
        return "以这台为准…" if may_take_back else "", ""
    return "继续…" if may_give else "", ""
