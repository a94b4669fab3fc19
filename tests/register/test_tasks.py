"""Tasks set by superiors: refused with every fault, in order of their day, ticked, changed by two, undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.foundation.errors import ChangedMeanwhile, InputError, NotAllowed
from desktop.register.rights import Role
from desktop.register.service.tasks import TaskDraft


def test_every_fault_is_told_at_once_and_nothing_is_stored(bench):
    with pytest.raises(InputError) as refused:
        bench.tasks.record(TaskDraft(" ", None, sender="街" * 101, done_on=date(2026, 6, 18)))
    assert [problem.field for problem in refused.value.problems] == ["title", "due_on", "done_on", "sender"]
    assert bench.tasks.all() == []


def test_open_tasks_stand_by_their_day_and_done_ones_below(bench):
    late = bench.tasks.record(TaskDraft("夏季灭蚊灭蟑工作小结", date(2026, 6, 22), sender=" 街道爱卫办 "))
    early = bench.tasks.record(TaskDraft("安全生产月排查情况表", date(2026, 6, 15)))
    done = bench.tasks.tick(bench.tasks.record(TaskDraft("体检名单核对", date(2026, 6, 10))))
    assert done.draft.done_on == date(2026, 6, 17)
    assert [row.id for row in bench.tasks.all()] == [early.id, late.id, done.id]
    assert [row.id for row in bench.tasks.all(open_only=True)] == [early.id, late.id]
    assert bench.tasks.senders() == ["街道爱卫办"]
    assert bench.tasks.tick(done, done=False).draft.done_on is None


def test_what_a_colleague_changed_meanwhile_is_shown_not_overwritten(bench):
    row = bench.tasks.record(TaskDraft("小结", date(2026, 6, 22)))
    bench.tasks.change(row.id, replace(row.draft, due_on=date(2026, 6, 24)), version=row.version)
    with pytest.raises(ChangedMeanwhile) as refused:
        bench.tasks.change(row.id, replace(row.draft, title="总结"), version=row.version)
    assert set(refused.value.fields) == {"due_on", "title"}


def test_ticking_is_undone_by_name_and_a_deleted_task_comes_back(bench):
    row = bench.tasks.tick(bench.tasks.record(TaskDraft("小结", date(2026, 6, 22))))
    step = bench.journal.last_undoable(bench.officer.staff_id)
    assert step.label == "完成任务：小结"
    bench.journal.undo(step.id, bench.officer)
    assert bench.tasks.all(open_only=True)[0].id == row.id
    assert bench.tasks.remove(row.id) == "删除任务：小结 2026年6月22日"
    assert bench.tasks.all() == []
    (key,) = bench.bin.listed("来文任务")
    bench.bin.put_back(key)
    assert [one.id for one in bench.tasks.all()] == [row.id]


def test_who_may_only_read_sees_tasks_and_writes_none(bench, bench_as):
    row = bench.tasks.record(TaskDraft("小结", date(2026, 6, 22)))
    reader = bench_as(Role.READER)
    assert [one.id for one in reader.tasks.all()] == [row.id]
    for doing in (
        lambda: reader.tasks.record(TaskDraft("小结", date(2026, 6, 22))),
        lambda: reader.tasks.tick(row),
        lambda: reader.tasks.remove(row.id),
    ):
        with pytest.raises(NotAllowed):
            doing()
