from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from desktop.foundation.errors import EnvironmentFailure
from desktop.widgets.chips import CellStyle, Chip
from desktop.widgets.table import DataTable, PagedModel, TableColumn
from desktop.widgets.theme import Appearance, apply_theme


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    due: str = "6月5日"


COLUMNS = (
    TableColumn[Person]("name", "姓名", lambda row: row.name, 90),
    TableColumn[Person](
        "due",
        "下次随访",
        lambda row: row.due,
        150,
        style=lambda row: CellStyle(chips=(Chip("高血压", "blue"),), status="逾期12天", status_tone="danger"),
        second=lambda row: "独居",
    ),
    TableColumn[Person]("note", "备注", lambda row: "", 0, sortable=False),
    TableColumn[Person]("phone", "电话", lambda row: "138****4106", 120, second_rank=True),
)


class Register:
    """Rows by id, and a list of which ids were asked for."""

    def __init__(self, count: int) -> None:
        self.rows = {number: Person(number, f"居民{number}") for number in range(count)}
        self.asked: list[list[int]] = []

    def fetch(self, ids):
        self.asked.append(list(ids))
        return [self.rows[number] for number in reversed(ids) if number in self.rows]


@pytest.fixture
def register():
    return Register(1000)


@pytest.fixture
def model(qapp, register):
    made = PagedModel[Person](COLUMNS)
    made.set_source(list(register.rows), register.fetch)
    return made


@pytest.fixture
def table(qtbot, qapp, model):
    apply_theme(qapp, Appearance())
    made = DataTable(model, "居民名单", multi=True)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_model_keeps_every_rule_of_a_qt_model(qtmodeltester, model):
    qtmodeltester.check(model, force_py=False)


def test_only_the_page_in_view_is_fetched_and_only_once(model, register):
    for place in range(100, 200):
        model.data(model.index(place, 0))
    assert register.asked == [list(range(100, 200))]


def test_pages_long_unused_are_forgotten(model, register):
    register.rows.update({number: Person(number, "x") for number in range(5000)})
    model.refresh_ids(list(register.rows))
    for place in range(0, 5000, 100):
        model.row(place)
    register.asked.clear()
    model.row(0)
    model.row(4950)
    assert register.asked == [list(range(100))]


def test_rows_follow_the_ids_whatever_order_fetch_returns_them_in(model):
    assert [model.row(place).id for place in (0, 57, 999)] == [0, 57, 999]


def test_a_row_deleted_meanwhile_says_so_and_shifts_no_other(model, register):
    del register.rows[3]
    assert model.data(model.index(3, 0)) == "（已不在，请刷新）"
    assert model.row(3) is None
    assert model.row(4).id == 4


def test_user_role_returns_the_row_and_the_spoken_text_says_all(model):
    index = model.index(5, 1)
    assert index.data(Qt.ItemDataRole.UserRole) == Person(5, "居民5")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "6月5日 高血压 逾期12天 独居"


def test_a_locked_file_is_told_once_and_does_not_break_painting(qtbot, model):
    def locked(ids):
        raise EnvironmentFailure("文件正被别的程序打开。")

    with qtbot.waitSignal(model.fetch_failed) as told:
        model.set_source([1, 2, 3], locked)
        assert model.data(model.index(1, 1)) == ""
        assert model.data(model.index(2, 1)) == ""
    assert str(told.args[0]) == "文件正被别的程序打开。"


def test_refreshed_ids_keep_cursor_and_selection_on_the_same_people(table, model):
    table.select_id(400)
    seen = []
    table.current_row_changed.connect(seen.append)
    model.refresh_ids([number for number in range(1000) if number != 7])
    assert table.current_row().id == 400
    assert table.currentIndex().row() == 399
    assert table.selected_ids() == [400]
    assert [row.id for row in seen] == [400]


def test_a_current_row_that_left_the_list_is_announced_as_none(table, model):
    table.select_id(7)
    seen = []
    table.current_row_changed.connect(seen.append)
    model.refresh_ids([1, 2, 3])
    assert seen == [None]
    assert table.current_row() is None
    assert table.selected_ids() == []


def test_refreshing_does_not_scroll_away_from_what_is_read(table, model):
    table.select_id(2)
    table.verticalScrollBar().setValue(20_000)
    model.refresh_ids(list(range(1000)))
    assert table.verticalScrollBar().value() == 20_000


def test_a_saved_row_is_read_again_and_told_to_the_panel(table, model, register):
    table.select_id(9)
    register.rows[9] = replace(register.rows[9], name="新名字")
    seen = []
    table.current_row_changed.connect(seen.append)
    model.refresh_row(9)
    assert [row.name for row in seen] == ["新名字"]


def test_enter_and_double_click_open_the_row(qtbot, table):
    opened = []
    table.activated_row.connect(opened.append)
    table.select_id(1)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    spot = table.visualRect(table.model().index(2, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert [row.id for row in opened] == [1, 2]


def test_typing_a_letter_reads_no_further_page(qtbot, table, register):
    table.select_id(0)
    register.asked.clear()
    qtbot.keyClick(table, Qt.Key.Key_Z)
    assert register.asked == []


def test_a_title_asks_for_sorting_and_a_second_click_turns_it_round(qtbot, table):
    asked = []
    table.sort_requested.connect(lambda key, descending: asked.append((key, descending)))
    header = table.horizontalHeader()
    for column in (0, 0, 1, 2):
        spot = QPoint(header.sectionViewportPosition(column) + 20, 10)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert asked == [("name", False), ("name", True), ("due", False)]
    assert table.remembered_sort() == ("due", False)


def test_widths_order_and_sort_return_in_the_next_window(qtbot, qapp, model):
    stored = {}
    first = DataTable(model, "居民名单", save_state=stored.update)
    qtbot.addWidget(first)
    first.resize(600, 300)
    first.show()
    first.horizontalHeader().resizeSection(0, 133)
    first.horizontalHeader().moveSection(0, 1)
    first.show_sort("due", descending=True)
    first.hide()
    assert stored["widths"] == {"name": 133}
    second = DataTable(model, "居民名单", load_state=lambda: stored)
    qtbot.addWidget(second)
    assert second.horizontalHeader().sectionSize(0) == 133
    assert [column.key for column in second.visible_columns()][:2] == ["due", "name"]
    assert second.remembered_sort() == ("due", True)


@pytest.mark.parametrize(
    "state",
    [{"widths": {"gone": 80, "name": "broad"}, "order": ["gone", "due"], "sort": ["gone", False]}, {"order": 3}, {}],
)
def test_a_layout_from_another_program_version_is_used_as_far_as_it_fits(qtbot, model, state):
    table = DataTable(model, "居民名单", load_state=lambda: state)
    qtbot.addWidget(table)
    assert table.remembered_sort() is None
    assert {column.key for column in table.visible_columns()} == {"name", "due", "note", "phone"}


def test_large_type_has_two_lines_and_leaves_the_second_rank_columns_out(qapp, table):
    assert table.rowHeight(0) == 42
    apply_theme(qapp, Appearance(large=True))
    assert table.rowHeight(0) == 62
    assert [column.key for column in table.visible_columns()] == ["name", "due", "note"]
    apply_theme(qapp, Appearance())
    assert table.rowHeight(0) == 42


def test_an_empty_list_says_so_and_rows_take_its_place(table, model, register):
    model.refresh_ids([])
    assert table._empty.isVisible()
    model.refresh_ids([1])
    assert not table._empty.isVisible()


def test_copy_takes_the_selected_rows_as_seen(qtbot, table):
    table.select_id(1)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    due = "6月5日 高血压 逾期12天 独居"
    assert QApplication.clipboard().text() == f"居民1\t{due}\t\t138****4106\n居民2\t{due}\t\t138****4106"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_key_opens_the_menu_of_the_current_row(qtbot, table):
    table.set_menu(lambda row, menu: menu.addAction(f"打印 {row.name}"))
    table.select_id(4)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(table.viewport(), event)
    menu = table.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["打印 居民4"]
    menu.close()


def test_selecting_all_of_a_long_list_reads_ids_only(table, register):
    table.selectAll()
    register.asked.clear()
    assert table.selected_ids() == list(range(1000))
    assert register.asked == []


def test_an_id_that_is_not_listed_is_not_selected(table):
    assert not table.select_id(5000)
    assert table.currentIndex() == QModelIndex()


def test_tabbing_in_chooses_the_first_row_but_a_new_window_chooses_none(qtbot, table):
    table.clearFocus()
    table.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
    assert table.current_row() is None
    table.clearFocus()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert table.selected_ids() == [0]


def test_a_long_selection_survives_a_refresh_in_few_pieces(table, model):
    table.selectAll()
    left = [number for number in range(1000) if number not in {0, 500}]
    model.refresh_ids(left)
    assert table.selected_ids() == left
    assert table.selectionModel().selection().count() == 1
    model.refresh_ids(list(range(1000)))
    assert table.selected_ids() == left
    assert table.selectionModel().selection().count() == 2


def test_a_narrow_window_drops_the_second_rank_and_keeps_the_rest_legible(qtbot, qapp, model):
    apply_theme(qapp, Appearance())
    table = DataTable(model, "居民名单")
    qtbot.addWidget(table)
    table.resize(900, 300)
    table.show()
    assert len(table.visible_columns()) == 4
    assert table.rowHeight(0) == 42
    table.resize(450, 300)
    assert [column.key for column in table.visible_columns()] == ["name", "due", "note"]
    assert table.rowHeight(0) == 50
    table.resize(300, 300)
    assert table.horizontalHeader().sectionSize(2) == 150
    table.resize(900, 300)
    assert len(table.visible_columns()) == 4
    assert table.rowHeight(0) == 42


def test_in_a_tight_place_texts_give_way_before_a_column_is_pushed_out_of_sight(qtbot, qapp, model):
    apply_theme(qapp, Appearance())
    table = DataTable(model, "居民名单")
    qtbot.addWidget(table)
    table.show()
    header, room = table.horizontalHeader(), 18  # the scroll bar and the frame
    table.resize(340 + room, 300)
    assert [header.sectionSize(number) for number in range(3)] == [90, 142, 108]
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
    table.resize(388 + room, 300)
    assert [header.sectionSize(number) for number in range(3)] == [90, 150, 148]


def test_the_sorted_column_is_said_to_screen_readers(table):
    table.show_sort("due", descending=True)
    assert table.horizontalHeader().accessibleDescription() == "按下次随访排列，从大到小"
    table.show_sort("unknown")
    assert table.horizontalHeader().accessibleDescription() == ""


class Shrinking(list):
    """Ids read lazily, of which some are gone when their window is read."""

    def __getitem__(self, index):
        return super().__getitem__(index)[:-1] if isinstance(index, slice) else super().__getitem__(index)


def test_a_row_that_vanished_before_its_page_was_read_is_said_to_be_gone():
    model = PagedModel((TableColumn("name", "姓名", lambda row: row.name),))
    model.set_source(Shrinking([1, 2]), lambda ids: [])
    assert model.row(1) is None
    assert "刷新" in model.index(1, 0).data()
