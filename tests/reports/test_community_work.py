"""What committees write in their plans and summaries, held by ledgers and reports: stored, counted, printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop.activities.rules import ActivityDraft
from desktop.activities.work import Work
from desktop.foundation.days import parse_period
from desktop.foundation.jobs import JobContext
from desktop.printing.render import render_form
from desktop.reports.box import HANDED_IN, ISSUED, BoxDraft
from desktop.reports.chapters import report_of
from desktop.reports.content import ReportTexts
from desktop.reports.rules import SubmissionDraft
from desktop.reports.table import number_text
from tests.activities.making import activity
from tests.health.making import bp
from tests.inspections.making import finding, places, pledge, sound
from tests.notices.making import bait
from tests.register.making import resident
from tests.reports.papers import text_of


def test_a_half_year_is_summed_up_with_problems_and_next_steps(bench):
    places(bench, "翠湖苑")
    for problem, closed in (
        ("垃圾房破损", None),
        ("绿化带缺株", None),
        ("楼道灯不亮", None),
        ("乱贴广告", date(2026, 3, 9)),
    ):
        bench.inspections.record(
            finding(date(2026, 3, 2), place="翠湖苑", problem=problem, treatment="整改通知", closed_on=closed,
                    rechecked_on=closed, recheck_result="合格" if closed else "", due_on=date(2026, 3, 31))
        )  # fmt: skip
    half, year = parse_period("2026H1"), parse_period("2026")
    bench.reports.setup.write_texts(half, "上半年", ReportTexts("", "七月起每周五清一次绿化带。\n八月换垃圾房。"))
    content = bench.reports.content(half)
    text = text_of(bench.reports.pdf(content))
    assert "2026年上半年" in text
    for problem in ("垃圾房破损", "绿化带缺株", "楼道灯不亮"):
        assert problem in text
    assert "乱贴广告" not in text
    assert "七月起每周五清一次绿化带。" in text
    assert content.figures["findings.found"].value == 4
    assert "工作年报" in text_of(bench.reports.pdf(bench.reports.content(year))).replace(" ", "")


def test_what_a_half_year_brought_about_is_added_up_and_printed(bench):
    for day, tons in ((date(2026, 2, 3), 1), (date(2026, 5, 8), 2)):
        bench.activities.record(
            ActivityDraft(
                day, "清洁日", "环境整治", attendance=60,
                work=(
                    Work("清理垃圾", Decimal(tons), "吨", "余"), Work("清理面积", Decimal(400), "平方米"),
                    Work("清理卫生死角", Decimal(25), "处"), Work("清除小广告", Decimal(250), "条"),
                ),
            )
        )  # fmt: skip
    content = bench.reports.content(parse_period("2026H1"))
    section = next(section for section in content.table.sections if section.name == "环境卫生")
    told = {(line.label, line.unit): line.values[0] for line in section.lines}
    assert told["清理垃圾", "吨"] == 3
    assert told["清理面积", "平方米"] == 800
    assert told["清理卫生死角", "处"] == 50
    assert told["清除小广告", "条"] == 500
    assert content.table.line("参加活动").values[0] == 120
    text = text_of(bench.reports.pdf(content))
    for words in ("清理卫生死角", "800", "120"):
        assert words in text


def test_places_are_rated_every_month_by_their_scores_and_the_table_is_posted(bench):
    places(bench, "翠湖苑", "渔村", "唐苑新村", "便民超市")
    for place, scores in (("翠湖苑", (90, 95)), ("渔村", (88, 97)), ("唐苑新村", (99,)), ("便民超市", (None,))):
        for day, score in enumerate(scores, start=4):
            bench.inspections.record(
                sound(date(2026, 5, day), place=place, score=None if score is None else Decimal(score))
            )
    bench.inspections.record(finding(date(2026, 5, 20), place="唐苑新村", score=Decimal(60), treatment="现场整改"))
    read = bench.ledgers.read("检查评比表", parse_period("2026-05"))
    told = [(row.rank, row.place, row.inspections, row.findings, row.settled, row.mean_text) for row in read.rows]
    assert told == [
        (1, "渔村", 2, 0, 0, "92.50"),
        (1, "翠湖苑", 2, 0, 0, "92.50"),
        (3, "唐苑新村", 2, 1, 1, "79.50"),
        (None, "便民超市", 1, 0, 0, "—"),
    ]
    posted = text_of(bench.ledgers.pdf("检查评比表", parse_period("2026-05")))
    assert "92.50" in posted
    assert "2026年5月" in posted
    text = text_of(bench.reports.pdf(bench.reports.content(parse_period("2026-05"))))
    assert "检查评比" in text
    assert "79.50" in text


def test_the_results_of_a_year_stand_together_at_its_end(houhuan):
    content = houhuan.reports.content(parse_period("2011"))
    assert content.table.line("检查（各类合计）").values[0] == 188
    assert sum(int(row[2]) for row in content.ranking) == 188
    text = text_of(houhuan.reports.pdf(content))
    assert "检查评比" in text
    assert "71.81" in text


def test_the_list_of_gaps_is_printed_for_the_office_alone(bench, clock):
    from desktop.reports.gap_ledger import gap_ledger
    from desktop.reports.ledgers import ledger_pdf

    places(bench, "翠湖苑")
    bench.inspections.record(sound(date(2026, 4, 7), place="翠湖苑"))  # kept since April
    may = parse_period("2026-05")
    gaps = bench.gaps.of(may)
    assert gaps
    text = text_of(ledger_pdf(bench.ledgers.filled(gap_ledger(clock.today()), gaps, may)))
    assert "缺项清单（内部）" in text
    assert gaps[0].duty.title in text
    report = text_of(bench.reports.pdf(bench.reports.content(may)))
    assert "缺项" not in report


def surveyed(bench, day, *work):
    bench.activities.record(
        ActivityDraft(
            day, "问卷调查", "健康教育", ledgers=("健康教育",),
            work=tuple(Work(name, Decimal(number), unit) for name, number, unit in work),
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("topic", "outcome", "rate"),
    [
        ("居民健康知识", "知晓", "87.00"), ("居民卫生行为", "形成", "74.00"), ("学生健康知识", "知晓", "82.00"),
        ("学生卫生行为", "形成", "75.00"), ("居民血压知识", "掌握", "98.50"), ("社区卫生服务", "知晓", "85.00"),
        ("社区卫生服务", "使用", "75.00"), ("社区卫生服务", "满意", "80.50"), ("居民卫生状况", "满意", "88.00"),
        ("鼠药", "购药", "98.50"), ("鼠药", "保留", "98.00"),
    ],
)  # fmt: skip
def test_rates_of_surveys_are_computed_from_what_was_asked_and_answered(bench, topic, outcome, rate):
    yes = int(Decimal(rate) * 2)
    surveyed(bench, date(2026, 3, 3), (f"{topic}调查", 50, "人"), (f"{topic}{outcome}", yes - 100, "人"))
    surveyed(bench, date(2026, 5, 5), (f"{topic}调查", 150, "人"), (f"{topic}{outcome}", 100, "人"))
    surveyed(bench, date(2026, 5, 6), ("别的调查", 10, "人"), ("走访", 3, "户"))
    content = bench.reports.content(parse_period("2026H1"))
    line = content.table.line(f"{topic}{outcome}率")
    assert (line.values[0], line.unit) == (Decimal(rate), "%")  # of the 200 asked together
    assert line.formula == f"{topic}{outcome} ÷ {topic}调查 × 100"
    paper = text_of(bench.reports.pdf(content)).replace("\n", "")
    assert f"{topic}{outcome}率" in paper
    assert number_text(Decimal(rate)) in paper
    may = bench.reports.content(parse_period("2026-05")).table.line(f"{topic}{outcome}率")
    assert number_text(may.values[0]) == "66.67"  # 100 of 150; the year so far beside it
    assert may.values[1] == Decimal(rate)


def test_a_rate_needs_somebody_asked(bench):
    surveyed(bench, date(2026, 5, 5), ("居民健康知识知晓", 40, "人"), ("鼠药调查", 0, "户"), ("鼠药购药", 0, "户"))
    table = bench.reports.content(parse_period("2026-05")).table
    labels = [line.label for section in table.sections for line in section.lines]
    assert "居民健康知识知晓率" not in labels
    assert table.line("鼠药购药率").values[0] is None


def test_materials_reach_every_household(bench):
    for room in ("101", "102", "103", "104"):
        resident(bench, room=room)
    surveyed(bench, date(2026, 5, 5), ("宣传资料入户", 3, "户"))
    content = bench.reports.content(parse_period("2026-05"))
    assert content.table.line("宣传资料入户率").values[0] == 75
    assert "宣传资料入户率" in text_of(bench.reports.pdf(content)).replace("\n", "")


def test_the_papers_of_a_year_are_boxed_with_a_label_and_a_catalogue(bench):
    places(bench, "翠湖苑")
    for day in (5, 12):
        bench.inspections.record(sound(date(2026, 5, day), place="翠湖苑"))
    activity(bench, date(2026, 5, 6), "健康讲座", ledgers=("健康教育",))
    activity(bench, date(2026, 6, 5), "绿色社区植树", category="环境整治", ledgers=("绿色社区",))
    person = resident(bench, name="林桂英")
    bench.health.record(person, bp(date(2026, 5, 6)))
    sent = bench.notices.composing.issue(bait(bench))
    handed = bench.reports.submissions.hand_in(
        bench.reports.content(parse_period("2026-05")), SubmissionDraft(date(2026, 6, 3), "街道办事处", "沈玉琴")
    )
    ledgers = ("环境卫生检查台账", "健康教育台账", "健康服务登记台账", "绿色社区台账")
    draft = BoxDraft(2026, "卫生健康档案", (ISSUED, HANDED_IN, *ledgers), "文书", "30年", "1", 50)
    made = bench.box.papers(draft, JobContext())
    text = text_of(render_form(made)).replace(" ", "")
    assert [one.title for one in made.catalogue.entries][2:] == [
        "2026年环境卫生检查台账（2条）", "2026年健康教育台账（1条）", "2026年健康服务登记台账（1条）",
        "2026年绿色社区台账（1条）",
    ]  # fmt: skip
    for words in (
        "卫生健康档案", "2026", "保管期限30年", "1—6", sent.number, handed.title, "环境卫生检查台账", "健康教育台账",
        "健康服务登记台账", "绿色社区台账", "本卷共6件", "立卷人沈玉琴",
    ):  # fmt: skip
        assert words in "".join(text.split()), words


PROFILES = {
    "I05": ("保洁员 1 人\n日清运垃圾 2 吨\n保洁面积 0.03 平方公里", ("日清运垃圾", "0.03")),
    "I06": (
        "面积 0.28 平方公里\n绿化率 49.1 %\n楼房 78 栋\n住户 2297 户\n人口 6989 人\n商铺 130 家\n公司 500 家\n"
        "共建单位 10 个\n小区 20 个",
        ("0.28", "49.1", "78", "2,297", "6,989", "130", "500", "共建单位", "20"),
    ),
    "I07": (
        "在册户籍人口 3200 人\n流动人口 1800 人\n总人口 5000 人\n学校 2 所\n幼儿园 3 所\n诊所 4 家",
        ("在册户籍人口", "3,200", "1,800", "5,000", "幼儿园", "诊所"),
    ),
    "I08": (
        "保洁面积 12000 平方米\n保洁员 14 人\n保洁车 3 辆\n规定保洁时间 12 小时",
        ("12,000", "保洁车", "规定保洁时间"),
    ),
    "I11": ("道路 10 条\n硬底化道路 9 条 占 道路 目标 90", ("占道路90%", "90%")),
    "I12": ("绿化覆盖率 33.5 % 目标 35\n小巷 8 条\n硬化小巷 8 条 占 小巷 目标 100", ("33.5", "35%", "占小巷100%")),
    "I13": (
        "农户 12937 户\n卫生厕所 12433 户 占 农户\n无害化厕所 11271 户 占 农户",
        ("占农户96.10%", "占农户87.12%", "12,433"),
    ),
    "I16": ("住户 500 户\n卫生户 410 户 占 住户\n文明家庭 400 户 占 住户 目标 80", ("占住户82%", "占住户80%", "80%")),
    "I18": (
        "面积 2.7 平方公里\n人口 1502 人\n住户 480 户\n村民小组 10 个\n党员 56 名",
        ("2.7", "1,502", "480", "村民小组", "56"),
    ),
}


@pytest.mark.parametrize("thing", PROFILES)
def test_the_committee_s_own_numbers_are_kept_with_their_day_and_printed(bench, thing):
    lines, words = PROFILES[thing]
    bench.profile_numbers.change(date(2026, 1, 1), lines)
    paper = text_of(bench.reports.pdf(bench.reports.content(parse_period("2026-05")))).replace("\n", "")
    assert "二、辖区基本情况" in paper
    assert "截至　2026年1月1日" in paper
    assert [word in paper for word in words] == [True] * len(words)
    before = text_of(bench.reports.pdf(bench.reports.content(parse_period("2025"))))
    assert "辖区基本情况" not in before  # nobody knew them then


def test_targets_stand_beside_what_the_records_say(bench):
    surveyed(bench, date(2026, 5, 5), ("居民健康知识调查", 200, "人"), ("居民健康知识知晓", 174, "人"))
    surveyed(bench, date(2026, 5, 6), ("学生卫生行为调查", 40, "人"), ("学生卫生行为形成", 30, "人"))
    bench.pledges.record(pledge(date(2026, 2, 11), category="门前五包责任书", copies=117))
    bench.profile_numbers.change(
        date(2026, 1, 1),
        "沿街商铺 130 家\n门前五包责任书 — 份 占 沿街商铺 目标 100\n居民健康知识知晓率 — % 目标 75\n"
        "居民卫生行为形成率 — % 目标 70\n学生卫生行为形成率 — % 目标 75",
    )
    content = bench.reports.content(parse_period("2026H1"))
    (table,) = next(one for one in _chapters(bench, content) if "辖区基本情况" in one.title).blocks
    assert [tuple(row) for row in table.rows] == [
        ("沿街商铺", "130", "家", "", ""),
        ("门前五包责任书", "117", "份", "占沿街商铺90%", "100%"),
        ("居民健康知识知晓率", "87", "%", "", "75%"),
        ("居民卫生行为形成率", "—", "%", "", "70%"),
        ("学生卫生行为形成率", "75", "%", "", "75%"),
    ]
    assert "占沿街商铺90%" in text_of(bench.reports.pdf(content)).replace("\n", "")


def _chapters(bench, content):
    return report_of(content, profile=bench.people.profile(), officer="沈玉琴", made_on=date(2026, 6, 17)).chapters
