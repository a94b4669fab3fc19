"""Residents leaving as a sheet and coming back: unchanged when whole, told by their stars when masked."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from sqlmodel import select

from desktop.foundation.errors import InputError
from desktop.register.intake.leaving_out import BY_COMMAND
from desktop.store.records import HistoryEntry
from tests.factories import id_number
from tests.register.making import codes, resident, residents_sheet, stored, take_in


def test_an_export_imports_into_an_empty_file_unchanged(bench, tmp_path):
    path = residents_sheet(
        tmp_path / "r.xlsx",
        {
            "姓名": "陈𬸚",
            "身份证号": id_number(date(1958, 2, 3)),
            "楼栋": "1",
            "人群标签": "独居、高血压",
            "备注": "长" * 3999 + "。",
        },
        {
            "姓名": "Anna Maria Smith",
            "无证原因": "外籍",
            "出生日期": "1980-02-29",
            "联系电话": "0756-3629041 / 13800004106",
            "楼栋": "A座",
        },
        {
            "姓名": "买买提·阿不都",
            "身份证号": id_number(date(1970, 1, 1)),
            "居住状态": "迁出",
            "变动日期": "2020-01-01",
            "室": "007",
        },
        {"姓名": "刘宝", "备注": "第一行\n第二行"},
    )
    batch = take_in(bench, "residents", path).batch
    out = bench.intake.export("residents", tmp_path / "out.xlsx", unmasked=True, purpose="核对")
    before = stored(bench, "residents", tmp_path)
    again = take_in(bench, "residents", out)
    assert {code for _, _, code in codes(again)} == {"id_exists"}
    assert take_in(bench, "residents", out, update=True).batch is None
    assert stored(bench, "residents", tmp_path) == before
    bench.intake.undo(batch)
    assert take_in(bench, "residents", out).accepted == 4
    assert stored(bench, "residents", tmp_path) == before
    assert [row["姓名"] for row in before] == ["陈𬸚", "Anna Maria Smith", "刘宝", "买买提·阿不都"]
    assert next(row for row in before if row["姓名"] == "陈𬸚")["备注"] == "长" * 3999 + "。"


def test_a_masked_export_is_told_by_its_stars_and_changes_nothing(bench, tmp_path):
    number = id_number()
    resident(bench, name="王芳", id_number=number, phone="13800004106")
    resident(bench, name="刘宝", id_number="", no_id_reason="外籍", phone="13800004107")
    out = bench.intake.export("residents", tmp_path / "out.xlsx")
    shown = {row["姓名"]: row for row in stored(bench, "residents", tmp_path, unmasked=False)}
    assert shown["王芳"]["身份证号"] == f"{number[:6]}********{number[-4:]}"
    assert shown["王芳"]["联系电话"] == "138****4106"
    verdict = take_in(bench, "residents", out, update=True)
    assert {code for _, _, code in codes(verdict)} == {"id_checksum"}
    assert "星号" in verdict.rejected[0].message
    assert {row["联系电话"] for row in stored(bench, "residents", tmp_path)} == {"13800004106", "13800004107"}


def test_a_starred_telephone_never_overwrites_a_whole_one(bench, tmp_path):
    number = id_number()
    kept = resident(bench, name="王芳", id_number=number, phone="13800004106")
    path = residents_sheet(
        tmp_path / "r.xlsx", {"姓名": "王芳", "身份证号": number, "联系电话": "138****4106", "备注": "新"}
    )
    take_in(bench, "residents", path, update=True)
    assert (bench.residents.card(kept).draft.phone, bench.residents.card(kept).draft.remark) == ("13800004106", "新")


@pytest.mark.parametrize(
    ("purpose", "sentence"),
    [
        ("", "请写明完整号码拿去做什么用。"),
        (" 　 ", "请写明完整号码拿去做什么用。"),
        ("长" * 61, "用途最多写60个字，请删去1个字。"),
    ],
)
def test_whole_numbers_without_a_purpose_are_refused_and_nothing_is_written(bench, tmp_path, purpose, sentence):
    resident(bench)
    with pytest.raises(InputError) as error:
        bench.intake.export("residents", tmp_path / "a.xlsx", unmasked=True, purpose=purpose)
    assert [(one.field, one.message) for one in error.value.problems] == [("purpose", sentence)]
    assert list(tmp_path.glob("*.xlsx")) == []
    assert bench.journal.disclosures() == []


def test_every_export_is_written_down_with_kind_rows_and_purpose_and_without_a_name(bench, tmp_path):
    resident(bench, name="王芳", phone="13800004106")
    bench.intake.export("residents", tmp_path / "a.xlsx")
    bench.intake.export("residents", tmp_path / "b.xlsx", unmasked=True, purpose=" 报街道高龄津贴名单 ")
    told = bench.journal.disclosures()
    assert [step.label for step in told] == [
        "导出居民表：1行，完整号码，用途：报街道高龄津贴名单",
        "导出居民表：1行，号码打星号",
    ]
    assert {step.staff_name for step in told} == {"沈玉琴"}
    assert told[0].id not in {step.id for step in bench.journal.steps()}
    with bench.store.reading() as session:
        kept = [entry.changes for entry in session.exec(select(HistoryEntry).where(HistoryEntry.action == "export"))]
    assert kept == [
        {"rows": 1, "unmasked": False, "purpose": ""},
        {"rows": 1, "unmasked": True, "purpose": "报街道高龄津贴名单"},
    ]


def test_the_sheet_says_who_took_whole_numbers_when_and_what_for_on_screen_and_on_every_page(bench, tmp_path):
    resident(bench)
    path = bench.intake.export("residents", tmp_path / "a.xlsx", unmasked=True, purpose="3号楼&4号楼核对")
    page = openpyxl.load_workbook(path)["居民"]
    words = "沈玉琴 2026年6月17日 10:42导出，含完整号码，用途：3号楼&4号楼核对"
    assert page["A1"].value == words
    assert page.oddFooter.left.text.strip() == words.replace("&", "＆")
    starred = openpyxl.load_workbook(bench.intake.export("residents", tmp_path / "b.xlsx"))["居民"]
    assert starred["A1"].value == "姓名"
    assert not starred.oddFooter.left.text


def test_a_sheet_fetched_by_command_keeps_its_head_in_the_first_row_and_is_stamped_at_the_foot(bench, tmp_path):
    resident(bench)
    path = bench.intake.export("residents", tmp_path / "a.xlsx", unmasked=True, purpose=BY_COMMAND)
    page = openpyxl.load_workbook(path)["居民"]
    assert page["A1"].value == "姓名"
    assert page.oddFooter.left.text.strip().endswith("含完整号码，用途：命令行导出")


def test_looking_at_one_number_is_written_down_beside_the_exports(bench, health_bench):
    kept = resident(bench, name="王芳", phone="13800004106")
    health_bench.residents.reveal(kept, "phone")
    assert [(step.label, step.staff_name) for step in bench.journal.disclosures()] == [("查看电话", "罗晓梅")]
    assert bench.journal.disclosures(staff_id=bench.officer.staff_id) == []
