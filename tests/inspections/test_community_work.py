"""What committees write they inspect and sign, stored once and coming out as a figure, a sheet or a page."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.foundation.days import parse_period
from desktop.inspections.documents import inspection_ledger, inspection_sheet
from desktop.inspections.progress import state_of
from desktop.inspections.views import InspectionFilter
from tests.inspections.making import finding, inspections_sheet, places, pledges_sheet, sound
from tests.register.making import stored, take_in

TODAY = date(2026, 6, 17)
KINDS = (
    "环境卫生", "安全检查", "出租房屋", "防汛检查", "门前三包", "五小门店", "食品安全", "互查互评", "道路隐患",
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
    sheet = inspection_sheet(row, TODAY)
    assert "责任单位" in str(sheet.blocks[-1])
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
