"""Visits on a real encrypted file, and what the lists say is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from desktop.foundation.errors import ChangedMeanwhile, InputError
from desktop.health.due_rules import Due
from desktop.health.rules import Flag, VisitDraft
from desktop.register.service.residents import ResidentFilter
from tests.factories import id_number
from tests.health.making import bp, sugar
from tests.register.making import resident

OLD, MIDDLE, YOUNG = date(1950, 3, 8), date(1980, 5, 5), date(2000, 1, 1)


def person(bench, born_on=OLD, **values):
    return resident(bench, id_number=id_number(born_on), **values)


def urgent(bench, **narrowed):
    return list(bench.residents.list_ids(ResidentFilter(order="due", **narrowed)))


def overdue(bench):
    return list(bench.residents.list_ids(ResidentFilter(order="due", overdue=True)))


def followup(day, **values):
    return VisitDraft(day, "高血压随访", way="家庭", **values)


def test_a_wrong_visit_says_everything_and_stores_nothing(bench):
    kept = person(bench)
    with pytest.raises(InputError) as error:
        bench.health.record(kept, VisitDraft(None, " ", systolic_mmhg=80, diastolic_mmhg=90))
    assert [problem.field for problem in error.value.problems] == ["visited_on", "service", "systolic_mmhg"]
    with pytest.raises(InputError) as error:
        bench.health.record(kept, bp(OLD - timedelta(days=1)))
    assert [problem.code for problem in error.value.problems] == ["date_invalid"]
    assert bench.health.visits_of(kept) == []


def test_a_visit_comes_back_as_it_was_written_with_its_flag(bench):
    kept = person(bench)
    typed = VisitDraft(
        date(2026, 6, 1), "糖尿病随访", way="家庭", systolic_mmhg=146, diastolic_mmhg=88, pulse_per_min=72,
        glucose_mmol=Decimal("7.25"), medication="规律", result="控制不满意", next_on=date(2026, 6, 15),
        recorded_by="罗晓梅",
        remark="头晕",
    )  # fmt: skip
    row = bench.health.record(kept, typed)
    assert bench.health.visits_of(kept) == [row]
    assert (row.draft, row.flag, row.pressure) == (typed, Flag.ABOVE, "146/88")
    assert bench.health.visit_rows([row.id]) == [row]
    bench.health.remove(row.id)
    assert bench.health.visit_rows([row.id]) == bench.health.visits_of(kept) == []


def test_the_reference_is_that_of_the_age_on_the_day(bench):
    kept = person(bench, date(1961, 6, 10))
    assert bench.health.record(kept, bp(date(2026, 6, 9), 145, 85)).flag is Flag.ABOVE
    assert bench.health.record(kept, bp(date(2026, 6, 10), 145, 85)).flag is Flag.WITHIN
    assert bench.health.flag(kept, bp(date(2026, 6, 10), 185, 85)) is Flag.URGENT
    assert bench.health.reference(date(1961, 6, 17)) == (150, 90)
    assert bench.health.reference(None) == (140, 90)


def test_a_change_is_flagged_anew_kept_in_the_history_and_undone(bench):
    kept = person(bench, name="王芳")
    row = bench.health.record(kept, bp(date(2026, 6, 1), 120, 80))
    changed = bench.health.change(row.id, replace(row.draft, systolic_mmhg=180), version=row.version)
    assert changed.flag is Flag.URGENT
    newest = bench.journal.of_record(row.id)[0]
    assert newest.changes["systolic_mmhg"] == [120, 180]
    assert newest.label == "修改血压测量：王芳"
    with pytest.raises(ChangedMeanwhile) as error:
        bench.health.change(row.id, row.draft, version=row.version)
    assert error.value.fields == {"systolic_mmhg": (180, 120)}
    step = bench.journal.last_undoable(bench.officer.staff_id)
    assert bench.journal.undo(step.id, bench.officer) == "撤销：修改血压测量：王芳"
    assert bench.health.visits_of(kept)[0].flag is Flag.WITHIN


def test_removing_a_visit_names_whose_and_when_and_undo_brings_it_back(bench):
    kept = person(bench, name="王芳")
    row = bench.health.record(kept, bp(date(2026, 6, 1)))
    assert bench.health.remove(row.id) == "删除血压测量：王芳 2026年6月1日"
    step = bench.journal.last_undoable(bench.officer.staff_id)
    bench.journal.undo(step.id, bench.officer)
    assert [visit.draft for visit in bench.health.visits_of(kept)] == [row.draft]


def test_visits_are_listed_newest_first_within_days_and_service(bench):
    kept = person(bench)
    march, may = (
        bench.health.record(kept, bp(date(2026, 3, 1))),
        bench.health.record(kept, sugar(date(2026, 5, 1), "5.6")),
    )
    april = bench.health.record(kept, bp(date(2026, 4, 1)))
    assert list(bench.health.visit_ids()) == [may.id, april.id, march.id]
    assert list(bench.health.visit_ids(first=date(2026, 4, 1), last=date(2026, 4, 30))) == [april.id]
    assert list(bench.health.visit_ids(service="血压测量")) == [april.id, march.id]


def test_the_next_day_is_suggested_by_the_standard(bench):
    kept = person(bench)
    assert bench.health.suggest_next(kept, followup(date(2026, 6, 1))) == date(2026, 8, 30)
    bad = followup(date(2026, 6, 1), systolic_mmhg=180, diastolic_mmhg=90)
    assert bench.health.suggest_next(kept, bad) == date(2026, 6, 15)
    assert bench.health.suggest_next(kept, VisitDraft(None, "高血压随访")) is None
    assert bench.health.suggest_next(kept, bp(date(2026, 6, 1))) is None


def test_dues_follow_tags_visits_and_leaving(bench, clock):
    kept = person(bench, tags=("高血压",))
    assert bench.health.statuses([kept])[kept].due == Due("高血压随访", date(2026, 9, 15), "建档后还没有面对面随访")
    row = bench.health.record(kept, followup(date(2026, 3, 1)))
    assert bench.health.statuses([kept])[kept].due == Due(
        "高血压随访", date(2026, 5, 30), "上次高血压随访在2026年3月1日"
    )
    assert (bench.health.count_overdue(), overdue(bench)) == (1, [kept])
    newer = bench.health.record(kept, followup(date(2026, 6, 16), next_on=date(2026, 6, 17)))
    assert bench.health.statuses([kept])[kept].due.due_on == clock.today()
    assert (bench.health.count_overdue(), overdue(bench)) == (0, [])  # due today is not late
    clock.advance(timedelta(days=1))
    assert (bench.health.count_overdue(), overdue(bench)) == (1, [kept])
    bench.health.remove(newer.id)
    assert bench.health.statuses([kept])[kept].due.due_on == date(2026, 5, 30)
    change(bench, kept, tags=())
    assert bench.health.statuses([kept])[kept].due is None
    bench.health.change(row.id, replace(row.draft, next_on=date(2026, 4, 1)), version=row.version)
    assert overdue(bench) == [kept]
    change(bench, kept, dwelling_state="迁出")
    assert (bench.health.count_overdue(), overdue(bench), urgent(bench)) == (0, [], [])
    assert bench.health.statuses([kept])[kept].due is None


def change(bench, kept, **values):
    card = bench.residents.card(kept)
    bench.residents.change(kept, replace(card.draft, **values), version=card.version)


def test_the_most_urgent_come_first_then_everybody_by_address(bench):
    calm_2, calm_1 = person(bench, building="2"), person(bench, building="1")
    later, sooner = person(bench, building="9"), person(bench, building="8", place="渔村")
    bench.health.record(later, followup(date(2026, 5, 1), next_on=date(2026, 7, 1)))
    bench.health.record(sooner, followup(date(2026, 5, 1), next_on=date(2026, 5, 20)))
    assert urgent(bench) == [sooner, later, calm_1, calm_2]
    place = next(row for row in bench.places.all() if row.name == "翠湖苑")
    assert urgent(bench, place_id=place.id) == [later, calm_1, calm_2]
    statuses = bench.health.statuses(urgent(bench))
    days = [status.due.due_on for status in statuses.values() if status.due]
    assert days == [date(2026, 5, 20), date(2026, 7, 1)]


def test_this_year_s_duties_are_shown_but_order_nothing_and_are_never_late(bench):
    old, middle, young, ill = (
        person(bench, OLD),
        person(bench, MIDDLE),
        person(bench, YOUNG),
        person(bench, MIDDLE, tags=("高血压",)),
    )
    found = bench.health.statuses([old, middle, young, ill])
    assert {who: (found[who].lacks_checkup, found[who].lacks_pressure) for who in found} == {
        old: (True, True), middle: (False, True), young: (False, False), ill: (False, False),
    }  # fmt: skip
    assert overdue(bench) == []
    bench.health.record(old, bp(date(2025, 12, 31)))
    bench.health.record(old, VisitDraft(date(2026, 1, 1), "健康体检"))
    bench.health.record(middle, VisitDraft(date(2026, 2, 1), "血压测量"))
    found = bench.health.statuses([old, middle])
    assert (found[old].lacks_checkup, found[old].lacks_pressure, found[old].last_visit_on) == (
        False,
        True,
        date(2026, 1, 1),
    )
    assert found[middle].lacks_pressure  # a service without its reading measures nothing
    bench.health.record(old, VisitDraft(date(2026, 1, 1), "糖尿病随访", systolic_mmhg=130, diastolic_mmhg=80))
    assert not bench.health.statuses([old])[old].lacks_pressure
    assert bench.health.measured_this_year() == 1


def test_a_managed_patient_without_a_known_beginning_still_lacks_no_yearly_pressure(bench, tmp_path):
    from tests.register.making import residents_sheet, take_in

    number = id_number(MIDDLE)
    take_in(
        bench,
        "residents",
        residents_sheet(tmp_path / "r.xlsx", {"姓名": "王芳", "身份证号": number, "人群标签": "高血压"}),
    )
    kept = bench.residents.search("王芳")[0].id
    status = bench.health.statuses([kept])[kept]
    assert (status.due, status.lacks_pressure) == (None, False)


def test_people_at_high_risk_are_due_half_yearly(bench):
    kept = person(bench, MIDDLE, tags=("高危人群",))
    assert bench.health.statuses([kept])[kept].due.due_on == date(2026, 12, 16)  # 17 June + 182 days
    bench.health.record(kept, bp(date(2026, 1, 1)))
    assert bench.health.statuses([kept])[kept].due == Due(
        "血压测量", date(2026, 7, 2), "高危人群，上次量血压在2026年1月1日"
    )


def test_an_urgent_reading_asks_for_its_outcome_until_somebody_asked(bench):
    kept = person(bench)
    bench.health.record(kept, bp(date(2026, 5, 1), 190, 100))
    assert bench.health.statuses([kept])[kept].due.what == "问转诊"
    assert overdue(bench) == [kept]
    bench.health.record(kept, VisitDraft(date(2026, 5, 20), "转诊追踪"))
    assert overdue(bench) == []
