"""检查表: every checklist with what it asks and for which inspections; printed empty, changed from a day on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from desktop.foundation.clock import Clock
from desktop.inspections.checklist import Checklist
from desktop.inspections.service.checklists import ChecklistService
from desktop.inspections.ui.checklist_form import ChecklistForm
from desktop.register.rights import Officer, Right
from desktop.register.ui.host import PageHost
from desktop.register.ui.hosted_page import HostedPage
from desktop.store.drafts import Drafts
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.chips import CellStyle, Chip
from desktop.widgets.focus import pass_focus
from desktop.widgets.roles import label, row
from desktop.widgets.table import DataTable, PagedModel, TableColumn

_ABOUT = "登记检查时按类别带出来，逐项选合格、不合格、不涉及。各地查的不一样，照本地的改；改了从您写的那天起用。"


class ChecklistsPage(HostedPage):
    """A list anybody may read and print; who manages changes it. ``print_wanted`` carries a Checklist."""

    print_wanted = Signal(object)

    def __init__(
        self, service: ChecklistService, drafts: Drafts, host: PageHost, clock: Clock, officer: Officer
    ) -> None:
        super().__init__("checklists", host)
        self._service, self._drafts, self._clock = service, drafts, clock
        self._may_edit, self._may_print = officer.may(Right.MANAGE), officer.may(Right.EXPORT)
        self._rows: dict[str, Checklist] = {}
        new = PrimaryButton("新增一张", "plus", name="checklists_new")
        new.clicked.connect(self.start_new)
        self._change = SecondaryButton("修改", name="checklists_change")
        self._change.clicked.connect(lambda: self._with_current(self.write))
        self._print = SecondaryButton("打印空表", "print", name="checklists_print")
        self._print.clicked.connect(lambda: self._with_current(self.print_wanted.emit))
        for button, is_there in ((new, self._may_edit), (self._change, self._may_edit), (self._print, self._may_print)):
            button.setVisible(is_there)
        self.model: PagedModel[Checklist] = PagedModel(_columns(), row_id=lambda one: one.key)
        self.table: DataTable[Checklist] = DataTable(self.model, "检查表")
        self.table.setObjectName("checklists_table")
        self.table.set_empty_state(label("还没有检查表。", "secondary"))
        self.table.activated_row.connect(self.write)
        self.table.set_menu(self._fill_menu)
        self._vertical.addLayout(
            row(self._back, label("检查表", "title"), 0, self._print, self._change, new, spacing=10)
        )
        self._vertical.addWidget(label(_ABOUT if self._may_edit else f"{_ABOUT}要改请找主任。", "secondary", wrap=True))
        self._vertical.addWidget(self.table, 1)
        pass_focus(self, self.table)
        self.reload()

    def reload(self) -> None:
        """Read the list anew."""
        rows = self._service.all()
        self._rows = {one.key: one for one in rows}
        self.model.set_source(
            [one.key for one in rows], lambda keys: [self._rows[str(key)] for key in keys if str(key) in self._rows]
        )
        if rows and self.table.current_row() is None:
            self.table.select_id(rows[0].key)
        for button in (self._change, self._print):
            button.setEnabled(bool(rows))

    def start_new(self) -> None:
        """Begin a new checklist."""
        if self._may_edit:
            self._open(None)

    def write(self, checklist: Checklist) -> None:
        """Open the form of *checklist*."""
        if self._may_edit:
            self._open(checklist)

    def _open(self, checklist: Checklist | None) -> None:
        form = ChecklistForm(self._service, self._drafts, self._host, self._clock, checklist=checklist)
        form.saved.connect(lambda _title: self.reload())
        self._host.open_page(form)
        form.field("items" if checklist else "title").focus_editor()

    def _with_current(self, call: object) -> None:
        if callable(call) and (current := self.table.current_row()) is not None:
            call(current)

    def _fill_menu(self, checklist: Checklist, menu: QMenu) -> None:
        if self._may_print:
            menu.addAction("打印空表").triggered.connect(lambda: self.print_wanted.emit(checklist))
        if self._may_edit:
            menu.addAction("修改").triggered.connect(lambda: self.write(checklist))


def _columns() -> list[TableColumn[Checklist]]:
    return [
        TableColumn("title", "检查表", lambda one: one.title, width=180, style=_bold, sortable=False),
        TableColumn("categories", "哪一类检查用", lambda one: "、".join(one.categories), width=210, sortable=False),
        TableColumn("count", "项数", lambda one: f"{len(one.items)}项", width=72, sortable=False),
        TableColumn("edition", "版本", lambda one: one.edition, width=150, style=_doubt, sortable=False),
        TableColumn("items", "查哪些", _items, width=0, style=_grey, sortable=False),
    ]


def _items(one: Checklist) -> str:
    return "；".join(item.name for item in one.items)


def _bold(_one: Checklist) -> CellStyle:
    return CellStyle(bold=True)


def _grey(_one: Checklist) -> CellStyle:
    return CellStyle(tone="secondary")


def _doubt(one: Checklist) -> CellStyle:
    return CellStyle(chips=(Chip("待核", "amber"),)) if one.unverified else CellStyle()
