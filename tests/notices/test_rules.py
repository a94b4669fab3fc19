"""Templates as text with gaps: what is found wrong, and what comes out, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.notices.rules import (
    FieldKind,
    Layout,
    NoticeField,
    NoticeText,
    Template,
    check_text,
    chinese_number,
    fill,
    shown_gaps,
    sound_values,
)

FIELDS = (
    NoticeField("开始日期", FieldKind.DAY),
    NoticeField("结束日期", FieldKind.DAY, required=False),
    NoticeField("范围"),
    NoticeField("名额", FieldKind.NUMBER, required=False),
    NoticeField("停什么", FieldKind.CHOICE, required=False, choices=("水", "电", "气")),
    NoticeField("安排", FieldKind.LONG, required=False),
)
TEXT = NoticeText("停水通知", "{范围}的居民：", ("{开始日期}[至{结束日期}]停水。",))
TEMPLATE = Template("t", "停水", "2026", "生活", "info", Layout.OFFICIAL, TEXT, FIELDS)


def said(body, title="通知", addressee=""):
    return [problem.message for problem in check_text(NoticeText(title, addressee, tuple(body)), FIELDS)]


def test_a_sound_wording_has_no_problem():
    assert check_text(TEXT, FIELDS) == []


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("自{开始日期起停水", "正文第2行的“{开始日期起停水”少了右边的 }。"),
        ("自开始日期}起", "正文第2行的“自开始日期}”少了左边的 {。"),
        ("自{{开始日期}}起", "正文第2行的“{{开始日期}}”少了右边的 }。"),
        ("自｛开始日期｝起", "正文第2行用了全角的｛ ｝，请改成半角的{ }。"),
        ("{}停水", "正文第2行有一对空的{ }，请在里面写上要填的内容，或者删掉。"),
        (
            "{地点}停水",
            "正文第2行写了{地点}，这份模板里没有这一项。能用的有：停什么、名额、安排、开始日期、结束日期、范围；"
            "群发时还有：姓名、称呼、住址。",
        ),
    ],
)
def test_a_wrong_brace_or_gap_is_named_with_its_line(line, sentence):
    assert said(["第一行", line]) == [sentence]


def test_every_wrong_line_is_told_at_once_title_and_addressee_too():
    problems = check_text(NoticeText("{甲}", "乙}", ("{丙}", "好", "{丁")), FIELDS)
    assert [(problem.field, problem.message[:5]) for problem in problems] == [
        ("title", "标题写了{"), ("addressee", "主送的“乙"), ("body", "正文第1行"), ("body", "正文第3行"),
    ]  # fmt: skip
    assert said([" "], title="") == ["请写标题。", "请写正文。"]


def test_every_missing_and_wrong_value_is_told_at_once():
    typed = {"开始日期": "6月31日", "结束日期": "2026-02-30", "名额": "三十", "停什么": "网", "别的": "x"}
    _, problems = sound_values(TEMPLATE, typed)
    assert [(problem.field, problem.code) for problem in problems] == [
        ("开始日期", "date_invalid"), ("结束日期", "date_invalid"), ("范围", "required"), ("名额", "number_invalid"),
        ("停什么", "choice_unknown"), ("别的", "field_unknown"),
    ]  # fmt: skip
    assert problems[1].message == "“结束日期”2026年2月没有30日，最后一天是28日。"
    assert problems[2].message == "请填“范围”。"


def test_an_end_before_its_begin_is_refused():
    _, problems = sound_values(TEMPLATE, {"开始日期": "2026-6-2", "结束日期": "2026-6-1", "范围": "一区"})
    assert [(problem.field, problem.code) for problem in problems] == [("结束日期", "period_invalid")]
    assert sound_values(TEMPLATE, {"开始日期": "2026-6-2", "结束日期": "2026-6-2", "范围": "一区"})[1] == []


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "6222 0200 0112 3456 789", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_nothing_posted_may_hold_an_identity_or_bank_card_number(number):
    _, problems = sound_values(TEMPLATE, {"开始日期": "2026-6-2", "范围": f"王某 {number}"})
    assert [(problem.field, problem.code) for problem in problems] == [("范围", "id_number")]


def test_days_come_out_as_people_write_them():
    values, problems = sound_values(TEMPLATE, {"开始日期": "2026.6.2", "范围": " 一区 "})
    assert (values["开始日期"], values["范围"], problems) == ("2026年6月2日", "一区", [])


def test_a_part_in_brackets_goes_with_its_gap():
    values = {"开始日期": "2026年6月2日", "范围": "一区"}
    assert fill(TEXT, values).body == ("2026年6月2日停水。",)
    assert fill(TEXT, {**values, "结束日期": "2026年6月3日"}).body == ("2026年6月2日至2026年6月3日停水。",)
    assert fill(TEXT, {**values, "结束日期": "2026年6月2日"}).body == ("2026年6月2日停水。",)
    assert fill(NoticeText("t", "", ("[没有空]{范围}",)), values).body == ("[没有空]一区",)


def test_a_line_whose_gaps_are_all_empty_is_left_out_and_the_points_are_numbered_anew():
    text = NoticeText("t", "", ("一、{范围}", "二、{名额}名", "！三、快走", "（一）细目", "四、完"))
    assert fill(text, {"范围": "一区"}).body == ("一、一区", "！二、快走", "（一）细目", "三、完")
    assert fill(text, {"范围": "一区", "名额": "3"}).body[1:3] == ("二、3名", "！三、快走")


def test_a_line_that_only_adds_something_in_brackets_stays_without_it():
    text = NoticeText("t", "", ("一、违规的要罚。[{范围}起检查。]", "[二、主办：{安排}。]", "三、完"))
    assert fill(text, {}).body == ("一、违规的要罚。", "二、完")
    assert fill(text, {"范围": "一区"}).body[0] == "一、违规的要罚。一区起检查。"


def test_braces_inside_a_value_stay_what_they_are():
    assert fill(NoticeText("t", "", ("{范围}和{安排}",)), {"范围": "{安排}", "安排": "[{范围}]"}).body == (
        "{安排}和[{范围}]",
    )


def test_a_value_of_several_lines_makes_several_paragraphs():
    assert fill(NoticeText("t", "", ("安排：{安排}",)), {"安排": "甲\n\n乙"}).body == ("安排：甲", "乙")


def test_what_is_missing_shows_by_name():
    shown = shown_gaps(TEMPLATE, {"开始日期": "", "范围": "一区"})
    assert (shown["开始日期"], shown["范围"], shown.get("名额", "")) == ("【开始日期】", "一区", "")


def test_numbers_are_written_as_in_documents():
    assert [chinese_number(one) for one in (1, 9, 10, 11, 20, 23, 99)] == [
        "一",
        "九",
        "十",
        "十一",
        "二十",
        "二十三",
        "九十九",
    ]


@given(st.text(alphabet="甲乙{}[]一、。 ", max_size=40), st.text(alphabet="丙{}[]\n", max_size=12))
def test_no_wording_breaks_and_no_value_is_lost(line, value):
    template = replace(TEMPLATE, text=NoticeText("通知", "", (line, "{范围}")))
    check_text(template.text, FIELDS)
    made = "".join(fill(template.text, {"范围": value}).body)
    kept = "".join(part.strip() for part in value.split("\n"))
    assert made.endswith(kept)
