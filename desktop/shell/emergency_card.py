"""应急U盘 in few lines: when it was made last, quietly whether it is time again, and the way to its page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from desktop.safekeeping.emergency_service import EmergencyService
from desktop.widgets.buttons import SecondaryButton
from desktop.widgets.card import Card
from desktop.widgets.roles import label, row

_ABOUT = "电脑坏了，插上它就能在另一台电脑上装好程序、恢复资料：里面有备份、安装包和一页《电脑坏了怎么办》。"


class EmergencyCard(Card):
    """``wanted`` once somebody wants to make one; ``tell`` says it as it is now."""

    wanted = Signal()

    def __init__(self, service: EmergencyService, remind_days: Callable[[], int]) -> None:
        super().__init__("应急U盘")
        self._service, self._remind_days = service, remind_days
        self._last = label("", wrap=True, name="emergency_last")
        self._again = label("", "warning", wrap=True, name="emergency_again")
        make = SecondaryButton("做应急U盘…", "usb", name="make_emergency")
        make.clicked.connect(self.wanted)
        self.buttons = row(make, 0)
        self.body.addWidget(label(_ABOUT, wrap=True))
        self.body.addWidget(self._last)
        self.body.addWidget(self._again)
        self.body.addLayout(self.buttons)
        self.tell()

    def tell(self) -> None:
        """Say when it was made last, and why it should be made again."""
        status = self._service.status(self._remind_days())
        self._last.setText(status.text)
        self._again.setText(status.again)
        self._again.setVisible(bool(status.again))
