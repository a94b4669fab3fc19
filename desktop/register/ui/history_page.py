"""What was done, by whom and when, and the way to take it back."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QMenu

from desktop.foundation.jobs import JobContext
from desktop.register.rights import Officer
from desktop.register.ui.history_rows import ONLY_TOLD, Deed, batch_deeds, disclosure_deeds, reach_words, step_deeds
from desktop.register.ui.host import PageHost
from desktop.register.ui.hosted_page import HostedPage
from desktop.register.ui.page_work import PageWork
from desktop.register.ui.saying import moment_text
from desktop.store.history import Journal
from desktop.widgets.buttons import SecondaryButton, ToggleButton
from desktop.widgets.chips import CellStyle
from desktop.widgets.focus import pass_focus
from desktop.widgets.roles import label, row
from desktop.widgets.segmented import Segmented
from desktop.widgets.table import DataTable, PagedModel, TableColumn

_STEPS, _IMPORTS, _DISCLOSURES = "steps", "imports", "disclosures"
_STATE = 3
"""The column of what became of a step; what was only told never becomes anything."""
_DEEDS = {_STEPS: step_deeds, _IMPORTS: batch_deeds, _DISCLOSURES: disclosure_deeds}


class HistoryPage(HostedPage):
    """Steps and imports, newest first; what was undone is grey."""

    def __init__(self, journal: Journal, officer: Officer, host: PageHost) -> None:
        super().__init__("history", host)
        self._journal, self._officer = journal, officer
        self._work = PageWork(self, host.runner)
        self._deeds: dict[UUID, Deed] = {}
        self._views = Segmented(
            [(_STEPS, "每一步"), (_IMPORTS, "导入的表"), (_DISCLOSURES, "导出和看号码")], accessible_name="看什么"
        )
        self._views.changed.connect(self.reload)
        self._mine = ToggleButton("只看我做的", name="history_mine")
        self._mine.toggled.connect(self.reload)
        self._undo = SecondaryButton("撤销所选", "undo", name="history_undo")
        self._undo.clicked.connect(self._undo_current)
        self._reason = label("", "small", wrap=True, name="history_reason")
        self._model: PagedModel[Deed] = PagedModel(_columns())
        self._table: DataTable[Deed] = DataTable(self._model, "操作记录")
        self._table.setObjectName("history_table")
        self._table.set_empty_state(label("还没有操作记录。", "secondary"))
        self._table.current_row_changed.connect(self._show_choice)
        self._table.set_menu(self._fill_menu)
        head = row(self._back, label("操作记录", "title"), 12, self._views, self._mine, 0, self._undo, spacing=10)
        self._vertical.addLayout(head)
        self._vertical.addWidget(self._work.banner)
        self._vertical.addWidget(self._table, 1)
        self._vertical.addWidget(self._reason)
        pass_focus(self, self._table)
        self.reload()

    def reload(self) -> None:
        """Read the list anew; the cursor stays on its line."""
        deeds = _DEEDS[self._views.current()](self._journal, self._officer, mine=self._mine.isChecked())
        self._deeds = {deed.id: deed for deed in deeds}
        self._model.set_source(
            [deed.id for deed in deeds], lambda ids: [self._deeds[one] for one in ids if isinstance(one, UUID)]
        )
        self._undo.set_text("撤销这次导入" if self._views.current() == _IMPORTS else "撤销所选")
        told = self._views.current() == _DISCLOSURES
        self._undo.setVisible(not told)
        self._table.setColumnHidden(_STATE, told)
        self._show_choice(self._table.current_row())

    def _show_choice(self, deed: Deed | None) -> None:
        """Offer to undo what is chosen, or say why that cannot be."""
        self._undo.setEnabled(deed is not None and not deed.standing)
        if deed is None:
            told = self._views.current() == _DISCLOSURES
            self._reason.setText(ONLY_TOLD if told else "先在表里点一行。撤销也会记在这里，撤销错了可以再撤销回来。")
        elif deed.is_batch and not deed.standing:
            self._reason.setText(reach_words(self._journal, deed))
        elif self._views.current() == _DISCLOSURES:
            self._reason.setText(f"{deed.label}。{deed.standing}")  # a narrow table cuts the purpose off
        else:
            self._reason.setText(deed.standing or f"可以撤销：{deed.label}")

    def _fill_menu(self, deed: Deed, menu: QMenu) -> None:
        if self._views.current() == _DISCLOSURES:
            return
        action = menu.addAction(f"撤销：{deed.label}")
        action.setEnabled(not deed.standing)
        action.triggered.connect(lambda: self._take_back(deed))

    def _undo_current(self) -> None:
        if (deed := self._table.current_row()) is not None:
            self._take_back(deed)

    def _take_back(self, deed: Deed) -> None:
        self._work.hush()
        self._work.run("正在撤销", partial(_undo, self._journal, deed, self._officer), self._taken_back)

    def _taken_back(self, undone: str) -> None:
        self.reload()
        self._host.note_saved()
        self._work.say("good", f"已{undone}")


def _undo(journal: Journal, deed: Deed, officer: Officer, _context: JobContext) -> str:
    return journal.undo_batch(deed.id, officer) if deed.is_batch else journal.undo(deed.id, officer)


def _columns() -> list[TableColumn[Deed]]:
    return [
        TableColumn("at", "时间", lambda deed: moment_text(deed.at), width=190, style=_grey, sortable=False),
        TableColumn("who", "谁", lambda deed: deed.who, width=180, style=_grey, sortable=False),
        TableColumn("what", "做了什么", lambda deed: deed.label, width=0, style=_what, sortable=False),
        TableColumn("state", "", _rows, width=120, style=_state, sortable=False),
    ]


def _rows(deed: Deed) -> str:
    return f"{deed.rows:,}行" if deed.rows else ""


def _state(deed: Deed) -> CellStyle:
    return CellStyle(tone="secondary" if deed.undone else "", status="已撤销" if deed.undone else "")


def _grey(deed: Deed) -> CellStyle:
    return CellStyle(tone="secondary" if deed.undone else "")


def _what(deed: Deed) -> CellStyle:
    return CellStyle(tone="secondary" if deed.undone else "", bold=not deed.undone)
