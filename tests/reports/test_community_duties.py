"""Rhythms that committees write into their plans: asked for by a duty, shown as a gap where no record holds them.

Today is Wednesday, 17 June 2026; records are kept since January.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest

from desktop.activities.rules import ActivityDraft
from desktop.foundation.days import parse_period
from desktop.inspections.rules import InspectionDraft
from desktop.notices.views import PostingDraft
from desktop.register.duty import windows
from desktop.register.service.duty_changes import DutyDraft
from desktop.shell.workbench import Workbench
from tests.inspections.making import places
from tests.pest_control.making import aedes, treated

SPRING = parse_period("2026-03-01..2026-05-31")
KEPT_SINCE, TODAY = date(2026, 1, 5), date(2026, 6, 17)
Record = Callable[[Workbench, date], object]


def checked(category: str) -> Record:
    return lambda bench, day: bench.inspections.record(InspectionDraft(day, category, "渔村", result="合格"))


def held(name: str, category: str, *ledgers: str) -> Record:
    return lambda bench, day: bench.activities.record(ActivityDraft(day, name, category, ledgers=ledgers))


def own(bench: Workbench, title: str, room: str, category: str, per: str) -> str:
    """Let the committee ask for one more duty, once in each *per* since January, and return its key."""
    draft = DutyDraft(title, room, category, 1, per, date(2026, 1, 1), "社区工作计划")
    bench.duties.change("", draft)
    return next(duty.key for duty in bench.duties.all() if duty.title == title)


def days_of_every_window(bench: Workbench, key: str) -> list[date]:
    """Return working days that settle every window of the spring, as many as each asks for."""
    duty = next(one for one in bench.duties.all() if one.key == key)
    days = []
    for window in windows(duty, SPRING):
        day, left = window.first, duty.times
        while left:
            if day.weekday() < 5:
                days.append(day)
                left -= 1
            day += timedelta(days=1)
    return days


def gaps(bench: Workbench, key: str) -> list[tuple[int, int]]:
    return [(gap.last.month, gap.missing) for gap in bench.gaps.of(SPRING) if gap.duty.key == key]


def keep_since(bench: Workbench) -> None:
    """Let every room have a record of January that settles no duty."""
    if not bench.places.all():
        places(bench)
    bench.activities.record(ActivityDraft(KEPT_SINCE, "居民大会", "会议"))
    bench.inspections.record(InspectionDraft(KEPT_SINCE, "防汛检查", "渔村", result="合格"))
    bench.pest.treatments.record(treated(KEPT_SINCE, pest="蟑"))


def lacks_one_then_none(bench: Workbench, key: str, record: Record, days: Sequence[date]) -> None:
    """Record all but the last day: one is missing, in its month or quarter; then that too: nothing is."""
    keep_since(bench)
    for day in days[:-1]:
        record(bench, day)
    assert gaps(bench, key) == [(days[-1].month if len(days) > 1 else 3, 1)]
    record(bench, days[-1])
    assert gaps(bench, key) == []


@pytest.mark.parametrize(
    ("key", "record"),
    [
        ("sanitation_check", checked("环境卫生")),
        ("safety_check", checked("安全检查")),
        ("unit_rating", checked("互查互评")),
    ],
    ids=["sanitation", "safety", "rating"],
)
def test_rounds_of_inspection_are_asked_for_by_week_and_month(bench, key, record):
    places(bench)
    lacks_one_then_none(bench, key, record, days_of_every_window(bench, key))


@pytest.mark.parametrize(
    ("room", "category", "record"),
    [
        ("inspections", "责任区巡查", checked("责任区巡查")),
        ("inspections", "院落安全", checked("院落安全")),
        ("activities", "小扫除", held("门前小扫除", "小扫除")),
        ("activities", "晨练", held("太极拳晨练", "晨练")),
    ],
    ids=["area", "safety", "sweep", "teams"],
)
def test_what_is_to_be_done_every_working_day_lacks_each_day_it_was_not(bench, room, category, record):
    places(bench)
    key = own(bench, f"每日{category}", room, category, "day")
    off = {date(2026, 4, 4), date(2026, 4, 5), date(2026, 4, 6), *(date(2026, 5, day) for day in range(1, 6))}
    days = [day for day in days_of_every_window(bench, key) if day not in off]
    days += [date(2026, 5, 9)]  # the Saturday the notice makes a working day
    lacks_one_then_none(bench, key, record, sorted(days))


@pytest.mark.parametrize(
    ("title", "category", "per", "record"),
    [
        ("周五清洁日", "环境整治", "week", held("周五清洁日", "环境整治")),
        ("每周大扫除", "环境整治", "week", held("院落大扫除", "环境整治")),
        ("每周文体活动", "文体活动", "week", held("棋牌书画戏曲", "文体活动")),
        ("工作人员学习", "学习培训", "week", held("周一学习", "学习培训")),
        ("检查讲评会", "讲评会", "month", held("卫生检查讲评会", "讲评会")),
        ("健康教育专栏", "健康教育", "month", held("健康教育专栏出刊", "宣传", "健康教育")),
        ("党员组织生活会", "组织生活", "month", held("组织生活会", "组织生活")),
        ("联席会议", "联席会议", "month", held("社区联席会议", "联席会议")),
        ("责任单位周督促", "周督促", "week", held("责任单位督促", "周督促")),
        ("责任单位月督促", "月督促", "month", held("责任单位督促", "月督促")),
        ("责任单位季督促", "季督促", "quarter", held("责任单位督促", "季督促")),
        ("血压测量点", "血压测量点", "month", held("老年活动室量血压", "血压测量点")),
        ("安全黑板报", "安全黑板报", "quarter", held("安全黑板报出刊", "安全黑板报")),
    ],
    ids=[
        "friday",
        "sweep",
        "culture",
        "study",
        "review",
        "column",
        "life",
        "liaison",
        "units_w",
        "units_m",
        "units_q",
        "pressure",
        "board",
    ],
)
def test_weekly_monthly_and_quarterly_habits_are_asked_for(bench, title, category, per, record):
    key = own(bench, title, "activities", category, per)
    lacks_one_then_none(bench, key, record, days_of_every_window(bench, key))


def test_the_notice_board_is_asked_for_every_quarter_or_every_month(bench):
    record = held("更换宣传栏", "宣传")
    lacks_one_then_none(bench, "notice_board", record, [date(2026, 2, 3)])
    bench.duties.change(
        "notice_board",
        DutyDraft("宣传栏更换", "activities", "宣传", 1, "month", date(2026, 3, 1), "街道要求", name_has="宣传栏"),
    )
    assert gaps(bench, "notice_board") == [(3, 1), (4, 1), (5, 1)]


def test_party_members_meet_on_one_day_of_every_month(bench):
    days = [date(2026, 3, 25), date(2026, 4, 25), date(2026, 5, 25)]
    lacks_one_then_none(bench, "party_day", held("党员统一活动日", "党员活动", "党建"), days)


def test_treatments_are_asked_for_every_month_for_each_pest(bench):
    places(bench)
    for pest, key in (("鼠", "rodent_bait"), ("蚊", "mosquito_spray")):
        days = [date(2026, month, 12) for month in (3, 4, 5)]
        lacks_one_then_none(
            bench, key, lambda bench, day, pest=pest: bench.pest.treatments.record(treated(day, pest=pest)), days
        )


def test_income_and_expenditure_are_disclosed_every_quarter(bench):
    def post(title, day):
        bench.notices.postings.record(PostingDraft(title, day, "一区宣传栏", posted_by="沈玉琴"))

    post("停水通知", KEPT_SINCE)
    assert gaps(bench, "income_disclosure") == [(3, 1)]
    post("第一季度居务收支公开", date(2026, 3, 30))
    assert gaps(bench, "income_disclosure") == []


def test_a_yearly_selection_is_asked_for_once_in_its_year(bench):
    key = own(bench, "文明家庭评选", "activities", "评比表彰", "year")
    bench.activities.record(ActivityDraft(date(2025, 1, 8), "居民大会", "会议"))
    bench.duties.change(
        key, DutyDraft("文明家庭评选", "activities", "评比表彰", 1, "year", date(2024, 12, 1), "社区工作计划")
    )
    year = parse_period("2025")
    assert [gap.missing for gap in bench.gaps.of(year) if gap.duty.key == key] == [1]
    bench.activities.record(ActivityDraft(date(2025, 11, 20), "文明家庭评选", "评比表彰", attendance=12))
    assert [gap.missing for gap in bench.gaps.of(year) if gap.duty.key == key] == []


def test_the_seasons_of_pest_control_are_each_asked_for_in_their_months(bench):
    places(bench)
    bench.pest.treatments.record(treated(date(2025, 1, 8), pest="蝇"))
    seasons = (("春季灭四害", "3、4、5", "鼠", 4), ("夏季灭蚊", "6、7、8", "蚊", 7), ("秋季灭四害", "9、10", "鼠", 9),
               ("秋季灭蚊", "9、10、11", "蚊", 10), ("冬季灭蟑周", "12", "蟑", 12))  # fmt: skip
    for title, months, pest, _ in seasons:
        draft = DutyDraft(title, "pest_control", pest, 1, "year", date(2024, 12, 1), "除害工作计划", months=months)
        bench.duties.change("", draft)
    mine = {duty.key: duty.title for duty in bench.duties.all() if duty.key.startswith("own_")}
    year = parse_period("2025")
    found = [(mine[gap.duty.key], gap.when(TODAY)) for gap in bench.gaps.of(year) if gap.duty.key in mine]
    assert found == [
        ("春季灭四害", "2025年3–5月"), ("夏季灭蚊", "2025年6–8月"), ("秋季灭四害", "2025年9–10月"),
        ("秋季灭蚊", "2025年9–11月"), ("冬季灭蟑周", "2025年12月"),
    ]  # fmt: skip
    for _, _, pest, month in seasons:
        bench.pest.treatments.record(treated(date(2025, month, 12), pest=pest))
    assert not any(gap.duty.key in mine for gap in bench.gaps.of(year))


def test_study_days_are_asked_for_twelve_times_a_year(bench):
    bench.activities.record(ActivityDraft(date(2025, 1, 8), "居民大会", "会议"))
    draft = DutyDraft("集中学习", "activities", "集中学习", 12, "year", date(2024, 12, 1), "学习制度：每年不少于12天")
    bench.duties.change("", draft)
    year = parse_period("2025")

    def lacking():
        return [gap.missing for gap in bench.gaps.of(year) if gap.duty.title == "集中学习"]

    for month in range(1, 11):
        bench.activities.record(ActivityDraft(date(2025, month, 15), "干部集中学习", "集中学习"))
    assert lacking() == [2]
    for month in (11, 12):
        bench.activities.record(ActivityDraft(date(2025, month, 15), "干部集中学习", "集中学习"))
    assert lacking() == []


def test_what_belongs_to_one_month_of_the_year_is_asked_for_there(bench):
    bench.activities.record(ActivityDraft(date(2025, 1, 8), "居民大会", "会议"))
    for title, category, month in (("公民道德宣传月", "公民道德宣传", "3"), ("公民道德宣传日", "公民道德日", "5")):
        draft = DutyDraft(title, "activities", category, 1, "year", date(2024, 12, 1), "社区工作计划", months=month)
        bench.duties.change("", draft)
    year = parse_period("2025")

    def lacking():
        return [
            (gap.duty.title, gap.when(TODAY)) for gap in bench.gaps.of(year) if gap.duty.title.startswith("公民道德")
        ]

    assert lacking() == [("公民道德宣传月", "2025年3月"), ("公民道德宣传日", "2025年5月")]
    bench.activities.record(ActivityDraft(date(2025, 3, 12), "公民道德宣传", "公民道德宣传", attendance=40))
    assert lacking() == [("公民道德宣传日", "2025年5月")]
    bench.activities.record(ActivityDraft(date(2025, 5, 20), "5·20公民道德日", "公民道德日"))
    assert lacking() == []


def test_breeding_places_are_looked_at_every_week(bench):
    places(bench)
    key = own(bench, "伊蚊孳生地检查", "pest_control", "伊蚊监测", "week")
    days = days_of_every_window(bench, key)
    lacks_one_then_none(bench, key, lambda bench, day: bench.pest.aedes.record(aedes(day, 20, 1)), days)
