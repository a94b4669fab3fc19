"""来文任务: what superiors want and by when; ticked off, written, changed, and the done ones below."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QMenu, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import days_left, long_day, short_day
from desktop.register.service.tasks import TaskRow, TaskService
from desktop.register.ui.host import PageHost
from desktop.register.ui.hosted_page import HostedPage
from desktop.register.ui.task_form import TaskForm
from desktop.store.drafts import Drafts
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.chips import CellStyle, Chip
from desktop.widgets.dialogs import show_error
from desktop.widgets.empty import EmptyAction, EmptyState
from desktop.widgets.focus import pass_focus
from desktop.widgets.roles import label, row
from desktop.widgets.table import DataTable, PagedModel, TableColumn

_SOON_DAYS = 5


class TasksPage(HostedPage):
    """Open tasks by their day on top, the done ones grey below."""

    def __init__(self, tasks: TaskService, drafts: Drafts, host: PageHost, clock: Clock, *, may_edit: bool) -> None:
        super().__init__("tasks", host)
        self._tasks, self._drafts, self._clock = tasks, drafts, clock
        self._may_edit = may_edit
        self._rows: dict[UUID, TaskRow] = {}
        new = PrimaryButton("登记任务", "plus", name="tasks_new")
        new.clicked.connect(self.start_new)
        self._change = SecondaryButton("修改", name="tasks_change")
        self._change.clicked.connect(lambda: self._with_current(self.write))
        self._done = SecondaryButton("标为已报", "check", name="tasks_done")
        self._done.clicked.connect(lambda: self._with_current(self._tick))
        self._remove = SecondaryButton("删除", "trash", name="tasks_remove")
        self._remove.clicked.connect(lambda: self._with_current(self._delete))
        for button in (new, self._change, self._done, self._remove):
            button.setVisible(may_edit)
        self._count = label("", "secondary", name="tasks_count")
        self.model: PagedModel[TaskRow] = PagedModel(_columns(clock))
        self.table: DataTable[TaskRow] = DataTable(self.model, "来文任务")
        self.table.setObjectName("tasks_table")
        self.table.set_empty_state(self._emptiness())
        self.table.current_row_changed.connect(self._show_choice)
        self.table.activated_row.connect(self.write)
        self.table.set_menu(self._fill_menu)
        title = label("来文任务", "title")
        head = row(self._back, title, 8, self._count, 0, self._done, self._change, self._remove, new)
        self._vertical.addLayout(head)
        self._vertical.addWidget(self.table, 1)
        pass_focus(self, self.table)
        self.reload()

    def reload(self) -> None:
        """Read the list anew."""
        rows = self._tasks.all()
        self._rows = {one.id: one for one in rows}
        self.model.set_source(
            [one.id for one in rows],
            lambda ids: [self._rows[one] for one in ids if isinstance(one, UUID) and one in self._rows],
        )
        if rows and self.table.current_row() is None:
            self.table.select_id(rows[0].id)
        waiting = sum(one.draft.done_on is None for one in rows)
        self._count.setText(f"还有 {waiting}件没有报" if waiting else "都报了" if rows else "")
        self._show_choice(self.table.current_row())

    def start_new(self) -> None:
        """Begin a new task."""
        if self._may_edit:
            self.write(None)

    def write(self, task: TaskRow | None) -> None:
        """Open the form of *task*, of a new one for None."""
        if not self._may_edit:
            return
        form = TaskForm(self._tasks, self._drafts, self._host, self._clock, row=task)
        form.saved.connect(lambda _row: self.reload())
        self._host.open_page(form)
        form.field("title").focus_editor()

    def _show_choice(self, task: TaskRow | None) -> None:
        for button in (self._change, self._done, self._remove):
            button.setEnabled(task is not None)
        self._done.set_text("改回没报" if task is not None and task.draft.done_on else "标为已报")

    def _fill_menu(self, task: TaskRow, menu: QMenu) -> None:
        if not self._may_edit:
            return
        menu.addAction("改回没报" if task.draft.done_on else "标为已报").triggered.connect(lambda: self._tick(task))
        menu.addAction("修改").triggered.connect(lambda: self.write(task))
        menu.addAction("删除").triggered.connect(lambda: self._delete(task))

    def _with_current(self, doing: Callable[[TaskRow], None]) -> None:
        if (task := self.table.current_row()) is not None:
            doing(task)

    def _tick(self, task: TaskRow) -> None:
        done = task.draft.done_on is None
        text = f"{'已报' if done else '改回没报'}：{task.draft.title}"
        self._work(lambda: self._tasks.tick(task, done=done), text)

    def _delete(self, task: TaskRow) -> None:
        self._work(lambda: self._tasks.remove(task.id), f"已删除任务：{task.draft.title}")

    def _work(self, doing: Callable[[], object], text: str) -> None:
        def stored(_result: object) -> None:
            self._host.note_saved(text)
            self.reload()

        self._host.runner.start(
            lambda _context: doing(), done=stored, failed=lambda error: show_error(self, "保存任务", error)
        )

    def _emptiness(self) -> QWidget:
        actions = []
        if self._may_edit:
            actions.append(
                EmptyAction("new", "document", "登记第一件", "街道要什么、什么时候要", "登记任务", filled=True)
            )
        empty = EmptyState(
            "document", "还没有来文任务", "街道布置的小结、表格、名单记在这里，到期前“今日”会提醒。", actions
        )
        empty.action.connect(lambda _key: self.start_new())
        return empty


def _columns(clock: Clock) -> list[TableColumn[TaskRow]]:
    return [
        TableColumn("title", "要报的事", lambda one: one.draft.title, width=0, style=_bold, sortable=False),
        TableColumn("sender", "谁布置的", lambda one: one.draft.sender, width=170, style=_grey, sortable=False),
        TableColumn("due", "什么时候要", lambda one: long_day(one.due_on), width=190, style=_grey, sortable=False),
        TableColumn(
            "state", "还有多久", lambda _one: "", width=150, style=lambda one: _state(one, clock.today()),
            sortable=False,
        ),
        TableColumn("remark", "备注", lambda one: one.draft.remark, width=260, style=_grey, sortable=False),
    ]  # fmt: skip


def _state(one: TaskRow, today: date) -> CellStyle:
    if one.draft.done_on is not None:
        return CellStyle(chips=(Chip(f"{short_day(one.draft.done_on, today)}已报", "green"),))
    left = (one.due_on - today).days
    kind: Chip = Chip(
        days_left(one.due_on, today), "red" if left < 0 else "amber" if left <= _SOON_DAYS else "grey", bold=True
    )
    return CellStyle(chips=(kind,))


def _bold(one: TaskRow) -> CellStyle:
    return CellStyle(bold=one.draft.done_on is None, tone="secondary" if one.draft.done_on else "")


def _grey(one: TaskRow) -> CellStyle:
    return CellStyle(tone="secondary" if one.draft.done_on else "")
