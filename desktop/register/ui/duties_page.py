"""该做的事: every duty with how often, where it is recorded and who says so; changed from a day on."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from desktop.foundation.clock import Clock
from desktop.foundation.days import plain_day
from desktop.register.duty import Duty
from desktop.register.service.duty_changes import SLICES, DutyService
from desktop.register.ui.duty_form import DutyForm
from desktop.register.ui.host import PageHost
from desktop.register.ui.hosted_page import HostedPage
from desktop.store.drafts import Drafts
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.chips import CellStyle, Chip
from desktop.widgets.focus import pass_focus
from desktop.widgets.roles import label, row
from desktop.widgets.table import DataTable, PagedModel, TableColumn

_ABOUT = "程序按这张表和记录对，少了就是缺项。各地要求不同，照本地的改；改了从您写的那天起算，以前的不变。"


class DutiesPage(HostedPage):
    """A list anybody may read; who manages changes it. *kept* are the slices this program keeps such records of."""

    def __init__(
        self, duties: DutyService, drafts: Drafts, host: PageHost, clock: Clock, *, may_edit: bool, kept: frozenset[str]
    ) -> None:
        super().__init__("duties", host)
        self._duties, self._drafts, self._clock = duties, drafts, clock
        self._may_edit = may_edit
        self._rows: dict[str, Duty] = {}
        new = PrimaryButton("新增一件", "plus", name="duties_new")
        new.clicked.connect(self.start_new)
        self._change = SecondaryButton("修改", name="duties_change")
        self._change.clicked.connect(self._change_current)
        for button in (new, self._change):
            button.setVisible(may_edit)
        self._since = label("", "secondary", name="duties_since")
        self.model: PagedModel[Duty] = PagedModel(_columns(kept), row_id=lambda duty: duty.key)
        self.table: DataTable[Duty] = DataTable(self.model, "该做的事")
        self.table.setObjectName("duties_table")
        self.table.set_empty_state(label("还没有该做的事。", "secondary"))
        self.table.current_row_changed.connect(lambda duty: self._change.setEnabled(duty is not None))
        self.table.activated_row.connect(self.write)
        self.table.set_menu(self._fill_menu)
        head = row(self._back, label("该做的事", "title"), 8, self._since, 0, self._change, new, spacing=10)
        self._vertical.addLayout(head)
        self._vertical.addWidget(label(_ABOUT if may_edit else f"{_ABOUT}要改请找主任。", "secondary", wrap=True))
        self._vertical.addWidget(self.table, 1)
        pass_focus(self, self.table)
        self.reload()

    def reload(self) -> None:
        """Read the list anew."""
        rows = self._duties.all()
        self._rows = {duty.key: duty for duty in rows}
        self.model.set_source(
            [duty.key for duty in rows], lambda keys: [self._rows[str(key)] for key in keys if str(key) in self._rows]
        )
        if rows and self.table.current_row() is None:
            self.table.select_id(rows[0].key)
        since = self._duties.since()
        self._since.setText(f"{plain_day(since)}起" if since else "")

    def start_new(self) -> None:
        """Begin a new duty."""
        if self._may_edit:
            self._open(None)

    def write(self, duty: Duty) -> None:
        """Open the form of *duty*."""
        if self._may_edit:
            self._open(duty)

    def _open(self, duty: Duty | None) -> None:
        form = DutyForm(self._duties, self._drafts, self._host, self._clock, duty=duty)
        form.saved.connect(lambda _title: self.reload())
        self._host.open_page(form)
        form.field("times" if duty else "title").focus_editor()

    def _change_current(self) -> None:
        if (duty := self.table.current_row()) is not None:
            self.write(duty)

    def _fill_menu(self, duty: Duty, menu: QMenu) -> None:
        if self._may_edit:
            menu.addAction("修改").triggered.connect(lambda: self.write(duty))


def _columns(kept: frozenset[str]) -> list[TableColumn[Duty]]:
    def where(duty: Duty) -> str:
        if duty.slice not in kept:
            return f"{SLICES.get(duty.slice, duty.slice)}（没有这类记录，不算缺项）"
        named = f"，名称有“{'”“'.join(duty.name_has)}”" if duty.name_has else ""
        return f"{SLICES.get(duty.slice, duty.slice)}：{duty.category}{named}"

    return [
        TableColumn("title", "要做的事", lambda duty: duty.title, width=200, style=_bold, sortable=False),
        TableColumn("words", "多久几次", _often, width=190, style=_doubt, sortable=False),
        TableColumn("where", "按什么数", where, width=340, style=_grey, sortable=False),
        TableColumn("source", "依据", lambda duty: duty.source, width=0, style=_grey, sortable=False),
    ]


def _often(duty: Duty) -> str:
    return duty.words.removesuffix("（待核）")


def _doubt(duty: Duty) -> CellStyle:
    chips = (Chip("待核", "amber"),) if duty.unverified and duty.times else ()
    return CellStyle(chips=chips, tone="" if duty.times else "secondary")


def _bold(duty: Duty) -> CellStyle:
    return CellStyle(bold=bool(duty.times), tone="" if duty.times else "secondary")


def _grey(duty: Duty) -> CellStyle:
    return CellStyle(tone="" if duty.times else "secondary")
