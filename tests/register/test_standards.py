"""Standards as data: seeded once, in force by day, new editions by the director, due dates follow at once."""

from __future__ import annotations

import copy
from contextlib import closing
from datetime import date, timedelta

import pytest
from sqlmodel import select

from desktop.app import assemble
from desktop.foundation.errors import InputError, NotAllowed
from desktop.health.rules import VisitDraft
from desktop.register.rights import Role
from desktop.register.service.standards import seed_standards, shipped_standards
from desktop.store.engine import connect
from desktop.store.records import Step
from tests.register.making import resident


def edition(bench, name="2030", effective_from="2026-06-17", **changes):
    current = bench.standards.editions("health")[0]
    content = copy.deepcopy(dict(current.content))
    for key, value in changes.items():
        content["values"][key]["value"] = value
    return {**content, "standard": "health", "edition": name, "title": "试行标准", "effective_from": effective_from}


def test_a_new_file_holds_every_shipped_edition_once(bench):
    kinds = {one.standard for one in shipped_standards()}
    held = [one.edition for kind in kinds for one in bench.standards.editions(kind)]
    assert sorted(held) == sorted(one.edition for one in shipped_standards())
    with bench.store.writing("再放一次", bench.officer) as unit:
        seed_standards(unit)
    assert len(bench.standards.editions("health")) == 1


def test_a_file_of_an_older_program_is_given_what_a_newer_one_ships_once(open_as, clock):
    older = open_as(Role.DIRECTOR)
    with closing(connect(older.store.path, older.data_key)) as raw:
        raw.execute("DELETE FROM standard_set WHERE standard = 'checklists'")
        raw.commit()
    assert assemble(older, clock).checklists.all() == []
    for again in (open_as(Role.READER), open_as(Role.GRID)):
        assert len(assemble(again, clock).checklists.all()) == 8
    with older.store.reading() as session:
        labels = list(session.exec(select(Step.label)))
    assert labels.count("加入新版程序带来的标准") == 1


def test_a_file_that_may_not_be_written_opens_all_the_same(open_as, clock):
    older = open_as(Role.DIRECTOR)
    with closing(connect(older.store.path, older.data_key)) as raw:
        raw.execute("DELETE FROM standard_set WHERE standard = 'checklists'")
        raw.execute("UPDATE baton SET state = 'out'")
        raw.commit()
    assert not older.store.baton().is_here
    assert assemble(open_as(Role.READER), clock).checklists.all() == []


def test_the_edition_in_force_on_the_day_counts(bench):
    bench.standards.add_edition(edition(bench, effective_from="2026-07-01"), bench.officer)
    first = bench.standards.editions("health")[-1].effective_from
    assert bench.standards.in_force("health", first - timedelta(days=1)) is None
    assert bench.standards.in_force("health", first).edition == "2017"
    assert bench.standards.in_force("health", date(2026, 6, 30)).edition == "2017"
    assert bench.standards.in_force("health", date(2026, 7, 1)).edition == "2030"


def test_an_incomplete_or_known_edition_is_refused(bench, health_bench):
    whole = edition(bench)
    with pytest.raises(NotAllowed):
        bench.standards.add_edition(whole, health_bench.officer)
    for broken in ({**whole, "edition": "2017"}, {**whole, "effective_from": "开年"}, {**whole, "values": {}}):
        with pytest.raises(InputError):
            bench.standards.add_edition(broken, bench.officer)
    without = {name: value for name, value in whole.items() if name != "title"}
    with pytest.raises(InputError, match="缺少名称"):
        bench.standards.add_edition(without, bench.officer)
    assert len(bench.standards.editions("health")) == 1


def test_doubtful_values_are_marked(bench):
    health = bench.standards.editions("health")[0]
    assert health.is_unverified("reference_systolic")
    assert not health.is_unverified("urgent_systolic")


def test_due_dates_follow_a_new_edition_at_once_and_its_undoing(bench):
    kept = resident(bench, tags=("高血压",))
    bench.health.record(kept, VisitDraft(date(2026, 6, 1), "高血压随访", way="家庭"))
    assert bench.health.statuses([kept])[kept].due.due_on == date(2026, 8, 30)
    bench.standards.add_edition(edition(bench, followup_interval_days=30), bench.officer)
    assert bench.health.statuses([kept])[kept].due.due_on == date(2026, 7, 1)
    step = bench.journal.last_undoable(bench.officer.staff_id)
    assert bench.journal.undo(step.id, bench.officer) == "撤销：新增标准：试行标准"
    assert bench.health.statuses([kept])[kept].due.due_on == date(2026, 8, 30)
