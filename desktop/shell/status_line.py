"""The line at the bottom of the window: what is stored, how old the backup is, who is signed in."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.register.rights import Officer
from desktop.register.ui.draft_keeper import clock_time
from desktop.shell.backup_page import BackupLine
from desktop.widgets.roles import FixedHeight, IconLabel, label

_HEIGHT = 30


class StatusLine(QFrame):
    """Says at every save that nothing is left to be saved."""

    def __init__(self, officer: Officer, backup_line: BackupLine) -> None:
        super().__init__()
        self.setProperty("role", "status")
        FixedHeight(self, _HEIGHT)
        self.saved = label("已全部保存", "", name="saved_at")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(8)
        line.addWidget(IconLabel("check", 16, "good"))
        line.addWidget(self.saved)
        line.addSpacing(16)
        line.addWidget(IconLabel("usb", 16, "secondary"))
        line.addWidget(backup_line)
        line.addStretch(1)
        line.addWidget(label(f"{officer.name}（{officer.role}） · F1 本页帮助", "", name="signed_in"))
        backup_line.tell()

    def note_saved(self, at: datetime) -> None:
        """Show when the last save was."""
        self.saved.setText(f"已全部保存 {clock_time(at)}")
