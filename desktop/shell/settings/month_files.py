"""每月导出: the folder last month's report goes to by itself, and the button that writes it now."""

from __future__ import annotations

from pathlib import Path

from desktop.register.ui.page_work import PageWork
from desktop.shell.month_export import Exported, export_job, last_month
from desktop.shell.settings.section import Section
from desktop.shell.settings.window import SettingsHost
from desktop.shell.workbench import Workbench
from desktop.widgets.buttons import LinkButton, SecondaryButton
from desktop.widgets.dialogs import choose_folder
from desktop.widgets.roles import label, row

_ABOUT = "选了文件夹，每个月第一次打开程序时，会把上个月的报表（PDF 和 Excel 表格）存到那里。没有选就不存。"


class MonthFilesSection(Section):
    """The choice belongs to this computer."""

    def __init__(self, bench: Workbench, host: SettingsHost, work: PageWork) -> None:
        super().__init__(bench, host, work)
        card = self.add_card("每月导出报表")
        self._place = label("", name="month_folder", wrap=True)
        choose = SecondaryButton("选文件夹", name="choose_month_folder")
        choose.clicked.connect(lambda: choose_folder(self, "每月的报表存到哪个文件夹", self._take))
        self._forget = LinkButton("不用了", name="forget_month_folder")
        self._forget.clicked.connect(self._stop)
        self._now = SecondaryButton("现在就存上个月的", "download", name="export_month_now")
        self._now.clicked.connect(self._export)
        card.body.addWidget(label(_ABOUT, wrap=True))
        card.body.addLayout(row(label("存到：", "secondary"), self._place, 0))
        card.body.addLayout(row(choose, self._forget, 0))
        card.body.addLayout(row(self._now, 0))

    def reload(self) -> None:
        """Show what is chosen."""
        folder = self.host.settings().month_folder
        self._place.setText(folder or "没有选")
        self._forget.setVisible(bool(folder))
        self._now.setEnabled(bool(folder))

    def _take(self, chosen: Path) -> None:
        """Remember the folder; the months before this choice are not written unless asked for."""
        self.host.change_settings(month_folder=str(chosen), month_exported=last_month(self.bench).text)
        self.reload()
        self.work.say("good", f"从下个月起，每个月第一次打开程序时，上个月的报表会存到：{chosen}")

    def _stop(self) -> None:
        self.host.change_settings(month_folder="", month_exported="")
        self.reload()
        self.work.hush()

    def _export(self) -> None:
        folder = Path(self.host.settings().month_folder)
        self.work.run("正在存报表", export_job(self.bench, folder), self._exported, can_stop=True)

    def _exported(self, done: Exported) -> None:
        self.host.change_settings(month_exported=done.period)
        self.work.say("good", done.sentence)
