"""What undoing an import would touch, told before it is done."""

from __future__ import annotations

from datetime import date

from desktop.register.ui.history_rows import batch_deeds, reach_words
from tests.factories import id_number
from tests.health.making import bp
from tests.register.making import residents_sheet, take_in

ROWS = [
    {"姓名": "赵铁柱", "身份证号": id_number(order=87), "楼栋": "3", "室": "101"},
    {"姓名": "王阿婆", "身份证号": id_number(order=23), "楼栋": "3", "室": "102"},
]


def test_rows_changes_and_what_stands_in_the_way_are_counted_and_nothing_is_changed(bench, tmp_path):
    take_in(bench, "residents", residents_sheet(tmp_path / "一.xlsx", *ROWS))
    first = batch_deeds(bench.journal, bench.officer, mine=False)[0]
    reach = bench.journal.reach(first.id)
    assert (reach.rows["resident"], reach.rows["household"], reach.changes, reach.standing) == (2, 2, 0, ())
    assert reach_words(bench.journal, first).startswith("撤销会把导入的")
    assert "居民2条" in reach_words(bench.journal, first)
    take_in(bench, "residents", residents_sheet(tmp_path / "二.xlsx", {**ROWS[0], "备注": "独居"}), update=True)
    second = batch_deeds(bench.journal, bench.officer, mine=False)[0]
    assert bench.journal.reach(second.id).changes == 1
    assert "把改过的1条改回去" in reach_words(bench.journal, second)
    (person,) = bench.residents.search("王阿婆")
    bench.health.record(person.id, bp(date(2026, 6, 1)))
    assert reach_words(bench.journal, first).startswith("现在撤不了：导入之后又有记录用到了这些内容，有健康服务记录1条")
    assert len(bench.residents.search("赵铁柱")) == 1


def test_an_undone_import_has_nothing_left_to_touch(bench, tmp_path):
    take_in(bench, "residents", residents_sheet(tmp_path / "一.xlsx", *ROWS))
    deed = batch_deeds(bench.journal, bench.officer, mine=False)[0]
    bench.journal.undo_batch(deed.id, bench.officer)
    assert reach_words(bench.journal, deed) == "这次导入的内容已经都不在了，撤销不会动什么。"
