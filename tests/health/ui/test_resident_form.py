"""The resident's form: every fault at once, nothing stored, nothing typed lost."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.health.ui.tab import HealthTab
from desktop.register.service.residents import ResidentFilter
from desktop.shell.workbench import Workbench
from desktop.widgets.fields.lineedit import LineEdit
from tests.health.ui.conftest import Host, type_chinese


def message(form, name: str) -> str:
    return form.findChild(QLabel, f"{name}_message").text()


def test_an_empty_form_marks_name_reason_and_place_at_once_and_stores_nothing(
    qtbot: QtBot, tab: HealthTab, host: Host, bench: Workbench
):
    form = tab.open_form()
    with qtbot.assertNotEmitted(form.saved):
        qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert message(form, "name") == "请填姓名。"
    assert "请选一个原因" in message(form, "no_id_reason")
    assert "请选小区" in message(form, "place")
    assert host.pages == [form]
    assert len(bench.residents.list_ids(ResidentFilter())) == 0


def test_a_wrong_number_is_answered_under_its_field(tab: HealthTab):
    form = tab.open_form()
    form.set_values({"name": "吴淑珍", "id_number": "110105195403120040", "place": "幸福里一区"})
    form.request_save()
    assert "第18位" in message(form, "id_number")
    assert "暂缺证件" in message(form, "id_number")


def test_a_sound_number_fills_sex_and_birthday_when_its_field_is_left(tab: HealthTab):
    form = tab.open_form()
    form.set_values({"id_number": "11010519491231002x"})
    form.field("id_number").left.emit()
    assert form.field("sex").value() == "女"
    assert form.field("born_on").value() == date(1949, 12, 31)


def test_a_complete_form_is_stored_with_dwelling_and_tags_and_opens_the_person(
    qtbot: QtBot, tab: HealthTab, host: Host, bench: Workbench
):
    form = tab.open_form()
    type_chinese(form.findChild(LineEdit, "name_editor"), "吴淑珍")
    form.set_values({
        "name": form.field("name").value(), "id_number": "11010519491231002X", "place": "幸福里一区",
        "building": "2号楼", "room": "302", "tags": ["高血压"],
    })  # fmt: skip
    with qtbot.waitSignal(form.saved, timeout=5000) as stored:
        form.request_save()
    card = bench.residents.card(stored.args[0])
    assert (card.draft.name, card.draft.born_on, card.tags) == ("吴淑珍", date(1949, 12, 31), ("高血压",))
    assert card.address == "幸福里一区 2号楼302"
    assert host.pages == []
    assert tab.people.panel.isVisible()


def test_a_number_somebody_else_has_names_that_person_and_keeps_what_was_typed(
    qtbot: QtBot, tab: HealthTab, host: Host
):
    for name in ("吴淑珍", "吴淑真"):
        form = tab.open_form()
        form.set_values({"name": name, "id_number": "11010519491231002X", "place": "幸福里一区"})
        form.request_save()
        qtbot.waitUntil(lambda: not host.runner.busy, timeout=5000)
    assert "吴淑珍" in message(form, "id_number")
    assert form.field("name").value() == "吴淑真"
    assert host.pages == [form]


def test_what_was_typed_is_there_again_after_the_form_was_put_away(
    qtbot: QtBot, tab: HealthTab, host: Host, bench: Workbench
):
    form = tab.open_form()
    form.field("name").set_draft("吴淑")
    form.field("born_on").set_draft("1954-13-")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not host.runner.busy, timeout=5000)
    again = tab.open_form()
    assert again.field("name").value() == "吴淑"
    assert again.field("born_on").draft() == "1954-13-"
    assert "草稿已留存" in again.findChild(QLabel, "form_draft").text()


def test_giving_up_forgets_the_draft(qtbot: QtBot, tab: HealthTab, host: Host):
    form = tab.open_form()
    form.field("name").set_draft("吴淑")
    form.changed.emit()
    form.cancelled.emit(False)  # noqa: FBT003
    qtbot.waitUntil(lambda: not host.runner.busy, timeout=5000)
    assert tab.open_form().field("name").value() == ""


def test_a_namesake_with_the_same_birthday_is_shown_before_saving(tab: HealthTab, wu):
    form = tab.open_form()
    form.set_values({"name": "吴淑珍", "born_on": date(1954, 3, 8)})
    form.field("born_on").left.emit()
    assert form._alike.isVisibleTo(form)
    assert "幸福里一区" in form._alike.accessibleName()


def test_a_change_made_elsewhere_meanwhile_is_not_overwritten(
    qtbot: QtBot, tab: HealthTab, host: Host, bench: Workbench, wu
):
    card = bench.residents.card(wu)
    form = tab.open_form(card)
    bench.residents.change(wu, card.draft, version=card.version)  # unchanged: no new version
    draft = card.draft
    bench.residents.change(wu, type(draft)(**{**draft.__dict__, "phone": "13900000000"}), version=card.version)
    form.field("phone").set_draft("13700000000")
    form.request_save()
    qtbot.waitUntil(lambda: not host.runner.busy, timeout=5000)
    assert bench.residents.card(wu).draft.phone == "13900000000"
    assert host.pages == [form]
    box = form.findChild(QMessageBox)
    assert "联系电话：现在是“13900000000”，您写的是“13700000000”" in box.text() + box.informativeText()
    qtbot.mouseClick(next(button for button in box.buttons() if button.text() == "用我写的"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: host.pages == [], timeout=5000)
    assert bench.residents.card(wu).draft.phone == "13700000000"
