"""自动锁定: after how many idle minutes the window asks for the password again."""

from __future__ import annotations

from desktop.register.rights import Right
from desktop.register.ui.host import PageHost
from desktop.register.ui.page_work import PageWork
from desktop.shell.settings.section import Section
from desktop.shell.workbench import Workbench
from desktop.widgets.roles import label, row
from desktop.widgets.segmented import Segmented

MINUTES = (5, 10, 15, 30, 60)
_ABOUT = "没人动键盘鼠标就锁上，正在填的内容都在，输入密码接着做。居民资料属于个人敏感信息，不能关掉自动锁定。"


class LockSection(Section):
    """The director chooses; others see it."""

    def __init__(self, bench: Workbench, host: PageHost, work: PageWork) -> None:
        super().__init__(bench, host, work)
        card = self.add_card("自动锁定")
        card.body.addWidget(label("多久没人动就锁上", "field"))
        self._choice = Segmented([(str(n), f"{n}分钟") for n in MINUTES], accessible_name="多久没人动就锁上")
        self._choice.setObjectName("lock_minutes")
        self._choice.changed.connect(self._chosen)
        self._choice.setEnabled(bench.officer.may(Right.MANAGE))
        card.body.addLayout(row(self._choice, 0))
        card.body.addWidget(label(_ABOUT, "secondary", wrap=True))

    def reload(self) -> None:
        """Show what is chosen."""
        minutes = self.host.settings().auto_lock_minutes
        self._choice.set_current(str(min(MINUTES, key=lambda known: abs(known - minutes))))

    def _chosen(self, minutes: str) -> None:
        self.host.change_settings(auto_lock_minutes=int(minutes))
        self.work.say("good", f"{minutes}分钟没人动就锁上。")
