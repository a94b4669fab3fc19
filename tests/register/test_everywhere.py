"""The search across the program: every kind of record by its words, and nobody finds what the role may not see."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.foundation.days import parse_period
from desktop.register.rights import Right, Role
from desktop.register.service.tasks import TaskDraft
from desktop.reports.rules import SubmissionDraft
from tests.activities.making import activity
from tests.health.making import bp
from tests.inspections.making import finding, places, pledge
from tests.notices.making import bait
from tests.pest_control.making import aedes, density, stock, treated
from tests.register.making import resident


@pytest.fixture
def full(bench):
    """One record of every kind about 渔村."""
    places(bench, "渔村", "港湾")
    bench.inspections.record(finding(date(2026, 6, 9), problem="渔村楼道堆放纸箱"))
    bench.pledges.record(pledge(party="渔村便民超市"))
    activity(bench, name="渔村灭鼠动员", place="活动室")
    bench.pest.stock.record(stock(1, "入库", "20", purpose="渔村秋季灭鼠"))
    bench.pest.treatments.record(treated(date(2026, 5, 3), "2"))
    bench.pest.aedes.record(aedes(date(2026, 5, 4), 20, 1))
    bench.pest.density.record(density(date(2026, 5, 5), "30", 1, place="渔村"))
    bench.notices.composing.issue(bait(bench, 投放范围="渔村各楼道"))
    handed = SubmissionDraft(date(2026, 6, 3), "渔村街道办事处", "沈玉琴")
    bench.reports.submissions.hand_in(bench.reports.content(parse_period("2026-05")), handed)
    bench.tasks.record(TaskDraft("渔村灭鼠小结", date(2026, 6, 30), sender="街道爱卫办"))
    return bench


KINDS = [
    "辖区底册",
    "检查记录",
    "责任书",
    "活动",
    "投药登记",
    "药品台账",
    "伊蚊监测",
    "密度监测",
    "已发文件",
    "上报的报表",
    "来文任务",
]


def kinds(bench, text):
    return [found.kind for found in bench.everywhere.find(text)]


@pytest.mark.parametrize("text", ["", " ", "渔", "没有这样的字", "100%", "_", "'; DROP TABLE place; --"])
def test_nothing_is_found_by_nothing_one_letter_or_signs_that_mean_something_to_a_database(full, text):
    assert kinds(full, text) == []


def test_every_kind_of_record_is_found_by_its_words_in_the_order_of_the_list(full):
    assert list(dict.fromkeys(kinds(full, "渔村"))) == KINDS


def test_every_word_must_stand_somewhere_in_the_record(full):
    assert kinds(full, "渔村 纸箱") == ["检查记录"]
    assert kinds(full, "爱卫办 小结") == ["来文任务"]
    assert kinds(full, "纸箱 动员") == []


def test_a_place_is_found_by_its_initials_where_inspections_lie(full):
    assert "检查记录" in kinds(full, "yucun")


def test_of_each_kind_come_the_newest_and_no_more_than_asked_for(full):
    for day in range(1, 6):
        full.inspections.record(finding(date(2026, 5, day), problem="纸箱"))
    found = full.everywhere.find("纸箱", each=2)
    assert [(one.kind, one.day) for one in found] == [
        ("检查记录", date(2026, 6, 9)),
        ("检查记录", date(2026, 5, 5)),
    ]


def test_what_lies_in_the_bin_is_not_found(full):
    (row,) = full.everywhere.find("纸箱")
    full.inspections.remove(row.id)
    assert kinds(full, "纸箱") == []


def test_a_visit_is_never_found_and_a_role_finds_only_what_it_may_see(full, bench_as):
    person = resident(full, name="赵铁柱")
    full.health.record(person, bp(date(2026, 5, 20), 182, 95, result="渔村卫生站转诊"))
    for role in Role:
        bench = bench_as(role)
        found = bench.everywhere.find("渔村", each=9)
        assert not [one for one in found if "转诊" in one.title + one.detail], role
        for right, words in ((Right.SEE_INSPECTIONS, "检查记录"), (Right.SEE_PEST, "投药登记")):
            assert (words in [one.kind for one in found]) == bench.officer.may(right)
