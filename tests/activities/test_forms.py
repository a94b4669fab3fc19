from __future__ import annotations

from datetime import date

from desktop.activities.almanac import DayOff
from desktop.activities.forms import sign_in_sheet, wall_calendar
from tests.activities.making import activity

DAY = date(2026, 6, 17)


def calendar(rows, off=None, *, phone="8555 0126"):
    return wall_calendar(2026, 6, rows, off or {}, committee="幸福里社区居民委员会", phone=phone, printed_on=DAY)


def test_every_day_of_the_month_stands_in_its_place_with_its_lunar_day():
    made = calendar([])
    assert (len(made.cells), made.first_weekday) == (30, 0)
    assert made.cells[18].mark == "端午节"  # 19 June 2026
    assert made.cells[4].mark.split()[0] == "芒种"
    assert [cell.day for cell in made.cells if cell.free][:4] == [6, 7, 13, 14]
    assert made.committee == "幸福里社区"


def test_days_off_and_make_up_workdays_are_words_too(bench):
    made = calendar([], {date(2026, 6, 19): DayOff("休", "端午节"), date(2026, 6, 21): DayOff("班", "端午节")})
    assert (made.cells[18].mark, made.cells[18].free) == ("放假 端午节", True)
    assert made.cells[20].mark.startswith("上班")
    assert not made.cells[20].free


def test_activities_stand_on_their_days_and_cancelled_ones_nowhere(bench):
    rows = [
        activity(bench, date(2026, 6, 10), "健康讲座", clock="9:00"),
        activity(bench, date(2026, 6, 11), "义诊", ends_on=date(2026, 6, 12), clock="8:30"),
        activity(bench, date(2026, 6, 11), "放映", status="取消"),
    ]
    made = calendar(rows)
    assert made.cells[9].events == ("9:00 健康讲座",)
    assert made.cells[10].events == ("8:30 义诊",)
    assert made.cells[11].events == ("义诊",)


def test_the_committees_phone_is_left_out_where_there_is_none():
    assert calendar([], phone="").contact == ""
    assert ("居委会", "8555 0126") in calendar([]).phones


def test_a_sign_in_sheet_has_a_line_for_everybody_expected(bench):
    row = activity(bench, date(2026, 6, 10), "健康讲座", clock="9:00", place="活动室", planned_people=120)
    made = sign_in_sheet(row, "幸福里社区居民委员会")
    assert (made.activity, made.day, made.clock, made.place) == ("健康讲座", "2026年6月10日 周三", "9:00", "活动室")
    assert made.lines == 120
