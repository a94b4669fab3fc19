"""备份: where to, one press, and what can be restored from it; and the line that says when the last one was."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.foundation.jobs import JobContext
from desktop.register.ui.host import PageHost
from desktop.register.ui.hosted_page import HostedPage
from desktop.register.ui.page_work import PageWork
from desktop.register.ui.scrolling import scrolled
from desktop.safekeeping.backup import BackupReport
from desktop.safekeeping.service import BackupService
from desktop.shell.emergency_card import EmergencyCard
from desktop.shell.stick_buttons import StickButtons
from desktop.widgets.buttons import PrimaryButton
from desktop.widgets.card import Card
from desktop.widgets.roles import FixedWidth, label, row, set_look

CARD_WIDTH = 760
_ABOUT = (
    "每次备份都是完整的一份，存好以后会从那里重新读一遍核对。"
    "备份是加密的，U盘丢了别人也看不到；恢复时要用做备份那天的密码，或恢复码。"
)


class BackupPage(HostedPage):
    """Remembers the place once it has worked; with a place that is there, F9 is all there is to do."""

    backed_up = Signal()

    def __init__(self, service: BackupService, host: PageHost, emergency: EmergencyCard) -> None:
        super().__init__("backup", host)
        self._service, self._emergency = service, emergency
        self._work = PageWork(self, host.runner)
        self._known = PrimaryButton("立即备份", "usb", name="backup_known")
        self._known.clicked.connect(self.start)
        self._known_where = label("", "secondary", wrap=True, name="backup_where")
        self._sticks = StickButtons(service.sticks, "备份到", "backup", dialog="备份放在哪个文件夹")
        self._sticks.looked.connect(self.look_for_sticks)
        self._sticks.chosen.connect(self._back_up_to)
        card = Card("备份放在哪里")
        FixedWidth(card, CARD_WIDTH)
        card.body.addWidget(self._known_where)
        card.body.addLayout(row(self._known, 0))
        card.body.addWidget(self._sticks)
        card.body.addWidget(label(_ABOUT, "secondary", wrap=True))
        FixedWidth(emergency, CARD_WIDTH)
        trial = Card("每月演练")
        FixedWidth(trial, CARD_WIDTH)
        self._trial = label("", wrap=True, name="backup_trial")
        trial.body.addWidget(self._trial)
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        lines.addLayout(row(card, 0))
        lines.addLayout(row(emergency, 0))
        lines.addLayout(row(trial, 0))
        lines.addStretch(1)
        self._vertical.addLayout(row(self._back, label("备份", "title"), 0, spacing=10))
        self._vertical.addWidget(self._work.banner)
        self._vertical.addWidget(scrolled(inner), 1)
        self.look_for_sticks()

    def start(self) -> None:
        """Back up to the place that worked last time; if it is not there now, say so and let another be chosen."""
        place = self._remembered()
        if self._work.busy or place is None:
            return
        if not place.is_dir():
            self.look_for_sticks()
            self._work.say("warning", f"上次的地方（{place}）现在找不到。", "请插上U盘再按F9，或在下面另选一个地方。")
            return
        self._back_up_to(place)

    def back_up_to(self, place: Path) -> None:
        """Back up to *place* unless a backup is being made."""
        if not self._work.busy:
            self._back_up_to(place)

    def look_for_sticks(self) -> None:
        """List the sticks plugged in now, each as a button."""
        trial = self._service.drill_status()
        self._trial.setText(trial.text)
        set_look(self._trial, "role", "danger" if trial.late else "")
        place = self._remembered()
        self._sticks.look(place)
        self._known.setVisible(place is not None)
        self._known_where.setVisible(place is not None)
        self._known_where.setText(f"上次备份到：{place}")
        if place is not None:
            self.setFocusProxy(self._known)

    def reload(self) -> None:
        """Show everything as it is now."""
        self.look_for_sticks()
        self._emergency.tell()

    def _remembered(self) -> Path | None:
        chosen = self._host.settings().backup_folder
        return Path(chosen) if chosen else None

    def _back_up_to(self, place: Path) -> None:
        def job(context: JobContext) -> BackupReport:
            return self._service.back_up(place, context)

        self._work.hush()
        self._work.run("正在备份并核对，请不要拔U盘", job, partial(self._finished, place), can_stop=True)

    def _finished(self, place: Path, report: BackupReport) -> None:
        self._host.change_settings(backup_folder=str(place))
        self.look_for_sticks()
        self._work.say(
            "good", self._service.sentence(report), f"放在：{report.path}。{self._service.readable_reminder()}"
        )
        self.backed_up.emit()


class BackupLine(QLabel):
    """The part of the status line that says when the last backup was; red once that is too long ago."""

    def __init__(self, service: BackupService, remind_days: Callable[[], int]) -> None:
        super().__init__()
        self._remind_days = remind_days
        self.setObjectName("backup_status")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "")
        self._service = service

    def tell(self) -> None:
        """Say it as it is now; a backup by a command counts too."""
        status = self._service.status(self._remind_days())
        self.setText(status.text)
        set_look(self, "role", "danger" if status.late else "")
