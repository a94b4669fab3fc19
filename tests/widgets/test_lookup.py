from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from desktop.widgets.fields.lookup import LookupField
from desktop.widgets.hits import LookupHit

PEOPLE = (
    LookupHit(1, "吴淑珍", "幸福里一区 2号楼1单元302", "高血压 逾期12天", "女 72岁"),
    LookupHit(2, "吴水珠", "桂花苑 2号楼2单元201", "今年未测", "女 58岁"),
    LookupHit(3, "王素芝", "幸福里二区 11号楼", "", "女 63岁"),
)
INITIALS = {1: "wsz", 2: "wsz", 3: "wsz"}


@pytest.fixture
def asked():
    return []


@pytest.fixture
def field(qtbot, asked):
    def search(text: str) -> list[LookupHit]:
        asked.append(text)
        return [hit for hit in PEOPLE if text in hit.title or INITIALS[hit.key].startswith(text)]

    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 500)
    made = LookupField("who", "姓名", search, create_text="不在名单里，新建居民")
    layout = QVBoxLayout(window)
    layout.addWidget(made)
    layout.addStretch(1)
    window.show()
    made.focus_editor()
    yield made
    window.close()  # the window must outlive the field


def test_letters_bring_the_hits_and_enter_takes_the_marked_one(qtbot, field):
    qtbot.keyClicks(field.editor, "wsz")
    qtbot.waitUntil(field.hits.isVisible)
    assert [hit.key for hit in field.hits.hits()] == [1, 2, 3]
    qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    with qtbot.waitSignals([field.chosen, field.entered]):
        qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.value() == 2
    assert field.editor.text() == "吴水珠"
    assert not field.hits.isVisible()


def test_enter_right_after_the_last_letter_does_not_wait_for_the_search(qtbot, field):
    qtbot.keyClicks(field.editor, "wsz")
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.value() == 1


def test_chinese_is_searched_when_committed_never_while_composing(qtbot, field, asked, input_method):
    input_method.compose(field.editor, "wu")
    input_method.compose(field.editor, "wu shu")
    assert field.editor.composing
    assert asked == []
    input_method.commit(field.editor, "吴")
    qtbot.waitUntil(field.hits.isVisible)
    assert asked == ["吴"]
    assert [hit.title for hit in field.hits.hits()] == ["吴淑珍", "吴水珠"]


def test_arrow_keys_belong_to_the_input_method_while_it_composes(qtbot, field, asked, input_method):
    input_method.compose(field.editor, "wu")
    qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    assert asked == []
    assert not field.hits.isVisible()


def test_typing_on_after_a_choice_gives_the_choice_up(qtbot, field):
    field.set_value(PEOPLE[0])
    assert field.value() == 1
    with qtbot.waitSignal(field.edited):
        qtbot.keyClicks(field.editor, "x")
    assert field.value() is None
    assert field.own_problem() == "请从列表里选，可打首字母"


def test_a_full_name_that_only_one_bears_is_taken_on_leaving(field):
    field.editor.setText("王素芝")
    QApplication.sendEvent(field.editor, QFocusEvent(QFocusEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
    assert field.value() == 3
    assert field.problem() == ""


def test_somebody_who_is_not_listed_can_be_created(qtbot, field):
    qtbot.keyClicks(field.editor, "zz")
    qtbot.waitUntil(field.hits.isVisible)
    assert field.hits.hits() == []
    with qtbot.waitSignal(field.create_requested) as asked:
        qtbot.mouseClick(field.hits.findChild(QPushButton, "create_hit"), Qt.MouseButton.LeftButton)
    assert asked.args == ["zz"]


def test_a_draft_brings_back_the_choice_or_the_letters(qtbot, field):
    field.set_value(PEOPLE[1])
    kept = field.draft()
    field.set_value(None)
    field.set_draft(kept)
    assert field.hit() == PEOPLE[1]
    field.set_draft({"text": "ws"})
    assert field.value() is None
    assert field.editor.text() == "ws"


def test_a_bare_key_is_no_value_because_it_has_no_title(field):
    with pytest.raises(TypeError):
        field.set_value(1)


def test_the_list_stays_inside_the_window_and_speaks_every_line(qtbot, field):
    qtbot.keyClicks(field.editor, "wsz")
    qtbot.waitUntil(field.hits.isVisible)
    assert field.hits.parentWidget() is field.window()
    assert field.window().rect().contains(field.hits.geometry())
    assert PEOPLE[0].spoken() == "吴淑珍 女 72岁 幸福里一区 2号楼1单元302 高血压 逾期12天"
    assert field.editor.hasFocus()


def test_the_list_goes_when_the_focus_goes(qtbot, field):
    qtbot.keyClicks(field.editor, "wsz")
    qtbot.waitUntil(field.hits.isVisible)
    field.editor.clearFocus()
    assert not field.hits.isVisible()
