"""Whole sheets: the superior's messy form, rows that are no records, totals, and the verdict's arithmetic."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.foundation.jobs import JobCancelled, JobContext
from desktop.spreadsheets.judging import read_sheet
from desktop.spreadsheets.mapping import remap
from tests.spreadsheets.making import make_csv, make_xlsx
from tests.spreadsheets.specs import AEDES, RESIDENTS, TODAY

SAMPLES = Path(__file__).parents[1] / "samples"
HEAD = ["姓名", "身份证号", "小区", "联系电话"]
GOOD = ["张三", "11010519491231002X", "幸福里", "138"]
AEDES_HEAD = ["日期", "点位", "检查户数", "阳性容器数"]


def read(tmp_path, rows, spec=RESIDENTS, **more):
    return read_sheet(make_xlsx(tmp_path / "a.xlsx", rows), spec, today=TODAY, **more)


def test_the_superiors_form_gets_the_expected_verdict():
    expected = json.loads((SAMPLES / "residents_messy.json").read_text(encoding="utf-8"))
    sheet = read_sheet(SAMPLES / "residents_messy.xlsx", RESIDENTS, today=TODAY)
    found = [{"row": i.row, "field": i.field, "code": i.code} for row in sheet.rows for i in row.problems]
    # Doubles and the sex against the number concern several cells or rows: the register adds them.
    assert found == [issue for issue in expected["rejected"] if issue["code"] != "id_duplicate"]
    assert len(sheet.accepted) == expected["accepted"] + 1
    assert sheet.skipped == [(41, "空行"), (45, "合计行"), (46, "说明行")]
    assert sheet.warnings == []
    by_row = {row.number: row for row in sheet.rows}
    assert by_row[19].values["id_number"] == "440402195101191053"
    assert by_row[26].values["name"] == "韩豪伟"
    assert by_row[31].values["name"] == "田𬸚"
    assert by_row[32].values["phone"] == "13971380338"
    assert by_row[4].values["room"] == "400"
    assert by_row[4].texts["room"] == "400"


@pytest.mark.parametrize(("kind", "count"), [("residents", 2500)])
def test_the_programs_own_sheet_is_accepted_whole(kind, count):
    sheet = read_sheet(SAMPLES / "houhuan" / f"{kind}.xlsx", RESIDENTS, today=TODAY)
    verdict = sheet.verdict()
    assert (verdict.rows, verdict.accepted, verdict.rejected, verdict.warnings) == (count, count, (), ())


def test_slices_add_their_own_problems_under_the_files_heading(tmp_path):
    sheet = read(tmp_path, [["姓  名", "公民身份号码", "小区"], GOOD[:3], ["李四", "513101198201130014", "幸福里"]])
    first, second = sheet.rows
    first.warn("sex", "sex_mismatch", "性别和身份证号不一致")
    second.warn("id_number", "no_id", "这句会被去掉")
    second.fail("id_number", "id_duplicate", "和第2行重复")
    assert second.failed("id_number")
    assert not second.failed("name")
    assert sheet.verdict("batch-1").as_json() == {
        "kind": "residents",
        "rows": 2,
        "accepted": 1,
        "rejected": [{"row": 3, "field": "公民身份号码", "code": "id_duplicate", "message": "和第2行重复"}],
        "warnings": [{"row": 2, "field": "性别", "code": "sex_mismatch", "message": "性别和身份证号不一致"}],
        "batch": "batch-1",
    }


def test_every_problem_of_a_row_is_reported_but_one_code_an_id_cell(tmp_path):
    sheet = read(tmp_path, [[*HEAD, "性别", "出生日期"], ["", "440402199606101", "", "", "M", "2010-02-30"]])
    assert [(i.field, i.code) for i in sheet.rows[0].problems] == [
        ("姓名", "required"),
        ("身份证号", "id_length"),
        ("性别", "choice_unknown"),
        ("出生日期", "date_invalid"),
        ("小区", "required"),
    ]


def test_a_missing_required_heading_refuses_the_file_once(tmp_path):
    sheet = read(tmp_path, [["XX社区"], ["姓名", "电话"], ["张三", "138"], ["李四", "139"]])
    verdict = sheet.verdict()
    assert [(i.row, i.field, i.code) for i in verdict.rejected] == [(2, "小区", "required")]
    assert (verdict.rows, verdict.accepted, sheet.rows) == (1, 0, [])


def test_a_column_joined_by_hand_is_read(tmp_path):
    rows = [["姓名", "住哪里"], ["张三", "幸福里"]]
    first = read(tmp_path, rows)
    assert first.verdict().accepted == 0
    second = read(tmp_path, rows, columns=remap(first.columns, 1, "estate"))
    assert second.rows[0].values["estate"] == "幸福里"
    third = read(tmp_path, rows, learned={"住哪里": "estate"})
    assert third.verdict().accepted == 1


def test_unknown_headings_are_warned_of_and_running_numbers_are_not(tmp_path):
    sheet = read(tmp_path, [["序号", "姓名", "小区", "政治面貌"], [1, "张三", "幸福里", "群众"]])
    assert [(i.row, i.field, i.code) for i in sheet.verdict().warnings] == [(1, "政治面貌", "heading_unknown")]


@pytest.mark.parametrize(
    "footer",
    [
        ["合计", 40],
        ["", "总  计", "", "40人"],
        ["小计", "", "", "12"],
        ["本页合计：", "", "3"],
        ["填表说明:身份证号请以文本格式填写。"],
        ["说明：", "", "本表一式两份"],
        ["备注"],
        ["注：1.本表由社区填写"],
        ["填报单位（盖章）", "", "填表人：王某", "138"],
        ["填表人", "王某", "审核人", "李某"],
        ["审核人：", "", "", "0756-3629041"],
        ["负责人签字：", "", "日期："],
    ],
)
def test_rows_below_the_records_are_passed_over_with_a_reason(tmp_path, footer):
    sheet = read(tmp_path, [HEAD, GOOD, footer])
    assert sheet.verdict().rows == 1
    assert [number for number, _ in sheet.skipped] == [3]


def test_lines_that_go_on_below_the_notes_are_notes(tmp_path):
    sheet = read(
        tmp_path, [HEAD, GOOD, ["填表说明："], ["1、姓名按身份证填写。"], ["2、一人一行。"], ["李四", "", "幸福里"]]
    )
    assert sheet.skipped == [(3, "说明行"), (4, "说明行"), (5, "说明行")]
    assert [row.number for row in sheet.rows] == [2, 6]


@pytest.mark.parametrize(
    "person",
    [
        ["说明某", "11010519491231002X", "幸福里", ""],
        ["说明", "", "幸福里", ""],
        ["合计成", "", "幸福里", ""],
        ["注某", "", "幸福里", ""],
        ["备注", "513101198201130014", "幸福里", "139"],
    ],
)
def test_a_person_whose_name_looks_like_a_footer_does_not_vanish(tmp_path, person):
    sheet = read(tmp_path, [HEAD, GOOD, person, [1, *GOOD[1:]]])
    assert [row.number for row in sheet.accepted] == [2, 3, 4]


def test_a_record_with_mistakes_is_refused_aloud_even_if_it_looks_like_a_note(tmp_path):
    sheet = read(tmp_path, [HEAD, ["说明某某某某某", "11010519491231002X", "", "138"]])
    assert [(i.field, i.code) for i in sheet.verdict().rejected] == [("小区", "required")]


def test_blank_rows_and_preprinted_numbers_are_no_records(tmp_path):
    sheet = read(tmp_path, [["序号", *HEAD], [1, *GOOD], [], [2, "", " "], [3], [4, "李四", "", "幸福里"]])
    assert [row.number for row in sheet.rows] == [2, 6]
    assert sheet.skipped == [(3, "空行"), (4, "认得的列都没有填"), (5, "认得的列都没有填")]


def test_a_head_repeated_on_every_page_is_passed_over(tmp_path):
    sheet = read(tmp_path, [HEAD, GOOD, HEAD, ["李四", "", "幸福里", ""]])
    assert sheet.skipped == [(3, "重复的表头")]
    assert sheet.verdict().accepted == 2


def test_a_total_that_disagrees_is_warned_of(tmp_path):
    body = [["2011-06-12", "渔村", 36, 3], ["2011-07-10", "唐苑新村", "40户", 4]]
    wrong = read(tmp_path, [AEDES_HEAD, *body, ["合计", "", 76, 8]], AEDES)
    assert [(i.row, i.field, i.code) for i in wrong.verdict().warnings] == [(4, "阳性容器数", "sum_mismatch")]
    right = read(tmp_path, [AEDES_HEAD, *body, ["合计", "", 76.0, 7]], AEDES)
    assert right.verdict().warnings == ()


def test_subtotals_counts_and_unreadable_cells_fake_no_mismatch(tmp_path):
    body = [["2011-06-12", "渔村", 36, 3], ["小计", "", 36, 3], ["2011-07-10", "唐苑新村", 40, "四"]]
    sheet = read(tmp_path, [AEDES_HEAD, *body, ["合计", "2处", 76, 9], ["总计", "", "共76户", ""]], AEDES)
    assert [issue.code for issue in sheet.warnings] == []
    assert [problem.code for row in sheet.rows for problem in row.problems] == ["number_invalid"]


def test_a_text_file_is_judged_by_excels_row_numbers(tmp_path):
    path = make_csv(
        tmp_path / "a.csv", [["居民"], [], HEAD, GOOD, ["李四", "4.40402E+17", "幸福里", ""]], encoding="gb18030"
    )
    sheet = read_sheet(path, RESIDENTS, today=TODAY)
    assert [(i.row, i.code) for i in sheet.verdict().rejected] == [(5, "id_rounded")]


def test_a_job_reports_and_can_be_stopped(tmp_path):
    path = make_csv(tmp_path / "a.csv", [HEAD, *[GOOD] * 1200])
    seen: list[tuple[int, int]] = []
    context = JobContext(lambda done, total: seen.append((done, total)))
    read_sheet(path, RESIDENTS, today=TODAY, context=context)
    assert seen == [(0, 1200), (500, 1200), (1000, 1200), (1200, 1200)]
    context.cancel()
    with pytest.raises(JobCancelled):
        read_sheet(path, RESIDENTS, today=TODAY, context=context)


CELLS = st.sampled_from(["", "张三", "合计", "说明：", "幸福里", "11010519491231002X", "440402", "注1", "李四", "139"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=12))
def test_accepted_and_refused_rows_always_add_up(tmp_path, rows):
    sheet = read_sheet(make_csv(tmp_path / "a.csv", [HEAD, *rows]), RESIDENTS, today=TODAY)
    verdict = sheet.verdict()
    assert verdict.accepted + len({issue.row for issue in verdict.rejected}) == verdict.rows
    assert verdict.rows + len(sheet.skipped) == len(rows)
