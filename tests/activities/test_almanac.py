"""Lunar days and festivals against a table made independently, days off against the notice of 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.activities.almanac import day_facts, days_off_in, month_after, theme_month, weeks_of

FESTIVALS = {
    "除夕": ("2026-02-16", "2027-02-05", "2028-01-25", "2029-02-12", "2030-02-02"),
    "春节": ("2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-03"),
    "元宵节": ("2026-03-03", "2027-02-20", "2028-02-09", "2029-02-27", "2030-02-17"),
    "端午节": ("2026-06-19", "2027-06-09", "2028-05-28", "2029-06-16", "2030-06-05"),
    "七夕节": ("2026-08-19", "2027-08-08", "2028-08-26", "2029-08-16", "2030-08-05"),
    "中秋节": ("2026-09-25", "2027-09-15", "2028-10-03", "2029-09-22", "2030-09-12"),
    "重阳节": ("2026-10-18", "2027-10-08", "2028-10-26", "2029-10-16", "2030-10-05"),
    "腊八节": ("2026-01-26", "2027-01-15", "2028-01-04", "2029-01-22", "2030-01-11"),
}


def facts(day: str):
    return day_facts(date.fromisoformat(day), {})


def test_festivals_of_five_years_fall_on_their_days_and_on_no_other():
    found: dict[str, list[str]] = {name: [] for name in FESTIVALS}
    day = date(2026, 1, 1)
    while day.year <= 2030:
        for name in facts(day.isoformat()).festivals:
            if name in found:
                found[name].append(day.isoformat())
        day += timedelta(days=1)
    assert {name: tuple(days) for name, days in found.items()} == FESTIVALS


def test_a_leap_month_has_no_second_festival():
    days = [date(2025, 7, 25) + timedelta(days=number) for number in range(29)]  # the second 六月 of 2025
    assert {day_facts(day, {}).lunar_month for day in days} == {"闰六月"}
    assert [name for day in days for name in day_facts(day, {}).festivals if name != "建军节"] == []


@pytest.mark.parametrize(
    ("day", "corner"),
    [
        ("2026-06-17", "初三"), ("2026-06-15", "五月"), ("2026-06-19", "端午节"), ("2026-06-21", "夏至"),
        ("2026-07-01", "建党节"), ("2026-04-05", "清明"), ("2026-06-20", "初六"),
    ],
)  # fmt: skip
def test_the_corner_names_festival_term_or_lunar_day(day, corner):
    assert facts(day).corner == corner


def test_the_year_s_table_agrees_with_the_library_day_by_day():
    from lunar_python import Solar

    for day in [date(2025, 2, 1) + timedelta(days=number) for number in range(330)] + [
        date(year, month, 10) for year in (1950, 2011, 2026, 2033, 2088) for month in (1, 2, 12)
    ]:
        lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
        found = day_facts(day, {})
        assert (found.lunar_month, found.lunar_day, found.term) == (
            f"{lunar.getMonthInChinese()}月", lunar.getDayInChinese(), lunar.getJieQi()
        ), day  # fmt: skip


def test_every_year_has_its_twenty_four_terms():
    for year in (2011, 2026, 2050):
        days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
        terms = [term for day in days if (term := day_facts(day, {}).term)]
        assert (len(terms), len(set(terms)), terms[0], terms[-1]) == (24, 24, "小寒", "冬至")


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("全国助残日", ("2026-05-17", "2027-05-16")),
        ("世界肾脏病日", ("2026-03-12", "2027-03-11")),
        ("世界慢阻肺日", ("2026-11-18", "2027-11-17")),
        ("国际聋人节", ("2026-09-27", "2027-09-26")),
        ("世界无烟日", ("2026-05-31", "2027-05-31")),
    ],
)
def test_theme_days_by_rule_and_by_date_are_told_on_their_day_only(name, days):
    span = [date(2026, 1, 1) + timedelta(days=number) for number in range(730)]
    assert tuple(day.isoformat() for day in span if name in day_facts(day, {}).theme_days) == days


def test_days_off_and_make_up_workdays_come_from_the_standard(bench):
    found = days_off_in(edition.content for edition in bench.standards.editions("holidays"))
    off = [day for day, state in found.items() if state.mark == "休"]
    assert (len(off), sorted(day.isoformat() for day, state in found.items() if state.mark == "班")) == (
        33, ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
    )  # fmt: skip
    assert day_facts(date(2026, 6, 19), found).occasions == ("端午节放假", "端午节")
    assert day_facts(date(2026, 5, 9), found).occasions == ("劳动节调休上班",)
    assert day_facts(date(2027, 6, 9), found).mark == ""  # no notice yet: nothing is guessed


@pytest.mark.parametrize(
    ("year", "month", "first", "last"),
    [
        (2026, 6, "2026-06-01", "2026-07-05"), (2026, 2, "2026-01-26", "2026-03-01"),
        (2027, 2, "2027-02-01", "2027-02-28"), (2026, 12, "2026-11-30", "2027-01-03"),
        (2026, 8, "2026-07-27", "2026-09-06"),
    ],
)  # fmt: skip
def test_a_month_is_whole_weeks_from_monday(year, month, first, last):
    weeks = weeks_of(year, month)
    assert (weeks[0][0].isoformat(), weeks[-1][-1].isoformat()) == (first, last)
    assert {week[0].weekday() for week in weeks} == {0}


def test_months_count_over_the_turn_of_the_year():
    assert [month_after(2026, 12, 1), month_after(2026, 1, -1), month_after(2026, 6, -18)] == [
        (2027, 1), (2025, 12), (2024, 12)
    ]  # fmt: skip
    assert (theme_month(4), theme_month(5)) == ("爱国卫生月", "")
