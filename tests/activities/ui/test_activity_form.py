"""The form of an activity: every fault at once, nothing stored, nothing typed lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop.activities.asking import ActivityFilter
from desktop.activities.ui.activity_form import ActivityForm
from desktop.activities.ui.tab import ActivityTab
from desktop.activities.work import Work
from desktop.shell.workbench import Workbench
from desktop.widgets.fields.lineedit import LineEdit
from tests.activities.making import activity, draft
from tests.activities.ui.conftest import Host


@pytest.fixture
def form(tab: ActivityTab) -> ActivityForm:
    return tab.open_form()


def message(form: ActivityForm, name: str) -> str:
    return form.findChild(QLabel, f"{name}_message").text()


def box(form: ActivityForm, key: str, place: int = 1) -> LineEdit:
    return form.findChild(LineEdit, f"work_{key}_{place}")


def stored(bench: Workbench) -> list:
    return bench.activities.rows(list(bench.activities.activity_ids(ActivityFilter())))


def test_every_fault_is_marked_at_once_and_nothing_is_stored(
    qtbot: QtBot, form: ActivityForm, host: Host, bench: Workbench
):
    form.set_values({"held_on": date(2026, 6, 18), "ends_on": date(2026, 6, 17), "status": "已办"})
    box(form, "name").setText("清理杂草")
    box(form, "amount").setText("若干")
    with qtbot.assertNotEmitted(form.saved):
        qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert message(form, "name") == "请填活动名称。"
    assert message(form, "category") == "请选类别。"
    assert "还没有到" in message(form, "held_on")
    assert "早于" in message(form, "ends_on")
    assert message(form, "work") == "第1行：“若干”不是数量，请写成 600 或 600余"
    assert host.pages == [form]
    assert stored(bench) == []


def test_a_line_without_unit_is_told_by_its_number(form: ActivityForm):
    form.field("work").set_draft([["健康读本", "120", "册"], ["横幅", "3", ""]])
    form.set_values({"name": "讲座", "category": "健康讲座"})
    form.request_save()
    assert message(form, "work") == "第2行：“横幅”要写单位，如“平方米”。"


def test_an_empty_status_says_what_it_will_mean(form: ActivityForm):
    assert message(form, "status") == "不选就记为“已办”"
    form.field("held_on").set_value(date(2026, 6, 18))
    form.field("held_on").edited.emit()
    assert message(form, "status") == "不选就记为“计划”"
    form.field("status").set_value("延期")
    form.field("status").edited.emit()
    assert message(form, "status") == ""


def test_a_complete_form_is_stored_once_and_shown_in_the_month(
    qtbot: QtBot, tab: ActivityTab, form: ActivityForm, host: Host, bench: Workbench
):
    form.set_values(
        {
            "name": "世界无烟日宣传", "category": "健康教育活动", "held_on": date(2026, 5, 31), "clock": "9:00",
            "attendance": 90, "ledgers": ["健康教育", "控烟"], "summary": "反应好",
        }
    )  # fmt: skip
    form.field("work").set_draft([["健康读本", "120余", "册"], ["禁烟标志", "20", "份"], ["", "", ""]])
    with qtbot.waitSignal(form.saved, timeout=5000):
        form.request_save()
    (row,) = stored(bench)
    assert (row.draft.status, row.draft.attendance, row.draft.ledgers) == ("已办", 90, ("健康教育", "控烟"))
    assert row.draft.work == (Work("健康读本", Decimal(120), "册", "余"), Work("禁烟标志", Decimal(20), "份"))
    assert host.pages == []
    assert host.said == ["已登记活动：世界无烟日宣传"]
    assert tab.month.day() == date(2026, 5, 31)
    assert tab.month.panel.chosen == row.id


def test_enter_walks_the_boxes_of_the_quantities_and_adds_a_line(qtbot: QtBot, form: ActivityForm):
    box(form, "name").setText("健康读本")
    box(form, "name").setFocus()
    qtbot.keyClick(box(form, "name"), Qt.Key.Key_Return)
    assert form.focusWidget() is box(form, "amount")
    qtbot.keyClicks(box(form, "amount"), "120")
    qtbot.keyClick(box(form, "amount"), Qt.Key.Key_Return)
    box(form, "unit").setText("册")
    qtbot.keyClick(box(form, "unit"), Qt.Key.Key_Return)
    assert form.focusWidget() is box(form, "name", 2)
    qtbot.keyClick(box(form, "name", 2), Qt.Key.Key_Return)
    assert form.focusWidget() is form.field("summary").editor
    assert form.field("work").value() == (Work("健康读本", Decimal(120), "册"),)


def test_a_line_taken_away_is_not_stored(qtbot: QtBot, form: ActivityForm):
    form.field("work").set_draft([["健康读本", "120", "册"], ["横幅", "3", "条"]])
    line = box(form, "name").parentWidget()
    qtbot.mouseClick(line.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert [item.name for item in form.field("work").value()] == ["横幅"]
    assert box(form, "name").accessibleName() == "工作量第1行 名称"


def test_what_was_typed_is_there_again_after_the_form_was_put_away(qtbot: QtBot, tab: ActivityTab, host: Host):
    form = tab.open_form()
    form.field("name").set_draft("孝老")
    box(form, "name").setText("饺子")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not host.runner.busy, timeout=5000)
    again = tab.open_form()
    assert again.field("name").value() == "孝老"
    assert box(again, "name").text() == "饺子"
    assert "草稿已留存" in again.findChild(QLabel, "form_draft").text()


def test_registering_a_result_begins_with_held_and_the_number_of_people(
    qtbot: QtBot, tab: ActivityTab, bench: Workbench
):
    row = activity(bench, date(2026, 6, 16), "血压测量", status="计划", planned_people=40)
    form = tab.open_form(row, settle=True)
    assert form.field("status").value() == "已办"
    assert form.focusWidget() is form.field("attendance").editor
    form.set_values({"attendance": 36})
    with qtbot.waitSignal(form.saved, timeout=5000):
        form.request_save()
    (changed,) = stored(bench)
    assert (changed.draft.status, changed.draft.attendance, changed.draft.planned_people) == ("已办", 36, 40)


def test_who_comes_second_sees_both_values_and_chooses(qtbot: QtBot, tab: ActivityTab, host: Host, bench: Workbench):
    row = activity(bench, date(2026, 6, 1), "讲座", attendance=40, work="横幅 3 条")
    form = tab.open_form(row)
    other = draft(date(2026, 6, 1), "讲座", attendance=50, work="横幅 4 条", status="已办")
    bench.activities.change(row.id, other, version=row.version)
    form.set_values({"attendance": 60})
    form.request_save()
    qtbot.waitUntil(lambda: bool(form.findChildren(QMessageBox)), timeout=5000)
    (dialog,) = form.findChildren(QMessageBox)
    said = f"{dialog.text()}{dialog.informativeText()}"
    assert "参加人次：现在是“50”，您写的是“60”" in said
    assert "工作量：现在是“横幅 4 条”，您写的是“横幅 3 条”" in said
    assert stored(bench)[0].draft.attendance == 50
    form._decide(stored(bench)[0], mine=True)
    qtbot.waitUntil(lambda: not host.pages, timeout=5000)
    assert stored(bench)[0].draft.attendance == 60
    dialog.close()
