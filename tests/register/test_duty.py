"""Duties: windows by hand, and what a month lacks."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desktop.foundation.days import parse_period
from desktop.register.duty import Duty, duties_of, expected, missing, windows
from desktop.shell.workbench import Workbench

SANITATION = Duty("sanitation", "环境卫生检查", "inspections", "环境卫生", 2, "week", "工作计划")
BOARD = Duty("board", "宣传栏更换", "activities", "健康教育", 1, "quarter", "工作计划", unverified=True)


def test_the_shipped_duties_are_in_force_and_say_their_source_and_doubt(bench: Workbench):
    standard = bench.standards.in_force("duties", date(2026, 6, 17))
    assert standard is not None
    duties = {duty.key: duty for duty in duties_of(standard)}
    assert duties["sanitation_check"].words == "每周2次"
    assert duties["notice_board"].words == "每季1次（待核）"
    assert all(duty.source for duty in duties.values())
    assert {duty.slice for duty in duties.values()} <= {
        "inspections", "pest_control", "activities", "health", "notices", "reports",
    }  # fmt: skip


def test_june_2026_asks_for_eight_sanitation_checks():
    # Weeks ending in June 2026: Sundays 7, 14, 21, 28.
    assert [window.last.day for window in windows(SANITATION, parse_period("2026-06"))] == [7, 14, 21, 28]
    assert expected(SANITATION, parse_period("2026-06")) == 8


def test_what_lacks_is_counted_week_by_week_not_by_the_month():
    done = [date(2026, 6, day) for day in (1, 2, 3, 4, 5, 9, 16, 17)]  # five in the first week help no other week
    lacking = missing(SANITATION, parse_period("2026-06"), done)
    assert [(window.first.day, times) for window, times in lacking] == [(8, 1), (22, 2)]


def test_a_quarter_is_asked_for_in_its_last_month_only():
    assert [expected(BOARD, parse_period(f"2026-{month:02d}")) for month in range(1, 7)] == [0, 0, 1, 0, 0, 1]


@given(year=st.integers(1990, 2060), duty=st.sampled_from([SANITATION, BOARD]))
def test_the_months_add_up_to_the_year(year, duty):
    months = sum(expected(duty, parse_period(f"{year}-{month:02d}")) for month in range(1, 13))
    assert months == expected(duty, parse_period(str(year)))
