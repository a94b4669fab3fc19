"""来文任务: what superiors want handed in and by when; written, ticked off, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from desktop.foundation.clock import Clock
from desktop.foundation.days import plain_day
from desktop.foundation.errors import ChangedMeanwhile, InputError, Problem
from desktop.foundation.text import tidied_texts
from desktop.register.records import SuperiorTask
from desktop.register.rights import Officer, Right
from desktop.register.rules import differences
from desktop.store.unit import Store

_LIMITS = {"title": (200, "事项"), "sender": (100, "谁布置的"), "remark": (2000, "备注")}
_NAMES = ("title", "sender", "due_on", "done_on", "remark")
_EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class TaskDraft:
    """What a form says of one task."""

    title: str
    due_on: date | None
    sender: str = ""
    done_on: date | None = None
    remark: str = ""


@dataclass(frozen=True)
class TaskRow:
    """One stored task."""

    id: UUID
    version: int
    draft: TaskDraft

    @property
    def due_on(self) -> date:
        """Return the day it is due."""
        assert self.draft.due_on is not None  # noqa: S101  stored tasks have one
        return self.draft.due_on


def check_task(draft: TaskDraft, *, today: date) -> list[Problem]:
    """Return every problem at once."""
    problems = []
    if not draft.title:
        problems.append(Problem("title", "required", "请写要报的是什么。"))
    if draft.due_on is None:
        problems.append(Problem("due_on", "required", "请填什么时候要报。"))
    elif draft.due_on < _EARLIEST:
        problems.append(Problem("due_on", "date_invalid", "年份太早了，请核对。"))
    if draft.done_on is not None and draft.done_on > today:
        problems.append(Problem("done_on", "date_future", "这一天还没到，报了再填。"))
    problems += [
        Problem(name, "too_long", f"{word}最多{limit}个字。")
        for name, (limit, word) in _LIMITS.items()
        if len(getattr(draft, name)) > limit
    ]
    return problems


class TaskService:
    """Use cases around tasks; everybody sees them, who may write anything writes them."""

    def __init__(self, store: Store, officer: Officer, clock: Clock) -> None:
        self._store = store
        self._officer = officer
        self._clock = clock

    def record(self, draft: TaskDraft) -> TaskRow:
        """Store a task; raise InputError with every problem."""
        draft = self._sound(draft)
        with self._store.writing(f"登记任务：{draft.title}", self._officer) as unit:
            task = unit.add(SuperiorTask(**vars(draft)))
        return _row(task)

    def change(self, task_id: UUID, draft: TaskDraft, *, version: int) -> TaskRow:
        """Store changed values; raise InputError with every problem, ChangedMeanwhile if a colleague was first."""
        draft = self._sound(draft)
        return self._rewrite(f"修改任务：{draft.title}", task_id, draft, version)

    def tick(self, task: TaskRow, *, done: bool = True) -> TaskRow:
        """Mark a task as handed in today, or as open again; raise ChangedMeanwhile if a colleague was first."""
        self._officer.require(Right.EDIT_DUTIES)
        draft = replace(task.draft, done_on=self._clock.today() if done else None)
        label = f"{'完成任务' if done else '任务改回未完成'}：{task.draft.title}"
        return self._rewrite(label, task.id, draft, task.version)

    def remove(self, task_id: UUID) -> str:
        """Move a task to the bin and return the step's label."""
        self._officer.require(Right.EDIT_DUTIES)
        with self._store.writing("删除任务", self._officer) as unit:
            task = unit.get(SuperiorTask, task_id)
            unit.label = f"删除任务：{task.title} {plain_day(task.due_on)}"
            unit.move_to_bin(task)
            return unit.label

    def all(self, *, open_only: bool = False) -> list[TaskRow]:
        """Return the tasks: open ones by their day, then the done ones, newest first."""
        living = select(SuperiorTask).where(col(SuperiorTask.deleted_at).is_(None))
        waiting = living.where(col(SuperiorTask.done_on).is_(None)).order_by(
            col(SuperiorTask.due_on), col(SuperiorTask.id)
        )
        done = living.where(col(SuperiorTask.done_on).is_not(None)).order_by(
            col(SuperiorTask.done_on).desc(), col(SuperiorTask.id).desc()
        )
        with self._store.reading() as session:
            rows = [_row(task) for task in session.exec(waiting)]
            return rows if open_only else rows + [_row(task) for task in session.exec(done)]

    def senders(self) -> Sequence[str]:
        """Return who set tasks before."""
        query = select(SuperiorTask.sender).where(col(SuperiorTask.deleted_at).is_(None)).distinct()
        with self._store.reading() as session:
            return sorted(sender for sender in session.exec(query) if sender)

    def _rewrite(self, label: str, task_id: UUID, draft: TaskDraft, version: int) -> TaskRow:
        with self._store.writing(label, self._officer) as unit:
            try:
                task = unit.get(SuperiorTask, task_id, version=version)
            except ChangedMeanwhile as error:
                theirs = _row(unit.get(SuperiorTask, task_id)).draft
                raise ChangedMeanwhile(str(error), differences(theirs, draft)) from None
            for name in _NAMES:
                setattr(task, name, getattr(draft, name))
        return _row(task)

    def _sound(self, draft: TaskDraft) -> TaskDraft:
        self._officer.require(Right.EDIT_DUTIES)
        draft = tidied_texts(draft)
        if problems := check_task(draft, today=self._clock.today()):
            raise InputError(problems=problems)
        return draft


def _row(task: SuperiorTask) -> TaskRow:
    return TaskRow(task.id, task.version, TaskDraft(**{name: getattr(task, name) for name in _NAMES}))
