"""Checklists: their text form, what is stored with an inspection, editions of the committee's own, paper and sums."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.foundation.days import parse_period
from desktop.foundation.errors import InputError
from desktop.inspections.checklist import (
    CheckedList,
    ChecklistItem,
    Judged,
    blank_of,
    check_items,
    list_for,
    read_items,
    write_items,
)
from desktop.inspections.documents import checked_sheet, checklist_sheet, inspection_sheet
from desktop.inspections.rules import CATEGORIES
from desktop.inspections.service.checklists import ChecklistDraft
from desktop.printing.document import Heading
from desktop.printing.render import render_sheet
from tests.inspections.making import finding, inspections_sheet, places, sound
from tests.inspections.test_documents import text_of
from tests.register.making import stored, take_in

TODAY = date(2026, 6, 17)
HEADING = Heading("后环社区居民委员会", "2026年6月", "沈玉琴", TODAY)
JUNE = parse_period("2026-06")


def judged(bench, category="环境卫生", *, failed=(), left_out=(), notes=None):
    """Return the list for *category* with every item fulfilled but those named by their number."""
    blank = blank_of(list_for(category, bench.checklists.all()))
    lines = []
    for number, line in enumerate(blank.lines, start=1):
        verdict = "不合格" if number in failed else "不涉及" if number in left_out else "合格"
        lines.append(replace(line, verdict=verdict, note=(notes or {}).get(number, "")))
    return replace(blank, lines=tuple(lines))


def test_items_are_read_as_they_are_written():
    items = [
        ChecklistItem("生活垃圾当日清除", "环境", points=15), ChecklistItem("消防通道通畅", "安全", veto=True),
        ChecklistItem("灯亮"),
    ]  # fmt: skip
    assert write_items(items[:2]) == "【环境】\n生活垃圾当日清除（15分）\n【安全】\n★消防通道通畅"
    assert read_items(write_items(items[:2])) == items[:2]
    assert read_items("1. 灯亮\n\n２、＊门锁好( 5分)\n") == [ChecklistItem("灯亮"), ChecklistItem("＊门锁好( 5分)")]
    assert read_items("＊3.门锁好（5分）") == [ChecklistItem("门锁好", veto=True, points=5)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "请写要查哪些"),
        ("【环境】", "请写要查哪些"),
        ("灯亮\n灯亮", "“灯亮”写了两次"),
        ("好" * 101, "一项最多100个字"),
        ("灯亮（1001分）", "分值最多1000分"),
        ("\n".join(f"第{number}处" for number in range(121)), "最多120项"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(text, told):
    assert told in "".join(check_items(read_items(text)))


def test_every_kind_of_inspection_has_at_most_one_list_of_those_shipped(bench):
    shipped = bench.checklists.all()
    used = [category for one in shipped for category in one.categories]
    assert len(used) == len(set(used))
    assert set(used) <= set(CATEGORIES)
    assert all(one.source and not check_items(one.items) for one in shipped)
    assert bench.checklists.all(date(1999, 12, 31)) == []


def test_points_are_counted_over_what_applies(bench):
    whole = judged(bench, failed=(2,), left_out=(10,))
    assert whole.score == Decimal("84.21")  # (100 − 5 − 15) ÷ (100 − 5)
    assert whole.words == "合格8项，不合格1项，不涉及1项"
    half = replace(whole, lines=(*whole.lines[:9], Judged(whole.lines[9].item)))
    assert half.score is None
    assert half.words == "合格8项，不合格1项，1项没查"
    assert judged(bench, "五小门店").score is None  # no points


def test_what_was_judged_is_stored_with_its_edition_and_stays_when_the_list_changes(bench):
    places(bench)
    row = bench.inspections.record(sound(checks=judged(bench, failed=(3,), notes={3: "3栋堆纸箱"})))
    bench.checklists.change(
        "sanitation", ChecklistDraft("环境卫生检查表", "环境卫生", "只查一项", date(2026, 6, 1), "街道要求")
    )
    (again,) = bench.inspections.rows([row.id])
    assert again.draft.checks == row.draft.checks
    assert (again.draft.checks.edition, len(again.draft.checks.lines)) == ("2026", 10)
    assert [(line.item.name, line.note) for line in again.draft.checks.failed] == [("楼道没有乱堆杂物", "3栋堆纸箱")]
    before = list_for("环境卫生", bench.checklists.all(date(2026, 5, 31)))
    now = list_for("环境卫生", bench.checklists.all())
    assert (before.edition, len(before.items)) == ("2026", 10)
    assert (now.edition, [item.name for item in now.items]) == ("2026-06-01", ["只查一项"])


def test_two_changes_on_one_day_have_two_editions_and_the_later_counts(bench):
    for items in ("灯亮", "灯亮\n门锁好"):
        bench.checklists.change("sanitation", ChecklistDraft("环境卫生检查表", "环境卫生", items, TODAY))
    now = list_for("环境卫生", bench.checklists.all())
    assert (now.edition, len(now.items)) == ("2026-06-17(2)", 2)


def test_a_list_of_ones_own_is_used_before_the_one_shipped(bench):
    title = bench.checklists.change("", ChecklistDraft("街道检查表", "环境卫生，自查自评", "灯亮", TODAY))
    assert title == "街道检查表"
    lists = bench.checklists.all()
    assert list_for("环境卫生", lists).title == list_for("自查自评", lists).title == "街道检查表"
    assert list_for("没有的类别", lists) is None


def test_every_fault_of_a_list_is_told_at_once_and_nothing_is_stored(bench):
    with pytest.raises(InputError) as refused:
        bench.checklists.change("", ChecklistDraft("", "", "", None))
    assert [problem.field for problem in refused.value.problems] == ["title", "categories", "from_on", "items"]
    with pytest.raises(InputError) as early:
        bench.checklists.change("", ChecklistDraft("表", "环境卫生", "灯亮", date(1999, 1, 1)))
    assert [problem.field for problem in early.value.problems] == ["from_on"]
    assert len(bench.checklists.all()) == 8


def test_a_veto_cannot_be_overlooked(bench):
    places(bench)
    checks = judged(bench, "安全检查", failed=(1,))
    with pytest.raises(InputError, match="一票否决项"):
        bench.inspections.record(sound(category="安全检查", checks=checks))
    row = bench.inspections.record(sound(category="安全检查", result="不合格", checks=checks))
    assert row.draft.checks.failed[0].item.veto
    wrong = CheckedList("表", "1", (Judged(ChecklistItem("灯亮"), "还行"),))
    with pytest.raises(InputError, match="结果请选"):
        bench.inspections.record(sound(checks=wrong))


def test_a_list_with_nothing_judged_is_not_stored_and_one_may_be_taken_away_again(bench):
    places(bench)
    blank = blank_of(list_for("环境卫生", bench.checklists.all()))
    assert bench.inspections.record(sound(checks=blank)).draft.checks is None
    row = bench.inspections.record(sound(checks=judged(bench)))
    changed = bench.inspections.change(row.id, replace(row.draft, checks=None), version=row.version)
    assert changed.draft.checks is None
    bench.journal.undo(bench.journal.last_undoable(bench.officer.staff_id).id, bench.officer)
    assert bench.inspections.rows([row.id])[0].draft.checks == row.draft.checks


def test_the_other_steps_and_the_sheet_leave_the_list_alone(bench, tmp_path):
    places(bench)
    checks = judged(bench, failed=(1,))
    row = bench.inspections.record(finding(checks=checks))
    row = bench.inspections.escalate(row.id, version=row.version, escalated_on=TODAY, escalated_to="街道")
    assert row.draft.checks == checks
    verdict = take_in(bench, "inspections", inspections_sheet(tmp_path / "i.xlsx", {"结果": "合格"}))
    assert verdict.accepted == 1
    assert "检查表" not in stored(bench, "inspections", tmp_path)[0]


def test_the_page_of_an_inspection_holds_every_item_and_the_empty_list_is_printed(bench):
    places(bench)
    row = bench.inspections.record(sound(checks=judged(bench, failed=(2,), left_out=(5,), notes={2: "垃圾房后"})))
    page = text_of(render_sheet(inspection_sheet(row), heading=HEADING))
    assert "环境卫生检查表（2026版）：合格8项，不合格1项，不涉及1项" in page
    assert [line.item.name in page for line in row.draft.checks.lines] == [True] * 10
    assert "垃圾房后" in page
    filled = text_of(render_sheet(checked_sheet(row), heading=HEADING))
    for words in ("环境卫生检查表", "垃圾房后", "责任单位签收", *(line.item.name for line in row.draft.checks.lines)):
        assert words in filled
    with pytest.raises(ValueError, match="no checklist"):
        checked_sheet(bench.inspections.record(sound()))
    safety = list_for("安全检查", bench.checklists.all())
    empty = text_of(render_sheet(checklist_sheet(safety), heading=HEADING))
    assert [item.name in empty for item in safety.items] == [True] * len(safety.items)
    for words in ("安全隐患检查表", "★楼梯", "有★的一项不合格", "责任单位签收", "检查表版本：2026"):
        assert words in empty


def test_the_items_of_a_month_are_summed_up_with_the_places_that_failed(bench):
    places(bench, "渔村", "唐苑新村")
    for day, place, failed in ((1, "渔村", (2, 3)), (8, "渔村", (2,)), (9, "唐苑新村", (2,)), (10, "唐苑新村", ())):
        bench.inspections.record(
            sound(date(2026, 6, day), place=place, checks=judged(bench, failed=failed, left_out=(10,)))
        )
    bench.inspections.record(sound(date(2026, 5, 31), checks=judged(bench, failed=(1,))))
    bench.inspections.record(sound(date(2026, 6, 11)))  # without a list
    rows = bench.ledgers.read("检查表逐项统计", JUNE).rows
    told = {row.name: (row.passed, row.failed, row.not_applicable, row.rate, row.where) for row in rows}
    assert told["没有暴露垃圾和卫生死角"] == (1, 3, 0, Decimal("25.00"), "渔村2次、唐苑新村")
    assert told["楼道没有乱堆杂物"] == (3, 1, 0, Decimal("75.00"), "渔村")
    assert told["生活垃圾当日清除"] == (4, 0, 0, Decimal("100.00"), "")
    assert told["宣传栏按期更换"] == (0, 0, 4, None, "")
    paper = text_of(bench.ledgers.pdf("检查表逐项统计", JUNE))
    for words in ("检查表逐项统计", "25.00", "渔村2次、唐苑新村"):
        assert words in paper


def test_the_history_tells_the_list_in_words(bench):
    places(bench)
    row = bench.inspections.record(sound(checks=judged(bench)))
    bench.inspections.change(row.id, replace(row.draft, checks=judged(bench, failed=(1,))), version=row.version)
    assert ("检查表", "合格10项", "合格9项，不合格1项") in bench.histories.of("inspections", row.id)[0].lines
