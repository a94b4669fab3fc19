"""What a form of an inspection or a letter must say, field by field, and how far a finding has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.inspections.rules import Stage, check_inspection, check_pledge, early_days, lacks_problem, stage_of
from tests.inspections.making import finding, pledge, sound

TODAY = date(2026, 6, 17)
FOUND, LATER = date(2026, 6, 9), date(2026, 6, 16)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        (
            {"inspected_on": None, "category": "", "place": "", "result": ""},
            [("inspected_on", "required"), ("category", "required"), ("place", "required"), ("result", "required")],
        ),
        ({"inspected_on": date(2026, 6, 18)}, [("inspected_on", "date_future")]),
        ({"inspected_on": TODAY}, []),
        ({"score": Decimal(0)}, []),
        ({"score": Decimal("-0.5")}, [("score", "number_invalid")]),
        ({"score": Decimal(1000)}, []),
        ({"score": Decimal("1000.5")}, [("score", "number_invalid")]),
        ({"result": "良好"}, [("result", "choice_unknown")]),
        ({"level": "一般"}, [("level", "choice_unknown"), ("problem", "required")]),
        ({"responsible": "物业"}, [("problem", "required")]),
        ({"closed_on": LATER}, [("problem", "required")]),
    ],
)
def test_a_form_without_a_finding_says_every_problem_at_once(values, expected):
    draft = replace(sound(), **values)
    assert [(found.field, found.code) for found in check_inspection(draft, today=TODAY)] == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"treatment": "整改通知"}, [("due_on", "required")]),
        ({"treatment": "整改通知", "due_on": FOUND}, []),
        ({"treatment": "口头警告"}, [("treatment", "choice_unknown")]),
        ({"due_on": date(2030, 1, 1)}, []),
        ({"due_on": date(2026, 6, 8)}, [("due_on", "period_invalid")]),
        ({"rechecked_on": LATER}, [("recheck_result", "required")]),
        ({"recheck_result": "合格"}, [("rechecked_on", "required")]),
        ({"rechecked_on": LATER, "recheck_result": "合格", "closed_on": LATER}, []),
        ({"rechecked_on": LATER, "recheck_result": "不合格", "closed_on": LATER}, [("closed_on", "refused")]),
        ({"closed_on": date(2026, 6, 18)}, [("closed_on", "date_future")]),
        ({"notice_on": date(2026, 6, 8), "escalated_on": date(2026, 6, 8), "replied_on": date(2026, 6, 18)},
         [("notice_on", "period_invalid"), ("replied_on", "date_future"), ("escalated_on", "period_invalid")]),
    ],
)  # fmt: skip
def test_a_form_with_a_finding_says_every_problem_at_once(values, expected):
    draft = replace(finding(), **values)
    assert [(found.field, found.code) for found in check_inspection(draft, today=TODAY)] == expected


def test_days_before_the_inspection_are_named_one_by_one():
    early = date(2026, 6, 8)
    draft = finding(due_on=early, rechecked_on=LATER, closed_on=early)
    assert early_days(draft) == [("due_on", "整改期限"), ("closed_on", "销号日期")]
    assert early_days(replace(draft, inspected_on=None)) == []


def test_ends_of_a_finding_ask_for_the_problem():
    assert not lacks_problem(sound())
    assert not lacks_problem(finding(treatment="上报"))
    assert lacks_problem(sound(treatment="上报"))
    assert lacks_problem(sound(due_on=LATER))


@pytest.mark.parametrize(
    ("values", "stage"),
    [
        ({}, Stage.OPEN),
        ({"problem": ""}, Stage.NO_FINDING),
        ({"problem": "", "result": "合格"}, Stage.NO_FINDING),
        ({"treatment": "现场整改"}, Stage.FIXED),
        ({"treatment": "现场整改", "closed_on": FOUND}, Stage.CLOSED),
        ({"treatment": "整改通知"}, Stage.NOTICED),
        ({"notice_on": FOUND}, Stage.NOTICED),
        ({"treatment": "上报"}, Stage.ESCALATED),
        ({"treatment": "整改通知", "escalated_on": LATER}, Stage.ESCALATED),
        ({"treatment": "整改通知", "recheck_result": "不合格"}, Stage.RECHECK_FAILED),
        ({"treatment": "整改通知", "recheck_result": "不合格", "escalated_on": LATER}, Stage.ESCALATED),
        ({"treatment": "上报", "recheck_result": "合格"}, Stage.RECHECK_PASSED),
        ({"recheck_result": "合格"}, Stage.RECHECK_PASSED),
        ({"treatment": "整改通知", "recheck_result": "合格", "closed_on": LATER}, Stage.CLOSED),
    ],
)
def test_the_stage_is_the_furthest_that_was_reached(values, stage):
    assert stage_of(replace(finding(), **values)) is stage


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        (
            {"category": "", "party": "", "signed_on": None, "copies": None},
            [("category", "required"), ("party", "required"), ("signed_on", "required"), ("copies", "required")],
        ),
        ({"signed_on": date(2026, 6, 18)}, [("signed_on", "date_future")]),
        ({"expires_on": date(2026, 2, 10)}, [("expires_on", "period_invalid")]),
        ({"expires_on": date(2026, 2, 11)}, []),
        ({"expires_on": date(2040, 1, 1), "copies": 0}, []),
        ({"copies": -1}, [("copies", "number_negative")]),
    ],
)
def test_a_letter_says_every_problem_at_once(values, expected):
    assert [(one.field, one.code) for one in check_pledge(replace(pledge(), **values), today=TODAY)] == expected
