"""Visit form, list of visits and the measuring grid."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.health.rules import Flag, VisitDraft
from desktop.health.service import WAYS
from desktop.health.ui.tab import HealthTab
from desktop.health.ui.visit_form import VisitForm
from desktop.shell.workbench import Workbench
from desktop.widgets.entry_grid import RowState
from tests.health.ui.conftest import Host


@pytest.fixture
def form(tab: HealthTab, bench: Workbench, wu) -> VisitForm:
    return tab._open_visit(bench.residents.rows([wu])[0])


def message(form: VisitForm, name: str) -> str:
    return form.findChild(QLabel, f"{name}_message").text()


def test_every_fault_of_a_visit_is_marked_and_nothing_is_stored(form: VisitForm, host: Host, bench: Workbench, wu):
    form.set_values({"visited_on": date(2026, 6, 18), "service": None, "systolic_mmhg": 80, "diastolic_mmhg": 120})
    form.request_save()
    assert "还没到" in message(form, "visited_on")
    assert "请选服务类别" in message(form, "service")
    assert "收缩压要大于舒张压" in message(form, "systolic_mmhg")
    assert bench.health.visits_of(wu) == []


def test_next_day_is_filled_by_the_standard_and_may_be_overwritten(form: VisitForm):
    form.set_values({"service": "高血压随访", "way": "家庭", "result": "控制满意"})
    form._look_again()
    assert form.field("next_on").value() == date(2026, 9, 15)  # 17 June + 90 days
    form.field("next_on").set_value(date(2026, 9, 1))
    form.set_values({"result": "控制不满意"})
    form._look_again()
    assert form.field("next_on").value() == date(2026, 9, 1)


def test_an_urgent_reading_says_whom_to_call_at_once(form: VisitForm):
    form.set_values({"service": "高血压随访", "systolic_mmhg": 180, "diastolic_mmhg": 90})
    form._look_again()
    assert form._flag.isVisibleTo(form)
    assert "拨打120" in form._flag.accessibleName()


def test_a_visit_is_stored_and_a_change_finds_it_again(
    qtbot: QtBot, tab: HealthTab, form: VisitForm, bench: Workbench, wu
):
    form.set_values({"service": "高血压随访", "way": "家庭", "systolic_mmhg": 148, "diastolic_mmhg": 86})
    with qtbot.waitSignal(form.saved, timeout=5000):
        form.request_save()
    (visit,) = bench.health.visits_of(wu)
    assert (visit.draft.systolic_mmhg, visit.flag, visit.draft.recorded_by) == (148, Flag.WITHIN, "沈玉琴")
    tab.show_view("健康服务")
    line = tab.visits.model.row(0)
    assert (line.name, line.visit.pressure) == ("吴淑珍", "148/86")
    tab._change_visit(line)


def test_a_visit_removed_from_the_list_can_be_undone_by_name(
    qtbot: QtBot, tab: HealthTab, host: Host, bench: Workbench, wu
):
    bench.health.record(wu, VisitDraft(date(2026, 6, 1), "血压测量", "测量点", 138, 80))
    tab.show_view("健康服务")
    tab.visits.remove(tab.visits.model.row(0).id)
    qtbot.waitUntil(lambda: bool(host.said), timeout=5000)
    assert host.said == ["已删除血压测量：吴淑珍 2026年6月1日"]
    assert bench.health.visits_of(wu) == []


def test_visits_are_sorted_by_name_reading_and_urgency(tab: HealthTab, bench: Workbench, wu, zhao):
    bench.health.record(wu, VisitDraft(date(2026, 6, 1), "血压测量", "测量点", 138, 80))
    bench.health.record(zhao, VisitDraft(date(2026, 6, 2), "血压测量", "测量点", 190, 100))
    tab.show_view("健康服务")
    visits = tab.visits
    assert {column.key for column in visits.model.columns if column.sortable} == {"day", *WAYS}

    def names(key: str, *, descending: bool = False) -> list[str]:
        visits.sort_by((key, descending))
        return [visits.model.row(number).name for number in range(2)]

    assert names("name") == ["吴淑珍", "赵德顺"]
    assert names("reading", descending=True) == names("flag") == ["赵德顺", "吴淑珍"]
    assert visits.findChild(QLabel, "visit_count").text() == "共 2次，急的在前。"


def fill(page, row: int, person, **texts: str) -> None:
    sheet = page.grid.sheet
    sheet.choose(row, "person", page._people.search(person)[0])
    for key, text in texts.items():
        sheet.type_text(row, key, text)
    page._store(row)


def test_each_finished_line_is_stored_at_once_and_flagged(qtbot: QtBot, tab: HealthTab, bench: Workbench, wu, zhao):
    page = tab.open_measuring()
    fill(page, 0, "wsz", systolic="146", diastolic="88", pulse="74")
    fill(page, 1, "zds", systolic="184", diastolic="102")
    qtbot.waitUntil(lambda: page.grid.sheet.state(1) is RowState.SAVED, timeout=5000)
    (visit,) = bench.health.visits_of(wu)
    assert (visit.draft.systolic_mmhg, visit.draft.pulse_per_min, visit.flag) == (146, 74, Flag.WITHIN)
    assert page._banner.isVisibleTo(page)
    assert "2号 赵德顺 184/102" in page._banner.text()
    assert "紧急转诊 1 人" in page._tally.text()


def test_a_line_typed_again_changes_the_stored_visit_instead_of_adding_one(
    qtbot: QtBot, tab: HealthTab, bench: Workbench, wu
):
    page = tab.open_measuring()
    fill(page, 0, "wsz", systolic="146", diastolic="88")
    qtbot.waitUntil(lambda: page.grid.sheet.state(0) is RowState.SAVED, timeout=5000)
    page.grid.sheet.type_text(0, "systolic", "138")
    page._store(0)
    qtbot.waitUntil(lambda: page.grid.sheet.state(0) is RowState.SAVED, timeout=5000)
    assert [visit.draft.systolic_mmhg for visit in bench.health.visits_of(wu)] == [138]


def test_impossible_pressures_are_answered_in_their_cell_and_not_stored(
    qtbot: QtBot, tab: HealthTab, host: Host, bench: Workbench, wu
):
    page = tab.open_measuring()
    fill(page, 0, "wsz", systolic="80", diastolic="120")
    qtbot.waitUntil(lambda: not host.runner.busy, timeout=5000)
    assert "收缩压要大于舒张压" in page.grid.sheet.problem(0, "systolic")
    assert bench.health.visits_of(wu) == []


def test_results_to_take_home_are_asked_for_once_something_is_stored(qtbot: QtBot, tab: HealthTab, bench, wu):
    page = tab.open_measuring()
    button = page.findChild(QPushButton, "measuring_slips")
    assert not button.isEnabled()
    fill(page, 0, "wsz", systolic="146", diastolic="88")
    qtbot.waitUntil(button.isEnabled, timeout=5000)
    with qtbot.waitSignal(tab.print_slips) as asked:
        button.click()
    assert asked.args[0] == [visit.id for visit in bench.health.visits_of(wu)]


def test_a_line_without_a_person_asks_for_one(tab: HealthTab):
    page = tab.open_measuring()
    page.grid.sheet.type_text(0, "systolic", "146")
    page._store(0)
    assert "请从列表里选一位" in page.grid.sheet.problem(0, "person")


def test_the_banner_goes_when_the_referral_is_stored(qtbot: QtBot, tab: HealthTab, host: Host, wu):
    page = tab.open_measuring()
    fill(page, 0, "wsz", systolic="190", diastolic="100")
    qtbot.waitUntil(lambda: page.grid.sheet.state(0) is RowState.SAVED, timeout=5000)
    page._refer()
    form = host.pages[-1]
    assert isinstance(form, VisitForm)
    with qtbot.waitSignal(form.saved, timeout=5000):
        qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert not page._banner.isVisibleTo(page)


def test_typing_begins_in_the_first_name_without_a_click(qtbot: QtBot, tab: HealthTab, bench: Workbench, wu):
    page = tab.open_measuring()
    page.activateWindow()
    qtbot.waitUntil(page.grid._editor.hasFocus, timeout=3000)
    qtbot.keyClicks(page.grid._editor, "wsz")
    qtbot.keyClick(page.grid._editor, Qt.Key.Key_Tab)
    qtbot.keyClicks(page.grid._editor, "146")
    qtbot.keyClick(page.grid._editor, Qt.Key.Key_Tab)
    qtbot.keyClicks(page.grid._editor, "88")
    qtbot.keyClick(page.grid._editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.grid.sheet.state(0) is RowState.SAVED, timeout=5000)
    assert bench.health.visits_of(wu)[0].pressure == "146/88"
    assert page.grid.currentIndex().row() == 1
