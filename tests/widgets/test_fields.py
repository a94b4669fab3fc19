from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTableView, QToolButton

from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.lineedit import SearchEdit
from desktop.widgets.fields.lookup import LookupField
from desktop.widgets.fields.number import NumberField
from desktop.widgets.fields.password import PasswordField
from desktop.widgets.fields.tags import TagsField
from desktop.widgets.fields.text import MultilineField, TextField
from desktop.widgets.hits import LookupHit
from desktop.widgets.theme import tokens

TODAY = date(2026, 6, 17)


def shown(qtbot, field):
    qtbot.addWidget(field)
    field.resize(420, 120)
    field.show()
    field.focus_editor()
    qtbot.waitUntil(field.editor.hasFocus)
    return field


def leave(field):
    QApplication.sendEvent(field.editor, QFocusEvent(QFocusEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))


def every_kind():
    return (
        (TextField("a", "甲"), "x"),
        (NumberField("b", "乙"), 3),
        (DayField("c", "丙"), TODAY),
        (ChoiceField("d", "丁", ["鼠"]), "鼠"),
        (TagsField("e", "戊"), ["独居"]),
        (MultilineField("f", "己"), "x"),
        (PasswordField("g", "庚"), "x"),
        (LookupField("h", "辛", lambda _text: []), LookupHit(1, "吴淑珍")),
    )


def test_a_problem_takes_the_place_of_the_hint_and_gives_it_back(qtbot):
    field = shown(qtbot, TextField("place", "点位", required=True, hint="登记后自动消掉"))
    message = field.findChild(QLabel, "place_message")
    assert message.text() == "登记后自动消掉"
    assert field.editor.objectName() == "place_editor"
    assert field.editor.accessibleName() == "点位（必填）"
    field.set_problem("请写点位")
    assert message.text() == "请写点位"
    assert field.editor.property("problem") is True
    assert field.editor.accessibleDescription() == "要改：请写点位"
    with qtbot.waitSignal(field.edited):
        qtbot.keyClicks(field.editor, "A")
    assert message.text() == "登记后自动消掉"
    assert field.editor.property("problem") is False


def test_a_field_without_hint_or_problem_takes_no_second_line(qtbot):
    field = shown(qtbot, TextField("place", "点位"))
    assert not field.findChild(QLabel, "place_message").isVisible()


def test_setting_a_value_is_no_edit(qtbot):
    for field, value in every_kind():
        qtbot.addWidget(field)
        with qtbot.assertNotEmitted(field.edited):
            field.set_value(value)
        assert field.value() == (value.key if isinstance(value, LookupHit) else value)
        with qtbot.assertNotEmitted(field.edited):
            field.set_value(None)
        assert not field.value()


def test_a_mark_goes_and_is_told_when_the_program_fills_the_field(qtbot):
    for field, value in every_kind():
        qtbot.addWidget(field)
        field.set_problem("请填写")
        with qtbot.waitSignal(field.problem_changed), qtbot.assertNotEmitted(field.edited):
            field.set_value(value)
        assert field.problem() == ""


def test_text_is_tidied_and_never_cut(qtbot):
    field = shown(qtbot, TextField("name", "名称", limit=4))
    field.set_value("　便民超市 ")
    assert field.value() == "便民超市"
    assert field.own_problem() == ""
    field.set_value("便民超市东门")
    assert field.value() == "便民超市东门"
    assert field.own_problem() == "最多写4个字，请删去2个字"


@pytest.mark.parametrize(
    "text",
    ["2026-06-18", "2026.6.18", "2026年6月18日", "20260618", "6-18", "6月18日", "６．１８", "2026年6月18日 周四"],
)
def test_a_day_is_read_in_any_usual_form_and_shown_long(qtbot, text):
    field = shown(qtbot, DayField("day", "日期", today=lambda: TODAY))
    field.editor.setText(text)
    assert field.value() == date(2026, 6, 18)
    leave(field)
    assert field.editor.text() == "2026年6月18日 周四"
    assert field.problem() == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2026-06-31", "2026年6月没有31日，最后一天是30日"),
        ("2-30", "2026年2月没有30日，最后一天是28日"),
        ("明天", "日期看不懂，请写成 2026-06-17 这样"),
    ],
)
def test_what_is_no_day_stays_as_typed_with_the_reason(qtbot, text, problem):
    field = shown(qtbot, DayField("day", "日期", today=lambda: TODAY))
    field.editor.setText(text)
    leave(field)
    assert field.value() is None
    assert field.editor.text() == text
    assert field.problem() == problem
    again = DayField("day", "日期")
    qtbot.addWidget(again)
    again.set_draft(field.draft())
    assert again.editor.text() == text


def test_arrows_step_the_day_and_begin_at_today(qtbot):
    field = shown(qtbot, DayField("day", "日期", today=lambda: TODAY))
    qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    assert field.value() == TODAY
    qtbot.keyClick(field.editor, Qt.Key.Key_Up)
    assert field.value() == date(2026, 6, 18)
    qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    assert field.value() == date(2026, 6, 16)
    field.set_value(date.max)
    qtbot.keyClick(field.editor, Qt.Key.Key_Up)
    assert field.value() == date.max


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen has no grabs
def test_a_day_is_picked_from_the_calendar(qtbot):
    field = shown(qtbot, DayField("day", "日期", today=lambda: TODAY))
    qtbot.keyClick(field.editor, Qt.Key.Key_F4)
    popup, calendar = field._calendar_popup()
    assert popup.isVisible()
    assert calendar.selectedDate().toPython() == TODAY
    with qtbot.waitSignal(field.edited):
        calendar.activated.emit(calendar.selectedDate().addDays(2))
    assert field.value() == date(2026, 6, 19)
    assert not popup.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("corner", ["bottomRight", "topLeft", "bottomLeft"])
def test_the_calendar_stays_on_the_screen_and_beside_its_field(qtbot, qapp, corner):
    field = shown(qtbot, DayField("day", "日期", today=lambda: TODAY))
    screen = qapp.primaryScreen().availableGeometry()
    field.move(getattr(screen.adjusted(0, 0, 0, -field.height()), corner)() - QPoint(110, 0))
    field.open_calendar()
    popup, _ = field._calendar_popup()
    popup.hide()
    field.open_calendar()  # the offscreen platform shifts a window by the frame it invents, the first time only
    place = QRect(popup.pos(), popup.size())
    assert screen.contains(place)
    assert not place.intersects(QRect(field.editor.mapToGlobal(QPoint(0, 0)), field.editor.size()))


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_days_of_other_months_are_grey_and_today_stands_out(qtbot):
    field = shown(qtbot, DayField("day", "日期", today=lambda: TODAY))
    field.set_value(date(2026, 6, 3))
    field.open_calendar()
    _, calendar = field._calendar_popup()
    view = calendar.findChild(QTableView)
    greys = {view.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name()}
    assert greys == {tokens().disabled_text.lower()}
    assert view.palette().color(QPalette.ColorGroup.Active, QPalette.ColorRole.Text).name() == tokens().text.lower()
    look = calendar.dateTextFormat(QDate(2026, 6, 17))
    assert look.fontWeight() == QFont.Weight.Bold
    assert look.foreground().color().name() == tokens().accent.lower()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_heading_of_the_calendar_reads_year_and_month_as_chinese_do(qtbot):
    field = shown(qtbot, DayField("day", "日期", today=lambda: TODAY))
    field.set_value(date(2026, 6, 3))
    field.open_calendar()
    _, calendar = field._calendar_popup()
    year = calendar.findChild(QToolButton, "qt_calendar_yearbutton")
    month = calendar.findChild(QToolButton, "qt_calendar_monthbutton")
    assert (year.text(), month.text()) == ("2026年", "6月")
    assert year.x() < month.x()
    for _ in range(7):
        calendar.showNextMonth()
    assert (year.text(), month.text()) == ("2027年", "1月")
    assert [action.text() for action in month.menu().actions()][:2] == ["1月", "2月"]


@pytest.mark.parametrize(
    ("text", "decimals", "value"),
    [("42", 0, 42), ("１２", 0, 12), ("1,284", 0, 1284), ("5.6", 1, Decimal("5.6")), ("", 0, None), ("-3", 0, -3)],
)
def test_numbers_are_read(qtbot, text, decimals, value):
    field = shown(qtbot, NumberField("n", "数量", unit="袋", decimals=decimals))
    field.editor.setText(text)
    assert field.value() == value
    assert field.own_problem() == ""


@pytest.mark.parametrize(
    ("text", "decimals", "problem"),
    [
        ("约10", 0, "只填数字，如 12"),
        ("10.5", 0, "这里填整数，不带小数点"),
        ("5.66", 1, "最多1位小数"),
        ("1,2", 0, "只填数字，如 12"),
        ("nan", 1, "只填数字，如 5.6"),
        ("9" * 16, 0, "数太大了，请核对"),
    ],
)
def test_what_is_no_number_stays_as_typed_and_is_reported(qtbot, text, decimals, problem):
    field = shown(qtbot, NumberField("n", "数量", decimals=decimals))
    qtbot.keyClicks(field.editor, text) if text.isascii() else field.editor.setText(text)
    leave(field)
    assert field.editor.text() == text
    assert field.value() is None
    assert field.problem() == problem


def test_enter_asks_for_the_next_field_but_starts_a_line_in_long_texts(qtbot):
    field = shown(qtbot, TextField("a", "甲"))
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    area = shown(qtbot, MultilineField("b", "备注"))
    with qtbot.assertNotEmitted(area.entered):
        qtbot.keyClicks(area.editor, "a")
        qtbot.keyClick(area.editor, Qt.Key.Key_Return)
        qtbot.keyClicks(area.editor, "b")
    assert area.value() == "a\nb"
    with qtbot.waitSignal(area.entered):
        qtbot.keyClick(area.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_choice_is_found_by_pinyin_initials_and_taken_with_enter(qtbot):
    field = shown(qtbot, ChoiceField("target", "防制对象", [("rat", "鼠"), ("fly", "苍蝇"), ("roach", "蟑螂")]))
    qtbot.keyClicks(field.editor, "zl")
    assert [hit.title for hit in field.hits.hits()] == ["蟑螂"]
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.value() == "roach"
    assert field.editor.text() == "蟑螂"
    assert not field.hits.isVisible()


def test_a_click_opens_all_choices_with_the_present_one_marked(qtbot):
    field = shown(qtbot, ChoiceField("target", "防制对象", ["鼠", "蚊", "蝇"]))
    field.set_value("蚊")
    qtbot.mouseClick(field.editor, Qt.MouseButton.LeftButton)
    assert field.hits.isVisible()
    assert field.hits.current().title == "蚊"
    qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.value() == "蝇"


def test_a_closed_choice_refuses_other_text_and_keeps_it(qtbot):
    field = shown(qtbot, ChoiceField("target", "防制对象", ["鼠", "蚊"]))
    field.editor.setText("大象")
    leave(field)
    assert field.value() is None
    assert field.editor.text() == "大象"
    assert field.problem() == "没有“大象”这一项，请从列表里选"


def test_an_open_choice_takes_new_words_unless_one_walks_into_the_list(qtbot):
    field = shown(qtbot, ChoiceField("way", "投药方式", ["毒饵站", "毒饵盒"], editable=True))
    qtbot.keyClicks(field.editor, "d")
    assert field.hits.isVisible()
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.value() == "d"
    field.set_value(None)
    qtbot.keyClicks(field.editor, "deh")
    qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.value() == "毒饵盒"


def test_escape_closes_the_list_only(qtbot):
    field = shown(qtbot, ChoiceField("target", "防制对象", ["鼠", "蚊"]))
    qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    assert field.hits.isVisible()
    qtbot.keyClick(field.editor, Qt.Key.Key_Escape)
    assert not field.hits.isVisible()
    assert field.value() is None


def test_a_password_is_hidden_shown_on_demand_and_never_kept_in_a_draft(qtbot):
    field = shown(qtbot, PasswordField("password", "密码"))
    qtbot.keyClicks(field.editor, " a b ")
    assert field.value() == " a b "
    assert field.draft() is None
    assert field.editor.echoMode() == QLineEdit.EchoMode.Password
    button = field.findChild(QPushButton, "password_show")
    button.click()
    assert field.editor.echoMode() == QLineEdit.EchoMode.Normal
    assert button.accessibleName() == "隐藏密码"
    button.click()
    assert field.editor.echoMode() == QLineEdit.EchoMode.Password


@pytest.mark.skipif("sys.platform == 'win32'", reason="Windows is asked for the key's own state")
def test_capitals_without_shift_bring_the_caps_lock_hint(qtbot):
    field = shown(qtbot, PasswordField("password", "密码"))
    hint = field.findChild(QLabel, "password_caps")
    assert not hint.isVisible()
    qtbot.keyClick(field.editor, "A")
    assert hint.isVisible()
    qtbot.keyClick(field.editor, "A", Qt.KeyboardModifier.ShiftModifier)
    assert not hint.isVisible()


def test_tags_are_added_by_typing_and_suggestion_and_removed_by_keyboard(qtbot):
    field = shown(qtbot, TagsField("tags", "人群标签", ["高血压", "糖尿病", "独居"]))
    qtbot.keyClicks(field.editor, "gxy")
    assert [hit.title for hit in field.hits.hits()] == ["高血压"]
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    qtbot.keyClicks(field.editor, "VIP")
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.value() == ["高血压", "VIP"]
    qtbot.keyClick(field.editor, Qt.Key.Key_Backspace)
    last = field.window().focusWidget()
    assert last.objectName() == "tag_VIP"
    with qtbot.waitSignal(field.edited):
        qtbot.keyClick(last, Qt.Key.Key_Delete)
    assert field.value() == ["高血压"]
    assert field.editor.hasFocus()


def test_a_word_still_being_typed_counts_as_a_tag_and_none_comes_twice(qtbot):
    field = shown(qtbot, TagsField("tags", "人群标签", ["独居"]))
    field.set_value(["独居", "独居"])
    field.editor.setText("独居")
    assert field.value() == ["独居"]
    field.editor.setText("失独")
    assert field.value() == ["独居", "失独"]


def test_a_closed_list_of_tags_refuses_other_words(qtbot):
    field = shown(qtbot, TagsField("tags", "台账", ["科普"], open_list=False))
    field.editor.setText("别的")
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.value() == []
    assert field.own_problem() == "没有“别的”这一项，请从列表里选"


def test_chinese_is_typed_without_disturbing_the_composition(qtbot, input_method):
    field = shown(qtbot, TextField("name", "姓名"))
    with qtbot.assertNotEmitted(field.edited):
        input_method.compose(field.editor, "wu shu zhen")
    with qtbot.waitSignal(field.edited):
        input_method.commit(field.editor, "吴淑珍")
    assert field.value() == "吴淑珍"


def test_enter_belongs_to_the_input_method_while_it_composes(qtbot, input_method):
    for field in (TextField("name", "姓名"), ChoiceField("kind", "类别", ["鼠"])):
        shown(qtbot, field)
        input_method.compose(field.editor, "wu")
        with qtbot.assertNotEmitted(field.entered):
            qtbot.keyClick(field.editor, Qt.Key.Key_Return)
        input_method.commit(field.editor, "吴")
        with qtbot.waitSignal(field.entered):
            qtbot.keyClick(field.editor, Qt.Key.Key_Return)


def test_a_composition_ends_when_the_focus_goes(qtbot, input_method):
    field = shown(qtbot, TextField("name", "姓名"))
    input_method.compose(field.editor, "wu")
    leave(field)
    assert not field.editor.composing


def test_a_search_box_tells_once_after_the_last_key_and_clears_with_escape(qtbot, input_method):
    box = SearchEdit("姓名或首字母")
    qtbot.addWidget(box)
    box.show()
    told = []
    box.searched.connect(told.append)
    qtbot.keyClicks(box, "wsz")
    qtbot.waitUntil(lambda: told == ["wsz"])
    input_method.compose(box, "zhang")
    assert told == ["wsz"]
    input_method.commit(box, "张")
    qtbot.waitUntil(lambda: told == ["wsz", "wsz张"])
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: told[-1] == "")


def test_the_hint_of_a_search_box_is_whole_or_its_first_word_or_nothing(qtbot):
    box = SearchEdit("签订对象、地址、负责人")
    qtbot.addWidget(box)
    box.show()
    told = []
    for width in (400, 150, 70, 400):
        box.resize(width, 36)
        told.append(box.placeholderText())
    assert told == ["签订对象、地址、负责人", "签订对象", "", "签订对象、地址、负责人"]
