"""The sheets 检查 and 责任书: places that must exist, days in order, closed lists, and out again unchanged."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from desktop.foundation.errors import InputError
from desktop.inspections.views import InspectionFilter, PledgeFilter
from desktop.register.service.places import PlaceDraft
from tests.inspections.making import finding, inspections_sheet, places, pledges_sheet
from tests.register.making import codes, sheet, stored, take_in, warned

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "houhuan"


def count(bench):
    return len(bench.inspections.ids(InspectionFilter()))


@pytest.fixture
def houhuan(bench):
    take_in(bench, "places", SAMPLES / "places.xlsx")


def test_a_place_must_be_known_and_meant_alone(bench, tmp_path):
    places(bench, "渔村", "唐苑新村")
    for parent in ("渔村", "唐苑新村"):
        bench.places.create(PlaceDraft("2号楼", "楼栋", parent=parent))
    path = inspections_sheet(
        tmp_path / "i.xlsx",
        {"点位": "没有的地方"},
        {"点位": " 渔 村 "},
        {"点位": "2号楼"},
        {"点位": "唐苑新村 2号楼"},
        {"点位": None},
    )
    verdict = take_in(bench, "inspections", path)
    assert codes(verdict) == {(2, "点位", "place_unknown"), (4, "点位", "place_unknown"), (6, "点位", "required")}
    messages = [issue.message for issue in verdict.rejected if issue.code == "place_unknown"]
    assert "底册里没有点位“没有的地方”" in messages[0]
    assert "2个点位叫“2号楼”" in messages[1]
    assert [row["点位"] for row in stored(bench, "inspections", tmp_path)] == ["渔村", "唐苑新村 2号楼"]


def test_days_that_cannot_be_are_refused_cell_by_cell(bench, tmp_path):
    places(bench)
    bad = {"问题": "飞线充电", "处理方式": "整改通知"}
    path = inspections_sheet(
        tmp_path / "i.xlsx",
        {"日期": "2026-06-18"},
        {**bad, "整改期限": "2026-05-31"},
        {**bad, "整改期限": "2030-01-01"},
        {**bad, "复查日期": "2026-05-31", "复查结果": "合格", "销号日期": "2026-05-30"},
        {**bad, "复查日期": "2026-06-18", "复查结果": "合格", "销号日期": "2026-06-19"},
        {**bad, "日期": "2026-02-30", "整改期限": "下周"},
        {"日期": None, "检查类别": None},
    )
    verdict = take_in(bench, "inspections", path)
    assert codes(verdict) == {
        (2, "日期", "date_future"), (3, "整改期限", "period_invalid"), (5, "复查日期", "period_invalid"),
        (5, "销号日期", "period_invalid"), (6, "复查日期", "date_future"), (6, "销号日期", "date_future"),
        (7, "日期", "date_invalid"), (7, "整改期限", "date_invalid"), (8, "日期", "required"),
        (8, "检查类别", "required"),
    }  # fmt: skip
    assert (verdict.accepted, count(bench)) == (1, 1)


def test_closed_lists_scores_and_ends_without_a_problem(bench, tmp_path):
    places(bench)
    path = inspections_sheet(
        tmp_path / "i.xlsx",
        {"结果": "良好", "隐患等级": "小", "处理方式": "口头警告", "复查结果": "还行", "问题": "暴露垃圾"},
        {"结果": "达标", "得分": "９６.５分"},
        {"结果": "不达标", "问题": "暴露垃圾", "隐患等级": "一般", "处理方式": "限期整改"},
        {"得分": -1},
        {"得分": "优"},
        {"处理方式": "上报"},
        {"检查类别": "安全大检查"},
    )
    verdict = take_in(bench, "inspections", path)
    assert codes(verdict) == {
        (2, "结果", "choice_unknown"), (2, "隐患等级", "choice_unknown"), (2, "处理方式", "choice_unknown"),
        (2, "复查结果", "choice_unknown"), (5, "得分", "number_negative"), (6, "得分", "number_invalid"),
        (7, "问题", "required"),
    }  # fmt: skip
    kept = stored(bench, "inspections", tmp_path)
    assert [(row["检查类别"], row["得分"], row["结果"], row["处理方式"]) for row in kept] == [
        ("环境卫生", "96.5", "合格", ""),
        ("环境卫生", "", "不合格", "整改通知"),
        ("安全检查", "", "", ""),
    ]


@pytest.mark.usefixtures("houhuan")
@pytest.mark.parametrize(("kind", "rows"), [("inspections", 188), ("pledges", 150)])
def test_a_year_of_a_real_committee_comes_in_whole_and_only_once(bench, tmp_path, kind, rows):
    verdict = take_in(bench, kind, SAMPLES / f"{kind}.xlsx")
    assert (verdict.rows, verdict.accepted, verdict.rejected, verdict.warnings) == (rows, rows, (), ())
    again = take_in(bench, kind, SAMPLES / f"{kind}.xlsx")
    assert (again.accepted, again.batch) == (rows, None)
    assert {code for _, _, code in warned(again)} == {"row_exists"}
    assert len(again.warnings) == rows
    before = stored(bench, kind, tmp_path)
    out = shutil.copy(tmp_path / f"stored-{kind}.xlsx", tmp_path / "out.xlsx")
    bench.intake.undo(verdict.batch)
    assert stored(bench, kind, tmp_path) == []
    assert take_in(bench, kind, out).accepted == rows
    assert stored(bench, kind, tmp_path) == before


def test_an_inspection_differing_in_one_cell_is_another_one(bench, tmp_path):
    places(bench)
    row = {"检查人": "李强", "得分": 88, "问题": "暴露垃圾", "处理方式": "上报"}
    take_in(bench, "inspections", inspections_sheet(tmp_path / "a.xlsx", row))
    other = [row, {**row, "得分": 89}, {**row, "责任单位": "物业"}, {**row, "销号日期": "2026-06-02"}]
    verdict = take_in(bench, "inspections", inspections_sheet(tmp_path / "b.xlsx", *other))
    assert warned(verdict) == {(2, "日期", "row_exists")}
    assert count(bench) == 4


def test_places_with_later_inspections_keep_their_import(bench, tmp_path):
    taken = take_in(bench, "places", sheet(tmp_path / "p.xlsx", ("名称", "类别"), {"名称": "渔村", "类别": "小区"}))
    row = bench.inspections.record(finding())
    with pytest.raises(InputError, match="检查记录1条"):
        bench.intake.undo(taken.batch)
    bench.inspections.remove(row.id)
    assert bench.intake.undo(taken.batch) == "撤销导入：p.xlsx"


def test_a_part_of_the_year_can_be_written_out(bench, tmp_path):
    places(bench)
    days = [{"日期": f"2026-0{month}-01"} for month in (4, 5, 6)]
    take_in(bench, "inspections", inspections_sheet(tmp_path / "i.xlsx", *days))
    part = bench.intake.export("inspections", tmp_path / "p.xlsx", first=date(2026, 5, 1), last=date(2026, 5, 31))
    assert bench.intake.preview("inspections", part).verdict.rows == 1


def test_letters_that_cannot_be_are_refused(bench, tmp_path):
    path = pledges_sheet(
        tmp_path / "p.xlsx",
        {"签订日期": "2026-06-18", "到期日期": "2027-06-18"},
        {"到期日期": "2026-02-10"},
        {"份数": -1},
        {"份数": "几份"},
        {"类别": None, "签订对象": None, "签订日期": None, "份数": 1},
        {"类别": "门前“三包”责任书", "到期日期": "2040-01-01", "份数": "2份"},
    )
    verdict = take_in(bench, "pledges", path)
    assert codes(verdict) == {
        (2, "签订日期", "date_future"), (3, "到期日期", "period_invalid"), (4, "份数", "number_negative"),
        (5, "份数", "number_invalid"), (6, "类别", "required"), (6, "签订对象", "required"),
        (6, "签订日期", "required"),
    }  # fmt: skip
    assert stored(bench, "pledges", tmp_path)[0]["类别"] == "门前三包责任书"


def test_a_letter_without_a_number_of_copies_is_one_and_its_starred_phone_the_same(bench, tmp_path):
    path = pledges_sheet(tmp_path / "p.xlsx", {"联系电话": "13800004106", "负责人": "王芳"})
    take_in(bench, "pledges", path)
    assert [float(row["份数"]) for row in stored(bench, "pledges", tmp_path)] == [1]
    starred = bench.intake.export("pledges", tmp_path / "starred.xlsx")
    for again in (path, starred):
        assert {code for _, _, code in warned(take_in(bench, "pledges", again))} == {"row_exists"}
    other = pledges_sheet(tmp_path / "o.xlsx", {"联系电话": "13800004107", "负责人": "王芳"})
    assert take_in(bench, "pledges", other).warnings == ()
    assert len(bench.pledges.ids(PledgeFilter())) == 2


@pytest.mark.parametrize("kind", ["inspections", "pledges"])
def test_a_sheet_without_a_required_column_is_refused_once(bench, tmp_path, kind):
    port = bench.intake.port(kind)
    missing = port.spec.required[-1].heading
    headings = [column.heading for column in port.spec.columns if column.heading != missing]
    verdict = take_in(bench, kind, sheet(tmp_path / "m.xlsx", headings, {headings[0]: "2026-06-01"}))
    assert codes(verdict) == {(1, missing, "required")}


@pytest.mark.parametrize("kind", ["inspections", "pledges"])
def test_every_required_heading_goes_by_three_other_names(bench, kind):
    assert min(len(column.synonyms) for column in bench.intake.port(kind).spec.required) >= 3


def test_a_superior_s_form_is_read_under_its_own_headings(bench, tmp_path):
    places(bench)
    headings = ("序号", "检查时间", "检查项目", "受检单位", "存在问题", "整改时限", "处理措施")
    row = {
        "序号": 1, "检查时间": "2026年6月1日", "检查项目": "消防", "受检单位": "渔村", "存在问题": "飞线充电",
        "整改时限": "2026.6.8", "处理措施": "限期整改",
    }  # fmt: skip
    verdict = take_in(bench, "inspections", sheet(tmp_path / "s.xlsx", headings, row))
    assert (verdict.rejected, verdict.warnings) == ((), ())
    kept = stored(bench, "inspections", tmp_path)[0]
    assert (kept["检查类别"], kept["整改期限"], kept["处理方式"]) == ("消防安全", "2026-06-08", "整改通知")
