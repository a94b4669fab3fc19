"""做应急U盘: what goes onto it, which installer, which stick; progress, and the page to print beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from desktop.foundation.jobs import JobContext
from desktop.register.ui.host import PageHost
from desktop.register.ui.hosted_page import HostedPage
from desktop.register.ui.page_work import PageWork
from desktop.safekeeping.documents import TITLE
from desktop.safekeeping.emergency_service import EmergencyService, Made
from desktop.safekeeping.installers import PATTERN, Installer
from desktop.shell.stick_buttons import StickButtons
from desktop.widgets.buttons import SecondaryButton
from desktop.widgets.card import Card
from desktop.widgets.dialogs import choose_file
from desktop.widgets.roles import FixedWidth, label, row, set_look
from desktop.widgets.scrolling import ScrollBody, scroll_over

if TYPE_CHECKING:
    from desktop.printing.document import Sheet

CARD_WIDTH = 760
_WHAT = (
    "1. 一份备份，做完核对（和按F9一样，加密的）。",
    "2. 这个程序的安装包，新电脑不用联网就能装。",
    "3. 一页《电脑坏了怎么办》（PDF），一步一步照着做。",
)
_REPLACES = "这个U盘上以前的备份都留着；以前做的应急文件夹，等新的做好、核对过才换掉。"
_CHOOSE = "选居委工作台的安装包"
ShowSheet = Callable[[str, "Sheet"], None]
"""Opens the preview of a sheet called so."""


class EmergencyPage(HostedPage):
    """Everything that may be lacking is said before a stick is chosen."""

    made = Signal()

    def __init__(self, service: EmergencyService, host: PageHost, sticks: StickButtons, show: ShowSheet) -> None:
        super().__init__("emergency", host)
        self._service, self._sticks, self._show = service, sticks, show
        self._work = PageWork(self, host.runner)
        self._work.banner.pressed.connect(self._print)
        self._installer = label("", wrap=True, name="emergency_installer")
        self._names = label("", "secondary", wrap=True, name="emergency_names")
        self._choose_button = SecondaryButton("选安装包…", "search", name="emergency_choose")
        self._choose_button.clicked.connect(self._choose)
        sticks.chosen.connect(self.make)
        sticks.looked.connect(self.reload)
        self._build()
        self.reload()

    def reload(self) -> None:
        """Look for sticks and for the installer again."""
        self._sticks.look()
        self._tell_installer()

    def make(self, place: Path) -> None:
        """Make the stick at *place*, unless one is being made."""
        if self._work.busy:
            return

        def job(context: JobContext) -> Made:
            return self._service.make(place, context)

        self._work.hush()
        self._work.run("正在做应急U盘，请不要拔", job, partial(self._finished, place), self._failed, can_stop=True)

    def _build(self) -> None:
        what = Card("U盘里会有什么")
        for line in _WHAT:
            what.body.addWidget(label(line, wrap=True))
        what.body.addWidget(self._installer)
        what.body.addWidget(self._names)
        what.body.addLayout(row(self._choose_button, 0))
        where = Card("做到哪个U盘")
        where.body.addWidget(self._sticks)
        where.body.addWidget(label(_REPLACES, "secondary", wrap=True))
        inner = ScrollBody()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        for card in (what, where):
            FixedWidth(card, CARD_WIDTH)
            lines.addLayout(row(card, 0))
        lines.addStretch(1)
        self._vertical.addLayout(row(self._back, label("做应急U盘", "title"), 0, spacing=10))
        self._vertical.addWidget(self._work.banner)
        self._vertical.addWidget(scroll_over(inner), 1)

    def _tell_installer(self) -> None:
        found = self._service.installer()
        set_look(self._installer, "role", "" if found else "caution")
        self._names.setVisible(found is None)
        self._choose_button.set_text("换一个安装包…" if found else "选安装包…")
        if found:
            self._installer.setText(f"安装包：{found.name}（{found.bytes / 1e6:.0f} MB，装在 {found.kind.systems}）")
            return
        windows, *linux = self._service.wanted()
        self._installer.setText("没有找到安装包，请选装程序时用的那个文件。实在没有也可以先做，找到了再做一次。")
        self._names.setText(f"Windows：{windows}\n统信、麒麟：{' 或 '.join(linux)}")

    def _choose(self) -> QFileDialog:
        return choose_file(
            self, f"{_CHOOSE}（{'、'.join(self._service.wanted())}）", self.take_installer, patterns=[PATTERN]
        )

    def take_installer(self, path: Path) -> None:
        """Read the installer at *path* through and remember it."""

        def job(context: JobContext) -> Installer:
            return self._service.choose(path, context)

        self._work.hush()
        self._work.run("正在核对安装包", job, self._taken, can_stop=True)

    def _taken(self, found: Installer) -> None:
        self._tell_installer()
        self._work.say("good", f"记下了安装包 {found.name}，核对过，是完整的。")

    def _finished(self, place: Path, made: Made) -> None:
        if not self._host.settings().backup_folder:
            self._host.change_settings(backup_folder=str(place))  # F9 goes on from there
        self.reload()
        kind = "good" if made.kit.installer else "warning"
        detail = "打印一张《电脑坏了怎么办》，写上U盘和信封放在哪里，和U盘放在一起。"
        self._work.say(kind, made.sentence, detail, button="打印这一页")
        self.made.emit()

    def _failed(self, error: BaseException) -> None:
        self._work.say_failed(error)
        self._tell_installer()  # one that is torn is not taken again

    def _print(self) -> None:
        self._show(TITLE, self._service.sheet(self._service.last()))

    def _may_leave(self) -> bool:
        return not self._work.busy
