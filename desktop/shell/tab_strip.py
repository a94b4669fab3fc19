"""The strip of tabs below the header: every tab in sight, the line under them unbroken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTabBar

from desktop.shell.tabs import ICONS
from desktop.widgets.icons import icon
from desktop.widgets.theme import scaled, theme_changed, tokens

_SIDE = 8


class TabStrip(QFrame):
    """Holds ``bar``; shows the tabs' icons where there is room for them."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.setProperty("role", "tabs")
        self._names = tuple(names)
        self.bar = QTabBar()
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setAccessibleName("栏目")
        for name in self._names:
            self.bar.addTab(name)
        self._line = QHBoxLayout(self)
        self._line.addWidget(self.bar)
        self._line.addStretch(1)
        theme_changed.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let every tab stay in sight."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave the icons out in narrow windows with large type, where the words are enough."""
        self._line.setContentsMargins(_SIDE, 0, _SIDE, tokens().line_width)  # the line below runs on under the tabs
        self.bar.setIconSize(QSize(scaled(22), scaled(22)))
        self._show_icons(shown=True)
        if self.bar.sizeHint().width() > self.width() - 2 * _SIDE:
            self._show_icons(shown=False)

    def _show_icons(self, *, shown: bool) -> None:
        for number, name in enumerate(self._names):
            if self.bar.tabIcon(number).isNull() == shown:
                self.bar.setTabIcon(number, icon(ICONS[name], "tab_text", "accent_deep") if shown else QIcon())
