"""恢复: choose a backup, open it, see what would be lost, restore; the file in use is kept and can be chosen again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.errors import AppError, InputError, WrongPassword
from desktop.foundation.jobs import JobContext
from desktop.register.ui.page_work import PageWork
from desktop.safekeeping.aside import put_aside
from desktop.safekeeping.compare import Comparison, compare
from desktop.safekeeping.drives import Drives, this_computers_drives
from desktop.safekeeping.found import Found, find_backups
from desktop.safekeeping.holders import Holder
from desktop.safekeeping.restore import Restored, restore
from desktop.safekeeping.words import FiguresAgain
from desktop.shell.restore_list import RestoreList
from desktop.shell.restore_opening import RestoreOpening
from desktop.shell.restore_verdict import comparison_card, result_card
from desktop.store.folder import DataFolder
from desktop.store.keys import Cost
from desktop.widgets.buttons import IconButton, PrimaryButton, SecondaryButton
from desktop.widgets.card import Card
from desktop.widgets.dialogs import choose_folder
from desktop.widgets.jobs import JobRunner
from desktop.widgets.roles import FixedHeight, label, row
from desktop.widgets.scrolling import ScrollBody, scroll_over
from desktop.widgets.theme import scaled

MOST_WIDE = 1020
_LIST_HEIGHT = 214
FiguresAfter = Callable[[DataFolder, Holder, Restored, Clock], FiguresAgain | None]
"""Computes the figures of the backup's day again; called on the runner's thread."""


@dataclass(frozen=True)
class Restoring:
    """What the page works on: the folder, where backups may lie, and the key of the file in use if it is known."""

    folder: Path
    clock: Clock
    places: tuple[str, ...] = ()
    current_key: bytes | None = field(default=None, repr=False)
    figures_after: FiguresAfter | None = None
    cost: Cost | None = None
    drives: Drives | None = None
    chosen: Path | None = None


class RestorePage(QWidget):
    """Stands where the login stands: nobody may have the file open while it is exchanged."""

    cancelled = Signal()
    completed = Signal(str, str)  # name and password to sign in with

    def __init__(self, what: Restoring, runner: JobRunner) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setObjectName("restore_page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._what, self._data = what, DataFolder(what.folder)
        self._drives = what.drives or this_computers_drives()
        self._chosen_places = [(Path(place), Path(place).name) for place in what.places if place]
        if what.chosen is not None:
            self._chosen_places.insert(0, (what.chosen, what.chosen.parent.name))
        self._work = PageWork(self, runner)
        self._holder: Holder | None = None
        self._verdict: Card | None = None
        self.list = RestoreList()
        FixedHeight(self.list, _LIST_HEIGHT)
        self.list.current_row_changed.connect(self._choose)
        self._why = label("", "danger", wrap=True, name="restore_why")
        self.opening = RestoreOpening()
        self.opening.entered.connect(self._look)
        self.opening.changed.connect(self._forget_verdict)
        self._open = PrimaryButton("打开看看，先比较", "search", name="restore_look")
        self._open.clicked.connect(self._look)
        self._go = PrimaryButton("恢复这一份", "undo", name="restore_go")
        self._go.clicked.connect(self._restore)
        self._aside = SecondaryButton("留作另一份", name="restore_aside")
        self._aside.setToolTip("复制到这台电脑上留着，能比较、能再换过来；现在用的资料不变")
        self._aside.clicked.connect(self._put_aside)
        self._sign_in = PrimaryButton("登录", "check", name="restore_sign_in")
        self._sign_in.clicked.connect(lambda: self.completed.emit(*self.opening.entry()))
        self._build()
        self.look_for_backups()

    def look_for_backups(self) -> None:
        """List what is on the sticks and in the known places now."""
        places = [*self._chosen_places, *((stick.path, stick.label) for stick in self._drives.sticks())]
        job = partial(_find, places, self._what.folder)
        self._work.run("正在找备份", job, lambda found: self.list.show_found(found, self._what.chosen))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Esc, except while something is being done."""
        if event.key() == Qt.Key.Key_Escape and not self._work.busy:
            self.cancelled.emit()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        again = SecondaryButton("重新找", "search", name="restore_again")
        again.clicked.connect(self.look_for_backups)
        other = SecondaryButton("选别的文件夹", name="restore_other")
        other.clicked.connect(lambda: choose_folder(self, "备份在哪个文件夹", self.look_in))
        listed = Card("第一步：选一份备份")
        for part in (self.list, self._why):
            listed.body.addWidget(part)
        listed.body.addLayout(row(again, other, 0))
        opened = Card("第二步：打开它")
        opened.body.addWidget(self.opening)
        opened.body.addLayout(row(self._open, 0))
        inner = ScrollBody()
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(10)
        self._asking = (listed, opened)
        for card in self._asking:
            self._lines.addWidget(card)
        self._last = QWidget()
        self._last.setProperty("role", "bare")
        self._last.setLayout(row(self._go, self._aside, self._sign_in, 0))
        self._lines.addWidget(self._last)
        self._lines.addStretch(1)
        self._go.setVisible(False)
        self._aside.setVisible(False)
        self._sign_in.setVisible(False)
        self._area = scroll_over(inner)
        self._area.setMaximumWidth(scaled(MOST_WIDE))
        back = IconButton("chevron-left", "返回登录（Esc）", name="restore_close")
        back.clicked.connect(self.cancelled)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(10)
        whole.addLayout(row(back, label("从备份恢复", "title"), 0, spacing=10))
        whole.addWidget(self._work.banner)
        whole.addWidget(self._area, 1)

    def look_in(self, place: Path) -> None:
        """List the backups in *place* too; it may be one backup's own folder."""
        self._chosen_places.insert(0, (place, place.name))
        self.look_for_backups()

    def _choose(self, chosen: Found | None) -> None:
        self._forget_verdict()
        usable = chosen is not None and not chosen.problem
        self._why.setText(chosen.problem if chosen is not None else "")
        self._why.setVisible(bool(self._why.text()))
        self._open.setEnabled(usable)
        if chosen is None or not usable:
            return
        try:
            self.opening.set_people(chosen.ring().people)
        except AppError as error:
            self._why.setText(str(error))
            self._why.setVisible(True)
            self._open.setEnabled(False)

    def _look(self) -> None:
        chosen = self.list.current_row()
        if chosen is None or chosen.problem or self._work.busy:
            return
        self._holder = self.opening.holder()
        if self._holder is None:
            return
        self._work.hush()
        job = partial(_compare, chosen.path, self._data, self._holder, self._what)
        self._work.run("正在核对这份备份", job, self._show_comparison, self._refused, can_stop=True)

    def _show_comparison(self, found: Comparison) -> None:
        self._show(comparison_card(found))
        received = found.arrival is not None and found.arrival.received
        self._go.set_text("接过来，在这台电脑上登记" if received else "恢复这一份")
        shown = self._aside if found.refused else self._go
        shown.setVisible(True)
        shown.setFocus()
        # Only once the new card has its height is there somewhere to scroll to.
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self._last, 0, 24))

    def _restore(self) -> None:
        chosen = self.list.current_row()
        if chosen is None or self._holder is None:
            return
        self._work.hush()
        job = partial(_restore, chosen.path, self._data, self._holder, self._what)
        self._work.run("正在恢复，请不要关电脑", job, self._restored, self._refused, can_stop=True)

    def _put_aside(self) -> None:
        chosen = self.list.current_row()
        if chosen is None or self._holder is None:
            return
        self._work.hush()
        job = partial(_put_aside, chosen.path, self._data, self._holder, self._what)
        self._work.run("正在复制并核对", job, self._kept_aside, self._refused, can_stop=True)

    def _kept_aside(self, kept: Path) -> None:
        self._forget_verdict()
        text = "留好了，在这一页的列表里（“带回时没有接的另一份”）。现在用的资料没有变。"
        self._work.say("good", text, f"它放在：{kept}")
        self.look_for_backups()

    def _restored(self, done: tuple[Restored, FiguresAgain | None]) -> None:
        for card in self._asking:
            card.setVisible(False)
        self._show(result_card(*done))
        self._go.setVisible(False)
        self._sign_in.setVisible(True)
        self._sign_in.setFocus()

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, WrongPassword):
            self.opening.refuse(str(error))
        elif isinstance(error, InputError) and error.problems:
            self._work.say("danger", str(error))
        else:
            self._work.say_failed(error)

    def _show(self, card: Card) -> None:
        self._forget_verdict()
        self._verdict = card
        self._lines.insertWidget(self._lines.indexOf(self._last), card)

    def _forget_verdict(self) -> None:
        """Take the comparison away once anything it hung on was changed."""
        verdict, self._verdict = self._verdict, None
        if verdict is not None:
            self._lines.removeWidget(verdict)
            verdict.setParent(None)
            verdict.deleteLater()
        self._go.setVisible(False)
        self._aside.setVisible(False)


def _find(places: list[tuple[Path, str]], folder: Path, _context: JobContext) -> list[Found]:
    return find_backups(places, folder)


def _compare(path: Path, folder: DataFolder, holder: Holder, what: Restoring, context: JobContext) -> Comparison:
    return compare(path, folder, holder, clock=what.clock, current_key=what.current_key, context=context)


def _restore(
    path: Path, folder: DataFolder, holder: Holder, what: Restoring, context: JobContext
) -> tuple[Restored, FiguresAgain | None]:
    restored = restore(path, folder, holder, clock=what.clock, cost=what.cost, context=context)
    again = what.figures_after(folder, holder, restored, what.clock) if what.figures_after is not None else None
    return restored, again


def _put_aside(path: Path, folder: DataFolder, holder: Holder, what: Restoring, context: JobContext) -> Path:
    return put_aside(path, folder, holder, clock=what.clock, context=context)
