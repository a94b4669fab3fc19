"""Gaps by hand: which windows are asked for, what they lack, who explained it, and that a year of samples has its own.

Today is Wednesday, 17 June 2026; the file was set up the same day.
"""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select
from typer.testing import CliRunner

from desktop.commands.program import program
from desktop.foundation.days import parse_period
from desktop.foundation.errors import InputError, NotAllowed
from desktop.health.rules import VisitDraft
from desktop.register.duty import Duty, windows
from desktop.register.records import ResidentTag
from desktop.register.rights import Role
from tests.conftest import OFFICERS, PASSWORD
from tests.health.making import bp
from tests.inspections.making import places, sound
from tests.pest_control.making import treated
from tests.register.making import resident
from tests.reports.making import activity, days_of, inspected

MAY, JUNE = parse_period("2026-05"), parse_period("2026-06")


def duties(gaps):
    return {gap.duty.key: (gap.expected, gap.done, gap.missing) for gap in gaps}


def tagged_since(bench, person, day):
    with bench.store.writing("改标签", bench.officer) as unit:
        for tag in unit.session.exec(select(ResidentTag).where(ResidentTag.resident_id == person)):
            tag.from_on = day


def test_a_committee_set_up_today_lacks_nothing_yet(bench):
    assert bench.gaps.of(parse_period("2026")) == []
    assert bench.gaps.of(parse_period("2011")) == []
    assert bench.figures.of(JUNE)["gaps.count"].value == 0


def test_a_month_tells_what_its_weeks_lack_one_line_for_the_duty(bench):
    # Weeks ending in May 2026: Sundays 3, 10, 17, 24, 31; the first begins in April, before the records.
    places(bench)
    inspected(bench, date(2026, 5, 5), date(2026, 5, 7), date(2026, 5, 12), date(2026, 5, 19), date(2026, 5, 21))
    inspected(bench, date(2026, 5, 8), category="安全检查")
    (gap,) = [one for one in bench.gaps.of(MAY) if one.duty.key == "sanitation_check"]
    assert (gap.expected, gap.done, gap.missing) == (8, 5, 3)
    assert (gap.first, gap.last) == (date(2026, 5, 4), date(2026, 5, 31))
    assert [window.first for window in gap.lacking] == [date(2026, 5, 11), date(2026, 5, 25)]
    assert (gap.title, gap.counts, gap.when(date(2026, 6, 17))) == ("环境卫生检查少3次", "应8次，已5次", "5月")
    assert gap.when(date(2027, 1, 4)) == "2026年5月"


def test_several_places_on_one_day_are_one_round(bench):
    places(bench, "渔村", "唐苑新村")
    for place in ("渔村", "唐苑新村"):
        inspected(bench, *days_of(date(2026, 5, 4), date(2026, 5, 31), [1]), place=place)
    assert duties(bench.gaps.of(MAY))["sanitation_check"] == (8, 4, 4)


def test_of_the_running_month_only_the_weeks_that_are_over_count(bench):
    places(bench)
    inspected(bench, date(2026, 6, 2), date(2026, 6, 4))  # the week to the 14th has nothing, the one to the 21st runs
    found = duties(bench.gaps.of(JUNE))
    assert found == {"sanitation_check": (4, 2, 2)}  # monthly and quarterly duties have until the 30th


def test_nothing_before_the_first_month_with_records_is_a_gap(bench):
    places(bench)
    inspected(bench, date(2026, 4, 20))
    spring = bench.gaps.of(parse_period("2026H1"))
    assert {gap.first for gap in spring if gap.duty.key == "safety_check"} == {date(2026, 4, 1), date(2026, 5, 1)}
    assert {gap.duty.slice for gap in spring} == {"inspections"}  # the other rooms keep records since today


def test_a_duty_of_some_months_is_asked_in_those_alone(bench):
    activity(bench, date(2025, 3, 3), category="会议")
    assert "patriotic_month" in duties(bench.gaps.of(parse_period("2025-04")))
    activity(bench, date(2025, 4, 9), name="爱国卫生月大扫除", ledgers=("爱国卫生",))
    assert "patriotic_month" not in duties(bench.gaps.of(parse_period("2025-04")))
    assert "patriotic_month" not in duties(bench.gaps.of(parse_period("2025-12")))


def test_an_activity_counts_by_category_or_ledger_and_by_its_name_where_the_duty_says_so(bench):
    activity(bench, date(2026, 1, 5), category="会议")
    quarter = parse_period("2026Q1")
    assert {"notice_board", "health_lecture", "party_day"} <= duties(bench.gaps.of(quarter)).keys()
    activity(bench, date(2026, 2, 5), name="垃圾分类宣传", category="宣传")
    assert "notice_board" in duties(bench.gaps.of(quarter))
    activity(bench, date(2026, 2, 6), name="更换宣传栏", category="宣传")
    activity(bench, date(2026, 2, 9), name="糖尿病讲座", category="健康讲座", status="取消")
    activity(bench, date(2026, 2, 25), name="学习会", category="会议", ledgers=("党建",))
    found = duties(bench.gaps.of(quarter))
    assert "notice_board" not in found
    assert found["health_lecture"] == (1, 0, 1)  # what was called off is not done
    assert {gap.first.month for gap in bench.gaps.of(quarter) if gap.duty.key == "party_day"} == {1, 3}


def test_a_round_against_rats_settles_no_round_against_mosquitoes(bench):
    places(bench)
    bench.pest.treatments.record(treated(date(2026, 5, 12)))
    assert duties(bench.gaps.of(MAY)) == {"mosquito_spray": (1, 0, 1)}


def test_follow_ups_are_asked_of_patients_managed_and_here_all_year_face_to_face(bench):
    def patient(name, *ways, since=date(2024, 1, 1)):
        person = resident(bench, name=name, tags=("高血压",))
        tagged_since(bench, person, since)
        for number, way in enumerate(ways):
            day = date(2025, 1 + 3 * number, 10)
            bench.health.record(person, VisitDraft(day, "高血压随访", way=way, systolic_mmhg=130, diastolic_mmhg=80))

    patient("张满", "家庭", "门诊", "家庭", "家庭")
    patient("李少", "家庭", "家庭", "家庭", "电话")
    patient("王新", since=date(2025, 2, 1))
    (gap,) = [one for one in bench.gaps.of(parse_period("2025")) if one.duty.key == "hypertension_followup"]
    assert (gap.expected, gap.done, gap.missing, gap.unit) == (2, 1, 1, "人")
    assert gap.title == "高血压患者随访不满4次 1人"
    assert gap.counts == "应2人，已1人"
    assert duties(bench.gaps.of(parse_period("2025-11"))).get("hypertension_followup") is None


def test_a_net_officer_is_told_of_no_health_gap(bench, bench_as):
    person = resident(bench, tags=("高血压",))
    tagged_since(bench, person, date(2024, 1, 1))
    bench.health.record(person, bp(date(2025, 1, 6)))
    year = parse_period("2025")
    assert "hypertension_followup" in duties(bench.gaps.of(year))
    assert bench.figures.of(year)["gaps.count"].value == 1
    grid = bench_as(Role.GRID)
    assert grid.gaps.of(year) == []
    assert grid.figures.of(year)["gaps.count"].value == 0


# Reasons


def test_an_explained_gap_stays_listed_and_counts_no_more_until_it_is_taken_back(bench):
    places(bench)
    inspected(bench, *days_of(date(2026, 5, 4), date(2026, 5, 31), [1]))
    inspected(bench, date(2026, 5, 8), category="安全检查")
    before = bench.figures.of(MAY)["gaps.count"].value
    gap = next(one for one in bench.gaps.of(MAY) if one.duty.key == "sanitation_check")
    with pytest.raises(InputError, match="请写明"):
        bench.gap_reasons.explain(gap.duty.key, gap.duty.title, gap.first, gap.last, "  ")
    bench.gap_reasons.explain(gap.duty.key, gap.duty.title, gap.first, gap.last, "连续暴雨，巡查改在室内")
    after = next(one for one in bench.gaps.of(MAY) if one.duty.key == "sanitation_check")
    assert (after.reason, after.by) == ("连续暴雨，巡查改在室内", OFFICERS[Role.DIRECTOR])
    assert bench.figures.of(MAY)["gaps.count"].value == before - 1
    assert after not in bench.gaps.open(MAY)
    bench.gap_reasons.explain(gap.duty.key, gap.duty.title, gap.first, gap.last, "暴雨")  # changed, not doubled
    assert next(one.reason for one in bench.gaps.of(MAY) if one.duty.key == "sanitation_check") == "暴雨"
    step = bench.journal.last_undoable(bench.officer.staff_id)
    assert step.label == "写明缺项原因：环境卫生检查"
    bench.journal.undo(step.id, bench.officer)
    bench.gap_reasons.withdraw(after.reason_id)
    assert bench.figures.of(MAY)["gaps.count"].value == before
    (key,) = bench.bin.listed("缺项原因")
    bench.bin.put_back(key)
    assert bench.figures.of(MAY)["gaps.count"].value == before - 1


def test_a_reason_for_two_weeks_does_not_excuse_the_third(bench):
    places(bench)
    inspected(bench, date(2026, 5, 5))
    bench.gap_reasons.explain("sanitation_check", "环境卫生检查", date(2026, 5, 4), date(2026, 5, 17), "台风")
    gap = next(one for one in bench.gaps.of(MAY) if one.duty.key == "sanitation_check")
    assert gap.reason == ""
    bench.gap_reasons.explain("sanitation_check", "环境卫生检查", date(2026, 5, 18), date(2026, 5, 31), "台风之后清理")
    gap = next(one for one in bench.gaps.of(MAY) if one.duty.key == "sanitation_check")
    assert gap.reason == "台风；台风之后清理"


def test_who_may_only_read_explains_nothing(bench_as):
    reader = bench_as(Role.READER)
    with pytest.raises(NotAllowed):
        reader.gap_reasons.explain("sanitation_check", "环境卫生检查", MAY.first, MAY.last, "台风")


# Editions


def test_a_window_is_asked_for_by_the_edition_in_force_on_its_last_day(bench):
    places(bench)
    inspected(bench, date(2026, 3, 2))
    old = bench.standards.in_force("duties", date(2026, 1, 1))
    values = {key: dict(value) for key, value in old.content["values"].items()}
    values["sanitation_check"]["times"] = 0
    values["safety_check"]["times"] = 2
    bench.standards.add_edition(
        {"standard": "duties", "edition": "本居委会", "title": "该做的事", "effective_from": "2026-05-01",
         "values": values}, bench.officer,
    )  # fmt: skip
    assert "sanitation_check" in duties(bench.gaps.of(parse_period("2026-04")))
    may = duties(bench.gaps.of(MAY))
    assert "sanitation_check" not in may
    assert may["safety_check"] == (2, 0, 2)


def test_daily_duties_leave_out_weekends_and_days_off():
    # 19 June 2026 is the Friday of 端午节; the notice gives it off.
    patrol = Duty("patrol", "每日巡查", "inspections", "环境卫生", 1, "day", "工作计划")
    week = parse_period("2026-06-15..2026-06-21")
    off = {date(2026, 6, 19)}
    days = windows(patrol, week, lambda day: day.weekday() < 5 and day not in off)
    assert [day.first.day for day in days] == [15, 16, 17, 18]


# The command


def test_the_command_prints_the_contract_s_object(bench, folder, tmp_path):
    places(bench)
    bench.inspections.record(sound(date(2026, 5, 5)))
    gap = next(one for one in bench.gaps.of(MAY) if one.duty.key == "safety_check")
    bench.gap_reasons.explain(gap.duty.key, gap.duty.title, gap.first, gap.last, "检查员住院")
    bench.store.close()
    password = tmp_path / "password"
    password.write_text(PASSWORD, encoding="utf-8")
    run = CliRunner(env={"JUWEI_PASSWORD_FILE": str(password)}).invoke
    base = ["--data", str(folder.path), "--as", OFFICERS[Role.DIRECTOR], "gaps", "2026-05"]
    result = run(program, [*base, "--json"])
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["period"], told["from"], told["to"]) == ("2026-05", "2026-05-01", "2026-05-31")
    assert told["count"] == sum(gap["reason"] is None for gap in told["gaps"]) == 2
    first = {gap["duty"]: gap for gap in told["gaps"]}["safety_check"]
    assert first == {
        "duty": "safety_check", "title": "安全大检查", "from": "2026-05-01", "to": "2026-05-31", "expected": 1,
        "done": 0, "missing": 1, "unit": "次", "reason": "检查员住院",
    }  # fmt: skip
    spoken = run(program, base).stdout
    assert "2026年5月缺项 2项" in spoken
    assert "安全大检查少1次（应1次，已0次）：已写明原因，检查员住院" in spoken


def test_a_year_of_gaps_asks_a_handful_of_questions(bench):
    """Grouped queries: the number of statements hangs on the duties, never on the records."""
    places(bench)
    inspected(bench, *(date(2026, 1, 5) + timedelta(days=7 * number) for number in range(20)))
    asked = []
    event.listen(bench.store._reader, "before_cursor_execute", lambda *call: asked.append(call[2]))
    bench.gaps.of(parse_period("2026"))
    few = len(asked)
    inspected(bench, *(date(2026, 1, 6) + timedelta(days=7 * number) for number in range(20)))
    asked.clear()
    bench.gaps.of(parse_period("2026"))
    assert len(asked) == few < 40
