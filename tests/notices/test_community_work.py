"""What committees issue and post, as their plans and summaries put it: written, numbered, posted, printed, counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.activities.rules import ActivityDraft
from desktop.activities.work import Work
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


ROSTER = "组长：沈玉琴（主任）\n副组长：罗晓梅（卫生专干）\n成员：周建国、何秀英"


@pytest.mark.parametrize(
    "document",
    [
        ("关于成立创卫工作领导小组的通知", ROSTER, ("组长：沈玉琴（主任）", "成员：周建国、何秀英")),
        (
            "关于设立创卫工作小组的通知",
            "设资料组、健康教育组、环境卫生组、食品卫生组、除四害组五个工作小组。",
            ("资料组、健康教育组、环境卫生组、食品卫生组、除四害组",),
        ),
        (
            "关于创卫办公室分组的通知",
            "1. 综合组：罗晓梅\n2. 台账资料组：何秀英\n3. 督查组：周建国",
            ("综合组：罗晓梅", "台账资料组：何秀英", "督查组：周建国"),
        ),
        ("2026年除四害工作计划", "一、春季灭鼠\n二、夏季灭蚊\n三、秋季灭鼠", ("春季灭鼠", "秋季灭鼠")),
        ("关于6月卫生检查情况的通报", "表扬：渔村。\n批评：安居物业，限期整改。", ("表扬：渔村。", "批评：安居物业")),
        ("关于开通创卫投诉电话的通知", "投诉电话：0000-5550100。", ("投诉电话：0000-5550100",)),
        (
            "传染病防控工作情况报告",
            "本月登记发热病人0人。无集体性食物中毒等突发公共卫生事件发生。",
            ("无集体性食物中毒等突发公共卫生事件发生",),
        ),
        (
            "关于存在问题的整改意见",
            "1. 河道垃圾：七月清完，预算3000元\n2. 垃圾房破损：八月更换，预算8000元",
            ("预算3000元", "预算8000元"),
        ),
        ("关于申请创卫验收的报告", "各项整治已完成，现申请验收。", ("现申请验收",)),
    ],
    ids=["leaders", "groups", "office", "plan", "circular", "phone", "report", "opinion", "acceptance"],
)
def test_a_document_of_the_office_gets_a_number_is_kept_and_is_found_again(bench, issue, text_of, document):
    title, body, words = document
    row = issue("general", 标题=title, 主送="街道办事处", 正文=body)
    kept = text_of(bench.notices.issued.pdf(row.id))
    assert title in kept.replace("\n", "")
    assert [word in kept.replace("\n", "") for word in words] == [True] * len(words)
    assert [(one.number, one.title) for one in bench.ledgers.read("发文登记台账", JUNE).rows] == [(row.number, title)]
    assert title in text_of(bench.ledgers.pdf("发文登记台账", JUNE)).replace("\n", "")


def test_households_are_reviewed_once_a_year_and_what_was_removed_is_posted_and_counted(bench, issue, words_of):
    bench.activities.record(
        ActivityDraft(
            date(2026, 6, 10), "低保年度复核", "民政", ledgers=("民政",),
            work=(Work("清理超标对象", Decimal(2), "户"),),
        )
    )  # fmt: skip
    assert bench.figures.of(JUNE)["activities.work.清理超标对象.户"].value == 2
    row = issue(
        "allowance", 变动名单="取消2户：张某某、李某", 变动月份="2026年6月", 变动依据="收入超过标准",
        开始日期="2026-06-15", 结束日期="2026-06-24", 监督电话="0000-5550100",
    )  # fmt: skip
    assert "取消2户：张某某、李某" in words_of(row)


def test_an_application_tells_the_committee_s_own_numbers(bench, issue, words_of):
    bench.profile_numbers.change(
        date(2026, 1, 1), "面积 2.7 平方公里\n人口 1502 人\n住户 480 户\n村民小组 10 个\n党员 56 名"
    )
    row = issue("application", 称号="浙江省卫生村", 主送="区爱卫办", 创建情况="垃圾日产日清。")
    words = words_of(row).replace("\n", "")
    assert "关于申请评选浙江省卫生村的请示" in words
    assert "后环社区居民委员会面积2.7平方公里，人口1502人，住户480户，村民小组10个，党员56名。" in words
    assert "垃圾日产日清。" in words
    assert [one.number for one in bench.ledgers.read("发文登记台账", JUNE).rows] == [row.number]
