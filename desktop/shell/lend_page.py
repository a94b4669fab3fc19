"""带到笔记本: choose a stick, and the data go along; what was left unfinished; taking back what is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.foundation.jobs import JobContext
from desktop.register.ui.host import PageHost
from desktop.register.ui.hosted_page import HostedPage
from desktop.register.ui.page_work import PageWork
from desktop.safekeeping.backup import BackupReport
from desktop.safekeeping.lending import LendingService
from desktop.safekeeping.service import BackupService
from desktop.shell.lend_words import (
    ABOUT,
    APART_ABOUT,
    FETCHED,
    OUT_ABOUT,
    SURE,
    taking_back_warning,
    title_of,
    unfinished,
)
from desktop.shell.stick_buttons import StickButtons
from desktop.store.baton import APART, HERE, OUT, Baton
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.card import Banner, Card
from desktop.widgets.roles import FixedWidth, label, row
from desktop.widgets.scrolling import ScrollBody, scroll_over

__all__ = ["LendHost", "LendPage", "title_of"]
CARD_WIDTH = 760


class LendHost(PageHost, Protocol):
    """A window that can also leave for the page 恢复."""

    def restore(self) -> None:
        """Leave for the page 恢复."""
        ...


class LendPage(HostedPage):
    """One card, by where the data are: to give them away, to end what a kill has left, to fetch or take them back."""

    changed = Signal()

    def __init__(self, lending: LendingService, backups: BackupService, host: LendHost) -> None:
        super().__init__("lend", host)
        self._window = host
        self._lending, self._backups = lending, backups
        self._work = PageWork(self, host.runner)
        self._title = label("", "title", name="lend_title")
        inner = ScrollBody()
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(10)
        self._cards: list[QWidget] = []
        self._vertical.addLayout(row(self._back, self._title, 0, spacing=10))
        self._vertical.addWidget(self._work.banner)
        self._area = scroll_over(inner)
        self._vertical.addWidget(self._area, 1)
        self.reload()

    def reload(self) -> None:
        """Show what can be done now."""
        for old in self._cards:
            self._lines.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        baton = self._lending.baton()
        self._title.setText(title_of(baton))
        if baton.state == HERE:
            card = self._giving_card(baton)
        elif baton.state in {OUT, APART}:
            card = self._away_card(baton)
        else:
            card = self._unfinished_card(baton)
        FixedWidth(card, CARD_WIDTH)
        self._cards = [card]
        self._lines.insertWidget(0, card, alignment=Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._lines.setStretch(0, 1)

    def _giving_card(self, baton: Baton) -> Card:
        card = Card("放到哪里带走")
        for text in ABOUT[baton.away]:
            card.body.addWidget(label(text, wrap=True))
        sticks = StickButtons(self._backups.sticks, "带到", "lend", dialog="带走的一份放在哪个文件夹", leading=True)
        sticks.chosen.connect(self._give)
        sticks.looked.connect(sticks.look)
        sticks.look()
        card.body.addWidget(sticks)
        return card

    def _unfinished_card(self, baton: Baton) -> Card:
        left = self._lending.left_over()
        card = Card("上次带出没有完成")
        card.body.addWidget(label(unfinished(baton, left), wrap=True, name="lend_unfinished"))
        on = PrimaryButton("继续", "usb", name="lend_go_on")
        on.clicked.connect(self._go_on)
        self._add_buttons(card, baton, [on])
        return card

    def _away_card(self, baton: Baton) -> Card:
        card = Card(baton.who if baton.state == OUT else "这是从备份恢复的另一份")
        card.body.addWidget(label(OUT_ABOUT[baton.away] if baton.state == OUT else APART_ABOUT, wrap=True))
        buttons: list[QWidget] = []
        if baton.state == OUT:
            fetch = PrimaryButton(FETCHED[baton.away], "download", name="lend_fetch")
            fetch.clicked.connect(self._window.restore)
            buttons.append(fetch)
        self._add_buttons(card, baton, buttons)
        return card

    def _add_buttons(self, card: Card, baton: Baton, buttons: list[QWidget]) -> None:
        """Add *buttons*, and the one for taking back if this officer may; what it costs is said before it is done."""
        left = self._lending.left_over()
        safe = left is not None and left.safe
        if not (self._lending.may_take_back() or (safe and self._lending.may_give())):
            card.body.addLayout(row(*buttons, 0))
            return
        ask = SecondaryButton("以这台为准…" if baton.state == APART else "收回…", "undo", name="lend_take_back")
        text, detail = taking_back_warning(baton, safe=safe)
        yes = SecondaryButton(SURE, "undo", name="lend_yes")
        yes.clicked.connect(self._take_back)
        no = SecondaryButton("不收回", name="lend_no")
        sure = QWidget()
        sure.setProperty("role", "bare")
        sure.setObjectName("lend_sure")
        lines = QVBoxLayout(sure)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        lines.addWidget(Banner("info" if safe else "warning", text, detail=detail))
        lines.addLayout(row(yes, no, 0))
        sure.setVisible(False)
        ask.clicked.connect(lambda: self._ask(sure))
        no.clicked.connect(lambda: sure.setVisible(False))
        card.body.addLayout(row(*buttons, ask, 0))
        card.body.addWidget(sure)

    def _ask(self, sure: QWidget) -> None:
        sure.setVisible(True)
        # Only once it has its height is there somewhere to scroll to.
        QTimer.singleShot(0, sure, lambda: self._area.ensureWidgetVisible(sure, 0, 24))

    def _give(self, place: Path) -> None:
        def job(context: JobContext) -> BackupReport:
            return self._lending.give(place, context)

        self._work.hush()
        doing = "正在复制并核对，请不要拔U盘"
        self._work.run(doing, job, self._given, self._failed, can_stop=True, stopped=self._stopped)

    def _go_on(self) -> None:
        def job(_context: JobContext) -> bool:
            return self._lending.settle()

        self._work.hush()
        self._work.run("正在看做到哪里了", job, self._settled, self._failed)

    def _settled(self, done: bool) -> None:
        baton, left = self._lending.baton(), self._lending.left_over()
        if done:
            self._show_changed()
            self._work.say("good", "上次已经做好并核对过，可以带走。", f"放在：{baton.target}")
        elif left is not None and left.safe:
            target = Path(baton.target)
            self._give(target if target.is_dir() else target.parent)
        else:
            self._show_changed()
            self._work.say("warning", "没有找到上次带出用的U盘。", "请插上那个U盘，再按“继续”。")

    def _take_back(self) -> None:
        self._work.hush()
        self._work.run("正在收回", lambda _context: self._lending.take_back(), self._taken_back, self._failed)

    def _given(self, report: BackupReport) -> None:
        self._show_changed()
        self._work.say("good", self._lending.sentence(report), f"放在：{report.path}")

    def _taken_back(self, _nothing: None) -> None:
        self._show_changed()
        self._work.say("good", "收回来了，从现在起又在这台电脑上登记。")

    def _failed(self, error: BaseException) -> None:
        self._show_changed()
        self._work.say_failed(error)

    def _stopped(self) -> None:
        self._show_changed()
        self._work.say("info", "已停下，没有带出。这台电脑照常能改。")

    def _show_changed(self) -> None:
        self.reload()
        self.changed.emit()

    def _may_leave(self) -> bool:
        return not self._work.busy
