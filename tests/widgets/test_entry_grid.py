from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.widgets.chips import CellStyle, Chip
from desktop.widgets.entry_grid import CellKind, EntryColumn, EntryGrid, EntrySheet, RowState
from desktop.widgets.entry_sheet import read_number
from desktop.widgets.hits import LookupHit
from desktop.widgets.theme import Appearance, apply_theme

PEOPLE = [LookupHit(11, "吴淑珍", "2号楼302", "逾期12天", "女 72岁"), LookupHit(12, "吴水珠", "2号楼201")]
asked: list[str] = []


def search(text: str) -> list[LookupHit]:
    asked.append(text)
    return [hit for hit in PEOPLE if text in ("wsz", "ws") or hit.title.startswith(text)]


COLUMNS = (
    EntryColumn("name", "姓名", CellKind.LOOKUP, 110, search=search, bold=True),
    EntryColumn("address", "住址", CellKind.SHOWN, 0),
    EntryColumn("systolic", "收缩压", CellKind.NUMBER, 84, "right"),
    EntryColumn("glucose", "血糖", CellKind.NUMBER, 84, "right", decimals=1),
    EntryColumn("note", "备注", CellKind.TEXT, 110),
)


@pytest.fixture
def page(qtbot, qapp):
    apply_theme(qapp, Appearance())
    asked.clear()
    host = QWidget()
    layout = QVBoxLayout(host)
    layout.addWidget(QLineEdit(objectName="before"))
    host.grid = EntryGrid(COLUMNS, "血压测量", create_text="不在名单里，新建居民", least_rows=4)
    layout.addWidget(host.grid)
    layout.addWidget(QLineEdit(objectName="after"))
    qtbot.addWidget(host)
    host.resize(800, 500)
    host.show()
    host.activateWindow()
    qtbot.waitExposed(host)
    host.grid.begin()
    host.grid.setFocus()
    return host


@pytest.fixture
def grid(page):
    return page.grid


@pytest.fixture
def editor(grid):
    return grid.findChild(QLineEdit, "cell_editor")


def place(grid) -> tuple[int, str]:
    index = grid.currentIndex()
    return index.row(), grid.sheet.columns[index.column()].key


def compose(editor, text: str, *, commit: str = "") -> None:
    event = QInputMethodEvent(text, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(editor, event)


def test_sheet_keeps_every_rule_of_a_qt_model(qtmodeltester, qapp):
    qtmodeltester.check(EntrySheet(COLUMNS, 3), force_py=False)


def test_a_whole_row_is_typed_by_tab_and_enter_alone(qtbot, grid, editor):
    completed = []
    grid.row_completed.connect(completed.append)
    grid.lookup_chosen.connect(lambda row, key, hit: grid.sheet.set_texts(row, {"address": hit.detail}))
    qtbot.keyClicks(editor, "wsz")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert place(grid) == (0, "systolic")
    qtbot.keyClicks(editor, "146")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    qtbot.keyClicks(editor, "5.6")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert completed == [0]
    assert grid.sheet.values(0) == {"name": 11, "systolic": 146, "glucose": Decimal("5.6"), "note": None}
    assert grid.sheet.texts(0)["address"] == "2号楼302"
    assert place(grid) == (1, "name")
    assert editor.hasFocus()
    assert editor.text() == ""


def test_arrow_keys_choose_another_hit(qtbot, grid, editor):
    qtbot.keyClicks(editor, "wsz")
    qtbot.waitUntil(grid.hits.isVisible)
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert grid.sheet.hit(0, "name") == PEOPLE[1]


def test_composition_is_not_searched_and_its_keys_are_left_alone(qtbot, grid, editor):
    compose(editor, "wu shu")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert place(grid) == (0, "name")
    assert asked == []
    compose(editor, "", commit="吴淑")
    qtbot.waitUntil(lambda: asked == ["吴淑"])
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert grid.sheet.values(0)["name"] == 11


def test_an_unreadable_number_stays_as_typed_and_holds_the_row(qtbot, grid, editor):
    completed = []
    grid.row_completed.connect(completed.append)
    qtbot.keyClicks(editor, "wsz")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    qtbot.keyClicks(editor, "14x")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert completed == []
    assert place(grid) == (0, "systolic")
    assert editor.text() == "14x"
    assert grid.findChild(QLabel, "cell_message").text() == "这里填整数，如 12"
    assert grid.findChild(QLabel, "cell_message").isVisible()
    editor.setText("145")
    assert not grid.findChild(QLabel, "cell_message").isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert completed == [0]


def test_a_name_typed_but_not_chosen_is_marked(qtbot, grid, editor):
    editor.setText("无此人")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert place(grid) == (0, "name")
    assert grid.sheet.problem(0, "name") == "请从列表里选，可打首字母"
    assert grid.sheet.state(0) is RowState.REFUSED


def test_the_owners_problems_frame_the_cells_and_keep_the_cursor(qtbot, grid, editor):
    grid.row_completed.connect(lambda row: grid.sheet.set_problems(row, {"glucose": "还没有填血糖"}))
    qtbot.keyClicks(editor, "wsz")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert place(grid) == (0, "glucose")
    cell = grid.sheet.index(0, 3)
    assert grid.sheet.style(cell).mark == "danger"
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == "还没有填血糖"
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "还没有填血糖"
    assert editor.accessibleDescription() == "还没有填血糖"


def test_leaving_a_changed_row_by_mouse_completes_it_once(qtbot, grid, editor):
    completed = []
    grid.row_completed.connect(completed.append)
    editor.setText("吴淑珍")
    grid.sheet.choose(0, "name", PEOPLE[0])
    spot = grid.visualRect(grid.sheet.index(2, 4)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert completed == [0]
    assert place(grid) == (2, "note")
    assert editor.hasFocus()


def test_walking_over_rows_that_did_not_change_completes_nothing(qtbot, grid, editor):
    grid.sheet.load(0, {"name": "吴淑珍", "systolic": "146"}, {"name": PEOPLE[0]})
    with qtbot.assertNotEmitted(grid.row_completed):
        qtbot.keyClick(editor, Qt.Key.Key_Down)
        qtbot.keyClick(editor, Qt.Key.Key_Up)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert place(grid) == (1, "name")


def test_a_row_typed_on_while_it_was_being_stored_is_not_called_stored(grid, editor):
    editor.setText("吴淑珍")
    grid.sheet.choose(0, "name", PEOPLE[0])
    assert grid.finish()
    assert grid.sheet.state(0) is RowState.SAVING
    grid.sheet.type_text(0, "note", "头晕")
    grid.sheet.set_state(0, RowState.SAVED)
    assert grid.sheet.state(0) is RowState.TYPING


def test_text_typed_and_rubbed_out_leaves_an_empty_row(qtbot, grid, editor):
    editor.setText("w")
    editor.setText("")
    assert grid.sheet.state(0) is RowState.EMPTY
    assert grid.sheet.used_rows() == []
    with qtbot.assertNotEmitted(grid.row_completed):
        assert grid.finish()


def test_tab_leaves_the_grid_at_the_end_of_an_empty_row(qtbot, page, grid, editor):
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget().objectName() == "after"
    grid.begin(0)
    grid.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget().objectName() == "before"


def test_there_is_always_an_empty_row_below(grid):
    grid.sheet.load(3, {"name": "吴淑珍"})
    assert grid.sheet.rowCount() == 5
    assert grid.sheet.first_empty_row() == 4


def test_cells_the_program_fills_take_no_typing(qtbot, grid, editor):
    grid.setCurrentIndex(grid.sheet.index(0, 1))
    assert not editor.isVisible()
    qtbot.keyClicks(grid, "abc")
    assert grid.sheet.texts(0) == {}
    qtbot.keyClick(grid, Qt.Key.Key_Tab)
    assert place(grid) == (0, "systolic")
    assert editor.hasFocus()


def test_asking_for_a_new_person_hands_over_what_was_typed(qtbot, grid, editor):
    qtbot.keyClicks(editor, "wsz")
    qtbot.waitUntil(grid.hits.isVisible)
    with qtbot.waitSignal(grid.create_requested) as told:
        grid.hits.create_requested.emit()
    assert told.args == [0, "name", "wsz"]


def test_chips_and_tones_set_from_outside_are_spoken(grid):
    grid.sheet.load(0, {"name": "吴淑珍"})
    grid.sheet.set_styles(0, {"address": CellStyle(chips=(Chip("参考范围内", "green"),))})
    assert grid.sheet.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "参考范围内"
    described = grid.sheet.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.AccessibleTextRole)
    assert described == "第1行，已存"


@pytest.mark.parametrize(
    ("text", "decimals", "expected"),
    [
        ("１４６", 0, 146),
        (" 5.6 ", 1, Decimal("5.6")),
        ("-3", 0, -3),
        ("5.6", 0, None),
        ("5.67", 1, None),
        ("五", 0, None),
        ("", 0, None),
        ("1e5", 2, None),
        ("9" * 13, 0, None),
    ],
)
def test_numbers_are_read_as_people_type_them(text, decimals, expected):
    assert read_number(text, decimals) == expected
