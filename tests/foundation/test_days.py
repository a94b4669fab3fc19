"""Days and periods as people write them; nothing is guessed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.foundation.days import (
    age_on,
    born_on_or_before,
    days_left,
    long_day,
    month_of,
    parse_day,
    parse_period,
    plain_day,
    short_day,
    why_no_day,
)
from desktop.foundation.errors import InputError

DAY = date(2011, 4, 5)
BIRTHS = st.dates(date(1900, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    "text",
    ["2011-4-5", "2011-04-05", "2011.4.5", "2011/4/5", "2011年4月5日", "2011年04月05", "20110405",
     " 2011 年 4 月 5 日 ",
     "２０１１－４－５", "2011-04-05 00:00:00", "2011-04-05T09:05:00.5", "2011/4/5 9:05", "2011年4月5日 9:05",
     "2011年4月5日9:05", "20110405 9:05", "2011-4-5　14:30", "\u200e2011-4-5"],
)  # fmt: skip
def test_every_usual_way_of_writing_a_day_is_read(text):
    assert parse_day(text) == DAY


@pytest.mark.parametrize("hour", ["0:00", "9:05", "09:05", "19:05", "23:59:59"])
@pytest.mark.parametrize("day", [1, 4, 11, 15, 20, 23, 31])
def test_the_hour_behind_a_day_never_changes_the_day(day, hour):
    written = (f"2011/5/{day}", f"2011-05-{day:02d}", f"201105{day:02d}", f"2011年5月{day}日")
    for text in (f"{one} {hour}" for one in written):
        assert parse_day(text) == date(2011, 5, day)


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "2011", "2011-4", "2011年4月", "4月5日", "11-4-5", "2011-4-5-6", "2011-13-01", "2011-00-10",
     "2011-4-31", "2011-2-29", "0000-1-1", "2011405", "4/5/2011", "五月", "明天", "12:30", "2011-4-5 25"],
)  # fmt: skip
def test_what_is_no_day_is_none(text):
    assert parse_day(text) is None


@given(st.dates(date(1900, 1, 1), date(9999, 12, 31)))
def test_what_we_write_we_read(day):
    for text in (day.isoformat(), plain_day(day), f"{day:%Y%m%d}", f"{day.year}.{day.month}.{day.day}"):
        assert parse_day(text) == day


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2011-9-31", "2011年9月没有31日，最后一天是30日"),
        ("2011-2-29 8:30", "2011年2月没有29日，最后一天是28日"),
        ("2012年2月30日", "2012年2月没有30日，最后一天是29日"),
        ("2011-13-1", "没有13月，请改日期"),
        ("2011-4-0", "2011年4月没有0日，最后一天是30日"),
        ("0000-1-40", "0年1月没有40日，最后一天是31日"),
        ("下周三", "日期看不懂，请写成 2026-06-17 这样"),
        ("2011年4月", "日期看不懂，请写成 2026-06-17 这样"),
    ],
)
def test_a_wrong_day_is_explained(text, sentence):
    assert why_no_day(text) == sentence


def test_days_are_shown_as_people_say_them():
    today = date(2026, 6, 17)
    assert long_day(today) == "2026年6月17日 周三"
    assert [plain_day(day) for day in (today, None)] == ["2026年6月17日", "—"]
    shown = [short_day(day, today) for day in (today, date(2026, 6, 1), date(2025, 12, 31), None)]
    assert shown == ["今天", "6月1日", "2025年12月31日", "—"]
    assert [days_left(today + timedelta(days=gap), today) for gap in (-12, 0, 5)] == ["逾期12天", "今天到期", "还有5天"]


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2000, 2, 29), date(2001, 2, 28), 0),
        (date(2000, 2, 29), date(2001, 3, 1), 1),
        (date(2000, 2, 29), date(2004, 2, 28), 3),
        (date(2000, 2, 29), date(2004, 2, 29), 4),
        (date(1961, 6, 17), date(2026, 6, 16), 64),
        (date(1961, 6, 17), date(2026, 6, 17), 65),
    ],
)
def test_age_is_completed_years(born, day, age):
    assert age_on(born, day) == age


@given(BIRTHS, st.integers(0, 120))
def test_the_latest_birthday_of_an_age_is_the_inverse_of_age(day, age):
    latest = born_on_or_before(age, day + timedelta(days=36_525))
    reference = day + timedelta(days=36_525)
    assert age_on(latest, reference) >= age
    assert age_on(latest + timedelta(days=1), reference) < age


@given(BIRTHS, BIRTHS, st.integers(0, 100))
def test_asking_by_birthday_and_by_age_agree(born, day, age):
    if day.year - age >= 1:
        assert (born <= born_on_or_before(age, day)) == (age_on(born, day) >= age)


@pytest.mark.parametrize(
    ("text", "first", "last", "title"),
    [
        ("2011-06", date(2011, 6, 1), date(2011, 6, 30), "2011年6月"),
        ("2011-6", date(2011, 6, 1), date(2011, 6, 30), "2011年6月"),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29), "2012年2月"),
        ("2011Q2", date(2011, 4, 1), date(2011, 6, 30), "2011年第2季度"),
        ("2011q4", date(2011, 10, 1), date(2011, 12, 31), "2011年第4季度"),
        ("2011H1", date(2011, 1, 1), date(2011, 6, 30), "2011年上半年"),
        ("2011h2", date(2011, 7, 1), date(2011, 12, 31), "2011年下半年"),
        (" ２０１１ ", date(2011, 1, 1), date(2011, 12, 31), "2011年"),
        ("2011-05-26..2011-06-25", date(2011, 5, 26), date(2011, 6, 25), "2011年5月26日至2011年6月25日"),
        ("2011-05-26..2011-05-26", date(2011, 5, 26), date(2011, 5, 26), "2011年5月26日至2011年5月26日"),
    ],
)
def test_periods_are_whole_days_with_both_ends(text, first, last, title):
    period = parse_period(text)
    assert (period.first, period.last, period.title) == (first, last, title)


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "看不懂"), ("2011-13", "不存在"), ("2011-00", "不存在"), ("2011Q5", "不存在"), ("2011Q0", "不存在"),
     ("2011H3", "不存在"), ("1899", "不存在"), ("11-06", "看不懂"), ("2011-06-01", "看不懂"),
     ("2011..2012", "起止日期"),
     ("..", "起止日期"), ("2011-06-02..2011-06-01", "对调"), ("2011-02-29..2011-03-01", "起止日期"),
     ("2011-1-1..2011-1-2..2011-1-3", "起止日期"), ("去年", "看不懂")],
)  # fmt: skip
def test_a_wrong_period_is_a_sentence(text, said):
    with pytest.raises(InputError, match=said):
        parse_period(text)


@given(st.dates(date(1900, 1, 1), date(9998, 12, 31)))
def test_every_day_lies_in_its_month_and_only_there(day):
    month = month_of(day)
    assert month.first <= day <= month.last
    assert (month.last + timedelta(days=1)).day == 1 == month.first.day
