"""The committee's own month, the year so far, the same period a year ago: worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.foundation.days import Period, parse_period
from desktop.reports.periods import LATEST_FIRST_DAY, MonthRule

CALENDAR, STREET = MonthRule(), MonthRule(26)


def days(period):
    return period.first.isoformat(), period.last.isoformat()


def test_a_month_that_begins_on_the_26th_ends_on_the_25th_of_the_month_it_is_called_by():
    assert days(STREET.month(2011, 6)) == ("2011-05-26", "2011-06-25")
    assert days(STREET.month(2011, 1)) == ("2010-12-26", "2011-01-25")
    assert days(CALENDAR.month(2011, 2)) == ("2011-02-01", "2011-02-28")
    assert STREET.month(2011, 6).text == "2011-05-26..2011-06-25"
    assert CALENDAR.month(2011, 6).text == "2011-06"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2011, 5, 25), (2011, 5)), (date(2011, 5, 26), (2011, 6)),
        (date(2011, 12, 25), (2011, 12)), (date(2011, 12, 26), (2012, 1)),
    ],
)  # fmt: skip
def test_a_day_belongs_to_one_reporting_month(day, name):
    assert STREET.name_of(day) == name
    assert CALENDAR.name_of(day) == (day.year, day.month)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(1, LATEST_FIRST_DAY))
def test_months_follow_each_other_without_gap_and_every_day_lies_in_its_own(day, first_day):
    rule = MonthRule(first_day)
    own = rule.month(*rule.name_of(day))
    assert own.first <= day <= own.last
    following = rule.step(*rule.name_of(day), 1)
    assert following.first == own.last + timedelta(days=1)
    assert rule.month_of(own) == rule.name_of(day)
    assert parse_period(own.text) == own
    assert rule.year_before(own) == rule.step(*rule.name_of(day), -12)


def test_the_last_finished_month_is_the_one_to_report():
    assert days(CALENDAR.finished_before(date(2026, 6, 17))) == ("2026-05-01", "2026-05-31")
    assert days(STREET.finished_before(date(2026, 6, 25))) == ("2026-04-26", "2026-05-25")
    assert days(STREET.finished_before(date(2026, 6, 26))) == ("2026-05-26", "2026-06-25")


@pytest.mark.parametrize(
    ("rule", "period", "expected"),
    [
        (CALENDAR, "2011-05", ("2011-01-01", "2011-05-31")),
        (CALENDAR, "2011Q3", ("2011-01-01", "2011-09-30")),
        (CALENDAR, "2011", ("2011-01-01", "2011-12-31")),
        (CALENDAR, "2010-11-20..2011-02-10", ("2010-11-20", "2011-02-10")),
        (STREET, "2011-05-26..2011-06-25", ("2010-12-26", "2011-06-25")),
        (STREET, "2010-12-26..2011-01-25", ("2010-12-26", "2011-01-25")),
    ],
)
def test_the_year_so_far_begins_with_the_reporting_year(rule, period, expected):
    assert days(rule.year_to_date(parse_period(period))) == expected


@pytest.mark.parametrize(
    ("rule", "period", "expected"),
    [
        (CALENDAR, "2012-02", ("2011-02-01", "2011-02-28")),
        (CALENDAR, "2013-02", ("2012-02-01", "2012-02-29")),
        (CALENDAR, "2011Q2", ("2010-04-01", "2010-06-30")),
        (CALENDAR, "2011H2", ("2010-07-01", "2010-12-31")),
        (CALENDAR, "2011", ("2010-01-01", "2010-12-31")),
        (CALENDAR, "2012-02-29..2012-03-15", ("2011-02-28", "2011-03-15")),
        (CALENDAR, "2013-01-15..2013-02-28", ("2012-01-15", "2012-02-29")),
        (STREET, "2011-05-26..2011-06-25", ("2010-05-26", "2010-06-25")),
    ],
)
def test_the_same_period_a_year_ago(rule, period, expected):
    assert days(rule.year_before(parse_period(period))) == expected


def test_names_of_reports_and_columns():
    june = parse_period("2011-05-26..2011-06-25")
    assert STREET.title(june) == "2011年6月"
    assert CALENDAR.title(june) == "2011年5月26日至2011年6月25日"
    assert STREET.kind(june) == "月报"
    assert CALENDAR.kind(june) == "报表"
    assert [CALENDAR.kind(parse_period(text)) for text in ("2011-05", "2011Q2", "2011H1", "2011")] == [
        "月报", "季报", "半年报", "年报",
    ]  # fmt: skip
    assert CALENDAR.column_titles(parse_period("2011-06"))[:3] == ("本月", "1—6月\n累计", "去年\n6月")
    assert CALENDAR.column_titles(Period("", date(2011, 1, 3), date(2011, 1, 9)))[0] == "本期"
