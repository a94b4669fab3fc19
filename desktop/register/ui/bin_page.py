"""回收站: what was deleted, and 放回去."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QComboBox, QMenu

from desktop.foundation.jobs import JobContext
from desktop.register.service.bin import BinKey, BinRow, BinService
from desktop.register.ui.host import PageHost
from desktop.register.ui.hosted_page import HostedPage
from desktop.register.ui.page_work import PageWork
from desktop.register.ui.saying import moment_text
from desktop.widgets.buttons import SecondaryButton
from desktop.widgets.chips import CellStyle
from desktop.widgets.empty import EmptyState
from desktop.widgets.focus import pass_focus
from desktop.widgets.roles import label, row
from desktop.widgets.table import DataTable, PagedModel, TableColumn


class BinPage(HostedPage):
    """Everything in the bin, latest first."""

    def __init__(self, binned: BinService, host: PageHost) -> None:
        super().__init__("bin", host)
        self._binned = binned
        self._work = PageWork(self, host.runner)
        self._words = QComboBox()
        self._words.setAccessibleName("看哪种记录")
        self._words.setObjectName("bin_words")
        self._words.addItem("全部", "")
        for word in binned.words:
            self._words.addItem(word, word)
        self._words.activated.connect(self.reload)
        self._put_back = SecondaryButton("放回去", "undo", name="bin_put_back")
        self._put_back.clicked.connect(self._put_back_current)
        self._count = label("", "secondary", name="bin_count")
        self._model: PagedModel[BinRow] = PagedModel(_columns(), row_id=lambda line: line.key)
        self._table: DataTable[BinRow] = DataTable(self._model, "回收站")
        self._table.setObjectName("bin_table")
        self._table.set_empty_state(
            EmptyState("trash", "回收站是空的", "删除的档案和记录会放在这里，随时可以放回去，不会自己清掉。")
        )
        self._table.current_row_changed.connect(self._show_choice)
        self._table.set_menu(self._fill_menu)
        self._model.fetch_failed.connect(self._work.say_failed)
        self._vertical.addLayout(
            row(self._back, label("回收站", "title"), 12, self._words, 0, self._put_back, spacing=10)
        )
        self._vertical.addWidget(self._work.banner)
        self._vertical.addWidget(self._table, 1)
        self._vertical.addWidget(self._count)
        pass_focus(self, self._table)
        self.reload()

    def reload(self) -> None:
        """Read the list anew; the cursor stays on its line."""
        keys = self._binned.listed(self._words.currentData())
        self._model.set_source(
            keys, lambda wanted: self._binned.rows([key for key in wanted if isinstance(key, BinKey)])
        )
        self._count.setText(f"共 {len(keys):,}条。放回去以后，它又回到原来的列表里。" if keys else "")
        self._show_choice(self._table.current_row())

    def _show_choice(self, line: BinRow | None) -> None:
        self._put_back.setEnabled(line is not None and line.may_put_back)

    def _fill_menu(self, line: BinRow, menu: QMenu) -> None:
        action = menu.addAction(f"放回去：{line.title}")
        action.setEnabled(line.may_put_back)
        action.triggered.connect(lambda: self._bring_back(line))

    def _put_back_current(self) -> None:
        if (line := self._table.current_row()) is not None:
            self._bring_back(line)

    def _bring_back(self, line: BinRow) -> None:
        self._work.hush()
        self._work.run("正在放回去", partial(_put_back, self._binned, line.key), self._brought_back)

    def _brought_back(self, done: str) -> None:
        self.reload()
        self._host.note_saved()
        self._work.say("good", f"已{done}")


def _put_back(binned: BinService, key: BinKey, _context: JobContext) -> str:
    return binned.put_back(key)


def _columns() -> list[TableColumn[BinRow]]:
    return [
        TableColumn(
            "title", "内容", lambda line: line.title, width=0, style=lambda _: CellStyle(bold=True), sortable=False
        ),
        TableColumn("word", "是什么", lambda line: line.key.word, width=120, sortable=False),
        TableColumn("at", "什么时候删的", lambda line: moment_text(line.at), width=190, sortable=False),
        TableColumn("who", "谁删的", lambda line: line.staff_name, width=120, sortable=False),
    ]
