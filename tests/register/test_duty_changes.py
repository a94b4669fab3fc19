"""The committee changes what it must do: every fault at once, from a day on, older days as they were."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.foundation.days import parse_period
from desktop.foundation.errors import InputError, NotAllowed
from desktop.register.rights import Role
from desktop.register.service.duty_changes import DutyDraft, draft_of
from tests.inspections.making import places
from tests.reports.making import inspected

TODAY = date(2026, 6, 17)


def duty(bench, key):
    return next(one for one in bench.duties.all() if one.key == key)


def test_every_fault_is_told_at_once_and_no_edition_is_stored(bench):
    before = len(bench.standards.editions("duties"))
    with pytest.raises(InputError) as refused:
        bench.duties.change("", DutyDraft(" ", "somewhere", "", None, "fortnight", None, source="街" * 201))
    assert {problem.field for problem in refused.value.problems} == {
        "title", "slice", "category", "times", "per", "from_on", "source",
    }  # fmt: skip
    with pytest.raises(InputError, match="每周最多7次"):
        bench.duties.change("", DutyDraft("巡查", "inspections", "环境卫生", 8, "week", TODAY))
    with pytest.raises(InputError, match="不能小于0"):
        bench.duties.change("", DutyDraft("巡查", "inspections", "环境卫生", -1, "week", TODAY))
    with pytest.raises(InputError, match="太早"):
        bench.duties.change("", DutyDraft("巡查", "inspections", "环境卫生", 1, "week", date(1999, 1, 1)))
    assert len(bench.standards.editions("duties")) == before


def test_only_who_manages_changes_and_everybody_reads(bench_as):
    for role in (Role.HEALTH, Role.GRID, Role.READER):
        bench = bench_as(role)
        assert any(one.title == "环境卫生检查" for one in bench.duties.all())
        with pytest.raises(NotAllowed):
            bench.duties.change("", DutyDraft("巡查", "inspections", "环境卫生", 1, "week", TODAY))


def test_a_change_counts_from_its_day_and_leaves_the_days_before_alone(bench):
    places(bench)
    inspected(bench, date(2026, 3, 3))
    was = duty(bench, "safety_check")
    draft = draft_of(was, date(2026, 5, 1))
    title = bench.duties.change("safety_check", DutyDraft(**{**vars(draft), "times": 3, "source": "街道安监办通知"}))
    assert title == "安全大检查"
    now = duty(bench, "safety_check")
    assert (now.times, now.source, bench.duties.since()) == (3, "街道安监办通知", date(2026, 5, 1))
    asked = {gap.first.month: gap.expected for gap in bench.gaps.of(parse_period("2026")) if gap.duty.key == now.key}
    assert asked == {3: 1, 4: 1, 5: 3}
    step = bench.journal.last_undoable(bench.officer.staff_id)
    assert step.label == "修改该做的事：安全大检查"
    bench.journal.undo(step.id, bench.officer)
    assert duty(bench, "safety_check").times == 1


def test_of_two_changes_from_the_same_day_the_later_one_stands(bench):
    draft = draft_of(duty(bench, "safety_check"), TODAY)
    for times in (2, 4):
        bench.duties.change("safety_check", DutyDraft(**{**vars(draft), "times": times}))
    assert duty(bench, "safety_check").times == 4


def test_what_was_not_asked_on_the_form_is_kept(bench):
    draft = draft_of(duty(bench, "hypertension_followup"), TODAY)
    bench.duties.change("hypertension_followup", DutyDraft(**{**vars(draft), "times": 5}))
    kept = duty(bench, "hypertension_followup")
    assert (kept.times, kept.by_person) == (5, True)
    spring = draft_of(duty(bench, "patriotic_month"), TODAY)
    bench.duties.change("patriotic_month", DutyDraft(**{**vars(spring), "times": 2}))
    assert duty(bench, "patriotic_month").months == (4,)


def test_zero_times_asks_for_nothing_and_stays_on_the_list(bench):
    places(bench)
    inspected(bench, date(2026, 5, 5))
    draft = draft_of(duty(bench, "sanitation_check"), date(2026, 5, 1))
    bench.duties.change("sanitation_check", DutyDraft(**{**vars(draft), "times": 0}))
    assert duty(bench, "sanitation_check").words == "不要求"
    assert not any(gap.duty.key == "sanitation_check" for gap in bench.gaps.of(parse_period("2026-05")))
    assert not any("sanitation_check" in line.key for line in bench.due.until(date(2026, 6, 21)))


@pytest.mark.parametrize(
    ("months", "per", "message"),
    [
        ("3、5", "year", "请写连着的几个月"),
        ("13", "year", "月份写成"),
        ("春天", "year", "月份写成"),
        ("3", "month", "只有“每年”的事才写月份"),
    ],
)
def test_months_that_make_no_season_are_refused(bench, months, per, message):
    draft = DutyDraft("春季灭鼠", "pest_control", "鼠", 1, per, TODAY, months=months)
    with pytest.raises(InputError, match=message):
        bench.duties.change("", draft)


def test_a_season_is_asked_for_in_its_months(bench):
    bench.duties.change("", DutyDraft("春季灭鼠", "pest_control", "鼠", 1, "year", TODAY, months="３月、4月、5月"))
    mine = next(one for one in bench.duties.all() if one.title == "春季灭鼠")
    assert (mine.months, mine.words) == ((3, 4, 5), "每年（3、4、5月）1次")
    assert draft_of(mine, TODAY).months == "3、4、5"
