from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from desktop.foundation.errors import Problem
from desktop.widgets.card import Banner
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.number import NumberField
from desktop.widgets.fields.password import PasswordField
from desktop.widgets.fields.text import MultilineField, TextField
from desktop.widgets.form import FormPage
from desktop.widgets.grid import FieldGrid
from desktop.widgets.theme import Appearance, apply_theme

PROBLEMS = (
    Problem("day", "date_future", "明天还没到"),
    Problem("packs", "stock_negative", "只剩 8袋"),
    Problem("person", "required", "请选操作人"),
)


@pytest.fixture
def form(qtbot):
    made = FormPage("登记投药")
    made.add_section(
        "投药情况",
        [
            DayField("day", "日期", required=True, today=lambda: date(2026, 6, 17)),
            ChoiceField("target", "防制对象", ["鼠", "蚊"]),
            NumberField("packs", "数量", unit="袋"),
            TextField("person", "操作人", required=True),
        ],
    )
    made.add_section("", [(MultilineField("note", "备注"), 2)], joined=True)
    qtbot.addWidget(made)
    made.resize(1366, 600)
    made.show()
    return made


def strip(form):
    return form.findChild(Banner, "form_strip")


def press_save(qtbot, form):
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)


def test_all_problems_are_marked_at_once_and_the_first_has_the_focus(qtbot, form):
    form.show_problems(reversed(PROBLEMS))
    for problem in PROBLEMS:
        assert form.findChild(QLabel, f"{problem.field}_message").text() == problem.message
    assert strip(form).isVisible()
    assert strip(form).text() == "有 3处要改，改好再保存。已填的内容都在。"
    qtbot.waitUntil(form.field("day").editor.hasFocus)


def test_the_strip_counts_down_while_fields_are_mended_and_leads_to_the_next(qtbot, form):
    form.show_problems(PROBLEMS)
    form.field("day").editor.setText("2026-06-16")
    assert strip(form).text() == "有 2处要改，改好再保存。已填的内容都在。"
    qtbot.mouseClick(strip(form).findChild(QPushButton, "banner_button"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(form.field("packs").editor.hasFocus)
    form.field("packs").editor.setText("8")
    form.field("person").editor.setText("A")
    assert not strip(form).isVisible()


def test_the_strip_counts_down_when_the_program_fills_a_marked_field(form):
    form.show_problems(PROBLEMS)
    form.field("day").set_value(date(2026, 6, 16))
    form.field("target").set_value("鼠")
    assert strip(form).text() == "有 2处要改，改好再保存。已填的内容都在。"


def test_a_problem_of_no_field_stands_in_the_strip_until_something_changes(qtbot, form):
    form.show_problems([Problem("", "changed", "这条记录刚被别人改过")])
    assert strip(form).isVisible()
    assert strip(form).findChild(QLabel, "banner_detail").text() == "这条记录刚被别人改过"
    form.field("person").editor.setText("A")
    assert not strip(form).isVisible()


def test_two_problems_of_one_field_are_both_shown(form):
    form.show_problems([Problem("packs", "a", "一"), Problem("packs", "b", "二")])
    assert form.field("packs").problem() == "一\n二"


def test_unreadable_text_is_never_saved(qtbot, form):
    form.field("packs").editor.setText("十袋")
    with qtbot.assertNotEmitted(form.save_requested):
        press_save(qtbot, form)
    assert form.field("packs").problem() == "只填数字，如 12"
    assert form.field("packs").editor.text() == "十袋"


def test_the_checker_judges_before_saving_beside_what_cannot_be_read(qtbot, form):
    form.set_checker(lambda values: [] if values["person"] else [Problem("person", "required", "请选操作人")])
    form.field("day").editor.setText("昨天")
    with qtbot.assertNotEmitted(form.save_requested):
        press_save(qtbot, form)
    assert form.field("day").problem()
    assert form.field("person").problem() == "请选操作人"
    form.set_values({"day": date(2026, 6, 16), "person": "邓文斌"})
    with qtbot.waitSignal(form.save_requested):
        press_save(qtbot, form)


def test_a_mended_field_is_judged_again_when_it_is_left(qtbot, form):
    def check(values):
        packs = values["packs"]
        return [Problem("packs", "stock_negative", f"只剩 8袋，这里写了 {packs}袋")] if packs and packs > 8 else []

    form.set_checker(check)
    form.set_values({"packs": 10})
    press_save(qtbot, form)
    qtbot.waitUntil(form.field("packs").editor.hasFocus)
    form.field("packs").editor.setText("9")
    assert form.field("packs").problem() == ""
    form.field("person").focus_editor()
    assert form.field("packs").problem() == "只剩 8袋，这里写了 9袋"


def test_half_typed_choices_are_settled_before_saving(qtbot, form):
    form.field("target").editor.setText("蚊子"[:1])
    with qtbot.waitSignal(form.save_requested):
        qtbot.keyClick(form.field("person").editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert form.values()["target"] == "蚊"


def test_enter_walks_the_fields_and_ends_on_save(qtbot, form):
    form.field("day").focus_editor()
    for name in ("day", "target", "packs", "person"):
        qtbot.waitUntil(form.field(name).editor.hasFocus)
        qtbot.keyClick(form.field(name).editor, Qt.Key.Key_Return)
    qtbot.waitUntil(form.field("note").editor.hasFocus)
    qtbot.keyClick(form.field("note").editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.save_button.hasFocus()


def test_values_are_set_and_given_back_without_an_edit(qtbot, form):
    values = {"day": date(2026, 6, 16), "target": "鼠", "packs": 3, "person": "邓文斌", "note": "雨后补投"}
    with qtbot.assertNotEmitted(form.changed, wait=900):
        form.set_values(values)
    assert form.values() == values


def test_a_draft_keeps_what_cannot_be_read_and_no_password(qtbot, form):
    form.add_section("密码", [PasswordField("password", "密码")])
    form.set_values({"password": "secret secret"})
    form.field("day").editor.setText("六月十")
    form.field("packs").editor.setText("约10")
    kept = form.drafts()
    assert "password" not in kept
    again = FormPage("登记投药")
    qtbot.addWidget(again)
    again.add_section("", [DayField("day", "日期"), NumberField("packs", "数量")])
    again.set_drafts(kept)
    assert again.field("day").editor.text() == "六月十"
    assert again.field("packs").editor.text() == "约10"


def test_changes_are_told_once_after_a_pause(qtbot, form):
    told = []
    form.changed.connect(lambda: told.append(1))
    with qtbot.waitSignal(form.changed):
        qtbot.keyClicks(form.field("person").editor, "dengwenbin")
    assert told == [1]


def test_the_draft_chip_says_that_nothing_is_saved_yet(form):
    form.show_draft_kept("10:42")
    chip = form.findChild(QLabel, "form_draft")
    assert chip.isVisible()
    assert chip.text() == "草稿已留存 10:42，还没有保存"
    form.show_draft_kept("")
    assert not chip.isVisible()


def test_while_saving_nothing_can_be_pressed_twice(qtbot, form):
    form.field("person").focus_editor()
    qtbot.waitUntil(form.field("person").editor.hasFocus)
    form.set_saving(True)
    assert form.save_button.text().strip() == "正在保存…"
    with qtbot.assertNotEmitted(form.save_requested):
        form.request_save()
        press_save(qtbot, form)
    form.set_saving(False)
    assert form.save_button.text().strip() == "保存 Ctrl+S"
    assert form.field("person").editor.hasFocus()


@pytest.mark.parametrize(("name", "kept"), [("form_back", True), ("form_cancel", False)])
def test_back_keeps_the_draft_and_cancel_does_not(qtbot, form, name, kept):
    with qtbot.waitSignal(form.cancelled) as left:
        qtbot.mouseClick(form.findChild(QPushButton, name), Qt.MouseButton.LeftButton)
    assert left.args == [kept]


def test_escape_puts_the_form_away_with_its_draft(qtbot, form):
    with qtbot.waitSignal(form.cancelled) as left:
        qtbot.keyClick(form.field("person").editor, Qt.Key.Key_Escape)
    assert left.args == [True]


@pytest.mark.parametrize(
    ("width", "large", "columns"), [(1366, True, 3), (1093, False, 3), (1093, True, 2), (760, False, 2), (690, True, 1)]
)
def test_narrow_windows_and_large_type_get_fewer_columns(qtbot, form, width, large, columns):
    apply_theme(QApplication.instance(), Appearance(large=large))
    form.resize(width, 500)
    grid = form.findChild(FieldGrid)
    qtbot.waitUntil(lambda: grid.columns() == columns)
    assert form.minimumSizeHint().width() <= 690
    assert form.minimumSizeHint().height() <= 400


def test_two_fields_of_one_name_are_an_error(form):
    with pytest.raises(ValueError, match="day"):
        form.add_section("", [DayField("day", "日期")])


def test_every_editor_can_be_read_aloud(form):
    named = [widget for widget in form.findChildren(QWidget) if widget.objectName().endswith("_editor")]
    assert len(named) == 5
    assert all(widget.accessibleName() for widget in named)
    assert all(button.accessibleName() for button in form.findChildren(QPushButton))


def test_the_tab_key_brings_the_first_field_back_into_view(qtbot, form):
    form.resize(700, 260)
    with qtbot.waitActive(form):
        form.activateWindow()
    form.go_to("note")
    first = form.field("day").editor
    qtbot.waitUntil(lambda: first.visibleRegion().isEmpty())
    form.save_button.setFocus()
    qtbot.keyClick(form.save_button, Qt.Key.Key_Tab)
    assert first.hasFocus()
    qtbot.waitUntil(lambda: not first.visibleRegion().isEmpty())
