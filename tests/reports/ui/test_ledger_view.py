"""台账 and 缺项 on the screen."""

from __future__ import annotations

from datetime import date

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.register.rights import Role


def names_in(tab):
    model = tab.ledgers.names
    return [model.row(number).name for number in range(model.rowCount())]


def show(tab, settled):
    tab.show_view("台账")
    settled()


def test_every_ledger_is_listed_and_one_filled(tab, bench, settled, qtbot):
    show(tab, settled)
    assert names_in(tab) == bench.ledgers.names()
    assert tab.ledgers.findChild(object, "ledger_foot").text() == "检查和整改台账　2026年6月　0条。"
    qtbot.waitUntil(tab.ledgers.table.isVisible)


def test_choosing_ledger_and_month_fills_the_table(tab, settled, qtbot):
    show(tab, settled)
    tab.ledgers.list.select_id("检查和整改台账")
    tab.ledgers.period_bar.step(-1)
    settled()
    model = tab.ledgers.table.model()
    assert model.rowCount() == 8
    assert [model.headerData(column, Qt.Orientation.Horizontal) for column in range(3)] == ["日期", "类别", "点位"]
    assert model.index(0, 0).data() == "2026年5月4日"
    tab.ledgers.list.select_id("整改未销号台账")
    settled()
    assert tab.ledgers.table.model().rowCount() == 1
    with qtbot.waitSignal(tab.print_ledger) as told:
        tab.ledgers.print_shown()
    assert told.args[0].name == "整改未销号台账"
    assert told.args[0].heading.period == "截至2026年5月31日"


def test_the_workbook_of_a_ledger_is_saved_where_asked(tab, settled, tmp_path, qtbot):
    show(tab, settled)
    tab.ledgers.list.select_id("检查和整改台账")
    tab.ledgers.period_bar.step(-1)
    settled()
    tab.ledgers.export()
    dialog = tab.ledgers.findChild(QFileDialog)
    target = tmp_path / "检查.xlsx"
    dialog.fileSelected.emit(str(target))
    dialog.close()
    settled()
    assert openpyxl.load_workbook(target).active["A1"].value == "检查和整改台账"


def test_a_grid_officer_finds_no_health_ledger(make_tab, bench_as, may, settled):
    tab = make_tab(bench_as(Role.GRID))
    show(tab, settled)
    assert "健康服务登记台账" not in names_in(tab)
    assert not tab.ledgers.findChild(object, "export_ledger").isVisible()


def test_gaps_stand_in_a_view_of_their_own_with_their_count(tab, bench, settled, qtbot):
    settled()
    tab.show_view("缺项")
    settled()
    gaps = bench.gaps.of(tab.gaps.period_bar.period())
    assert tab.gaps.model.rowCount() == len(gaps)
    with qtbot.waitSignal(tab.print_ledger) as told:
        tab.gaps.print_shown()
    assert told.args[0].name == "缺项清单（内部）"
    assert len(told.args[0].rows) == len(gaps)
    assert tab.gaps.period_bar.period().last == date(2026, 5, 31)
