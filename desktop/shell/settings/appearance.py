"""外观: the size of type and the strength of colours, changed at once."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox

from desktop.register.ui.page_work import PageWork
from desktop.shell.settings.section import Section
from desktop.shell.settings.window import SettingsHost
from desktop.shell.workbench import Workbench
from desktop.widgets.roles import label


class AppearanceSection(Section):
    """For this computer, whoever signs in."""

    def __init__(self, bench: Workbench, host: SettingsHost, work: PageWork) -> None:
        super().__init__(bench, host, work)
        card = self.add_card("外观")
        self._large = QCheckBox("大字")
        self._large.setObjectName("set_large")
        self._contrast = QCheckBox("高对比显示（黑白分明，看不清颜色时用）")
        self._contrast.setObjectName("set_contrast")
        self.reload()
        self._large.toggled.connect(lambda on: host.set_appearance(large=on))
        self._contrast.toggled.connect(lambda on: host.set_appearance(contrast=on))
        for part in (self._large, self._contrast):
            card.body.addWidget(part)
        card.body.addWidget(label("马上生效，这台电脑上谁登录都一样。", "secondary", wrap=True))

    def reload(self) -> None:
        """Show what is chosen, also if the header's 大字 was pressed meanwhile."""
        settings = self.host.settings()
        for box, on in ((self._large, settings.large_type), (self._contrast, settings.high_contrast)):
            with QSignalBlocker(box):
                box.setChecked(on)
