"""The list: its ways in, its filters, and what it hands on."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.activities.ui.tab import LIST, ActivityTab
from desktop.shell.workbench import Workbench
from tests.activities.making import activity
from tests.activities.ui.conftest import Host


@pytest.fixture
def shown(tab: ActivityTab, bench: Workbench) -> ActivityTab:
    activity(bench, date(2025, 6, 1), "去年", ledgers=("科普",))
    activity(bench, date(2026, 3, 1), "三月", category="环境整治", status="计划")
    activity(bench, date(2026, 6, 1), "六月", ledgers=("科普", "老年"), place="渔村")
    tab.show_view(LIST)
    return tab


def names(tab: ActivityTab) -> list[str]:
    model = tab.list.model
    return [model.row(number).draft.name for number in range(model.rowCount())]


def test_an_empty_list_offers_three_ways_in(qtbot: QtBot, tab: ActivityTab, host: Host):
    tab.show_view(LIST)
    with qtbot.waitSignal(tab.import_wanted) as asked:
        qtbot.mouseClick(tab.findChild(QPushButton, "empty_import"), Qt.MouseButton.LeftButton)
    assert asked.args == ["activities"]
    qtbot.mouseClick(tab.findChild(QPushButton, "empty_new"), Qt.MouseButton.LeftButton)
    assert len(host.pages) == 1
    qtbot.mouseClick(tab.findChild(QPushButton, "empty_month"), Qt.MouseButton.LeftButton)
    assert tab.month.isVisible()


def test_spans_kinds_ledgers_and_words_narrow_the_list(qtbot: QtBot, shown: ActivityTab):
    del qtbot
    page = shown.list
    assert names(shown) == ["六月"]
    page.span.set_current("year")
    page.span.changed.emit("year")
    assert names(shown) == ["六月", "三月"]
    page.category.setCurrentIndex(page.category.findData("环境整治"))
    assert names(shown) == ["三月"]
    page.category.setCurrentIndex(0)
    page.span.set_current("all")
    page.ledger.setCurrentIndex(page.ledger.findData("科普"))
    assert names(shown) == ["六月", "去年"]
    page.search.setText("渔")
    page.search.searched.emit("渔")
    assert names(shown) == ["六月"]


def test_what_lacks_its_result_is_counted_and_found_in_all_time(shown: ActivityTab):
    assert shown.list.unsettled.text() == "没登记结果 1"
    shown.list.unsettled.setChecked(True)
    assert names(shown) == ["三月"]


def test_the_ledger_chosen_is_printed_as_seen(qtbot: QtBot, shown: ActivityTab, bench: Workbench):
    shown.list.span.set_current("all")
    shown.list.ledger.setCurrentIndex(shown.list.ledger.findData("科普"))
    with qtbot.waitSignal(shown.print_activities) as asked:
        qtbot.mouseClick(shown.findChild(QPushButton, "print_activities"), Qt.MouseButton.LeftButton)
    ids, ledger = asked.args
    assert [row.draft.name for row in bench.activities.rows(list(ids))] == ["六月", "去年"]
    assert ledger == "科普"


def test_an_activity_outside_the_filters_is_found_and_opened(shown: ActivityTab, bench: Workbench):
    old = activity(bench, date(2020, 1, 1), "很久以前")
    shown.list.unsettled.setChecked(True)
    shown.open_activity(old.id)
    assert shown.list.panel.isVisible()
    assert shown.list.panel.chosen == old.id
    assert shown.list.table.current_row().draft.name == "很久以前"


def test_enter_opens_the_panel_and_escape_gives_the_list_the_keyboard_back(qtbot: QtBot, shown: ActivityTab):
    shown.list.table.setCurrentIndex(shown.list.model.index(0, 0))
    qtbot.keyClick(shown.list.table, Qt.Key.Key_Return)
    assert shown.list.panel.isVisible()
    qtbot.keyClick(shown.list.panel, Qt.Key.Key_Escape)
    assert not shown.list.panel.isVisible()
    assert shown.focusWidget() is shown.list.table
