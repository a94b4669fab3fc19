"""What committees issue and post, as their plans and summaries put it: written, numbered, posted, printed, counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.foundation.days import parse_period
from desktop.foundation.errors import InputError
from desktop.notices.rules import Layout
from desktop.notices.views import PostingFilter
from tests.notices.making import posting

JUNE = parse_period("2026-06")
CONTACT = {"联系人": "邓文斌", "联系电话": "0000-5550126"}


@pytest.fixture
def issue(bench):
    def write(template, layout=None, **values):
        """Issue a notice from *template* and return its row."""
        draft = bench.notices.composing.begin(template)
        given = {**draft.values, **CONTACT, **values}
        return bench.notices.composing.issue(replace(draft, values=given, layout=layout or draft.layout))

    return write


@pytest.fixture
def words_of(bench, text_of):
    return lambda row: text_of(bench.notices.issued.pdf(row.id))


def test_income_and_expenditure_of_a_quarter_are_published(bench, issue, words_of):
    row = issue(
        "accounts", 公示期间="2026年第二季度", 上期结余="12800.50", 收入明细="1. 公共收益8600元\n2. 场地费1200元",
        支出明细="1. 消杀药品3400元", 本期结余="19200.50", 审核人="李桂兰", 开始日期="2026-07-01",
        结束日期="2026-07-10",
    )  # fmt: skip
    for words in ("关于2026年第二季度财务收支情况的公示", "12800.50元", "公共收益8600元", "消杀药品3400元", "李桂兰"):
        assert words in words_of(row)
    assert [one.number for one in bench.ledgers.read("发文登记台账", JUNE).rows] == [row.number]


def test_changes_of_households_are_posted_without_anybodys_number(bench, issue, words_of):
    values = {
        "变动月份": "2026年6月", "变动依据": "收入超过标准", "开始日期": "2026-06-15", "结束日期": "2026-06-24",
        "监督电话": "0000-5550100",
    }  # fmt: skip
    with pytest.raises(InputError, match="身份证号"):
        issue("allowance", 变动名单="取消2户：11010519491231002X", **values)
    row = issue("allowance", 变动名单="取消2户：张某某、李某", **values)
    assert "取消2户：张某某、李某" in words_of(row)
    assert "0000-5550100" in words_of(row)
    bench.notices.postings.record(posting(title=row.title, places="居务公示栏"), row.id)
    assert bench.figures.of(JUNE)["notices.posted"].value == 1


def test_whatever_hangs_on_the_wall_is_recorded_printed_and_counted(bench, text_of):
    titles = (
        "6月环境卫生检查结果", "救灾款物发放名单", "流动人口办证情况", "居委会成员分工和工作程序", "社区动态",
    )  # fmt: skip
    for title in titles:
        bench.notices.postings.record(posting(title=title, places="居务公示栏"))
    printed = text_of(bench.ledgers.pdf("通知张贴台账", JUNE))
    assert all(title in printed for title in (*titles, "居务公示栏"))
    assert bench.figures.of(JUNE)["notices.posted"].value == len(titles)


def test_each_posting_is_reviewed_before_and_checked_after(bench, text_of):
    row = bench.notices.postings.record(posting(reviewed_by="沈玉琴"))
    bench.notices.postings.check(row.id, version=row.version, checked_by="罗晓梅")
    (kept,) = bench.notices.postings.rows(list(bench.notices.postings.ids(PostingFilter())))
    assert (kept.draft.reviewed_by, kept.draft.checked_by) == ("沈玉琴", "罗晓梅")
    printed = text_of(bench.ledgers.pdf("通知张贴台账", JUNE))
    assert "沈玉琴" in printed
    assert "罗晓梅2026年6月17日" in printed


def test_an_open_letter_goes_to_every_home(issue, words_of):
    row = issue(
        "general", Layout.LEAFLET, 标题="致全体居民的一封公开信", 主送="各位居民",
        正文="创建卫生社区，需要您来出一份力。\n请从家门口做起。",
    )  # fmt: skip
    assert words_of(row).count("致全体居民的一封公开信") == 2  # two to a page, to be cut apart
    assert words_of(row).count("请从家门口做起。") == 2


def test_a_unified_action_is_announced_with_its_days_and_its_hour(issue, words_of):
    row = issue(
        "spraying", 开始日期="2026-06-20", 结束日期="2026-06-22", 时间="19:00开始", 防制对象="蚊",
        消杀范围="全社区绿化带、下水道、地下车库", 药物一="2.5%高效氯氰菊酯悬浮剂",
    )  # fmt: skip
    assert "2026年6月20日至2026年6月22日，每天19:00开始" in words_of(row)
    assert "2.5%高效氯氰菊酯悬浮剂" in words_of(row)


def test_what_hangs_too_long_is_due_today(bench):
    late = bench.notices.postings.record(posting(posted_on=date(2026, 6, 1), down_due_on=date(2026, 6, 15)))
    bench.notices.postings.record(posting(down_due_on=date(2026, 6, 30)))
    lines = [line for line in bench.due.until(date(2026, 6, 17)) if line.key.startswith("posting:")]
    assert [(line.title, line.due_on, line.target.record_id) for line in lines] == [
        ("撤下：灭鼠投药告知书", date(2026, 6, 15), late.id)
    ]
    bench.notices.postings.take_down(late.id, version=late.version)
    assert not [line for line in bench.due.until(date(2026, 6, 17)) if line.key.startswith("posting:")]


def test_the_count_of_postings_opens_to_the_postings_it_counts(bench):
    row = bench.notices.postings.record(posting())
    bench.notices.postings.record(posting(posted_on=date(2026, 5, 31)))
    rows = bench.figures.rows("notices.posted", JUNE)
    assert [(one.id, one.what, one.detail, one.state) for one in rows] == [
        (row.id, "灭鼠投药告知书", "桂花苑3个公告栏", "张贴着")
    ]
