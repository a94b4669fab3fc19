"""Where a finding stands, in the words people read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.inspections.progress import NextStep, is_overdue, may_escalate, next_step, state_of, steps_of
from tests.inspections.making import finding, sound

TODAY = date(2026, 6, 17)
NOTICED = finding(
    treatment="整改通知", inspector="贺建军", level="一般隐患", notice_on=date(2026, 6, 9),
    notice_number="第12号通知书", responsible="安居物业", due_on=date(2026, 6, 14),
)  # fmt: skip


@pytest.mark.parametrize(
    ("values", "word", "tone"),
    [
        ({}, "复查逾期3天", "red"),
        ({"due_on": date(2026, 6, 16)}, "复查逾期1天", "red"),
        ({"due_on": TODAY}, "限期今天到", "amber"),
        ({"due_on": date(2026, 6, 22)}, "限期还有5天", "amber"),
        ({"due_on": None}, "没定期限", "amber"),
        ({"due_on": None, "treatment": "", "notice_on": None}, "还没处理", "amber"),
        ({"recheck_result": "不合格", "due_on": None}, "复查不合格", "red"),
        ({"recheck_result": "不合格", "due_on": date(2026, 6, 20)}, "限期还有3天", "amber"),
        ({"recheck_result": "合格"}, "合格待销号", "amber"),
        ({"treatment": "上报"}, "已上报", "blue"),
        ({"escalated_on": TODAY, "escalated_to": "派出所"}, "已上报派出所", "blue"),
        ({"treatment": "现场整改"}, "现场已整改", "green"),
        ({"closed_on": TODAY}, "已销号", "green"),
        ({"treatment": "现场整改", "closed_on": TODAY}, "现场已整改", "green"),
    ],
)
def test_the_state_is_said_in_words(values, word, tone):
    state = state_of(replace(NOTICED, **values), TODAY)
    assert (state.word, state.tone) == (word, tone)


def test_an_inspection_without_a_finding_shows_its_result():
    assert state_of(sound(), TODAY).word == "合格"
    assert (state_of(sound(result="不合格"), TODAY).word, state_of(sound(result=""), TODAY).word) == (
        "不合格",
        "没写结果",
    )
    assert steps_of(sound(), TODAY) == []
    assert next_step(sound()) is None


@pytest.mark.parametrize(
    ("values", "step", "escalates"),
    [
        ({"treatment": "", "notice_on": None}, NextStep.NOTICE, True),
        ({}, NextStep.RECHECK, True),
        ({"recheck_result": "不合格"}, NextStep.RECHECK, True),
        ({"recheck_result": "合格"}, NextStep.CLOSE, False),
        ({"escalated_on": TODAY}, NextStep.CLOSE, False),
        ({"treatment": "现场整改"}, None, False),
        ({"closed_on": TODAY}, None, False),
    ],
)
def test_there_is_one_next_step(values, step, escalates):
    draft = replace(NOTICED, **values)
    assert (next_step(draft), may_escalate(draft)) == (step, escalates)


def test_whoever_waits_for_a_superior_is_not_late():
    assert is_overdue(NOTICED, TODAY)
    assert not is_overdue(replace(NOTICED, escalated_on=TODAY), TODAY)
    assert not is_overdue(replace(NOTICED, recheck_result="合格"), TODAY)
    assert is_overdue(replace(NOTICED, recheck_result="不合格"), TODAY)


def told(draft):
    return [(step.name, step.mark, step.text) for step in steps_of(draft, TODAY)]


def test_a_late_recheck_is_red_and_says_why():
    mended = replace(NOTICED, replied_on=date(2026, 6, 13), reply="物业回复已清理")
    assert told(mended) == [
        ("发现", "done", "6月9日 贺建军，一般隐患"),
        ("通知", "done", "6月9日 第12号通知书，安居物业"),
        ("整改", "done", "6月13日 物业回复已清理"),
        ("复查", "late", "应在6月14日，还没有登记"),
        ("销号", "waiting", "复查合格后销号"),
    ]


def test_steps_that_are_missing_are_never_shown_as_done():
    marks = [(name, mark) for name, mark, _ in told(NOTICED)]
    assert marks == [("发现", "done"), ("通知", "done"), ("整改", "late"), ("复查", "late"), ("销号", "waiting")]
    assert [mark for _, mark, _ in told(finding())] == ["done", "open", "waiting", "waiting", "waiting"]
    failed = replace(NOTICED, recheck_result="不合格", rechecked_on=date(2026, 6, 15), due_on=date(2026, 6, 22))
    assert told(failed)[2:4] == [
        ("整改", "late", "复查时还没有整改好"),
        ("复查", "late", "6月15日 不合格，6月22日前再查"),
    ]


def test_what_was_mended_on_the_spot_needs_no_more_than_its_end():
    fixed = finding(treatment="现场整改", inspector="贺建军")
    assert [mark for _, mark, _ in told(fixed)] == ["done", "done", "done", "done", "open"]
    assert [mark for _, mark, _ in told(replace(fixed, closed_on=date(2026, 6, 9)))] == ["done"] * 5


def test_an_escalated_finding_says_to_whom_and_waits():
    up = replace(NOTICED, escalated_on=date(2026, 6, 15), escalated_to="街道")
    assert told(up)[1] == ("上报", "done", "6月15日 街道")
    assert told(up)[3:] == [("复查", "waiting", "等上级处理的结果"), ("销号", "waiting", "处理好以后销号")]


def test_a_passed_recheck_leaves_only_the_end_open():
    passed = replace(NOTICED, rechecked_on=date(2026, 6, 15), recheck_result="合格")
    assert [(name, mark) for name, mark, _ in told(passed)][2:] == [
        ("整改", "done"),
        ("复查", "done"),
        ("销号", "open"),
    ]
