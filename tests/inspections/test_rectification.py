from __future__ import annotations

from datetime import date

import pytest

from desktop.inspections.rectification import may_print_notice, rectification_notice
from desktop.printing.render import render_form
from tests.inspections.making import finding, places, sound
from tests.printing.reading import text_of

COMMITTEE = "幸福里社区居民委员会"


def test_a_notice_says_where_what_until_when_and_who(bench):
    places(bench)
    row = bench.inspections.record(
        finding(
            inspector="赵国平", responsible="安居物业", due_on=date(2026, 6, 16), treatment="整改通知",
            notice_on=date(2026, 6, 10), notice_number="幸居整改〔2026〕11号",
        )
    )  # fmt: skip
    text = text_of(render_form(rectification_notice(row, COMMITTEE, "8555 0126")))
    for words in (
        "幸居整改〔2026〕11号", "安居物业：", "2026年6月9日，本会检查人员赵国平到渔村检查", "楼道堆放纸箱",
        "请在2026年6月16日前改好", "联系人：赵国平电话：85550126", "2026年6月10日", "送达回执", "本会到现场复查",
    ):  # fmt: skip
        assert words in text


def test_what_is_not_known_yet_is_left_blank(bench):
    places(bench)
    row = bench.inspections.record(finding())
    made = rectification_notice(row, COMMITTEE, "")
    assert (made.number, made.issued_on, made.addressee) == ("", None, "渔村：")
    assert "请尽快改好" in made.after[0]
    assert made.contact == f"联系人：{COMMITTEE}"


def test_each_line_of_the_problem_is_a_shortcoming_and_the_day_of_coming_again_is_named(bench):
    places(bench)
    row = bench.inspections.record(finding(problem="楼道堆放纸箱\n\n 飞线充电", due_on=date(2026, 6, 18)))
    made = rectification_notice(row, COMMITTEE, "", date(2026, 6, 22))
    assert [one.problem for one in made.shortcomings] == ["楼道堆放纸箱", "飞线充电"]
    assert made.receipt.document == "整改通知书（2个问题）"
    assert "本会定于2026年6月22日复查" in made.after[0]
    assert "本会定于2026年6月22日复查" in text_of(bench.rectification.draft_pdf(row))  # 19 to 21 June are days off


@pytest.mark.parametrize(
    ("draft", "may"),
    [
        (sound(), False),
        (finding(), True),
        (finding(treatment="现场整改"), False),
        (finding(treatment="整改通知", notice_on=date(2026, 6, 10)), True),
        (finding(treatment="上报", escalated_on=date(2026, 6, 10)), True),
    ],
)
def test_only_a_finding_not_mended_on_the_spot_gets_a_notice(draft, may):
    assert may_print_notice(draft) is may
