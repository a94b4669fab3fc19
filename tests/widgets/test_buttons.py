from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop.widgets.buttons import IconButton, PrimaryButton, RowButton, SecondaryButton, ToggleButton
from desktop.widgets.segmented import Segmented
from desktop.widgets.theme import Appearance, apply_theme


def test_buttons_have_the_heights_of_the_look_and_grow_with_large_type(qtbot, dressed):
    primary, row = PrimaryButton("新建档案", "plus"), RowButton("登记检查")
    qtbot.addWidget(primary)
    qtbot.addWidget(row)
    primary.ensurePolished()
    row.ensurePolished()
    assert (primary.sizeHint().height(), row.sizeHint().height()) == (38, 32)
    apply_theme(dressed, Appearance(large=True))
    assert (primary.sizeHint().height(), row.sizeHint().height()) == (47, 40)


def test_a_button_does_not_change_size_when_it_takes_the_focus(qtbot):
    button = SecondaryButton("打印名单", "print")
    qtbot.addWidget(button)
    button.show()
    before = button.sizeHint()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    assert button.sizeHint() == before


def test_enter_presses_a_button_like_space(qtbot):
    button = PrimaryButton("保存")
    qtbot.addWidget(button)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        with qtbot.waitSignal(button.clicked):
            qtbot.keyClick(button, key)


def test_an_icon_alone_must_have_a_spoken_name(qtbot):
    with pytest.raises(ValueError, match="read aloud"):
        IconButton("close", "")
    button = IconButton("close", "关闭")
    qtbot.addWidget(button)
    assert button.accessibleName() == button.toolTip() == "关闭"


def test_a_toggle_shows_its_count_and_keeps_its_width(qtbot):
    toggle = ToggleButton("只看逾期", 1284)
    qtbot.addWidget(toggle)
    assert toggle.text() == "只看逾期 1,284"
    assert toggle.accessibleName() == "只看逾期 1,284"
    toggle.show()
    before = toggle.sizeHint().width()
    toggle.click()
    assert toggle.isChecked()
    assert toggle.sizeHint().width() == before
    toggle.set_count(None)
    assert toggle.text() == "只看逾期"


@pytest.fixture
def segmented(qtbot):
    made = Segmented([("open", "未销号 4"), ("month", "本月 14"), ("all", "全部")], accessible_name="看哪些")
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_segment_is_chosen_by_mouse_and_told_once(qtbot, segmented):
    told = []
    segmented.changed.connect(told.append)
    button = segmented.findChild(QPushButton, "segment_month")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told == ["month"]
    assert button.isChecked()
    assert segmented.current() == "month"


def test_arrow_keys_walk_the_segments_and_stop_at_the_ends(qtbot, segmented):
    told = []
    segmented.changed.connect(told.append)
    segmented.findChild(QPushButton, "segment_open").setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(segmented.focusWidget(), key)
    assert told == ["month", "all", "month"]
    assert segmented.focusWidget().objectName() == "segment_month"


def test_only_the_chosen_segment_takes_the_tab_key(segmented):
    segmented.set_current("all")
    tabbed = [
        button.objectName()
        for button in segmented.findChildren(QPushButton)
        if button.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert tabbed == ["segment_all"]


def test_choosing_by_program_tells_nobody_and_unknown_keys_are_errors(qtbot, segmented):
    with qtbot.assertNotEmitted(segmented.changed):
        segmented.set_current("all")
    with pytest.raises(KeyError):
        segmented.set_current("none")


def test_segments_share_one_line_between_them(segmented):
    open_, month = (segmented.findChild(QPushButton, f"segment_{key}") for key in ("open", "month"))
    assert month.x() == open_.x() + open_.width() - 1
