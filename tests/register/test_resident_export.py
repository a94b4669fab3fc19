"""Residents leaving as a sheet and coming back: unchanged when whole, told by their stars when masked."""

from __future__ import annotations

from datetime import date

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
    out = bench.intake.export("residents", tmp_path / "out.xlsx", unmasked=True)
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


def test_whole_numbers_leaving_the_program_are_written_down(bench, tmp_path):
    resident(bench)
    bench.intake.export("residents", tmp_path / "a.xlsx")
    before = bench.store.change_mark()
    bench.intake.export("residents", tmp_path / "b.xlsx", unmasked=True)
    assert bench.store.change_mark() != before
    assert "导出完整号码：居民" not in [step.label for step in bench.journal.steps()]
