"""The four sheets: the year's real files, rows that cannot be, rows stored already, and out again unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.foundation.errors import InputError
from tests.pest_control.making import (
    AEDES_HEADINGS,
    BAIT,
    DENSITY_HEADINGS,
    place,
    stock_sheet,
    treatment_sheet,
)
from tests.register.making import codes, sheet, stored, take_in, warned
from tests.spreadsheets.making import make_xlsx

HOUHUAN = Path(__file__).parent.parent / "samples" / "houhuan"
KINDS = {"stock": 22, "treatments": 20, "aedes": 3, "density": 2}


@pytest.fixture
def community(bench):
    take_in(bench, "places", HOUHUAN / "places.xlsx")
    return bench


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_year_s_file_comes_in_whole_once_and_out_again_unchanged(community, kind, tmp_path):
    bench, path = community, HOUHUAN / f"{kind}.xlsx"
    verdict = take_in(bench, kind, path)
    assert (verdict.rows, verdict.accepted, verdict.warnings) == (KINDS[kind], KINDS[kind], ())
    again = take_in(bench, kind, path)
    assert (len(warned(again)), again.batch) == (KINDS[kind], None)
    assert {code for _, _, code in warned(again)} == {"row_exists"}
    before = stored(bench, kind, tmp_path)
    out = bench.intake.export(kind, tmp_path / "out.xlsx")
    bench.intake.undo(verdict.batch)
    assert stored(bench, kind, tmp_path) == []
    assert take_in(bench, kind, out).accepted == KINDS[kind]
    assert stored(bench, kind, tmp_path) == before


def test_wrong_stock_rows_are_refused_cell_by_cell(bench, tmp_path):
    path = stock_sheet(
        tmp_path / "s.xlsx",
        {"日期": "2026-03-01", "类型": "入库", "数量": 10},
        {"日期": "2026-06-18", "类型": "入库", "数量": 1},
        {"日期": "2026-03-02", "类型": "送人", "数量": -1},
        {"日期": "2026-03-02", "类型": "入库", "数量": "一些"},
        {"日期": "2026-02-30", "类型": "入库", "数量": 1, "有效期至": "很久"},
        {"类型": None, "药品名称": None, "日期": None, "备注": 1},
        {"日期": "2026-03-02", "类型": "购入", "数量": "2袋", "有效期至": "2030-01-01"},
    )
    verdict = take_in(bench, "stock", path)
    assert codes(verdict) == {
        (3, "日期", "date_future"), (4, "类型", "choice_unknown"), (4, "数量", "number_negative"),
        (5, "数量", "number_invalid"), (6, "日期", "date_invalid"), (6, "有效期至", "date_invalid"),
        (7, "日期", "required"), (7, "药品名称", "required"), (7, "类型", "required"), (7, "数量", "required"),
    }  # fmt: skip
    assert verdict.accepted == 2


def test_the_row_that_first_goes_below_zero_is_refused_over_old_and_new_rows_together(bench, tmp_path):
    take_in(
        bench,
        "stock",
        stock_sheet(
            tmp_path / "old.xlsx",
            {"日期": "2026-03-01", "类型": "入库", "数量": 20},
            {"日期": "2026-03-20", "类型": "领用", "数量": 5},
        ),
    )
    path = stock_sheet(
        tmp_path / "new.xlsx",
        {"日期": "2026-03-12", "类型": "领用", "数量": 12},
        {"日期": "2026-03-13", "类型": "领用", "数量": 10},
        {"日期": "2026-03-13", "类型": "领用", "数量": 3, "批号": "别的"},
        {"日期": "2026-03-14", "类型": "发放到户", "数量": 3},
        {"日期": "2026-03-14", "类型": "入库", "数量": 1},
        {"日期": "2026-03-21", "类型": "盘点", "数量": 30},
        {"日期": "2026-03-22", "类型": "报废", "数量": 30},
    )
    verdict = take_in(bench, "stock", path)
    assert codes(verdict) == {(3, "数量", "stock_negative"), (4, "数量", "stock_negative")}
    sentences = [issue.message for issue in verdict.rejected]
    assert sentences[0] == "3月13日只剩 8 袋，这里写了 10 袋。请改数量，或先补登入库"
    assert sentences[1] == (
        "3月13日只剩 0 袋，这里写了 3 袋。请改数量，或先补登入库。"
        "这个批号还没有登记过结存，以前就有的药，请在前面加一行“期初”"
    )
    assert {(line.batch, line.balance) for line in bench.pest.stock.balances()} == {("201101", 0)}


def test_a_new_row_that_would_leave_a_stored_one_short_is_refused(bench, tmp_path):
    old = stock_sheet(
        tmp_path / "old.xlsx",
        {"日期": "2026-03-01", "类型": "入库", "数量": 10},
        {"日期": "2026-03-12", "类型": "领用", "数量": 10},
    )
    take_in(bench, "stock", old)
    early = stock_sheet(tmp_path / "new.xlsx", {"日期": "2026-03-05", "类型": "领用", "数量": 4})
    verdict = take_in(bench, "stock", early)
    assert codes(verdict) == {(2, "数量", "stock_negative")}
    assert "3月12日领用 10 袋就不够了，那时只剩 6 袋" in verdict.rejected[0].message


def test_an_import_that_later_rows_live_on_cannot_be_undone(bench, tmp_path):
    came = stock_sheet(tmp_path / "in.xlsx", {"日期": "2026-03-01", "类型": "入库", "数量": 10})
    went = stock_sheet(tmp_path / "out.xlsx", {"日期": "2026-03-12", "类型": "领用", "数量": 4})
    first, second = take_in(bench, "stock", came).batch, take_in(bench, "stock", went).batch
    with pytest.raises(InputError, match="3月12日领用 4 袋就不够了，那时只剩 0 袋"):
        bench.intake.undo(first)
    assert len(bench.pest.stock.ids()) == 2
    bench.intake.undo(second)
    bench.intake.undo(first)
    assert bench.pest.stock.balances() == []


def test_banned_agents_are_refused_by_name_and_ingredient_on_their_day(bench, tmp_path):
    path = stock_sheet(
        tmp_path / "s.xlsx",
        {"日期": "2026-05-31", "类型": "入库", "数量": 1, "药品名称": "氧乐果乳油"},
        {"日期": "2026-06-01", "类型": "入库", "数量": 1, "药品名称": "氧乐果乳油"},
        {"日期": "2011-03-02", "类型": "入库", "数量": 1, "药品名称": "特效鼠药", "有效成分": "四二四"},
        {"日期": "2026-03-02", "类型": "入库", "数量": 1, "药品名称": "灭蟑饵剂", "有效成分": "氟虫腈"},
        {"日期": "2026-03-02", "类型": "入库", "数量": 1, "药品名称": "百草枯"},
        {"日期": "2026-06-02", "类型": "报废", "数量": 1, "药品名称": "氧乐果乳油"},
    )
    verdict = take_in(bench, "stock", path)
    assert codes(verdict) == {(3, "药品名称", "banned_agent"), (4, "有效成分", "banned_agent")}
    assert warned(verdict) == {(6, "药品名称", "agent_check")}
    assert verdict.accepted == 4


def test_treatments_need_a_known_place_and_a_lawful_agent_and_never_move_stock(bench, tmp_path):
    place(bench)
    take_in(
        bench,
        "stock",
        stock_sheet(
            tmp_path / "s.xlsx",
            {"日期": "2026-03-01", "类型": "入库", "数量": 1},
            {"日期": "2026-03-01", "类型": "入库", "数量": 1, "药品名称": "除虫灵", "有效成分": "灭多威"},
        ),
    )
    path = treatment_sheet(
        tmp_path / "t.xlsx",
        {"日期": "2026-03-12", "数量": 500},
        {"日期": "2026-03-12", "点位": "不知道的"},
        {"日期": "2026-03-12", "药品名称": "毒鼠强"},
        {"日期": "2026-06-01", "药品名称": "除虫灵"},
        {"日期": "2026-05-31", "药品名称": "除虫灵", "防制对象": "蟑螂", "单位": "瓶", "面积平方米": "3000平方米"},
        {"日期": "2026-06-18", "户数": -1, "面积平方米": "0.001"},
        {"日期": None, "防制对象": None, "点位": None, "药品名称": None, "数量": None, "单位": None, "备注": "空"},
    )
    verdict = take_in(bench, "treatments", path)
    assert codes(verdict) == {
        (3, "点位", "place_unknown"), (4, "药品名称", "banned_agent"), (5, "药品名称", "banned_agent"),
        (7, "日期", "date_future"), (7, "户数", "number_negative"), (7, "面积平方米", "number_invalid"),
        *((8, name, "required") for name in ("日期", "防制对象", "点位", "药品名称", "数量", "单位")),
    }  # fmt: skip
    assert [row["防制对象"] for row in stored(bench, "treatments", tmp_path)] == ["鼠", "蟑"]
    assert [line.balance for line in bench.pest.stock.balances() if line.agent == BAIT] == [1]


def test_namesakes_of_a_place_are_refused_unless_one_is_the_residential_area(bench, tmp_path):
    place(bench, "东门", "垃圾房", parent="")
    place(bench, "东区")
    place(bench, "东门", "垃圾房", parent="东区")
    path = treatment_sheet(tmp_path / "t.xlsx", {"日期": "2026-03-12", "点位": "东门"})
    assert codes(take_in(bench, "treatments", path)) == {(2, "点位", "place_unknown")}


def test_more_positive_than_checked_is_told_and_stored(bench, tmp_path):
    place(bench)
    path = sheet(
        tmp_path / "a.xlsx",
        AEDES_HEADINGS,
        {"日期": "2026-06-01", "点位": "渔村", "检查户数": 10, "阳性容器数": 12},
        {"日期": "2026-06-01", "点位": "渔村", "检查户数": 10, "积水容器数": 3, "阳性容器数": 4, "阳性户数": 11},
        {"日期": "2026-06-01", "点位": "渔 村", "检查户数": "十", "阳性容器数": None},
    )
    verdict = take_in(bench, "aedes", path)
    assert warned(verdict) == {(3, "阳性容器数", "sum_mismatch"), (3, "阳性户数", "sum_mismatch")}
    assert codes(verdict) == {(4, "检查户数", "number_invalid"), (4, "阳性容器数", "required")}
    other = sheet(
        tmp_path / "d.xlsx",
        DENSITY_HEADINGS,
        {"日期": "2026-06-01", "指标": "蟑螂侵害率", "检查数": 10, "阳性数": 11},
        {"日期": "2026-06-01", "指标": "小型积水路径指数", "检查数": "1.25公里", "阳性数": 2},
        {"日期": "2026-06-01", "指标": "室内鼠迹阳性率", "检查数": 100, "阳性数": 1, "点位": "没有的"},
    )
    verdict = take_in(bench, "density", other)
    assert warned(verdict) == {(2, "阳性数", "sum_mismatch")}
    assert codes(verdict) == {(4, "点位", "place_unknown")}
    assert [row["指标"] for row in stored(bench, "density", tmp_path)] == ["成若虫侵害率", "小型积水路径指数"]


def test_a_place_an_import_of_treatments_uses_keeps_its_own_import(bench, tmp_path):
    places = take_in(bench, "places", sheet(tmp_path / "p.xlsx", ("名称", "类别"), {"名称": "渔村", "类别": "小区"}))
    treatments = take_in(bench, "treatments", treatment_sheet(tmp_path / "t.xlsx", {"日期": "2026-03-12"}))
    with pytest.raises(InputError, match="用到了"):
        bench.intake.undo(places.batch)
    bench.intake.undo(treatments.batch)
    bench.intake.undo(places.batch)


def test_a_superior_s_headings_units_and_totals_are_understood(bench, tmp_path):
    place(bench)
    kept = make_xlsx(
        tmp_path / "s.xlsx",
        [
            ["2026年药品出入库登记表"],
            ["序号", "登记日期", "药名", "有效成份", "生产批号", "单位", "出入库类型", "数量", "发药人", "领用人"],
            [1, "2026.3.1", "溴敌隆 毒饵", "溴敌隆", "Ａ１", "袋", "购入", "1,800袋", "赵", None],
            [2, "2026年3月12日", "溴敌隆毒饵", "溴敌隆", "A1", "袋", "领药", "１２", "赵", "钱"],
            ["合计", None, None, None, None, None, None, 1812],
        ],
    )
    verdict = take_in(bench, "stock", kept)
    assert (verdict.accepted, verdict.rejected, verdict.warnings) == (2, (), ())
    assert [(line.batch, line.balance) for line in bench.pest.stock.balances()] == [("A1", 1788)]
    done = make_xlsx(
        tmp_path / "t.xlsx",
        [
            [
                "投放日期",
                "防治对象",
                "投放地点",
                "药物名称",
                "用药量",
                "单位",
                "投放户数",
                "喷洒面积（㎡）",
                "投药人员",
            ],
            ["2026/3/12", "老鼠", "渔村", "溴敌隆毒饵", 12, "袋", "150户", "3000㎡", "钱 消杀"],
            ["小计", None, None, None, None, None, 150, 3000],
        ],
    )
    verdict = take_in(bench, "treatments", done)
    assert (verdict.accepted, verdict.rejected, verdict.warnings) == (1, (), ())
    row = bench.pest.treatments.rows(bench.pest.treatments.ids())[0].draft
    assert (row.pest, row.households, row.area_m2, row.operator) == ("鼠", 150, 3000, "钱消杀")
