"""Rules of activities: what must be said, what follows from the day, and numbers with their 余, 多, 约."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.activities.rules import (
    ActivityDraft,
    check_activity,
    is_unsettled,
    minutes_of,
    status_of,
    theme_of,
)
from desktop.activities.work import Work, from_milli, read_number, read_work, to_milli, work_text

TODAY = date(2026, 6, 17)
SOUND = ActivityDraft(TODAY, "健康讲座", "健康讲座")


def codes(draft: ActivityDraft) -> set[tuple[str, str]]:
    return {(problem.field, problem.code) for problem in check_activity(draft, today=TODAY)}


def test_an_empty_activity_lacks_day_name_and_category():
    assert codes(ActivityDraft(None, "", "")) == {
        ("held_on", "required"), ("name", "required"), ("category", "required")
    }  # fmt: skip
    assert codes(SOUND) == set()


@pytest.mark.parametrize(
    ("day", "status", "wrong"),
    [
        (date(2026, 6, 18), "已办", True),
        (date(2026, 6, 17), "已办", False),
        (date(2026, 6, 18), "计划", False),
        (date(2026, 6, 18), "取消", False),
        (date(2026, 6, 18), "延期", False),
        (date(2026, 6, 18), "", False),
        (date(2026, 6, 16), "计划", False),
    ],
)
def test_only_a_held_activity_may_not_lie_ahead(day, status, wrong):
    assert (("held_on", "date_future") in codes(replace(SOUND, held_on=day, status=status))) is wrong


def test_an_end_before_its_start_and_negative_people_are_refused():
    assert codes(replace(SOUND, ends_on=date(2026, 6, 16))) == {("ends_on", "period_invalid")}
    assert codes(replace(SOUND, ends_on=TODAY, planned_people=0, attendance=0)) == set()
    assert codes(replace(SOUND, planned_people=-1, attendance=-2)) == {
        ("planned_people", "number_negative"), ("attendance", "number_negative")
    }  # fmt: skip
    assert codes(replace(SOUND, status="办了")) == {("status", "choice_unknown")}


def test_a_blank_status_follows_from_the_day():
    assert status_of(TODAY, "", TODAY) == "已办"
    assert status_of(date(2026, 6, 18), "", TODAY) == "计划"
    assert status_of(date(2026, 6, 18), "取消", TODAY) == "取消"
    assert status_of(date(2026, 6, 1), "计划", TODAY) == "计划"


def test_a_plan_whose_last_day_is_over_waits_for_its_result():
    assert is_unsettled(date(2026, 6, 16), None, "计划", TODAY)
    assert not is_unsettled(TODAY, None, "计划", TODAY)
    assert not is_unsettled(date(2026, 6, 10), TODAY, "计划", TODAY)
    assert not is_unsettled(date(2026, 6, 10), None, "延期", TODAY)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("清理杂草 600 平方米", Work("清理杂草", Decimal(600), "平方米")),
        ("清理杂草600余平方米", Work("清理杂草", Decimal(600), "平方米", "余")),
        ("健康读本 400多 册", Work("健康读本", Decimal(400), "册", "多")),
        ("健康读本 约 400 册", Work("健康读本", Decimal(400), "册", "约")),
        ("健康读本 约400余册", Work("健康读本", Decimal(400), "册", "约余")),
        ("清运垃圾 １７．６１ 吨", Work("清运垃圾", Decimal("17.61"), "吨")),
        ("A4传单 5,000 份", Work("A4传单", Decimal(5000), "份")),
        ("清理3号楼 杂物 2 吨", Work("清理3号楼 杂物", Decimal(2), "吨")),
        ("宣传资料 1.2万余 份", Work("宣传资料", Decimal(12000), "份", "余")),
        ("硬化道路 2000 m2", Work("硬化道路", Decimal(2000), "平方米")),
        ("禁烟标志 0 份", Work("禁烟标志", Decimal(0), "份")),
    ],
)
def test_work_is_read_with_its_qualifier(text, item):
    assert read_work(text) == ((item,), [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("清理杂草 若干 平方米", "number_invalid"),
        ("清理杂草 600", "number_invalid"),
        ("600 平方米", "number_invalid"),
        ("清理杂草", "number_invalid"),
        ("清理杂草 -5 平方米", "number_negative"),
        ("清理杂草 1.2345 平方米", "number_invalid"),
        ("清理杂草 1000000000000 平方米", "number_invalid"),
    ],
)
def test_work_that_says_no_number_is_refused_by_code(text, code):
    work, problems = read_work(text)
    assert (work, [problem.code for problem in problems]) == ((), [code])


def test_a_cell_holds_many_items_and_every_bad_one_is_named():
    work, problems = read_work("健康读本 120 册;；禁烟标志 十 份；\n横幅 3 条；")
    assert work_text(work) == "健康读本 120 册；横幅 3 条"
    assert len(problems) == 1
    assert "禁烟标志" in problems[0].message
    assert read_work("") == ((), [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("600", (600, "")), ("约600", (600, "约")), ("1万余", (10000, "余")), ("六百", None), ("6 7", None), ("", None)],
)
def test_a_number_box_reads_as_a_sheet_does(text, expected):
    assert read_number(text) == expected


@given(
    st.builds(
        Work,
        name=st.sampled_from(["清理杂草", "A4传单", "清理3号楼", "世界无烟日 展板"]),
        amount=st.decimals(0, 10**9, places=3, allow_nan=False),
        unit=st.sampled_from(["平方米", "册", "对", "处"]),
        qualifier=st.sampled_from(["", "余", "多", "约", "约余"]),
    )
)
def test_what_is_written_reads_again_as_the_same(item):
    assert read_work(work_text([item])) == ((item,), [])
    assert from_milli(to_milli(item.amount)) == item.amount


@pytest.mark.parametrize(
    ("clock", "minutes"),
    [
        ("14:30", 870), ("9:00", 540), ("09：00–11：00", 540), ("下午2点半", 870), ("上午9点", 540), ("晚上7:30", 1170),
        ("全天", 1440), ("", 1440), ("25:00", 1440),
    ],
)  # fmt: skip
def test_a_day_is_ordered_by_the_hour_at_which_things_begin(clock, minutes):
    assert minutes_of(clock) == minutes


@pytest.mark.parametrize(
    ("category", "name", "theme"),
    [
        ("环境整治", "", "环境"), ("健康讲座", "", "健康"), ("健康教育活动", "", "健康"), ("安全宣传", "", "安全"),
        ("文体活动", "", "文体党建"), ("党员活动", "", "文体党建"), ("宣传", "世界无烟日宣传", "健康"),
        ("除害活动", "", "除害"), ("会议", "居民议事会", "其他"),
    ],
)  # fmt: skip
def test_the_colour_of_an_activity_follows_its_category_then_its_name(category, name, theme):
    assert theme_of(category, name) == theme
