"""The sheet 居民: verdicts by row, field and code; what is stored, updated, refused, and undone."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from desktop.foundation.errors import InputError
from desktop.foundation.idnumber import check_digit
from desktop.health.rules import VisitDraft
from desktop.register.records import Resident, ResidentTag
from desktop.register.service.residents import ResidentFilter
from tests.factories import id_number
from tests.register.making import (
    HEADINGS,
    codes,
    draft,
    resident,
    residents_sheet,
    sheet,
    take_in,
    warned,
)
from tests.spreadsheets.making import make_csv, make_xlsx

SAMPLES = Path(__file__).parents[1] / "samples"


def rounded(number: str) -> float:
    return float(number[:15] + "000")


def card_of(bench, name):
    found = bench.residents.search(name)
    assert len(found) == 1, name
    return bench.residents.card(found[0].id)


def test_a_superior_s_messy_sheet_gets_exactly_the_expected_verdict(bench):
    expected = json.loads((SAMPLES / "residents_messy.json").read_text(encoding="utf-8"))
    verdict = bench.intake.preview("residents", SAMPLES / "residents_messy.xlsx").verdict
    assert verdict.accepted == expected["accepted"]
    assert codes(verdict) == {(issue["row"], issue["field"], issue["code"]) for issue in expected["rejected"]}
    assert {(row, code) for row, _, code in warned(verdict)} == {
        (issue["row"], issue["code"]) for issue in expected["warnings"]
    }


def test_every_problem_of_a_row_is_told_with_one_code_for_its_number(bench, tmp_path):
    good = id_number(date(1960, 5, 5))
    path = residents_sheet(
        tmp_path / "r.xlsx",
        {"身份证号": "11010519491231002", "性别": "甲", "出生日期": "1960-13-01", "居住状态": "搬", "小区": None},
        {"姓名": "王芳", "身份证号": rounded(good)},
        {"姓名": "李强", "身份证号": good[:-1] + ("1" if good[-1] != "1" else "2")},
        {"姓名": "赵敏", "身份证号": good[:6] + "19500230" + "001" + check_digit(good[:6] + "19500230001")},
        {"姓名": "钱多", "身份证号": good},
        {"姓名": "钱多", "身份证号": good},
        {"姓名": "孙行", "无证原因": "外籍", "出生日期": "2026-06-18", "变动日期": "2026-06-18"},
        {"姓名": "周全", "无证原因": "外籍", "出生日期": "1990-05-05", "变动日期": "1990-05-04"},
    )
    verdict = take_in(bench, "residents", path)
    assert codes(verdict) == {
        (2, "姓名", "required"), (2, "身份证号", "id_length"), (2, "性别", "choice_unknown"), (2, "出生日期",
        "date_invalid"),
        (2, "居住状态", "choice_unknown"), (2, "小区", "required"),
        (3, "身份证号", "id_rounded"), (4, "身份证号", "id_checksum"), (5, "身份证号", "id_date"), (7,
        "身份证号", "id_duplicate"),
        (8, "出生日期", "date_future"), (8, "变动日期", "date_future"), (9, "变动日期", "period_invalid"),
    }  # fmt: skip
    assert (verdict.rows, verdict.accepted) == (8, 1)
    assert verdict.accepted + len({issue.row for issue in verdict.rejected}) == verdict.rows


def test_warnings_speak_of_accepted_rows_only(bench, tmp_path):
    man = id_number(date(1960, 5, 5), order=501)
    path = sheet(
        tmp_path / "r.xlsx",
        (*HEADINGS, "信仰"),
        {"姓名": "王芳", "小区": "渔村", "身份证号": man, "性别": "女", "出生日期": "1960-05-06"},
        {"姓名": "李强", "小区": "渔村"},
        {"姓名": "赵敏", "小区": "渔村", "无证原因": "外籍"},
        {"小区": "渔村"},
        {"姓名": "钱多", "小区": "渔村", "身份证号": man, "性别": "女"},
    )
    verdict = bench.intake.preview("residents", path).verdict
    assert warned(verdict) == {
        (1, "信仰", "heading_unknown"), (2, "性别", "sex_mismatch"), (2, "出生日期", "birth_mismatch"), (3,
        "身份证号", "no_id"),
    }  # fmt: skip


def test_a_sheet_without_a_required_heading_is_refused_once_at_its_header(bench, tmp_path):
    path = make_xlsx(tmp_path / "r.xlsx", [["某社区居民表", None], ["姓名", "身份证号"], ["王芳", ""], ["李强", ""]])
    verdict = take_in(bench, "residents", path)
    assert codes(verdict) == {(2, "小区", "required")}
    assert (verdict.accepted, verdict.batch) == (0, None)
    assert bench.residents.count() == (0, 0)


def test_a_preview_stores_nothing_and_names_the_new_estates(bench, tmp_path):
    path = residents_sheet(
        tmp_path / "r.xlsx", {"姓名": "王芳", "无证原因": "外籍"}, {"姓名": "李强", "小区": "翠 湖苑"}
    )
    before = bench.store.change_mark()
    preview = bench.intake.preview("residents", path)
    assert preview.plan.new_places == ("翠湖苑",)
    assert preview.verdict.batch is None
    assert bench.store.change_mark() == before
    bench.intake.confirm(preview)
    assert [place.name for place in bench.places.all()] == ["翠湖苑"]
    assert bench.intake.preview("residents", path).plan.new_places == ()


def test_what_a_row_says_is_stored_with_what_its_number_says(bench, tmp_path):
    number = id_number(date(1958, 2, 3), order=2)
    path = residents_sheet(
        tmp_path / "r.xlsx",
        {
            "姓名": "王 芳", "身份证号": number.lower(), "民族": "汉", "联系电话": 13800004106, "楼栋": "18栋",
            "单元": 2, "室": 302.0,
            "户主": "王芳", "与户主关系": "户主", "常住类型": "户籍人口", "居住状态": "租住",
            "人群标签": "高血压患者、独居老人", "备注": "𬸚 备",
        },
        {"姓名": "李强", "无证原因": "外籍", "居住状态": "迁出"},
    )  # fmt: skip
    take_in(bench, "residents", path)
    kept = card_of(bench, "王芳").draft
    assert kept == draft(
        name="王芳", id_number=number, sex="女", born_on=date(1958, 2, 3), ethnicity="汉族", phone="13800004106",
        place="翠湖苑", building="18栋", unit="2", room="302", head_name="王芳", relation="户主", residence_type="户籍",
        dwelling_state="出租", tags=("高血压", "独居"), remark="𬸚 备",
    )  # fmt: skip
    gone = list(bench.residents.list_ids(ResidentFilter(gone=True)))
    assert bench.residents.card(gone[0]).draft.changed_on == date(2026, 6, 17)


def test_a_stored_number_is_refused_and_with_update_only_filled_cells_change(bench, tmp_path, clock):
    number = id_number(date(1958, 2, 3), order=2)
    kept = resident(
        bench, name="王芳", id_number=number, phone="13800004106", remark="旧", tags=("独居", "党员"), place="渔村",
        building="1号楼", unit="", room="101", contact_name="王强",
    )  # fmt: skip
    clock.advance(timedelta(days=30))
    path = residents_sheet(
        tmp_path / "r.xlsx",
        {
            "姓名": "王芳",
            "身份证号": number,
            "小区": "渔村",
            "楼栋": "01幢",
            "室": "101室",
            "联系电话": "13900001111",
            "无证原因": "外籍",
        },
    )
    assert codes(take_in(bench, "residents", path)) == {(2, "身份证号", "id_exists")}
    before = bench.residents.card(kept).draft
    verdict = take_in(bench, "residents", path, update=True)
    assert (verdict.accepted, verdict.rejected) == (1, ())
    after = bench.residents.card(kept).draft
    assert after.phone == "13900001111"
    assert {name for name in vars(after) if getattr(after, name) != getattr(before, name)} == {"phone"}
    newest = bench.journal.of_record(kept)[0]
    assert (newest.action, newest.changes) == ("update", {"phone": ["13800004106", "13900001111"]})
    assert newest.label == "导入居民：r.xlsx"


def test_an_update_moves_house_and_tags_and_undo_gives_everything_back(bench, tmp_path, clock):
    number = id_number(date(1958, 2, 3), order=2)
    kept = resident(bench, name="王芳", id_number=number, tags=("独居", "党员"), place="渔村", building="1", room="101")
    clock.advance(timedelta(days=30))
    before = bench.residents.card(kept).draft
    path = residents_sheet(
        tmp_path / "r.xlsx",
        {
            "姓名": "王芳",
            "身份证号": number,
            "小区": "新村",
            "楼栋": "5",
            "人群标签": "党员、高血压",
            "居住状态": "迁出",
        },
        {"姓名": "李强", "无证原因": "外籍", "小区": "新村"},
    )
    verdict = take_in(bench, "residents", path, update=True)
    after = bench.residents.card(kept).draft
    assert (after.place, after.building, after.room) == ("新村", "5", "")
    assert (after.dwelling_state, after.changed_on) == ("迁出", clock.today())
    assert set(after.tags) == {"党员", "高血压"}
    with bench.store.reading() as session:
        spans = {row.tag: (row.from_on, row.to_on) for row in session.exec(select(ResidentTag))}
    assert spans["独居"] == (date(2026, 6, 17), clock.today() - timedelta(days=1))
    assert spans["高血压"] == (clock.today(), None)
    assert bench.intake.undo(verdict.batch) == "撤销导入：r.xlsx"
    back = bench.residents.card(kept).draft
    assert set(back.tags) == set(before.tags)
    assert {name for name in vars(back) if name != "tags" and getattr(back, name) != getattr(before, name)} == set()
    assert [row.name for row in bench.residents.rows(bench.residents.list_ids(ResidentFilter()))] == ["王芳"]
    assert "新村" not in {place.name for place in bench.places.all()}


def test_who_left_again_left_today_and_a_row_with_the_estate_alone_moves_nobody(bench, tmp_path, clock):
    number = id_number(date(1958, 2, 3), order=2)
    kept = resident(bench, name="王芳", id_number=number, place="渔村", building="1", dwelling_state="迁出",
                    changed_on=date(2020, 1, 1))  # fmt: skip
    row = {"姓名": "王芳", "身份证号": number, "小区": "渔村"}
    take_in(bench, "residents", residents_sheet(tmp_path / "1.xlsx", {**row, "居住状态": "自住"}), update=True)
    assert bench.residents.card(kept).draft.building == "1"
    clock.advance(timedelta(days=3))
    take_in(bench, "residents", residents_sheet(tmp_path / "2.xlsx", {**row, "居住状态": "迁出"}), update=True)
    assert bench.residents.card(kept).draft.changed_on == clock.today()


def test_an_update_that_changes_nothing_makes_no_batch(bench, tmp_path):
    number = id_number()
    resident(bench, name="王芳", id_number=number)
    before = bench.store.change_mark()
    path = residents_sheet(tmp_path / "r.xlsx", {"姓名": "王芳", "身份证号": number})
    verdict = take_in(bench, "residents", path, update=True)
    assert (verdict.accepted, verdict.rejected, verdict.batch) == (1, (), None)
    assert bench.store.change_mark() == before


def test_people_without_a_number_are_known_by_name_birthday_and_dwelling_each_twin_once(bench, tmp_path):
    twin = {"姓名": "刘宝", "无证原因": "新生儿未上户", "出生日期": "2026-05-01", "楼栋": "1", "室": "101"}
    one = residents_sheet(tmp_path / "1.xlsx", twin)
    two = residents_sheet(tmp_path / "2.xlsx", twin, twin, {**twin, "出生日期": "2025-05-01"}, {**twin, "室": "102"})
    take_in(bench, "residents", one)
    verdict = take_in(bench, "residents", two)
    assert warned(verdict) == {(2, "姓名", "row_exists")}
    assert bench.residents.count()[0] == 4
    again = take_in(bench, "residents", two)
    assert {row for row, _, code in warned(again) if code == "row_exists"} == {2, 3, 4, 5}
    assert (again.batch, bench.residents.count()[0]) == (None, 4)


def test_undoing_an_import_is_refused_while_visits_refer_and_works_after(bench, tmp_path):
    path = residents_sheet(tmp_path / "居民.xlsx", {"姓名": "王芳", "无证原因": "外籍"})
    batch = take_in(bench, "residents", path).batch
    person = bench.residents.search("王芳")[0].id
    visit = bench.health.record(person, VisitDraft(date(2026, 6, 1), "血压测量"))
    with pytest.raises(InputError, match="健康服务记录1条"):
        bench.intake.undo(batch)
    assert bench.residents.count() == (1, 1)
    bench.health.remove(visit.id)
    bench.intake.undo(batch)
    assert bench.residents.count() == (0, 0)
    assert bench.places.all() == []
    for wrong in (batch, "00" * 16, "不是编号"):
        with pytest.raises(InputError):
            bench.intake.undo(wrong)
    assert take_in(bench, "residents", path).accepted == 1


def test_an_import_with_somebody_s_new_home_is_not_undone_under_him(bench, tmp_path):
    path = residents_sheet(tmp_path / "居民.xlsx", {"姓名": "王芳", "无证原因": "外籍"})
    batch = take_in(bench, "residents", path).batch
    resident(bench, name="李强", building="", unit="", room="")
    with pytest.raises(InputError):
        bench.intake.undo(batch)
    assert bench.residents.count() == (2, 1)


def test_a_colleague_s_change_sends_the_sheet_back_only_if_it_matters(bench, health_bench, tmp_path):
    number = id_number()
    path = residents_sheet(tmp_path / "r.xlsx", {"姓名": "王芳", "身份证号": number})
    preview = bench.intake.preview("residents", path)
    resident(health_bench, name="李强")
    preview_2 = bench.intake.preview("residents", path)
    resident(health_bench, name="王芳", id_number=number)
    with pytest.raises(InputError, match="结论变了"):
        bench.intake.confirm(preview_2)
    with pytest.raises(InputError, match="结论变了"):
        bench.intake.confirm(preview)
    assert bench.residents.count()[0] == 2
    other = residents_sheet(tmp_path / "o.xlsx", {"姓名": "赵敏", "身份证号": id_number()})
    preview = bench.intake.preview("residents", other)
    serial_taker = resident(health_bench, name="钱多")
    verdict = bench.intake.confirm(preview)
    assert verdict.accepted == 1
    with bench.store.reading() as session:
        serials = {
            row.name: row.file_serial
            for row in session.exec(select(Resident).where(col(Resident.deleted_at).is_(None)))
        }
    assert serials["赵敏"] == serials["钱多"] + 1
    assert bench.residents.card(serial_taker).draft.name == "钱多"


def test_text_files_in_the_office_s_old_coding_and_old_workbooks_are_read(bench, tmp_path):
    number = id_number()
    path = make_csv(
        tmp_path / "r.csv", [["姓名", "公民身份号码", "住宅小区"], ["王芳", number, "渔村"]], encoding="gb18030"
    )
    assert take_in(bench, "residents", path).accepted == 1
    assert card_of(bench, "王芳").draft.id_number == number
    verdict = take_in(bench, "residents", SAMPLES / "residents_old.xls")
    assert verdict.accepted > 0


def test_a_heading_joined_by_hand_is_remembered_for_the_kind(bench, tmp_path):
    path = make_xlsx(tmp_path / "r.xlsx", [["姓名", "户口所在院子"], ["王芳", "渔村"]])
    assert bench.intake.preview("residents", path).verdict.accepted == 0
    bench.intake.learn("residents", "户口所在院子", "place")
    assert bench.intake.preview("residents", path).verdict.accepted == 1
    with pytest.raises(KeyError):
        bench.intake.learn("residents", "别的", "没有这一列")


def test_refused_rows_are_saved_with_reasons_mended_and_taken_in(bench, tmp_path):
    from openpyxl import load_workbook

    path = residents_sheet(tmp_path / "r.xlsx", {"姓名": "王芳", "性别": "甲"}, {"姓名": "李强"})
    preview = bench.intake.preview("residents", path)
    refused = bench.intake.save_refused(preview, tmp_path / "refused.xlsx")
    book = load_workbook(refused)
    page = book.active
    assert page.max_row == 2
    assert "性别" in str(page.cell(2, page.max_column).value)
    page.cell(2, 4).value = "女"
    book.save(refused)
    assert take_in(bench, "residents", refused).accepted == 1


def test_an_unknown_kind_names_the_kinds_there_are(bench, tmp_path):
    with pytest.raises(InputError, match=r"places、residents、.*visits"):
        bench.intake.preview("pets", tmp_path / "r.xlsx")
    with pytest.raises(InputError, match="不分日期"):
        bench.intake.export("residents", tmp_path / "r.xlsx", first=date(2026, 1, 1))
    assert list(tmp_path.glob("*.xlsx")) == []


def test_templates_import_back_empty_of_problems(bench, tmp_path):
    for kind in bench.intake.kinds:
        verdict = bench.intake.preview(kind, bench.intake.template(kind, tmp_path / f"{kind}.xlsx")).verdict
        assert (verdict.rows, verdict.rejected, verdict.warnings) == (0, (), ())
