"""What is written: reads back equal, appears whole or not at all, guides and mends."""

from __future__ import annotations

import resource
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.foundation.errors import EnvironmentFailure, InputError
from desktop.foundation.jobs import JobCancelled, JobContext
from desktop.foundation.text import tidy
from desktop.spreadsheets import writing
from desktop.spreadsheets.judging import read_sheet
from desktop.spreadsheets.mapping import remap
from desktop.spreadsheets.reading import read_table
from desktop.spreadsheets.spec import SheetColumn, SheetSpec
from desktop.spreadsheets.writing import write_refused, write_table, write_template
from tests.spreadsheets.making import make_xlsx
from tests.spreadsheets.specs import AEDES, RESIDENTS, TODAY

SAMPLES = Path(__file__).parents[1] / "samples"
PERSON = {
    "name": "田𬸚",
    "id_number": "11010519491231002X",
    "sex": "女",
    "born_on": date(1949, 12, 31),
    "phone": "0756-3629041",
    "estate": "幸福里",
    "building": "1号楼",
    "room": "0301",
    "tags": ("高血压", "独居老人"),
    "note": "=1+1 不是公式\n第二行",
}
WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12).filter(
    lambda text: tidy(text) == text
)
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {"name": WORDS.map(lambda text: "张" + text), "estate": WORDS},
        optional={
            "id_number": st.just("11010519491231002X"),
            "born_on": st.dates(date(1900, 1, 1), TODAY),
            "sex": st.sampled_from(("男", "女")),
            "phone": st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
            "room": st.from_regex(r"[0-9]{1,5}", fullmatch=True),
            "tags": st.lists(st.sampled_from(("高血压", "糖尿病", "低保")), unique=True).map(tuple),
            "note": WORDS,
        },
    ),
    min_size=1,
    max_size=8,
)
VISITS = st.lists(
    st.fixed_dictionaries(
        {
            "day": st.dates(date(1900, 1, 1), TODAY),
            "place": WORDS,
            "households": st.integers(0, 5000),
            "positive": st.integers(0, 10**6),
            "litres": st.none() | st.decimals(0, 9999, places=2),
            "due_on": st.none() | st.dates(TODAY, date(2100, 1, 1)),
        }
    ),
    max_size=8,
)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def values(path, spec=RESIDENTS):
    sheet = read_sheet(path, spec, today=TODAY)
    assert [issue.as_json() for row in sheet.rows for issue in row.problems] == []
    assert sheet.warnings == []
    return [{key: value for key, value in row.values.items() if value not in (None, ())} for row in sheet.rows]


def test_what_was_written_reads_back_equal(tmp_path):
    path = write_table(
        tmp_path / "居民.xlsx", RESIDENTS, [PERSON], title="XX社区居民", note="2026-03-31 王某导出，供核对用"
    )
    assert values(path) == [PERSON]
    assert read_table(path).rows[0][0] == "XX社区居民"
    assert read_sheet(path, RESIDENTS, today=TODAY).columns.header_row == 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(PEOPLE)
def test_any_residents_read_back_equal(tmp_path, people):
    stored = [{key: value for key, value in person.items() if value != ()} for person in people]
    first = values(write_table(tmp_path / "a.xlsx", RESIDENTS, people))
    assert [{**person, "name": None} for person in first] == [{**person, "name": None} for person in stored]
    # A name is tidied on its way in, once and for all.
    assert values(write_table(tmp_path / "b.xlsx", RESIDENTS, first)) == first


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(VISITS)
def test_numbers_and_days_read_back_equal(tmp_path, visits):
    stored = [{key: value for key, value in visit.items() if value is not None} for visit in visits]
    assert values(write_table(tmp_path / "a.xlsx", AEDES, visits), AEDES) == stored


def test_large_exports_go_through_private_files_and_read_back_equal(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "_KEPT_IN_MEMORY", 3)
    system = tmp_path / "system"
    system.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(system))
    seen: list[list[str]] = []

    def people():
        for _ in range(10):
            seen.append(names(system))
            yield PERSON

    path = write_table(tmp_path / "a.xlsx", RESIDENTS, people(), title="标题", note="说明")
    assert values(path) == [PERSON] * 10
    assert set(map(tuple, seen)) == {()}
    assert names(tmp_path) == ["a.xlsx", "system"]


def test_numbers_are_numbers_and_identities_are_texts(tmp_path):
    path = write_table(
        tmp_path / "a.xlsx", AEDES, [{"day": date(2011, 4, 5), "households": 36, "litres": Decimal("1.50")}]
    )
    row = openpyxl.load_workbook(path)["伊蚊监测"][2]
    assert [cell.value for cell in row] == ["2011-04-05", None, 36, None, 1.5, None, None]
    path = write_table(tmp_path / "b.xlsx", RESIDENTS, [PERSON])
    page = openpyxl.load_workbook(path)["居民"]
    assert (page["B2"].value, page["B2"].number_format) == ("11010519491231002X", "@")
    assert page["G2"].number_format == "@"
    assert page["R2"].data_type == "s"


def test_sheets_come_ready_for_screen_and_paper(tmp_path):
    page = openpyxl.load_workbook(write_table(tmp_path / "a.xlsx", RESIDENTS, [PERSON], title="标题"))["居民"]
    assert page.freeze_panes == "A3"
    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr.fitToPage  # to one page in width, which is what no value means
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight, page.page_setup.paperSize) == (None, 0, 9)
    assert page.print_title_rows == "$2:$2"
    assert page.column_dimensions["B"].width == pytest.approx(22, abs=1)


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    path = write_table(tmp_path / "a.xlsx", RESIDENTS, [PERSON])
    before = path.read_bytes()

    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, hard))  # the system refuses every byte beyond
    try:
        with pytest.raises(EnvironmentFailure, match="保存表格没有成功"):
            write_table(path, RESIDENTS, [PERSON] * 600)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    context = JobContext()
    context.cancel()
    with pytest.raises(JobCancelled):
        write_table(path, RESIDENTS, [PERSON] * 600, context=context)
    assert path.read_bytes() == before
    assert names(tmp_path) == ["a.xlsx"]


def test_a_stopped_large_export_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "_KEPT_IN_MEMORY", 3)
    context = JobContext()

    def people():
        for number in range(600):
            if number == 450:
                context.cancel()
            yield PERSON

    with pytest.raises(JobCancelled):
        write_table(tmp_path / "a.xlsx", RESIDENTS, people(), context=context)
    assert names(tmp_path) == []


def test_places_that_cannot_be_written_get_a_sentence(tmp_path):
    with pytest.raises(EnvironmentFailure, match="找不到"):
        write_table(tmp_path / "no" / "a.xlsx", RESIDENTS, [PERSON])
    with pytest.raises(InputError, match="xlsx"):
        write_table(tmp_path / "a.csv", RESIDENTS, [PERSON])
    (tmp_path / "b.xlsx").mkdir()
    with pytest.raises(EnvironmentFailure):
        write_table(tmp_path / "b.xlsx", RESIDENTS, [PERSON])


def test_what_excel_cannot_hold_is_refused_not_cut(tmp_path, monkeypatch):
    with pytest.raises(InputError, match="第2行的“备注”太长"):
        write_table(tmp_path / "a.xlsx", RESIDENTS, [{"name": "张三", "note": "𬸚" * 16_384}])
    monkeypatch.setattr(writing, "MOST_ROWS", 3)
    with pytest.raises(InputError, match="行数太多"):
        write_table(tmp_path / "a.xlsx", RESIDENTS, [PERSON] * 3)
    with pytest.raises(TypeError):
        write_table(tmp_path / "a.xlsx", RESIDENTS, [{"name": object()}])
    assert names(tmp_path) == []


def test_an_export_reports_its_progress(tmp_path):
    seen: list[tuple[int, int]] = []
    context = JobContext(lambda done, total: seen.append((done, total)))
    write_table(tmp_path / "a.xlsx", RESIDENTS, [PERSON] * 1100, context=context)
    assert seen == [(499, 1100), (999, 1100), (1100, 1100)]


def test_a_template_imports_as_an_empty_sheet(tmp_path):
    sheet = read_sheet(write_template(tmp_path / "a.xlsx", RESIDENTS), RESIDENTS, today=TODAY)
    assert sheet.sheet_name == "居民"
    assert len(sheet.columns.columns) == len(RESIDENTS.columns)
    assert sheet.columns.heading("name") == "姓名＊"
    verdict = sheet.verdict()
    assert (verdict.rows, verdict.rejected, verdict.warnings) == (0, (), ())


def test_a_template_guides_whoever_fills_it(tmp_path):
    many = tuple(f"药品{number}号，规格甲" for number in range(60))
    spec = SheetSpec("a", "样表", (*RESIDENTS.columns, *AEDES.columns, SheetColumn("drug", "药品", suggestions=many)))
    book = openpyxl.load_workbook(write_template(tmp_path / "a.xlsx", spec))
    page, guide = book["样表"], book["填写说明"]
    assert "18位，没有就留空" in page["B1"].comment.text
    assert page.column_dimensions["B"].width == pytest.approx(22, abs=1)
    rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    assert rules["D2:D2001"].formula1 == '"男,女"'
    assert rules["D2:D2001"].showErrorMessage
    assert not rules["N2:N2001"].showErrorMessage  # an open list only offers
    assert rules["Z2:Z2001"].formula1 == "选项!$A$1:$A$60"
    assert book["选项"].sheet_state == "hidden"
    assert book["选项"]["A60"].value == many[-1]
    rows = {row[0]: row[1:] for row in guide.iter_rows(values_only=True)}
    assert rows["姓名"][0] == "必填"
    assert rows["性别"][2:] == ("男、女", "男")
    assert rows["人群标签"][3] == "高血压、糖尿病"


def test_text_columns_of_a_template_keep_long_numbers(tmp_path):
    page = openpyxl.load_workbook(write_template(tmp_path / "a.xlsx", RESIDENTS))["居民"]
    assert page.column_dimensions["B"].number_format == "@"
    assert page.column_dimensions["E"].number_format == "@"
    assert page.column_dimensions["G"].number_format == "@"


def test_refused_rows_go_home_with_reasons_and_come_back_mended(tmp_path):
    rows = [
        ["XX街道采集表"],
        ["序号", "姓  名", "公民身份号码", "家庭住址(小区)", "入户日期", "房间号"],
        [1, "张三", "11010519491231002X", "幸福里", date(2020, 1, 2), 301],
        [2, "李四", 4.40402199606101e17, "幸福里", date(2020, 1, 3), 302],
        [3, "", "513101198201130014", "幸福里", "不详", 303],
    ]
    sheet = read_sheet(make_xlsx(tmp_path / "a.xlsx", rows), RESIDENTS, today=TODAY)
    path = write_refused(tmp_path / "b.xlsx", sheet)
    written = read_table(path).rows
    assert written[0] == ["序号", "姓  名", "公民身份号码", "家庭住址(小区)", "入户日期", "房间号", "不能导入的原因"]
    assert written[1][:6] == [2.0, "李四", 4.40402199606101e17, "幸福里", "2020-01-03", 302.0]
    assert written[2][:6] == [3.0, "", "513101198201130014", "幸福里", "不详", 303.0]
    assert written[1][6].startswith("公民身份号码：")
    assert written[2][6] == "姓  名：“姓名”没有填"
    again = read_sheet(path, RESIDENTS, today=TODAY)
    assert [i.code for i in again.verdict().rejected] == ["id_rounded", "required"]
    assert [i.field for i in again.verdict().warnings] == ["入户日期"]
    book = openpyxl.load_workbook(path)
    book.active["C2"] = "11010519491231002X"
    book.active["B3"] = "王五"
    book.save(path)
    assert read_sheet(path, RESIDENTS, today=TODAY).verdict().accepted == 2


def test_a_column_joined_by_hand_comes_back_joined(tmp_path):
    source = make_xlsx(tmp_path / "a.xlsx", [["姓名", "住哪里", "小区"], ["张三", "", "旧"], ["", "幸福里", "旧"]])
    columns = remap(read_sheet(source, RESIDENTS, today=TODAY).columns, 1, "estate")
    sheet = read_sheet(source, RESIDENTS, today=TODAY, columns=columns)
    path = write_refused(tmp_path / "b.xlsx", sheet)
    again = read_sheet(path, RESIDENTS, today=TODAY)
    assert [[row.values["name"], row.values["estate"]] for row in again.rows] == [["张三", None], [None, "幸福里"]]


def test_nothing_refused_is_said_and_not_written(tmp_path):
    sheet = read_sheet(make_xlsx(tmp_path / "a.xlsx", [["姓名", "小区"], ["张三", "幸福里"]]), RESIDENTS, today=TODAY)
    with pytest.raises(InputError, match="没有不能导入的行"):
        write_refused(tmp_path / "b.xlsx", sheet)


def test_the_sample_year_survives_a_round_trip(tmp_path):
    original = values(SAMPLES / "houhuan" / "residents.xlsx")
    assert values(write_table(tmp_path / "a.xlsx", RESIDENTS, original)) == original


@pytest.mark.parametrize("count", [0, 3, 20_002])
def test_what_is_told_before_the_file_has_its_name_is_the_number_of_rows(tmp_path, count):
    told = []
    path = tmp_path / "a.xlsx"
    write_table(path, RESIDENTS, [PERSON] * count, written=lambda rows: told.append((rows, path.exists())))
    assert told == [(count, False)]


@pytest.mark.parametrize("count", [1, 20_002])
def test_if_it_cannot_be_told_there_is_no_file_and_an_older_one_stays(tmp_path, count):
    def refuse(_rows):
        raise InputError("记不下来。")

    (tmp_path / "old.xlsx").write_bytes(b"older")
    for name in ("old.xlsx", "new.xlsx"):
        with pytest.raises(InputError, match="记不下来"):
            write_table(tmp_path / name, RESIDENTS, [PERSON] * count, written=refuse)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("old.xlsx", b"older")]
