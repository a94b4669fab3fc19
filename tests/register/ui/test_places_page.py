from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMessageBox, QPushButton

from desktop.register.service.places import PlaceDraft
from desktop.register.ui.place_form import PlaceForm
from desktop.register.ui.places_page import PlacesPage
from tests.inspections.making import finding

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture
def page(host, bench):
    bench.places.create(PlaceDraft("渔村", "小区", grid="第1网格", manager="郝经理"))
    bench.places.create(PlaceDraft("唐苑新村", "小区", household_count=420))
    bench.places.create(PlaceDraft("渔村垃圾房", "垃圾房", parent="渔村", address="渔村路12号"))
    made = PlacesPage(bench.places, host, drafts=bench.drafts)
    host.open_page(made)
    return made


@pytest.fixture
def settled(qtbot, host):
    return lambda: qtbot.waitUntil(lambda: not host.runner.busy)


def names(page: PlacesPage) -> list[str]:
    model = page._model
    return [model.row(number).name for number in range(model.rowCount())]


def choose(page: PlacesPage, name: str) -> None:
    assert page._table.select_id(next(place.id for place in page._rows.values() if place.name == name))


def form_of(host) -> PlaceForm:
    form = host.pages[-1]
    assert isinstance(form, PlaceForm)
    return form


def test_an_empty_form_marks_both_required_fields_and_stores_nothing(qtbot, page, host, bench):
    page.findChild(QPushButton, "places_new").click()
    form = form_of(host)
    with qtbot.assertNotEmitted(form.saved):
        form.findChild(QPushButton, "form_save").click()
    assert form.findChild(QLabel, "name_message").text() == "请填名称。"
    assert form.findChild(QLabel, "category_message").text() == "请填类别。"
    assert len(bench.places.all()) == 3


def test_a_name_that_is_taken_is_said_under_the_name(page, host, settled, bench):
    page.findChild(QPushButton, "places_new").click()
    form = form_of(host)
    form.set_values({"name": "渔 村", "category": "小区"})
    form.request_save()
    settled()
    assert "已有点位" in form.findChild(QLabel, "name_message").text()
    assert host.pages[-1] is form


def test_a_place_cannot_be_put_inside_what_lies_in_it(page, host, settled):
    choose(page, "渔村")
    page.findChild(QPushButton, "place_change").click()
    form = form_of(host)
    form.set_values({"parent": "渔村垃圾房"})
    form.request_save()
    settled()
    assert "不能是它自己或它里面的点位" in form.findChild(QLabel, "parent_message").text()


def test_a_place_somebody_lives_in_is_kept_with_a_reason(page, settled, bench, host):
    choose(page, "渔村")
    page.findChild(QPushButton, "place_remove").click()
    settled()
    assert "还有0户、1个下级点位，不能删除" in page._work.banner.text()
    assert names(page) == ["唐苑新村", "渔村", "渔村垃圾房"]
    assert host.saved == []


def test_a_new_place_is_listed_and_shown(page, host, settled, bench):
    page.findChild(QPushButton, "places_new").click()
    form = form_of(host)
    form.set_values({"name": "海怡湾畔", "category": "小区", "household_count": 88})
    form.request_save()
    settled()
    assert host.pages == [page]
    assert "海怡湾畔" in names(page)
    assert page.findChild(QLabel, "panel_title").text() == "海怡湾畔"
    assert len(host.saved) == 1


def test_removing_offers_to_undo(page, host, settled, bench):
    choose(page, "渔村垃圾房")
    page.findChild(QPushButton, "place_remove").click()
    settled()
    assert names(page) == ["唐苑新村", "渔村"]
    assert host.saved[0][0] == "已删除点位：渔村垃圾房"
    bench.journal.undo(bench.journal.last_undoable(bench.officer.staff_id).id, bench.officer)
    page.reload()
    assert "渔村垃圾房" in names(page)


def test_typing_finds_by_text_and_by_initials(qtbot, page):
    search = page.findChild(QLineEdit)
    for typed, found in (("渔村路", ["渔村垃圾房"]), ("tyxc", ["唐苑新村"]), ("郝", ["渔村"]), ("没有", [])):
        search.setText(typed)
        qtbot.waitUntil(lambda found=found: names(page) == found)
    assert page.findChild(QLabel, "places_count").text() == "找到 0个，共 3个点位"


def test_the_category_narrows_and_sorting_puts_blanks_last(page):
    category = page.findChild(QComboBox, "places_category")
    category.setCurrentIndex(category.findData("小区"))
    category.activated.emit(category.currentIndex())
    assert names(page) == ["唐苑新村", "渔村"]
    for descending in (False, True):
        page._table.sort_requested.emit("grid", descending)
        assert names(page) == ["渔村", "唐苑新村"]


def test_a_colleagues_change_is_shown_beside_ones_own_and_the_user_decides(page, host, settled, bench, health_bench):
    choose(page, "渔村")
    page.findChild(QPushButton, "place_change").click()
    form = form_of(host)
    form.set_values({"manager": "冯经理"})
    stored = next(place for place in bench.places.all() if place.name == "渔村")
    health_bench.places.change(
        stored.id, PlaceDraft("渔村", "小区", grid="第1网格", manager="谢经理"), version=stored.version
    )
    form.request_save()
    settled()
    box = form.findChild(QMessageBox)
    assert "负责人：现在是“谢经理”，您写的是“冯经理”" in box.informativeText()
    box.buttons()[0].click()
    settled()
    assert next(place for place in bench.places.all() if place.name == "渔村").manager == "冯经理"


def test_a_half_typed_place_comes_back(page, host, settled, bench):
    page.findChild(QPushButton, "places_new").click()
    form = form_of(host)
    form.field("name").set_value("后环便民超市")
    form.findChild(QPushButton, "form_back").click()
    settled()
    page.findChild(QPushButton, "places_new").click()
    assert form_of(host).field("name").value() == "后环便民超市"


def test_without_places_the_page_offers_three_ways_in(qtbot, host, bench):
    page = PlacesPage(bench.places, host)
    host.open_page(page)
    with qtbot.waitSignal(page.import_wanted) as asked:
        page.findChild(QPushButton, "empty_places").click()
    assert asked.args == ["places"]
    assert page.findChild(QPushButton, "empty_residents").isVisible()
    page.findChild(QPushButton, "empty_new").click()
    assert isinstance(host.pages[-1], PlaceForm)


def test_who_may_not_edit_sees_no_buttons_that_write(qtbot, page, host, reader_bench):
    reading = PlacesPage(reader_bench.places, host, may_edit=False)
    host.open_page(reading)
    choose(reading, "渔村")
    assert reading.findChild(QPushButton, "place_change") is None
    assert not reading.findChild(QPushButton, "places_new").isVisible()
    qtbot.keyClick(reading, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert host.pages[-1] is reading


def test_esc_closes_the_panel_first_and_then_the_page(qtbot, page, host):
    choose(page, "渔村")
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page._panel.isVisible()
    assert host.pages == [page]
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert host.pages == []


def test_the_layout_of_the_list_is_remembered_on_this_computer(qtbot, page, host):
    page._table.horizontalHeader().resizeSection(1, 175)
    page._table.hide()
    assert "category" in host.kept.tables["places"]["widths"]


def test_the_model_is_sound(qtmodeltester, page):
    qtmodeltester.check(page._model)


@pytest.mark.parametrize("answer", ["不删", "删除点位"])
def test_what_names_a_place_is_said_before_it_goes(page, bench, settled, answer):
    bench.inspections.record(finding(place="唐苑新村"))
    choose(page, "唐苑新村")
    page._show(page._table.current_row())
    page.findChild(QPushButton, "place_remove").click()
    box = page.findChild(QMessageBox)
    assert "还有检查1条用到它" in box.informativeText()
    assert "照样写着“唐苑新村”" in box.informativeText()
    next(one for one in box.buttons() if one.text() == answer).click()
    settled()
    assert ("唐苑新村" in names(page)) == (answer == "不删")
