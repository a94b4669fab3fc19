"""What the window does about backups by itself: automatic ones, sticks plugged in, reminders, the monthly trial."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.foundation.errors import AppError
from desktop.foundation.jobs import JobContext
from desktop.foundation.logs import frames_without_values
from desktop.foundation.settings import Settings
from desktop.safekeeping.backup import BackupReport
from desktop.safekeeping.drives import Drive
from desktop.safekeeping.service import BackupService
from desktop.widgets.card import Banner
from desktop.widgets.jobs import JobRunner

log = logging.getLogger(__name__)
LOOK_FOR_STICKS_MS = 4_000
LOOK_FOR_WORK_MS = 60_000


class Pages(Protocol):
    """What opens the page 备份."""

    def back_up(self) -> None:
        """Open 备份 and begin if the place is known."""
        ...

    def back_up_to(self, place: Path) -> None:
        """Open 备份 and back up to *place*."""
        ...


class BackupWatch(QObject):
    """Works on a thread of its own, so that saving never waits for a backup. Put ``strip`` below the header."""

    backed_up = Signal()

    def __init__(self, service: BackupService, pages: Pages, settings: Callable[[], Settings], parent: QObject) -> None:
        super().__init__(parent)
        self._service, self._pages, self._settings = service, pages, settings
        self.runner = JobRunner(self)
        self.strip = _Strip()
        self.strip.banner.pressed.connect(self._press)
        self._stick: Drive | None = None
        self._known: set[Path] | None = None
        self._failed = ""
        self._sticks = QTimer(self, interval=LOOK_FOR_STICKS_MS)
        self._sticks.timeout.connect(self.look_for_sticks)
        self._work = QTimer(self, interval=LOOK_FOR_WORK_MS)
        self._work.timeout.connect(self.look_for_work)
        self._sticks.start()
        self._work.start()
        self.tell()

    def stop(self) -> None:
        """Ask what is being done to stop, and wait for that."""
        self._sticks.stop()
        self._work.stop()
        self.runner.shutdown()

    def look_for_sticks(self) -> None:
        """See which sticks are plugged in; one that is new is offered."""
        if not self.runner.busy:
            self.runner.start(lambda _context: self._service.sticks(), done=self._found, failed=self._log)

    def look_for_work(self) -> None:
        """Back up by itself if the officers want that and it is time; try a backup out once a month."""
        if self.runner.busy:
            return
        settings = self._settings()
        if settings.auto_backup and settings.second_folder:
            second = Path(settings.second_folder)

            def job(context: JobContext) -> BackupReport | None:
                return self._service.back_up_by_itself(second, context)

            self.runner.start(job, done=self._done, failed=self._note_failure)
        self.runner.start(self._service.drill_if_due, done=self._drilled, failed=self._log)

    def tell(self) -> None:
        """Show the one thing that matters most now, or nothing."""
        status = self._service.status(self._settings().remind_days)
        if self._stick is not None and not status.lent:
            text = f"插上了U盘“{self._stick.label}”。"
            self.strip.show_text("info", text, "备份到它")
        elif status.resting:
            text = "资料是从备份恢复的，自动备份先停着。看看资料对不对。"
            self.strip.show_text("info", text, "资料没问题")
        elif self._failed:
            self.strip.show_text("warning", f"自动备份没有做成：{self._failed}", "知道了")
        elif status.late:
            self.strip.show_text("danger", status.reminder, "立即备份")
        else:
            self.strip.hide()

    def _found(self, sticks: list[Drive]) -> None:
        now = {stick.path: stick for stick in sticks}
        known, self._known = self._known, set(now)
        new = [stick for path, stick in now.items() if known is not None and path not in known]
        if new:
            self._stick = new[0]
        elif self._stick is not None and self._stick.path not in now:
            self._stick = None
        self.tell()

    def _press(self) -> None:
        stick, self._stick = self._stick, None
        if stick is not None:
            self._pages.back_up_to(stick.path)
        elif self._service.status().resting:
            self._service.confirm_restored()
        elif self._failed:
            self._failed = ""
        else:
            self._pages.back_up()
        self.tell()

    def _done(self, report: BackupReport | None) -> None:
        if report is not None:
            self._failed = ""
            self.backed_up.emit()
            self.tell()

    def _drilled(self, done: bool) -> None:
        if done:
            self.backed_up.emit()

    def _note_failure(self, error: BaseException) -> None:
        self._log(error)
        self._failed = str(error) if isinstance(error, AppError) else "程序遇到意外问题，请告诉维护人员。"
        self.tell()

    def _log(self, error: BaseException) -> None:
        log.warning("backups by themselves: %s", frames_without_values(error))


class _Strip(QFrame):
    """A line across the window that is there only while it has something to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("backup_strip")
        self.banner = Banner("info", "", button=" ")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 8, 16, 0)
        lines.addWidget(self.banner)
        self.hide()

    def show_text(self, kind: str, text: str, button: str) -> None:
        """Say *text*, with one way to act on it."""
        self.banner.set_kind(kind)
        self.banner.set_text(text)
        self.banner.set_button(button)
        self.show()
