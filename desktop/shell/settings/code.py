"""恢复码: a new one, printed and read back before the old one becomes void."""

from __future__ import annotations

from functools import partial

from desktop.foundation.jobs import JobContext
from desktop.printing.document import RecoverySheet
from desktop.register.service.colleagues import ColleagueService
from desktop.register.ui.host import PageHost
from desktop.register.ui.page_work import PageWork
from desktop.shell.code_keeping import CodeKeeping
from desktop.shell.settings.section import Section
from desktop.shell.workbench import Workbench
from desktop.store.recovery import new_recovery_code
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.roles import label, row

_ABOUT = (
    "所有人的密码都忘了时，恢复码能打开资料。它只印在纸上，封在信封里，由主任保管。"
    "信封拆过、丢了，或见过它的人离开了，就换一个新的。"
)
_VOID = "换好以后旧恢复码马上作废；以前的备份仍用旧恢复码打开，请把旧信封和旧备份放在一起。"


class CodeSection(Section):
    """Nothing is changed before the new code is on paper and two of its groups were typed back."""

    def __init__(self, bench: Workbench, host: PageHost, work: PageWork) -> None:
        super().__init__(bench, host, work)
        card = self.add_card("恢复码")
        card.body.addWidget(label(_ABOUT, wrap=True))
        self._begin_button = SecondaryButton("换一个新恢复码", "key", name="new_code")
        self._begin_button.clicked.connect(self._begin)
        card.body.addLayout(row(self._begin_button, 0))
        self._keeping = CodeKeeping(host.runner, bench.store.data_folder)
        self._finish = PrimaryButton("启用新恢复码，旧的作废", "check", name="issue_code")
        self._finish.clicked.connect(self._issue)
        self._void = label(_VOID, "secondary", wrap=True)
        for part in (self._keeping, self._void):
            card.body.addWidget(part)
        card.body.addLayout(row(self._finish, 0))
        self._sheet: RecoverySheet | None = None
        self.reload()

    def reload(self) -> None:
        """Show no code unless one is being issued."""
        self._show_keeping(shown=self._sheet is not None)

    def _show_keeping(self, *, shown: bool) -> None:
        for part in (self._keeping, self._void, self._finish):
            part.setVisible(shown)
        self._begin_button.setVisible(not shown)

    def _begin(self) -> None:
        bench = self.bench
        self.work.hush()
        self._sheet = RecoverySheet(
            bench.people.profile().name, new_recovery_code(), bench.clock.today(), bench.colleagues.next_code_number()
        )
        self._keeping.set_sheet(self._sheet)
        self._show_keeping(shown=True)

    def _issue(self) -> None:
        if self._sheet is None or not self._keeping.demand():
            return
        job = partial(_issue, self.bench.colleagues, self._sheet.groups)
        self.work.run("正在启用新恢复码", job, self._issued)

    def _issued(self, _none: object) -> None:
        number = self._sheet.number if self._sheet else ""
        self._sheet = None
        self.reload()
        self.host.note_saved()
        self.work.say("good", f"新恢复码已启用，编号 {number}。旧的已经作废。", "请把新的封进信封，写上日期。")


def _issue(colleagues: ColleagueService, groups: tuple[str, ...], _context: JobContext) -> None:
    colleagues.issue_code(groups)
