"""Findings that come back at one place are marked in list, ledger and report; what is merely near is not."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.foundation.days import parse_period
from desktop.inspections.recurrence import same_kind
from desktop.inspections.views import InspectionFilter
from tests.inspections.making import finding, places
from tests.inspections.test_documents import text_of

JUNE = parse_period("2026-06")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("3栋墙上乱贴小广告", "楼道又有小广告", True),
        ("楼道堆放纸箱", "2单元楼道堆放杂物", True),
        ("3号楼2单元灯不亮", "3号楼2单元门坏了", False),  # the same place is not the same kind
        ("垃圾", "垃圾", False),  # too short to say anything
        ("飞线充电", "健康证到期", False),
        ("", "", False),
    ],
)
def test_problems_are_of_one_kind_by_what_is_wrong_not_by_where(one, other, same):
    assert same_kind(one, other) is same


def found_on(bench, day, **values):
    return bench.inspections.record(finding(day, **{"problem": "墙上乱贴小广告", **values})).id


def test_a_finding_that_comes_back_is_marked_in_list_ledger_and_report(bench):
    places(bench, "渔村", "唐苑新村")
    first = found_on(bench, date(2026, 3, 20), treatment="现场整改", closed_on=date(2026, 3, 20))
    second = found_on(bench, date(2026, 5, 3), problem="小广告清了又贴", treatment="现场整改")
    third = found_on(bench, date(2026, 6, 9))
    others = [
        found_on(bench, date(2026, 6, 10), place="唐苑新村"),
        found_on(bench, date(2026, 6, 10), category="楼道安全"),
        found_on(bench, date(2026, 6, 10), problem="绿化带缺株"),
    ]
    rows = {row.id: row.repeat for row in bench.inspections.rows([first, second, third, *others])}
    assert rows[first] is None
    assert (rows[second].times, rows[second].last_on) == (2, date(2026, 3, 20))
    assert rows[third].words == "反复第3次，上次2026年5月3日"
    assert [rows[one] for one in others] == [None, None, None]
    assert set(bench.inspections.ids(InspectionFilter(repeated=True))) == {second, third}
    paper = text_of(bench.ledgers.pdf("反复问题台账", JUNE))
    assert "墙上乱贴小广告" in paper
    assert "2026年5月3日" in paper
    assert [row.id for row in bench.ledgers.read("反复问题台账", JUNE).rows] == [third]
    report = text_of(bench.reports.pdf(bench.reports.content(JUNE))).replace("\n", "")
    assert "反复第3次，上次2026年5月3日" in report
    assert bench.reports.content(JUNE).table.line("反复问题台账").values[:2] == (1, 2)


def test_after_the_days_of_the_standard_it_is_a_new_finding(bench):
    places(bench)
    found_on(bench, date(2026, 3, 10))
    late = found_on(bench, date(2026, 6, 9))  # 91 days later
    assert bench.inspections.rows([late])[0].repeat is None
    content = dict(bench.standards.in_force("recurrence", date(2026, 6, 9)).content)
    longer = {"values": {"recurring_days": {**content["values"]["recurring_days"], "value": 91}}}
    bench.standards.add_edition(
        {"standard": "recurrence", "edition": "街道", "title": "反复", "effective_from": "2026-06-01", **longer},
        bench.officer,
    )
    assert bench.inspections.rows([late])[0].repeat.times == 2
    bench.inspections.remove(bench.inspections.rows([late])[0].id)
    assert list(bench.inspections.ids(InspectionFilter(repeated=True))) == []


def test_the_day_s_own_findings_are_no_repetition(bench):
    places(bench)
    both = [found_on(bench, date(2026, 6, 9)), found_on(bench, date(2026, 6, 9))]
    assert [row.repeat for row in bench.inspections.rows(both)] == [None, None]
