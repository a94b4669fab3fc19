"""What the office entered today: by person and kind, without what was taken back or may not be seen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.register.rights import Role
from desktop.register.service.day_entries import kind_of
from tests.conftest import OFFICERS
from tests.health.making import bp
from tests.inspections.making import finding, inspections_sheet, places, sound
from tests.register.making import resident, take_in

DIRECTOR, HEALTH = OFFICERS[Role.DIRECTOR], OFFICERS[Role.HEALTH]


def told(bench):
    return [(one.staff_name, one.kind, one.count) for one in bench.entries.today()]


def test_entries_are_counted_by_person_and_kind_the_latest_first(bench, bench_as, clock):
    places(bench)
    bench.inspections.record(sound())
    clock.advance(timedelta(minutes=5))
    colleague = bench_as(Role.HEALTH)
    person = resident(colleague)
    colleague.health.record(person, bp(clock.today()))
    clock.advance(timedelta(minutes=5))
    bench.inspections.record(finding())
    assert told(bench) == [(DIRECTOR, "检查", 2), (HEALTH, "血压测量", 1), (HEALTH, "档案", 1), (DIRECTOR, "点位", 1)]
    assert bench.entries.today()[0].last_at == clock.now()
    assert bench.entries.since(clock.now() - timedelta(minutes=2)) == 1
    assert bench.entries.since(None) == 5


def test_a_sheet_counts_its_rows_and_what_was_undone_or_deleted_counts_nothing(bench, tmp_path):
    places(bench)
    take_in(bench, "inspections", inspections_sheet(tmp_path / "六月.xlsx", *({"结果": "合格"} for _ in range(3))))
    row = bench.inspections.record(finding())
    bench.inspections.remove(row.id)
    step = bench.journal.last_undoable(bench.officer.staff_id)
    bench.journal.undo(step.id, bench.officer)
    assert told(bench) == [(DIRECTOR, "检查", 4), (DIRECTOR, "点位", 1)]


def test_yesterday_s_entries_are_not_today_s(bench, clock):
    places(bench)
    clock.advance(timedelta(hours=14))  # past midnight in China
    assert told(bench) == []


def test_a_net_officer_is_told_nothing_of_health(bench, bench_as):
    person = resident(bench)
    bench.health.record(person, bp(bench.clock.today()))
    assert ("血压测量" in str(told(bench)), "血压测量" in str(told(bench_as(Role.GRID)))) == (True, False)
    assert bench_as(Role.GRID).entries.since(None) == 1


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("登记检查：翠湖苑 环境卫生", "检查"), ("登记高血压随访：某人", "高血压随访"), ("修改档案：某人", "档案"),
        ("销号：翠湖苑 环境卫生", "销号"), ("发整改通知：翠湖苑", "整改通知"), ("导入随访：六月.xlsx", "随访"),
        ("登记", "登记"),
    ],
)  # fmt: skip
def test_a_kind_names_no_person(label, kind):
    assert kind_of(label) == kind
