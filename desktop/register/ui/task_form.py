"""The form of one task set by a superior."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from desktop.foundation.clock import Clock
from desktop.register.service.tasks import TaskDraft, TaskRow, TaskService, check_task
from desktop.register.ui.host import PageHost
from desktop.register.ui.record_form import RecordForm, Saving
from desktop.store.drafts import Drafts
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.text import MultilineField, TextField


class TaskForm(RecordForm):
    """Writes one task through the service; ``saved`` carries the TaskRow."""

    def __init__(
        self, tasks: TaskService, drafts: Drafts, host: PageHost, clock: Clock, *, row: TaskRow | None = None
    ) -> None:
        super().__init__(f"修改任务：{row.draft.title}" if row else "登记任务", host, what="任务")
        self.setObjectName("task_form")
        self._tasks, self._clock, self._row = tasks, clock, row
        today = clock.today
        self.add_section(
            "要报的事",
            [
                (TextField("title", "事项", required=True, placeholder="如 夏季灭蚊灭蟑工作小结", limit=200), 2),
                ChoiceField("sender", "谁布置的", list(tasks.senders()), editable=True, placeholder="如 街道爱卫办"),
                DayField("due_on", "什么时候要", required=True, today=today),
                DayField("done_on", "哪天报的", today=today, hint="还没报就空着"),
                (MultilineField("remark", "备注", hint="文号、交给谁、要附什么"), 3),
            ],
            remark="＊ 为必填 · 回车到下一格 · Esc 收起并保留草稿",
        )
        if row is not None:
            self.set_values(_values_of(row.draft))
        self.set_checker(lambda _values: check_task(self.draft(), today=clock.today()))
        self.begin(drafts, f"task:{row.id.hex if row else 'new'}")

    def draft(self) -> TaskDraft:
        """Return what is typed."""
        values = self.values()
        due, done = values["due_on"], values["done_on"]
        return TaskDraft(
            title=str(values["title"] or ""),
            due_on=due if isinstance(due, date) else None,
            sender=str(values["sender"] or ""),
            done_on=done if isinstance(done, date) else None,
            remark=str(values["remark"] or ""),
        )

    def saving(self) -> Saving:
        """Return what stores the task."""
        if self._row is None:
            return partial(self._tasks.record, self.draft())
        return partial(self._tasks.change, self._row.id, self.draft(), version=self._row.version)

    def done_text(self, result: TaskRow) -> str:
        """Return what was done."""
        return f"{'已修改' if self._row else '已登记'}任务：{result.draft.title}"

    def reread(self) -> Mapping[str, object] | None:
        """Return the values stored now."""
        found = next((one for one in self._tasks.all() if self._row is not None and one.id == self._row.id), None)
        if found is None:
            return None
        self._row = found
        return _values_of(found.draft)


def _values_of(draft: TaskDraft) -> dict[str, object]:
    return {name: value if value != "" else None for name, value in vars(draft).items()}
