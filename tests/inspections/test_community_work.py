"""What committees write they inspect and sign, stored once and coming out as a figure, a sheet or a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.foundation.days import parse_period
from desktop.foundation.errors import InputError
from desktop.inspections.documents import checked_sheet, inspection_ledger
from desktop.inspections.finding_sheet import finding_sheet
from desktop.inspections.progress import state_of
from desktop.inspections.service.checklists import ChecklistDraft
from desktop.inspections.views import InspectionFilter
from desktop.printing.render import render_sheet
from tests.inspections.making import finding, inspections_sheet, places, pledges_sheet, sound
from tests.inspections.test_checklists import judged
from tests.inspections.test_documents import HEADING, text_of
from tests.register.making import stored, take_in

TODAY = date(2026, 6, 17)
KINDS = (
    "环境卫生", "安全检查", "出租房屋", "防汛检查", "门前三包", "五小门店", "食品安全", "互查互评", "道路隐患",
    "控烟检查", "出租屋环境卫生", "自查自评", "达标验收",
)  # fmt: skip


def figure(bench, key, period="2026-06"):
    found = bench.figures.of(parse_period(period)).get(key)
    return found.value if found else None


def test_checks_of_every_kind_are_kept_under_their_name_and_counted(bench, tmp_path):
    places(bench)
    take_in(bench, "inspections", inspections_sheet(tmp_path / "i.xlsx", *({"检查类别": kind} for kind in KINDS)))
    assert figure(bench, "inspections.done") == len(KINDS)
    assert [row["检查类别"] for row in stored(bench, "inspections", tmp_path)] == list(KINDS)


def test_rounds_of_a_week_and_a_month_are_each_kept_with_their_day(bench):
    places(bench)
    for day in (1, 4, 8, 11):
        bench.inspections.record(sound(date(2026, 6, day)))
    bench.inspections.record(sound(date(2026, 6, 12), category="安全检查"))
    assert figure(bench, "inspections.done", "2026-06-01..2026-06-07") == 2
    assert len(bench.inspections.ids(InspectionFilter(category="安全检查"))) == 1
    assert figure(bench, "inspections.done") == 5


def test_a_failing_area_is_given_notice_with_a_deadline_and_printed(bench):
    places(bench)
    row = bench.inspections.record(finding())
    row = bench.inspections.notice(
        row.id, version=row.version, noticed_on=date(2026, 6, 10), due_on=date(2026, 6, 17), number="第12号",
        responsible="安居物业",
    )  # fmt: skip
    assert (figure(bench, "findings.notices"), figure(bench, "findings.found")) == (1, 1)
    sheet = finding_sheet(row, (), committee="", printed_by="", printed_on=TODAY)
    assert sheet.number == "第12号"
    assert ("责任单位", "安居物业") in sheet.facts[1]
    assert [column.text(row) for column in inspection_ledger(TODAY).columns if column.title == "责任单位"] == [
        "安居物业"
    ]


def test_what_the_committee_cannot_mend_is_reported_with_day_and_office(bench):
    places(bench)
    row = bench.inspections.record(finding(category="门前三包", problem="占道经营，劝了不听"))
    row = bench.inspections.escalate(row.id, version=row.version, escalated_on=date(2026, 6, 15), escalated_to="城管")
    assert figure(bench, "findings.escalated") == 1
    assert state_of(row.draft, TODAY).word == "已上报城管"


def test_the_loop_closes_from_report_and_notice_to_mending_and_its_effect(bench):
    places(bench)
    row = bench.inspections.record(finding(inspector="老党员巡查队"))
    row = bench.inspections.notice(
        row.id, version=row.version, noticed_on=date(2026, 6, 10), due_on=date(2026, 6, 15), responsible="安居物业"
    )
    row = bench.inspections.recheck(
        row.id, version=row.version, rechecked_on=date(2026, 6, 15), result="合格", reply="已清走"
    )
    row = bench.inspections.close(row.id, version=row.version)
    assert (figure(bench, "findings.closed"), figure(bench, "findings.overdue")) == (1, 0)
    assert state_of(row.draft, TODAY).word == "已销号"


def test_a_problem_handled_at_once_is_counted_as_mended_on_the_spot(bench):
    places(bench)
    bench.inspections.record(finding(level="一般隐患", treatment="现场整改", closed_on=date(2026, 6, 9)))
    assert figure(bench, "findings.fixed_on_spot") == figure(bench, "findings.closed") == 1


def test_each_check_keeps_its_score(bench, tmp_path):
    places(bench)
    take_in(bench, "inspections", inspections_sheet(tmp_path / "i.xlsx", {"得分": "86.5", "结果": "合格"}))
    assert stored(bench, "inspections", tmp_path)[0]["得分"] == "86.5"
    assert figure(bench, "inspections.passed") == 1


@pytest.mark.parametrize(
    ("category", "party", "copies"),
    [
        ("门前三包责任书", "唐苑路001号商铺", 150),
        ("房屋出租安全责任书", "房东", 108),
        ("安全生产责任书", "辖区单位和流动摊贩", 50),
        ("市容环境卫生责任书", "沿街单位", 12),
        ("卫生责任状", "包片干部", 6),
        ("保洁协议书", "保洁员", 4),
        ("门前五包责任书", "商户", 30),
        ("消防安全责任书", "楼长", 18),
    ],
)
def test_letters_of_every_kind_are_kept_and_their_copies_counted(bench, tmp_path, category, party, copies):
    row = {"类别": category, "签订对象": party, "份数": copies}
    take_in(bench, "pledges", pledges_sheet(tmp_path / "p.xlsx", row))
    assert figure(bench, f"pledges.signed.{category}", "2026") == copies
    assert stored(bench, "pledges", tmp_path)[0]["签订对象"] == party


def ledger(bench, name, period="2026-06"):
    """Return the words of the ledger called *name*."""
    return text_of(bench.ledgers.pdf(name, parse_period(period)))


def test_a_street_cleaner_is_supervised_three_times_a_day_and_the_month_is_printed(bench, tmp_path):
    places(bench, "环市路")
    rounds = [
        {"日期": f"2026-06-{day:02d}", "检查类别": "保洁督查", "点位": "环市路", "检查人": f"贺建军第{round_}次"}
        for day in (1, 2) for round_ in (1, 2, 3)
    ]  # fmt: skip
    rounds[-1] |= {
        "结果": "不合格",
        "问题": "下午未清扫，按协议扣款20元",
        "责任单位": "保洁员陈桂生",
        "处理方式": "现场整改",
    }
    take_in(bench, "inspections", inspections_sheet(tmp_path / "i.xlsx", *rounds))
    assert (figure(bench, "inspections.done"), figure(bench, "findings.fixed_on_spot")) == (6, 1)
    paper = ledger(bench, "保洁督查检查台账")
    assert (paper.count("第3次"), paper.count("环市路")) == (2, 6)
    assert "按协议扣款20元" in paper
    assert "保洁员陈桂生" in paper


def test_rounds_of_mutual_rating_are_counted_by_their_topic(bench, tmp_path):
    places(bench)
    topics = ("平安建设互查互评", "计划生育互查互评", "计划生育互查互评")
    rows = [{"日期": f"2026-0{month}-10", "检查类别": topic} for month, topic in enumerate(topics, start=3)]
    take_in(bench, "inspections", inspections_sheet(tmp_path / "i.xlsx", *rows))
    assert [len(bench.ledgers.read(f"{topic}台账", parse_period("2026")).rows) for topic in dict.fromkeys(topics)] == [
        1,
        2,
    ]
    assert "2026年3月10日" in ledger(bench, "平安建设互查互评台账", "2026")


def test_a_hazard_is_seen_to_every_week_until_it_is_gone(bench):
    places(bench)
    row = bench.inspections.record(finding(date(2026, 5, 29), treatment="整改通知", due_on=date(2026, 6, 5)))
    for day, again in ((date(2026, 6, 5), date(2026, 6, 12)), (date(2026, 6, 12), date(2026, 6, 17))):
        row = bench.inspections.recheck(row.id, version=row.version, rechecked_on=day, result="不合格", due_on=again)
        bench.inspections.record(sound(day, category="隐患复查", result="不合格"))
    due = [line for line in bench.due.until(TODAY) if line.target.record_id == row.id]
    assert [(line.due_on, line.verb) for line in due] == [(TODAY, "登记复查")]
    paper = ledger(bench, "隐患复查检查台账")
    assert "2026年6月5日" in paper
    assert "2026年6月12日" in paper
    row = bench.inspections.recheck(row.id, version=row.version, rechecked_on=TODAY, result="合格")
    bench.inspections.close(row.id, version=row.version)
    assert [line for line in bench.due.until(TODAY) if line.target.record_id == row.id] == []
    assert figure(bench, "findings.closed") == 1


@pytest.mark.parametrize(
    "kept",
    [("散养家禽", "散养鸡鸭", 3, 8), ("五小门店", "小饭店不具备条件", 5, 12)],
    ids=["poultry", "small trades"],
)
def test_what_is_cleared_at_once_and_what_got_a_deadline_are_told_apart(bench, tmp_path, kept):
    category, problem, at_once, noticed = kept
    places(bench)
    mended = {"结果": "不合格", "检查类别": category, "问题": problem, "处理方式": "现场整改", "销号日期": "2026-06-01"}
    told = {"结果": "不合格", "检查类别": category, "问题": problem, "处理方式": "整改通知", "整改期限": "2026-06-30"}
    rows = [
        {**kind, "责任单位": f"第{number}户"}
        for number, kind in enumerate([mended] * at_once + [told] * noticed, start=1)
    ]
    take_in(bench, "inspections", inspections_sheet(tmp_path / "i.xlsx", *rows))
    assert figure(bench, "findings.fixed_on_spot") == at_once
    assert figure(bench, "findings.notices") == noticed
    assert figure(bench, "findings.found") == at_once + noticed
    paper = ledger(bench, f"{category}检查台账")
    assert paper.count(problem) == at_once + noticed
    assert paper.count("现场已整改") == at_once
    assert len(bench.ledgers.read("整改未销号台账", parse_period("2026-06")).rows) == noticed


def test_an_acceptance_from_outside_is_kept_with_who_came_and_its_result(bench):
    places(bench)
    bench.inspections.record(sound(category="除四害达标验收", inspector="市爱卫办验收组", result="合格"))
    assert figure(bench, "inspections.passed") == 1
    paper = ledger(bench, "除四害达标验收检查台账")
    assert "市爱卫办验收组" in paper
    assert "合格" in paper


def test_what_is_seen_alive_is_killed_at_once_and_counted(bench):
    places(bench)
    bench.inspections.record(
        finding(
            category="除四害检查", problem="发现活鼠1只，当场打死", treatment="现场整改", closed_on=date(2026, 6, 9)
        )
    )
    assert figure(bench, "findings.fixed_on_spot") == 1
    assert "当场打死" in ledger(bench, "除四害检查台账")


@pytest.mark.parametrize(
    ("category", "failed", "asked"),
    [
        ("环境卫生", 1, ("生活垃圾当日清除", "暴露垃圾和卫生死角", "乱堆杂物", "小广告", "狗粪")),
        ("食品安全", 3, ("卫生许可证", "健康合格证", "餐具消毒", "防尘", "防蝇", "防鼠", "排水通畅")),
        ("五小门店", 2, ("证照齐全", "健康合格证", "消毒设施", "防蝇、防鼠、防尘")),
    ],
    ids=["sanitation", "eateries", "small trades"],
)
def test_what_is_looked_at_is_judged_item_by_item_counted_and_printed(bench, category, failed, asked):
    places(bench, "便民饭店")
    checks = judged(bench, category, failed=(failed,), notes={failed: "当场指出"})
    row = bench.inspections.record(sound(place="便民饭店", category=category, result="不合格", checks=checks))
    page = text_of(render_sheet(checked_sheet(row), heading=HEADING))
    assert [word in page for word in asked] == [True] * len(asked)
    assert "当场指出" in page
    paper = ledger(bench, "检查表逐项统计")
    assert [word in paper for word in asked] == [True] * len(asked)
    tally = {one.name: one for one in bench.ledgers.read("检查表逐项统计", parse_period("2026-06")).rows}
    name = checks.lines[failed - 1].item.name
    assert (tally[name].failed, tally[name].where) == (1, "便民饭店")
    assert sum(one.passed for one in tally.values()) == len(checks.lines) - 1


def test_a_standard_of_many_items_is_checked_unit_by_unit_and_a_veto_decides(bench):
    places(bench, "社区办公室", "农贸市场")
    chapters = [
        "组织管理",
        "健康教育",
        "环境卫生",
        "环境保护",
        "病媒防制",
        "卫生监督",
        "疾病防控",
        "社区单位",
        "镇村",
        "满意度",
    ]
    lines = [f"【{chapter}】" for chapter in chapters]
    items = "\n".join(f"{head}\n" + "\n".join(f"{head[1:-1]}第{n}条" for n in range(1, 6)) for head in lines)
    items += "\n满意度第6条\n【必备条件】\n" + "\n".join(f"★必备条件第{n}条" for n in range(1, 5))
    bench.checklists.change(
        "", ChecklistDraft("省卫生镇标准自查表", "自查自评", items, date(2026, 6, 1), "省卫生镇标准：10大项51小项")
    )
    blank = judged(bench, "自查自评")
    assert len(blank.lines) == 51 + 4
    assert len({line.item.section for line in blank.lines}) == 10 + 1
    for place, failed in (("社区办公室", (7,)), ("农贸市场", (7, 55))):
        draft = sound(place=place, category="自查自评", checks=judged(bench, "自查自评", failed=failed))
        if 55 in failed:
            with pytest.raises(InputError, match="“必备条件第4条”是一票否决项"):
                bench.inspections.record(draft)
            draft = replace(draft, result="不合格")
        row = bench.inspections.record(draft)
    page = text_of(render_sheet(checked_sheet(row), heading=HEADING))
    assert "★必备条件第4条" in page
    assert "合格53项，不合格2项" in page
    tally = {one.name: one for one in bench.ledgers.read("检查表逐项统计", parse_period("2026-06")).rows}
    assert (tally["健康教育 健康教育第2条"].failed, tally["必备条件 必备条件第4条"].where) == (2, "农贸市场")
    assert figure(bench, "inspections.passed") == 1
