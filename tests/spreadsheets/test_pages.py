"""Workbooks to hand in: what is a number is one, what is none stays text, every sheet prints on its area."""

from __future__ import annotations

from decimal import Decimal

import openpyxl
import pytest

from desktop.foundation.errors import EnvironmentFailure, InputError
from desktop.spreadsheets.pages import PageColumn, TablePage, write_pages

COLUMNS = (PageColumn("名称"), PageColumn("电话"), PageColumn("数量", numeric=True))


def table(rows=(("灭鼠药", "0756-1234567", Decimal("2.675")), ("=1+1", "13800004106", 3), ("", None, None)), **values):
    return TablePage(**{"name": "投药", "title": "投药台账", "columns": COLUMNS, "rows": rows, **values})


def test_numbers_are_numbers_texts_are_texts_and_formulas_stay_words(tmp_path):
    page = openpyxl.load_workbook(write_pages(tmp_path / "p.xlsx", [table()])).active
    body = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]
    assert body == [["灭鼠药", "0756-1234567", 2.68], ["=1+1", "13800004106", 3], [None, None, None]]
    assert page["A4"].data_type == "s"
    assert page["B4"].number_format == "@"


def test_title_lines_head_groups_and_foot_stand_in_their_rows(tmp_path):
    made = table(
        rows=(("环境卫生",), ("检查", "", 3)), groups=frozenset({0}), lines=("填报单位：后环社区",), foot=("负责人：",)
    )  # fmt: skip
    page = openpyxl.load_workbook(write_pages(tmp_path / "p.xlsx", [made])).active
    assert [page.cell(row, 1).value for row in range(1, 7)] == [
        "投药台账", "填报单位：后环社区", "名称", "环境卫生", "检查", "负责人：",
    ]  # fmt: skip
    assert page["A4"].font.bold
    assert page.print_title_rows == "$3:$3"
    assert page.print_area.endswith("$A$1:$C$6")


def test_a_wide_table_lies_and_a_narrow_one_stands(tmp_path):
    wide = table(
        columns=tuple(PageColumn(f"很长的标题{number}") for number in range(9)), rows=(("字" * 30,) * 9,), name="宽"
    )  # fmt: skip
    book = openpyxl.load_workbook(write_pages(tmp_path / "p.xlsx", [wide, table(name="窄")]))
    assert [sheet.page_setup.orientation for sheet in book] == ["landscape", "portrait"]


def test_names_excel_refuses_or_that_come_twice_are_mended(tmp_path):
    pages = [table(name="检查/整改[1]"), table(name="检查/整改[1]"), table(name="台" * 40), table(name="")]
    names = openpyxl.load_workbook(write_pages(tmp_path / "p.xlsx", pages)).sheetnames
    assert names == ["检查·整改·1·", "检查·整改·1·（2）", "台" * 31, "表"]


def test_without_rows_one_sentence_stands_across(tmp_path):
    page = openpyxl.load_workbook(write_pages(tmp_path / "p.xlsx", [table(rows=())])).active
    assert page["A3"].value == "本期没有记录"


def test_a_text_no_cell_can_hold_is_refused_and_the_old_file_stays(tmp_path):
    path = tmp_path / "p.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(InputError, match="太长"):
        write_pages(path, [table(rows=(("字" * 40_000, "", 1),))])
    assert path.read_bytes() == b"old"
    with pytest.raises(EnvironmentFailure):
        write_pages(tmp_path / "no" / "p.xlsx", [table()])
