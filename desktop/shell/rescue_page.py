"""When the file in use is damaged: the newest good backup and what it lacks, or what can still be read of the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.jobs import JobContext
from desktop.register.ui.page_work import PageWork
from desktop.register.ui.saying import moment_text
from desktop.safekeeping.drives import this_computers_drives
from desktop.safekeeping.found import Found, find_backups
from desktop.safekeeping.rescue import Rescued, last_change, rescue
from desktop.store.folder import DataFolder
from desktop.widgets.buttons import IconButton, PrimaryButton, SecondaryButton
from desktop.widgets.card import Banner, Card
from desktop.widgets.jobs import JobRunner
from desktop.widgets.roles import FixedWidth, label, row

CARD_WIDTH = 820
FinishRescue = Callable[[Path, bytes, str, Clock], dict[str, int]]
_ABOUT_RESCUE = (
    "把坏文件里还能读的每一条抄到一份新的资料里，读不出来的告诉您有多少。"
    "坏了的文件原样留着。没有备份，或备份太旧时用；做完请对照备份和纸质台账补齐。"
)


@dataclass(frozen=True)
class Rescuing:
    """The damaged folder, whose password opened it, and where backups may lie."""

    folder: Path
    clock: Clock
    slot_id: str
    password: str = field(repr=False)
    places: tuple[str, ...] = ()
    finish: FinishRescue | None = None


class RescuePage(QWidget):
    """Two ways out, the better one first."""

    cancelled = Signal()
    restoring = Signal()
    completed = Signal()

    def __init__(self, what: Rescuing, runner: JobRunner) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setObjectName("rescue_page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._what = what
        self._work = PageWork(self, runner)
        back = IconButton("chevron-left", "返回登录（Esc）", name="rescue_close")
        back.clicked.connect(self.cancelled)
        self._newest = label("", wrap=True, name="newest_backup")
        restore = PrimaryButton("去恢复", "undo", name="rescue_restore")
        restore.clicked.connect(self.restoring)
        self._backup = Card("办法一：用备份恢复（最稳妥）")
        self._backup.body.addWidget(self._newest)
        self._backup.body.addLayout(row(restore, 0))
        salvage = SecondaryButton("抢救资料", "search", name="rescue_salvage")
        salvage.clicked.connect(self._salvage)
        self._salvaging = Card("办法二：抢救还能读的")
        self._salvaging.body.addWidget(label(_ABOUT_RESCUE, wrap=True))
        self._salvaging.body.addLayout(row(salvage, 0))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(10)
        whole.addLayout(row(back, label("资料文件坏了", "title"), 0, spacing=10))
        whole.addWidget(self._work.banner)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        for card in (self._backup, self._salvaging):
            FixedWidth(card, CARD_WIDTH)
            self._lines.addLayout(row(card, 0))
        whole.addLayout(self._lines)
        whole.addStretch(1)
        self._work.run("正在找备份", partial(_look, what), self._tell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Esc, except while something is being done."""
        if event.key() == Qt.Key.Key_Escape and not self._work.busy:
            self.cancelled.emit()
            return
        super().keyPressEvent(event)

    def _tell(self, found: tuple[Found | None, datetime | None]) -> None:
        newest, changed = found
        if newest is None:
            self._newest.setText("没有找到完好的备份。插上放备份的U盘，再按“去恢复”看看。")
            return
        text = f"找到的最新一份完好的备份是{moment_text(newest.made_at)}做的，里面有{newest.holds}，在{newest.where}。"
        if changed is not None and changed > newest.made_at:
            text += f"资料文件最后一次改动是{moment_text(changed)}，这中间存的内容备份里没有。"
        self._newest.setText(text)

    def _salvage(self) -> None:
        self._work.hush()
        self._work.run("正在抢救，请不要关电脑", partial(_rescue, self._what), self._rescued, can_stop=True)

    def _rescued(self, done: Rescued) -> None:
        for card in (self._backup, self._salvaging):
            card.setVisible(False)
        report = Card("抢救完了")
        report.setObjectName("rescue_report")
        FixedWidth(report, CARD_WIDTH)
        first, *others = done.sentences
        report.body.addWidget(Banner("warning" if done.lost else "good", first))
        for sentence in others:
            report.body.addWidget(label(sentence, wrap=True))
        if done.kept is not None:
            report.body.addWidget(label(f"坏了的文件留在：{done.kept}", "secondary", wrap=True))
        go = PrimaryButton("登录", "check", name="rescue_sign_in")
        go.clicked.connect(self.completed)
        report.body.addLayout(row(go, 0))
        self._lines.addLayout(row(report, 0))
        go.setFocus()


def _look(what: Rescuing, _context: JobContext) -> tuple[Found | None, datetime | None]:
    places = [(Path(place), Path(place).name) for place in what.places if place]
    places += [(stick.path, stick.label) for stick in this_computers_drives().sticks()]
    found = find_backups(places)
    return next((one for one in found if not one.problem), None), last_change(DataFolder(what.folder))


def _rescue(what: Rescuing, context: JobContext) -> Rescued:
    if what.finish is None:
        raise RuntimeError("nobody said how to finish a rescue")
    finish = what.finish
    return rescue(
        DataFolder(what.folder),
        what.slot_id,
        what.password,
        clock=what.clock,
        finish=lambda path, key, slot_id: finish(path, key, slot_id, what.clock),
        context=context,
    )
