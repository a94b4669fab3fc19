"""备份: where to, when to remind, the emergency stick, a second folder for automatic ones; and the way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox

from desktop.foundation.errors import InputError
from desktop.register.rights import Right
from desktop.register.ui.page_work import PageWork
from desktop.safekeeping.kit import NEVER
from desktop.safekeeping.places import refuse_inside
from desktop.shell.settings.section import Section
from desktop.shell.settings.window import SettingsHost
from desktop.shell.workbench import Workbench
from desktop.widgets.buttons import LinkButton, SecondaryButton
from desktop.widgets.dialogs import choose_folder
from desktop.widgets.roles import label, row
from desktop.widgets.segmented import Segmented

DAYS = (3, 7, 14)
KIT_DAYS = (30, 90, 180, NEVER)
_SECOND_ABOUT = (
    "有了改动，最多每30分钟自动备份一次。最近两天的全留，再往前每天、每周、每月各留一份。"
    "放在这台电脑的另一个盘或移动硬盘上最好；U盘还是要做，电脑坏了只有U盘靠得住。"
)


class BackupSection(Section):
    """Places and reminders belong to this computer; restoring is the director's."""

    def __init__(self, bench: Workbench, host: SettingsHost, work: PageWork) -> None:
        super().__init__(bench, host, work)
        self._manages = bench.officer.may(Right.MANAGE)
        self._window = host
        self._stick_card()
        self._emergency_card()
        self._automatic_card()
        if self._manages:
            self._restore_card()

    def reload(self) -> None:
        """Show what is chosen."""
        settings = self.host.settings()
        self._place.setText(settings.backup_folder or "还没有备份过，按“立即备份”时选。")
        second = settings.second_folder
        self._second.setText(second or "没有选")
        self._forget.setVisible(bool(second) and self._manages)
        with QSignalBlocker(self._automatic):
            self._automatic.setChecked(settings.auto_backup and bool(second))
        self._automatic.setEnabled(bool(second) and self._manages)
        self._days.set_current(str(min(DAYS, key=lambda known: abs(known - settings.remind_days))))
        self._kit_days.set_current(str(_nearest(settings.emergency_days)))
        self._kit.tell()

    def _stick_card(self) -> None:
        card = self.add_card("备份到U盘")
        self._place = label("", name="backup_place", wrap=True)
        now = SecondaryButton("立即备份", "usb", name="settings_back_up")
        now.clicked.connect(self._window.safekeeping.back_up)
        self._days = Segmented([(str(n), f"{n}天") for n in DAYS], accessible_name="多久没备份就提醒")
        self._days.changed.connect(lambda days: self.host.change_settings(remind_days=int(days)))
        self._days.setEnabled(self._manages)
        card.body.addWidget(label("上次放在哪里", "field"))
        card.body.addWidget(self._place)
        card.body.addLayout(row(now, 0))
        card.body.addWidget(label("多久没备份到U盘就在窗口上面红字提醒", "field"))
        card.body.addLayout(row(self._days, 0))

    def _emergency_card(self) -> None:
        self._kit = self._window.safekeeping.emergency_card()
        page = SecondaryButton("打印《电脑坏了怎么办》", "print", name="print_broken")
        page.clicked.connect(self._window.safekeeping.print_kit_page)
        self._kit.buttons.insertWidget(1, page)
        texts = [(str(n), f"{n}天" if n else "不提醒") for n in KIT_DAYS]
        self._kit_days = Segmented(texts, accessible_name="应急U盘多久该更新")
        self._kit_days.changed.connect(self._remind_of_kit)
        self._kit_days.setEnabled(self._manages)
        self._kit.body.addWidget(label("多久该更新（换了新版程序也会提醒，写在这里和备份页上）", "field", wrap=True))
        self._kit.body.addLayout(row(self._kit_days, 0))
        self.add(self._kit)

    def _remind_of_kit(self, days: str) -> None:
        self.host.change_settings(emergency_days=int(days))
        self._kit.tell()

    def _automatic_card(self) -> None:
        card = self.add_card("自动备份")
        self._automatic = QCheckBox("自动备份到第二个文件夹")
        self._automatic.setObjectName("auto_backup")
        self._automatic.toggled.connect(lambda on: self.host.change_settings(auto_backup=on))
        self._second = label("", name="second_folder", wrap=True)
        choose = SecondaryButton("选文件夹", name="choose_second")
        choose.clicked.connect(self._choose)
        choose.setEnabled(self._manages)
        self._forget = LinkButton("不用了", name="forget_second")
        self._forget.clicked.connect(self._forget_second)
        card.body.addWidget(self._automatic)
        card.body.addLayout(row(label("第二个文件夹：", "secondary"), self._second, 0))
        card.body.addLayout(row(choose, self._forget, 0))
        card.body.addWidget(label(_SECOND_ABOUT, "secondary", wrap=True))

    def _restore_card(self) -> None:
        card = self.add_card("从备份恢复")
        about = "资料坏了、换了电脑，或要回到以前的样子时用。现在的资料会留着，不会被覆盖。"
        card.body.addWidget(label(about, wrap=True))
        button = SecondaryButton("从备份恢复", "undo", name="settings_restore")
        button.clicked.connect(self._window.restore)
        card.body.addLayout(row(button, 0))

    def _choose(self) -> None:
        choose_folder(self, "自动备份放在哪个文件夹", self._take)

    def _take(self, chosen: Path) -> None:
        try:
            refuse_inside(self.bench.store.data_folder, chosen)
        except InputError as error:
            self.work.say_failed(error)
            return
        self.host.change_settings(second_folder=str(chosen), auto_backup=True)
        self.reload()
        self.work.say("good", f"有了改动会自动备份到：{chosen}")

    def _forget_second(self) -> None:
        self.host.change_settings(second_folder="", auto_backup=False)
        self.reload()


def _nearest(days: int) -> int:
    return NEVER if days == NEVER else min((n for n in KIT_DAYS if n), key=lambda known: abs(known - days))
