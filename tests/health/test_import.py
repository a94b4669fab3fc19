"""The sheet 随访: whose visit it is, readings that cannot be, rows stored already, and out again unchanged."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.foundation.errors import InputError
from desktop.health.rules import Flag
from tests.factories import id_number
from tests.health.making import HEADINGS, visits_sheet
from tests.register.making import codes, resident, sheet, stored, take_in, warned

DAY = "2026-06-01"


@pytest.fixture
def numbers(bench):
    numbers = {name: id_number(date(1950, 3, 8)) for name in ("王芳", "李强", "赵敏", "另一个赵敏")}
    for name, number in numbers.items():
        resident(bench, name=name.removeprefix("另一个"), id_number=number)
    return numbers


def test_every_row_is_joined_to_its_person_or_refused(bench, numbers, tmp_path):
    path = visits_sheet(
        tmp_path / "v.xlsx",
        {"日期": DAY, "姓名": "王芳", "身份证号": numbers["王芳"]},
        {"日期": DAY, "姓名": "李 强"},
        {"日期": DAY, "姓名": "赵敏"},
        {"日期": DAY, "姓名": "赵敏", "身份证号": numbers["另一个赵敏"].lower()},
        {"日期": DAY, "姓名": "没有"},
        {"日期": DAY, "姓名": "王芳", "身份证号": id_number(date(1960, 1, 1))},
        {"日期": DAY, "姓名": "李强", "身份证号": numbers["王芳"]},
        {"日期": DAY, "姓名": "王芳", "身份证号": numbers["王芳"][:-1]},
        {"姓名": "王芳", "服务类别": None},
    )
    verdict = take_in(bench, "visits", path)
    assert codes(verdict) == {
        (4, "姓名", "person_ambiguous"), (6, "姓名", "person_unknown"), (7, "身份证号", "person_unknown"),
        (8, "姓名", "person_unknown"), (9, "身份证号", "id_length"), (10, "日期", "required"), (10, "服务类别",
        "required"),
    }  # fmt: skip
    assert (verdict.rows, verdict.accepted) == (9, 3)
    assert "2个人" in next(issue.message for issue in verdict.rejected if issue.code == "person_ambiguous")
    assert len(bench.health.visit_ids()) == 3


def test_days_and_readings_that_cannot_be_are_refused_cell_by_cell(bench, numbers, tmp_path):
    del numbers
    path = visits_sheet(
        tmp_path / "v.xlsx",
        {"日期": "2026-06-18", "姓名": "王芳", "下次日期": "2027-01-01"},
        {"日期": "1950-03-07", "姓名": "王芳"},
        {"日期": DAY, "姓名": "王芳", "下次日期": DAY},
        {"日期": DAY, "姓名": "王芳", "下次日期": "2030-12-31"},
        {"日期": DAY, "姓名": "王芳", "收缩压": 80, "舒张压": 80},
        {"日期": DAY, "姓名": "王芳", "收缩压": 81, "舒张压": "８０"},
        {"日期": DAY, "姓名": "王芳", "收缩压": "高", "舒张压": -1, "空腹血糖": "0.05"},
        {"日期": DAY, "姓名": "王芳", "收缩压": 321, "舒张压": 19, "空腹血糖": 61},
        {"日期": DAY, "姓名": "王芳", "收缩压": "146 mmHg", "舒张压": 88, "空腹血糖": "5.6mmol/L"},
        {"日期": "2026-02-30", "姓名": "王芳", "下次日期": "看情况"},
    )
    verdict = take_in(bench, "visits", path)
    assert codes(verdict) == {
        (2, "日期", "date_future"), (3, "日期", "date_invalid"), (4, "下次日期", "period_invalid"), (6,
        "收缩压", "number_invalid"),
        (8, "收缩压", "number_invalid"), (8, "舒张压", "number_negative"), (8, "空腹血糖", "number_invalid"),
        (9, "收缩压", "number_invalid"), (9, "舒张压", "number_invalid"), (9, "空腹血糖", "number_invalid"),
        (11, "日期", "date_invalid"), (11, "下次日期", "date_invalid"),
    }  # fmt: skip
    assert verdict.accepted == 3


def test_services_go_by_many_names_and_new_ones_are_learnt(bench, numbers, tmp_path):
    del numbers
    rows = [
        {"日期": DAY, "姓名": "王芳", "服务类别": name, "备注": name}
        for name in ("量血压", "2型糖尿病随访", "体检", "义诊")
    ]
    take_in(bench, "visits", visits_sheet(tmp_path / "v.xlsx", *rows))
    kept = {row["备注"]: row["服务类别"] for row in stored(bench, "visits", tmp_path)}
    assert kept == {"量血压": "血压测量", "2型糖尿病随访": "糖尿病随访", "体检": "健康体检", "义诊": "义诊"}


def test_rows_stored_already_are_remarked_and_not_stored_again(bench, numbers, tmp_path):
    del numbers
    row = {
        "日期": DAY,
        "姓名": "王芳",
        "收缩压": 146,
        "舒张压": 88,
        "空腹血糖": 5.6,
        "下次日期": "2026-09-01",
        "备注": "头晕",
    }
    path = visits_sheet(tmp_path / "v.xlsx", row)
    first = take_in(bench, "visits", path)
    again = take_in(bench, "visits", path)
    assert warned(again) == {(2, "日期", "row_exists")}
    assert (again.accepted, again.batch) == (1, None)
    other = take_in(
        bench, "visits", visits_sheet(tmp_path / "o.xlsx", row, {**row, "舒张压": 89}, {**row, "备注": None})
    )
    assert {line for line, _, _ in warned(other)} == {2}
    assert len(bench.health.visit_ids()) == 3
    bench.intake.undo(other.batch)
    bench.intake.undo(first.batch)
    assert len(bench.health.visit_ids()) == 0
    assert take_in(bench, "visits", path).warnings == ()


def test_a_sheet_with_people_of_an_import_keeps_that_import(bench, tmp_path):
    from tests.register.making import residents_sheet

    people = take_in(bench, "residents", residents_sheet(tmp_path / "r.xlsx", {"姓名": "王芳", "无证原因": "外籍"}))
    visits = take_in(bench, "visits", visits_sheet(tmp_path / "v.xlsx", {"日期": DAY, "姓名": "王芳"}))
    with pytest.raises(InputError, match="健康服务记录1条"):
        bench.intake.undo(people.batch)
    bench.intake.undo(visits.batch)
    assert bench.intake.undo(people.batch) == "撤销导入：r.xlsx"


def test_imported_readings_are_flagged_and_make_dues(bench, numbers, tmp_path):
    del numbers
    path = visits_sheet(
        tmp_path / "v.xlsx",
        {"日期": DAY, "姓名": "王芳", "收缩压": 180, "舒张压": 90},
        {"日期": DAY, "姓名": "李强", "空腹血糖": 7, "下次日期": "2026-06-10"},
    )
    take_in(bench, "visits", path)
    rows = bench.health.visit_rows(list(bench.health.visit_ids()))
    assert {row.flag for row in rows} == {Flag.URGENT, Flag.ABOVE}
    assert bench.health.count_overdue() == 2  # asked after by 15 June, the next one by 10 June


def test_an_export_imports_again_unchanged_between_any_two_days(bench, numbers, tmp_path):
    rows = [
        {
            "日期": "2026-05-31",
            "姓名": "王芳",
            "身份证号": numbers["王芳"],
            "收缩压": 146,
            "舒张压": 88,
            "方式": "上门",
        },
        {
            "日期": DAY,
            "姓名": "赵敏",
            "身份证号": numbers["赵敏"],
            "空腹血糖": "16.725",
            "下次日期": "2026-06-15",
            "记录人": "罗晓梅",
        },
        {
            "日期": "2026-06-02",
            "姓名": "李强",
            "身份证号": numbers["李强"],
            "备注": "𬸚" + "长" * 3998,
            "服药情况": "规律服药",
            "结果": "控制满意",
        },
    ]
    batch = take_in(bench, "visits", visits_sheet(tmp_path / "v.xlsx", *rows)).batch
    before = stored(bench, "visits", tmp_path)
    assert [row["日期"] for row in before] == ["2026-05-31", DAY, "2026-06-02"]
    out = bench.intake.export("visits", tmp_path / "out.xlsx", unmasked=True, purpose="核对")
    bench.intake.undo(batch)
    assert take_in(bench, "visits", out).accepted == 3
    assert stored(bench, "visits", tmp_path) == before
    part = bench.intake.export("visits", tmp_path / "p.xlsx", first=date(2026, 6, 1), last=date(2026, 6, 1))
    verdict = bench.intake.preview("visits", part).verdict
    assert verdict.rows == 1
    assert {(issue.field, issue.code) for issue in verdict.rejected} == {("身份证号", "id_checksum")}
    assert "星号" in verdict.rejected[0].message


def test_a_sheet_without_names_is_refused_once(bench, tmp_path):
    path = sheet(tmp_path / "v.xlsx", [heading for heading in HEADINGS if heading != "姓名"], {"日期": DAY})
    assert codes(take_in(bench, "visits", path)) == {(1, "姓名", "required")}
