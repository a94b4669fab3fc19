"""The month: what its cells say, walking it by keyboard, and the panel of a day."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.activities.asking import ActivityFilter
from desktop.activities.ui.activity_form import ActivityForm
from desktop.activities.ui.due_row import DueRow
from desktop.activities.ui.month_model import MonthModel
from desktop.activities.ui.tab import LIST, MONTH, WEEK, ActivityTab
from desktop.activities.ui.tile import ActivityTile
from desktop.register.rights import Role
from desktop.shell.workbench import Workbench
from tests.activities.making import activity
from tests.activities.ui.conftest import Host
from tests.inspections.making import finding, places

ROLE = Qt.ItemDataRole


def spoken(tab: ActivityTab, day: date) -> str:
    model = tab.month.model
    return model.data(model.index_of(day), ROLE.AccessibleTextRole)


def test_the_model_keeps_qt_s_rules(qtmodeltester, tab: ActivityTab):
    qtmodeltester.check(tab.month.model)
    qtmodeltester.check(MonthModel(tab))


def test_a_cell_says_day_lunar_day_holiday_and_activities(tab: ActivityTab, bench: Workbench):
    activity(bench, date(2026, 6, 18), "包粽子", category="节日活动", ends_on=date(2026, 6, 19))
    tab.reload()
    assert spoken(tab, date(2026, 6, 19)) == (
        "2026年6月19日 周五，五月初五，端午节放假，端午节，1项活动：包粽子（计划）"
    )
    assert spoken(tab, date(2026, 6, 17)) == "2026年6月17日 周三，今天，五月初三，没有活动"
    assert "包粽子" not in spoken(tab, date(2026, 6, 20))


def test_arrow_keys_walk_days_over_the_end_of_the_month(qtbot: QtBot, tab: ActivityTab):
    view = tab.month.view
    assert view.current_day() == date(2026, 6, 17)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.current_day() == date(2026, 6, 25)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert (view.current_day(), tab.month._title.text()) == (date(2026, 7, 2), "2026年7月")
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert (view.current_day(), tab.month._title.text()) == (date(2026, 6, 30), "2026年6月")


def test_page_keys_turn_months_and_keep_the_number_of_the_day(qtbot: QtBot, tab: ActivityTab):
    tab.month.show_day(date(2026, 12, 31))
    qtbot.keyClick(tab.month.view, Qt.Key.Key_PageDown)
    assert tab.month.view.current_day() == date(2027, 1, 31)
    qtbot.keyClick(tab.month.view, Qt.Key.Key_PageDown)
    assert tab.month.view.current_day() == date(2027, 2, 28)
    assert "2027年的放假安排还没有" in tab.month._foot.text()
    qtbot.mouseClick(tab.findChild(QPushButton, "month_today"), Qt.MouseButton.LeftButton)
    assert tab.month.view.current_day() == date(2026, 6, 17)


def test_n_begins_an_activity_on_the_day_of_the_cursor(qtbot: QtBot, tab: ActivityTab, host: Host):
    qtbot.keyClick(tab.month.view, Qt.Key.Key_Right)
    qtbot.keyClick(tab.month.view, Qt.Key.Key_N)
    (form,) = host.pages
    assert isinstance(form, ActivityForm)
    assert form.field("held_on").value() == date(2026, 6, 18)


def test_the_panel_follows_the_cursor_and_enter_opens_it_again(qtbot: QtBot, tab: ActivityTab, bench: Workbench):
    activity(bench, date(2026, 6, 18), "下午", clock="14:30", ledgers=("科普",), work="横幅 3 条")
    activity(bench, date(2026, 6, 18), "上午", clock="9:00")
    tab.reload()
    qtbot.keyClick(tab.month.view, Qt.Key.Key_Right)
    panel = tab.month.panel
    tiles = panel.findChildren(ActivityTile)
    assert [tile.accessibleName().split("，")[0] for tile in tiles] == ["9:00 上午", "14:30 下午"]
    qtbot.mouseClick(tiles[1], Qt.MouseButton.LeftButton)
    assert "横幅 3 条" in [label.text() for label in panel.findChildren(QLabel)]
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    qtbot.keyClick(tab.month.view, Qt.Key.Key_Return)
    assert panel.isVisible()


def test_a_plan_that_is_over_asks_for_its_result_and_is_settled_from_the_panel(
    qtbot: QtBot, tab: ActivityTab, host: Host, bench: Workbench
):
    activity(bench, date(2026, 6, 12), "宣讲", status="计划")
    tab.open_day(date(2026, 6, 12))
    panel = tab.month.panel
    assert "日子过了5天，还没有登记结果" in [label.text() for label in panel.findChildren(QLabel)]
    qtbot.mouseClick(panel.findChild(QPushButton, "panel_settle"), Qt.MouseButton.LeftButton)
    assert host.pages[0].field("status").value() == "已办"


def test_a_removed_activity_is_named_for_the_undo(qtbot: QtBot, tab: ActivityTab, host: Host, bench: Workbench):
    activity(bench, date(2026, 6, 17), "讲座")
    tab.reload()
    qtbot.mouseClick(tab.month.panel.findChild(QPushButton, "panel_remove"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(host.said), timeout=5000)
    assert host.said == ["已删除活动：讲座 2026年6月17日"]
    assert len(bench.activities.activity_ids(ActivityFilter())) == 0


def test_printing_the_month_hands_over_its_activities_in_order(qtbot: QtBot, tab: ActivityTab, bench: Workbench):
    for day in (date(2026, 6, 20), date(2026, 6, 1), date(2026, 7, 1)):
        activity(bench, day, f"{day.day}日")
    tab.reload()
    with qtbot.waitSignal(tab.print_activities) as asked:
        qtbot.mouseClick(tab.findChild(QPushButton, "print_month"), Qt.MouseButton.LeftButton)
    ids, ledger = asked.args
    assert [row.draft.name for row in bench.activities.rows(list(ids))] == ["1日", "20日"]
    assert ledger == ""


@pytest.mark.parametrize("size", [(1366, 635), (1093, 481)])
def test_activities_are_painted_in_their_own_cells_only(tab: ActivityTab, bench: Workbench, size):
    tab.resize(*size)
    busy, idle = date(2026, 6, 12), date(2026, 6, 24)

    def pictures():
        whole = tab.month.view.viewport().grab().toImage()
        return [whole.copy(tab.month.view.visualRect(tab.month.model.index_of(day))) for day in (busy, idle)]

    before = pictures()
    for number in range(6):
        activity(bench, busy, f"第{number}项", clock=f"{8 + number}:00", status="计划")
    activity(bench, date(2026, 6, 13), "取消的", status="取消", ends_on=date(2026, 6, 15))
    tab.reload()
    after = pictures()
    assert before[0] != after[0]
    assert before[1] == after[1]


def test_a_reader_looks_and_changes_nothing(qtbot: QtBot, make_tab, bench_as, bench: Workbench, host: Host):
    activity(bench, date(2026, 6, 17), "讲座", status="计划")
    tab = make_tab(bench_as(Role.READER))
    qtbot.keyClick(tab.month.view, Qt.Key.Key_N)
    tab.start_new()
    assert host.pages == []
    for name in ("panel_change", "panel_remove", "panel_settle"):
        assert tab.month.panel.findChild(QPushButton, name) is None
    assert not any(button.isVisible() for button in tab.findChildren(QPushButton, "new_activity"))
    assert not tab.findChild(QPushButton, "print_month").isVisible()


def test_the_views_are_shown_by_name(tab: ActivityTab):
    assert tab.view_names() == [MONTH, WEEK, LIST]
    tab.show_view(LIST)
    assert tab.list.isVisible()
    tab.show_view(MONTH)
    assert tab.month.isVisible()


def test_a_week_is_shown_alone_and_walked_week_by_week(qtbot: QtBot, tab: ActivityTab, bench: Workbench):
    activity(bench, date(2026, 6, 15), "周一的")
    activity(bench, date(2026, 6, 30), "月末的", ends_on=date(2026, 7, 2))
    tab.show_view(WEEK)
    month = tab.month
    assert (month.model.rowCount(), month._title.text(), month._foot.text()) == (
        1,
        "6月15日—21日",
        "本周 1项，已办 1项",
    )
    assert month.view.current_day() == date(2026, 6, 17)
    qtbot.keyClick(month.view, Qt.Key.Key_PageDown)
    qtbot.keyClick(month.view, Qt.Key.Key_Down)
    assert (month.view.current_day(), month._title.text()) == (date(2026, 7, 1), "6月29日—7月5日")
    assert "月末的" in spoken(tab, date(2026, 7, 2))
    qtbot.keyClick(month.view, Qt.Key.Key_Left)
    assert (month.view.current_day(), month._title.text()) == (date(2026, 6, 30), "6月29日—7月5日")
    with qtbot.waitSignal(tab.print_activities) as asked:
        qtbot.mouseClick(tab.findChild(QPushButton, "print_month"), Qt.MouseButton.LeftButton)
    assert [row.draft.name for row in bench.activities.rows(list(asked.args[0]))] == ["月末的"]
    tab.show_view(MONTH)
    assert (month.view.current_day(), month._title.text()) == (date(2026, 6, 30), "2026年6月")


def test_a_week_of_another_year_says_so_and_what_went_on_from_before_is_not_counted(tab: ActivityTab, bench: Workbench):
    activity(bench, date(2025, 12, 27), "跨年的", ends_on=date(2025, 12, 30))
    tab.show_view(WEEK)
    tab.month.show_day(date(2025, 12, 31))
    assert tab.month._title.text() == "2025年12月29日—1月4日"
    assert tab.month._foot.text() == "本周还没有活动"
    assert "跨年的" in spoken(tab, date(2025, 12, 29))


def wait_for_dues(qtbot: QtBot, tab: ActivityTab, day: date) -> None:
    model = tab.month.model
    qtbot.waitUntil(lambda: bool(model.cell(model.index_of(day)).dues), timeout=5000)


def open_finding(bench: Workbench, due_on: date) -> None:
    places(bench)
    bench.inspections.record(finding(treatment="整改通知", notice_on=date(2026, 6, 9), due_on=due_on))


def shown_dues(qtbot: QtBot, tab: ActivityTab) -> list[DueRow]:
    def visible() -> list[DueRow]:
        return [one for one in tab.month.panel.findChildren(DueRow) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(visible()), timeout=5000)
    return visible()


def test_what_is_due_in_other_slices_stands_on_its_day_and_is_settled_from_the_panel(
    qtbot: QtBot, tab: ActivityTab, bench: Workbench
):
    open_finding(bench, date(2026, 6, 14))
    tab.reload()
    wait_for_dues(qtbot, tab, date(2026, 6, 14))
    assert "1件逾期：" in spoken(tab, date(2026, 6, 14))
    tab.open_day(date(2026, 6, 14))
    (due,) = shown_dues(qtbot, tab)
    assert any("逾期3天" in one.text() for one in due.findChildren(QLabel))
    with qtbot.waitSignal(tab.due_wanted) as asked:
        qtbot.mouseClick(due.findChild(QPushButton, "settle_due"), Qt.MouseButton.LeftButton)
    assert asked.args[0].target.slice == "inspections"


def test_the_second_layer_is_switched_off_for_good_and_on_again(
    qtbot: QtBot, tab: ActivityTab, make_tab, bench: Workbench
):
    open_finding(bench, date(2026, 6, 20))
    tab.reload()
    wait_for_dues(qtbot, tab, date(2026, 6, 20))
    assert "1件应办：" in spoken(tab, date(2026, 6, 20))
    switch = tab.findChild(QCheckBox, "show_dues")
    switch.click()
    assert "应办" not in spoken(tab, date(2026, 6, 20))
    again = make_tab(bench)
    assert not again.findChild(QCheckBox, "show_dues").isChecked()
    again.findChild(QCheckBox, "show_dues").click()
    wait_for_dues(qtbot, again, date(2026, 6, 20))


def test_what_is_due_is_seen_by_readers_and_settled_by_those_who_may(qtbot: QtBot, make_tab, bench_as, bench):
    open_finding(bench, date(2026, 6, 15))
    tab = make_tab(bench_as(Role.READER))
    wait_for_dues(qtbot, tab, date(2026, 6, 15))
    tab.open_day(date(2026, 6, 15))
    (due,) = shown_dues(qtbot, tab)
    assert due.findChild(QPushButton, "settle_due") is None


def test_a_wall_calendar_and_a_sign_in_sheet_are_asked_of_the_window(qtbot: QtBot, tab: ActivityTab, bench: Workbench):
    row = activity(bench, date(2026, 6, 17), "健康讲座")
    tab.open_day(date(2026, 6, 17))
    with qtbot.waitSignal(tab.print_sign_in) as asked:
        tab.month.panel.findChild(QPushButton, "panel_sign_in").click()
    assert asked.args[0].id == row.id
    with qtbot.waitSignal(tab.print_wall) as asked:
        tab.findChild(QPushButton, "print_wall").click()
    assert asked.args == [2026, 6]


def test_for_what_was_cancelled_nobody_signs_on(tab: ActivityTab, bench: Workbench):
    activity(bench, date(2026, 6, 17), "健康讲座", status="取消")
    tab.open_day(date(2026, 6, 17))
    assert not tab.month.panel.findChildren(QPushButton, "panel_sign_in")
