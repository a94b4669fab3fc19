"""The dark header: committee and date, one search box, for whom one types, 大字, 立即备份, the gear."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import long_day
from desktop.shell.lunar import lunar_text
from desktop.widgets.buttons import HeadButton
from desktop.widgets.roles import FixedHeight, IconLabel, column, label
from desktop.widgets.theme import scaled, theme_changed

HEIGHT = 56
ROOM_FOR_KEYS = 1200
ROOM_FOR_LUNAR = 1000
"""Pixels at the normal type size below which the lunar day gives way to the name of whom one types for."""


class Header(QFrame):
    """Stands above everything; *search* is the box for finding people everywhere."""

    large_toggled = Signal(bool)
    backup_wanted = Signal()
    menu_wanted = Signal()
    behalf_ended = Signal()

    def __init__(self, committee: str, clock: Clock, search: QWidget, *, large: bool) -> None:
        super().__init__()
        self.setProperty("role", "header")
        self._clock = clock
        FixedHeight(self, HEIGHT)
        self._committee = label(committee, "headcommittee")
        self._day = label("", "headday")
        self.large = HeadButton("大字", name="large_type")
        self.large.setCheckable(True)
        self.large.setChecked(large)
        self.large.setToolTip("字大一些")
        self.large.toggled.connect(self.large_toggled)
        self.backup = HeadButton("立即备份", "usb", name="back_up")
        self.backup.setToolTip("立即备份（F9）")
        self.backup.clicked.connect(self.backup_wanted)
        self.behalf = self._chip()
        self.gear = HeadButton("", "gear", name="gear")
        self.gear.setProperty("role", "headicon")
        self.gear.setAccessibleName("设置和更多")
        self.gear.setToolTip("设置和更多")
        self.gear.clicked.connect(self.menu_wanted)
        self._search = search
        search.setMinimumWidth(160)
        self._day.setMinimumWidth(1)  # in a narrow window with large type the end of the date gives way
        theme_changed.connect(self._fit_search)
        self._fit_search()
        mark = IconLabel("home", 26, "on_accent")
        line = QFrame()
        line.setFrameShape(QFrame.Shape.VLine)
        line.setProperty("role", "headline")
        whole = QHBoxLayout(self)
        whole.setContentsMargins(18, 0, 16, 0)
        whole.setSpacing(10)
        whole.addWidget(mark)
        whole.addWidget(label("居委工作台", "headtitle"))
        whole.addSpacing(4)
        whole.addWidget(line)
        whole.addSpacing(4)
        names = column(self._committee, self._day, spacing=0)
        names.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        whole.addLayout(names)
        whole.addStretch(1)
        whole.addWidget(search, 20)
        whole.addWidget(self.behalf)
        whole.addWidget(self.large)
        whole.addWidget(self.backup)
        whole.addWidget(self.gear)
        self.show_day()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Print the key on the button where there is room for it."""
        super().resizeEvent(event)
        wide = self.width() >= ROOM_FOR_KEYS
        self.backup.set_text("立即备份 F9" if wide else "立即备份")
        self.show_day()

    def _chip(self) -> HeadButton:
        """Return what says for whom the officer types; pressing it ends that."""
        chip = HeadButton("", "close", name="behalf")
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands behind the words
        chip.setToolTip("不替了，录自己的")
        chip.clicked.connect(self.behalf_ended)
        chip.hide()
        return chip

    def show_behalf(self, name: str) -> None:
        """Show for whom the officer types; '' for nobody else."""
        self.behalf.setText(f"替{name}录入 " if name else "")
        self.behalf.setAccessibleName(f"正在替{name}录入，按一下就不替了" if name else "")
        self.behalf.setVisible(bool(name))
        self.show_day()

    def _fit_search(self) -> None:
        self._search.setMaximumWidth(scaled(356))

    def show_day(self) -> None:
        """Show today's date; called again after midnight, and when there is more or less room."""
        today = self._clock.today()
        crowded = self.behalf.isVisibleTo(self) and self.width() < scaled(ROOM_FOR_LUNAR)
        self._day.setText(long_day(today) if crowded else f"{long_day(today)} · {lunar_text(today)}")
