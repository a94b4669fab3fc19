"""What is due and when, each rule worked out by hand on the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.health.due_rules import PastVisit, dues_of, next_visit_on, wants_yearly_checkup, wants_yearly_pressure
from desktop.health.rules import Flag
from desktop.register.service.standards import shipped_standards

VALUES = next(one for one in shipped_standards() if one.standard == "health")
BP, HBP, DM = "血压测量", "高血压随访", "糖尿病随访"


def visit(day, service=HBP, *, way="家庭", result="", next_on=None, flag="", measured=False):
    return PastVisit(day, service, way, result, next_on, flag, measured)


def due(visits, **tags):
    return [(one.what, one.due_on) for one in dues_of(visits, tags, values=VALUES)]


@pytest.mark.parametrize(
    ("service", "way", "result", "flag", "expected"),
    [
        (HBP, "家庭", "控制满意", "", date(2026, 4, 1)),  # 1 January + 90 days
        (DM, "门诊", "", "", date(2026, 4, 1)),
        (HBP, "测量点", "", "", date(2026, 4, 1)),
        (HBP, "", "", "", date(2026, 4, 1)),
        (HBP, "电话", "控制满意", "", None),
        (HBP, "家庭", "控制不满意", "", date(2026, 1, 15)),  # + 14 days
        (HBP, "家庭", "不良反应", "", date(2026, 1, 15)),
        (DM, "家庭", "并发症", "", date(2026, 1, 15)),
        (DM, "家庭", "建议转诊", "", date(2026, 1, 15)),
        (HBP, "电话", "控制不满意", "", date(2026, 1, 15)),
        (HBP, "家庭", "控制满意", Flag.URGENT, date(2026, 1, 15)),
        (HBP, "家庭", "", Flag.ABOVE, date(2026, 4, 1)),
        (BP, "家庭", "", Flag.URGENT, None),
        ("健康体检", "门诊", "", "", None),
    ],
)
def test_the_next_visit_follows_the_standard(service, way, result, flag, expected):
    assert next_visit_on(date(2026, 1, 1), service, way, result, flag, values=VALUES) == expected


def test_nobody_without_tags_and_visits_has_anything_due():
    assert due([]) == []
    assert due([visit(date(2026, 1, 1), BP)]) == []


def test_a_managed_patient_is_due_90_days_after_the_last_meeting():
    assert due([visit(date(2026, 1, 1))], 高血压=None) == [(HBP, date(2026, 4, 1))]
    assert due([visit(date(2025, 10, 1)), visit(date(2026, 1, 1))], 高血压=None) == [(HBP, date(2026, 4, 1))]


def test_the_day_written_at_the_last_follow_up_goes_before_the_interval():
    assert due([visit(date(2026, 1, 1), next_on=date(2026, 2, 1))], 高血压=None) == [(HBP, date(2026, 2, 1))]
    assert due([visit(date(2026, 1, 1), next_on=date(2026, 9, 1))], 高血压=None) == [(HBP, date(2026, 9, 1))]


def test_a_telephone_call_moves_nothing():
    called = [visit(date(2026, 1, 1)), visit(date(2026, 3, 1), way="电话")]
    assert due(called, 高血压=None) == [(HBP, date(2026, 4, 1))]


def test_a_patient_never_met_is_due_after_the_tag_or_after_the_first_call():
    assert due([], 高血压=date(2026, 1, 1)) == [(HBP, date(2026, 4, 1))]
    assert due([], 高血压=None) == []
    called = [visit(date(2026, 2, 1), way="电话"), visit(date(2026, 3, 1), way="电话")]
    assert due(called, 高血压=date(2026, 1, 1)) == [(HBP, date(2026, 4, 1))]
    assert due(called, 高血压=None) == [(HBP, date(2026, 5, 2))]  # 1 February + 90 days


def test_two_illnesses_are_two_follow_ups_earliest_first():
    visits = [visit(date(2026, 2, 1)), visit(date(2026, 1, 1), DM)]
    assert due(visits, 高血压=None, 糖尿病=None) == [(DM, date(2026, 4, 1)), (HBP, date(2026, 5, 2))]


def test_who_lost_the_tag_keeps_only_days_somebody_wrote():
    assert due([visit(date(2026, 1, 1))]) == []
    assert due([visit(date(2026, 1, 1), next_on=date(2026, 2, 1))]) == [(HBP, date(2026, 2, 1))]


def test_a_written_day_stays_due_until_the_same_service_comes_again():
    first = visit(date(2026, 1, 1), "孕产妇随访", next_on=date(2026, 2, 1))
    assert due([first, visit(date(2026, 2, 1), BP)]) == [("孕产妇随访", date(2026, 2, 1))]
    assert due([first, visit(date(2026, 1, 20), "孕产妇随访")]) == []


@pytest.mark.parametrize(("result", "flag"), [("建议转诊", ""), ("", Flag.URGENT), ("控制满意", Flag.URGENT)])
def test_an_urgent_reading_or_referral_asks_for_its_outcome_in_two_weeks(result, flag):
    bad = visit(date(2026, 1, 1), BP, result=result, flag=flag)
    assert due([bad]) == [("问转诊", date(2026, 1, 15))]
    assert due([bad, visit(date(2026, 1, 3), "转诊追踪")]) == []
    assert due([bad, visit(date(2026, 1, 1), "转诊追踪")]) == []
    assert due([bad, visit(date(2026, 1, 3), BP)]) == []
    assert due([visit(date(2025, 12, 31), BP), bad]) == [("问转诊", date(2026, 1, 15))]
    assert due([bad, visit(date(2026, 1, 1), BP)]) == [("问转诊", date(2026, 1, 15))]


def test_a_follow_up_that_refers_is_due_again_and_asked_after():
    referred = visit(date(2026, 1, 1), result="建议转诊")
    assert due([referred], 高血压=None) == [("问转诊", date(2026, 1, 15)), (HBP, date(2026, 1, 15))]


def test_high_risk_people_are_measured_every_182_days():
    assert due([], 高危人群=date(2026, 1, 1)) == [(BP, date(2026, 7, 2))]  # 1 January + 182 days
    assert due([], 高危人群=None) == []
    assert due([visit(date(2026, 1, 10), BP, measured=True)], 高危人群=None) == [(BP, date(2026, 7, 11))]
    assert due([visit(date(2026, 1, 10), DM, measured=True)], 高危人群=None) == [(BP, date(2026, 7, 11))]
    unmeasured = [visit(date(2026, 1, 10), BP)]
    assert due(unmeasured, 高危人群=date(2026, 1, 1)) == [(BP, date(2026, 7, 2))]


def test_high_risk_people_managed_for_hypertension_need_no_second_measuring():
    assert due([visit(date(2026, 1, 1), measured=True)], 高危人群=None, 高血压=None) == [(HBP, date(2026, 4, 1))]


def test_of_two_days_for_one_thing_the_earlier_stands_once():
    written = [visit(date(2026, 1, 10), BP, next_on=date(2026, 2, 1), measured=True)]
    assert due(written, 高危人群=None) == [(BP, date(2026, 2, 1))]
    late = [visit(date(2026, 1, 10), BP, next_on=date(2027, 1, 1), measured=True)]
    assert due(late, 高危人群=None) == [(BP, date(2026, 7, 11))]
    odd = [visit(date(2026, 1, 1), "问转诊", next_on=date(2026, 1, 9), flag=Flag.URGENT)]
    assert due(odd) == [("问转诊", date(2026, 1, 9))]


def test_reasons_are_plain_sentences():
    reasons = [one.why for one in dues_of([visit(date(2026, 1, 1), flag=Flag.URGENT)], {"高血压": None}, values=VALUES)]
    assert reasons == ["2026年1月1日建议就诊或转诊，要问结果", "上次高血压随访在2026年1月1日"]


@pytest.mark.parametrize(
    ("age", "tags", "pressure", "checkup"),
    [
        (None, (), False, False), (34, (), False, False), (35, (), True, False), (35, ("糖尿病",), True, False),
        (35, ("高血压",), False, False), (64, (), True, False), (65, (), True, True), (65, ("高血压",), False, True),
    ],
)  # fmt: skip
def test_yearly_duties_begin_with_35_and_65(age, tags, pressure, checkup):
    assert wants_yearly_pressure(age, tags, VALUES) is pressure
    assert wants_yearly_checkup(age, VALUES) is checkup
