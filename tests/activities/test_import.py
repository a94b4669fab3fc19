"""The sheet 活动: status by the day, quantities, days that cannot be, rows stored already, and out again unchanged."""

from __future__ import annotations

from datetime import date, time

from desktop.activities.asking import ActivityFilter
from tests.activities.making import HEADINGS, HOUHUAN, activities_sheet
from tests.register.making import codes, sheet, stored, take_in, warned

DAY = "2026-06-01"


def test_a_community_s_year_comes_in_whole_and_a_second_time_not_at_all(bench, tmp_path):
    path = HOUHUAN / "activities.xlsx"
    first = take_in(bench, "activities", path)
    assert (first.rows, first.accepted, first.rejected, first.warnings) == (13, 13, (), ())
    again = take_in(bench, "activities", path)
    assert (again.accepted, again.batch) == (13, None)
    assert {(field, code) for _, field, code in warned(again)} == {("日期", "row_exists")}
    before = stored(bench, "activities", tmp_path)
    out = bench.intake.export("activities", tmp_path / "out.xlsx")
    bench.intake.undo(first.batch)
    assert stored(bench, "activities", tmp_path) == []
    assert take_in(bench, "activities", out).accepted == 13
    assert stored(bench, "activities", tmp_path) == before


def test_a_blank_status_follows_from_the_day_and_only_held_ones_may_not_lie_ahead(bench, tmp_path):
    path = activities_sheet(
        tmp_path / "a.xlsx",
        {"日期": "2026-06-17"},
        {"日期": "2026-06-18"},
        {"日期": "2026-06-18", "状态": "已办"},
        {"日期": "2026-06-18", "状态": "已取消"},
        {"日期": "2026-06-18", "状态": "延期"},
        {"日期": DAY, "状态": "计划"},
        {"日期": DAY, "状态": "办了一半"},
    )
    verdict = take_in(bench, "activities", path)
    assert codes(verdict) == {(4, "日期", "date_future"), (8, "状态", "choice_unknown")}
    assert [row["状态"] for row in stored(bench, "activities", tmp_path)] == ["计划", "已办", "计划", "取消", "延期"]


def test_days_people_and_quantities_that_cannot_be_are_refused_cell_by_cell(bench, tmp_path):
    path = activities_sheet(
        tmp_path / "a.xlsx",
        {"日期": "2026-02-30", "结束日期": "下周"},
        {"日期": "2026-06-02", "结束日期": DAY},
        {"日期": DAY, "结束日期": DAY, "计划人数": -1, "参加人次": "很多"},
        {"日期": DAY, "参加人次": 20.5},
        {"日期": DAY, "工作量": "健康读本 120 册；横幅 若干 条；清理杂草 -5 平方米"},
        {"日期": None, "名称": None, "类别": None, "地点": "渔村"},
        {"日期": DAY, "计划人数": "40人", "参加人次": "８６人次"},
    )
    verdict = take_in(bench, "activities", path)
    assert codes(verdict) == {
        (2, "日期", "date_invalid"), (2, "结束日期", "date_invalid"), (3, "结束日期", "period_invalid"),
        (4, "计划人数", "number_negative"), (4, "参加人次", "number_invalid"), (5, "参加人次", "number_invalid"),
        (6, "工作量", "number_invalid"), (6, "工作量", "number_negative"), (7, "日期", "required"),
        (7, "名称", "required"), (7, "类别", "required"),
    }  # fmt: skip
    assert verdict.accepted == 1
    (kept,) = stored(bench, "activities", tmp_path)
    assert (kept["计划人数"], kept["参加人次"]) == ("40.0", "86.0")


def test_quantities_keep_their_qualifier_and_ledgers_their_order(bench, tmp_path):
    row = {
        "日期": DAY,
        "时间": time(14, 30),
        "工作量": "清理杂草 600余 平方米;宣传资料 1.2万 份",
        "台账": "爱卫，科普 妇女、科普",
    }
    take_in(
        bench,
        "activities",
        activities_sheet(tmp_path / "a.xlsx", {**row, "工作量": "清理杂草 600余 平方米;宣传资料 约1.2万 份"}),
    )
    (kept,) = stored(bench, "activities", tmp_path)
    assert kept["工作量"] == "清理杂草 600余 平方米；宣传资料 约12000 份"
    assert kept["台账"] == "爱国卫生、科普、妇女"
    assert kept["时间"] == "14:30"


def test_a_blank_status_recognises_a_row_whose_day_has_come_meanwhile(bench, clock, tmp_path):
    from datetime import timedelta

    path = activities_sheet(tmp_path / "a.xlsx", {"日期": "2026-06-20", "地点": "渔村"})
    take_in(bench, "activities", path)
    clock.advance(timedelta(days=5))
    assert warned(take_in(bench, "activities", path)) == {(2, "日期", "row_exists")}
    said = activities_sheet(tmp_path / "b.xlsx", {"日期": "2026-06-20", "地点": "渔村", "状态": "已办"})
    assert take_in(bench, "activities", said).warnings == ()
    assert len(bench.activities.activity_ids(ActivityFilter())) == 2


def test_a_superior_s_headings_a_sum_and_a_title_are_understood(bench, tmp_path):
    from tests.spreadsheets.making import make_xlsx

    path = make_xlsx(
        tmp_path / "s.xlsx",
        [
            ["2026年健康教育活动一览表"],
            ["序号", "活动日期", "活动主题", "活动类型", "活动地点", "主办单位", "参加人数", "活动小结"],
            [1, "2026.3.8", "妇女节健康讲座", "讲座", "会议室", "居委会", 65, "好"],
            [2, "2026年4月7日", "世界卫生日宣传", "宣传", "广场", "居委会", 120, ""],
            ["合计", "", "", "", "", "", 200, ""],
        ],
    )
    verdict = take_in(bench, "activities", path)
    assert (verdict.rows, verdict.accepted) == (2, 2)
    assert warned(verdict) == {(5, "参加人数", "sum_mismatch")}
    assert {row["类别"] for row in stored(bench, "activities", tmp_path)} == {"健康讲座", "宣传"}


def test_a_sheet_without_names_is_refused_once(bench, tmp_path):
    path = sheet(tmp_path / "a.xlsx", [heading for heading in HEADINGS if heading != "名称"], {"日期": DAY})
    assert codes(take_in(bench, "activities", path)) == {(1, "名称", "required")}


def test_an_export_between_two_days_holds_what_begins_on_them(bench, tmp_path):
    rows = [{"日期": day} for day in ("2026-05-31", DAY, "2026-06-02")]
    take_in(bench, "activities", activities_sheet(tmp_path / "a.xlsx", *rows))
    part = bench.intake.export("activities", tmp_path / "p.xlsx", first=date(2026, 6, 1), last=date(2026, 6, 1))
    assert bench.intake.preview("activities", part).verdict.rows == 1
