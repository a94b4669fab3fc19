"""The list of every slice, tried on the activities: sorted, remembered, printed and exported as seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget
from python_calamine import CalamineWorkbook

from desktop.activities.ui.activity_list import ActivityList
from desktop.activities.ui.panel import ActivityPanel
from desktop.foundation.errors import FileBusy, NotAllowed
from desktop.foundation.jobs import JobContext
from desktop.register.service.exports import LISTING, Leaving
from desktop.register.ui.listing_export import Listing, export_listing
from desktop.shell.workbench import Workbench
from tests.activities.making import activity
from tests.register.ui.conftest import TinyHost

TODAY = date(2026, 6, 17)


@pytest.fixture
def make(qtbot, host: TinyHost) -> Callable[[Workbench], ActivityList]:
    def made(bench: Workbench) -> ActivityList:
        panel = ActivityPanel(bench.activities, bench.officer, bench.clock, host, bench.attachments)
        page = ActivityList(bench.activities, bench.officer, bench.clock, host, panel, left=QWidget())
        host.open_page(page)
        page.reload()
        return page

    return made


@pytest.fixture
def page(make, bench: Workbench) -> ActivityList:
    activity(bench, date(2026, 6, 1), "周末影院", place="10号楼", attendance=1200)
    activity(bench, date(2026, 6, 2), "艾滋病讲座", place="2号楼", attendance=65)
    activity(bench, date(2026, 6, 3), "健康讲座", place="", attendance=None)
    return make(bench)


def names(page: ActivityList) -> list[str]:
    return [page.model.row(number).draft.name for number in range(page.model.rowCount())]


def click_title(page: ActivityList, key: str) -> None:
    page.table.horizontalHeader().sectionClicked.emit([column.key for column in page.model.columns].index(key))


def foot(page: ActivityList) -> str:
    return page.findChild(QLabel, "activity_count").text()


def export(page: ActivityList, path: Path) -> None:
    page.findChild(QPushButton, "export_list").click()
    page.findChild(QFileDialog).fileSelected.emit(str(path))


def test_nobody_exports_a_list_whose_role_may_not(make, reader_bench, host, tmp_path):
    page = make(reader_bench)
    activity_ids, path = page.model.ids, tmp_path / "清单.xlsx"
    assert not page.findChild(QPushButton, "export_list").isVisible()
    wanted = Listing("活动清单", page.table.ordered_columns(), activity_ids, page.fetch)
    with pytest.raises(NotAllowed):
        export_listing(reader_bench.officer, wanted, host.note_leaving, path, TODAY, JobContext())
    assert not path.exists()
    assert host.left == []


def test_a_place_that_cannot_be_written_is_said_and_the_link_stays(qtbot, page, host, tmp_path):
    blocked = tmp_path / "没有这个文件夹" / "清单.xlsx"
    export(page, blocked)
    qtbot.waitUntil(lambda: not host.runner.busy)
    assert foot(page) == "没有导出。"
    assert page.findChild(QPushButton, "export_list").isEnabled()
    assert host.left == []


def test_a_list_that_cannot_be_written_down_leaves_no_file(page, bench, tmp_path):
    def refuse(_leaving: Leaving) -> None:
        raise FileBusy("别人正在写")

    path = tmp_path / "清单.xlsx"
    wanted = Listing("活动清单", page.table.ordered_columns(), page.model.ids, page.fetch)
    with pytest.raises(FileBusy):
        export_listing(bench.officer, wanted, refuse, path, TODAY, JobContext())
    assert list(tmp_path.glob("*.xlsx")) == []


def test_a_list_is_exported_with_its_rows_order_and_columns_as_seen(qtbot, page, host, tmp_path):
    click_title(page, "name")
    page.table.horizontalHeader().moveSection(1, 0)
    path = tmp_path / "清单.xlsx"
    export(page, path)
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: not host.runner.busy)
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "活动清单"
    assert rows[1][0].endswith("导出，3条")
    assert host.left == [Leaving("导出清单“活动清单”", 3, "activities", LISTING)]
    assert rows[2][:3] == ["名称", "日期", "类别"]
    assert [row[0] for row in rows[3:]] == ["艾滋病讲座", "健康讲座", "周末影院"]
    assert rows[3][4] == "65人次"
    assert foot(page) == "已导出 3条，存在“清单.xlsx”里。"


def test_a_click_on_any_title_sorts_by_sound_or_number_and_a_second_one_turns_it_round(page):
    assert names(page) == ["健康讲座", "艾滋病讲座", "周末影院"]
    click_title(page, "name")
    assert names(page) == ["艾滋病讲座", "健康讲座", "周末影院"]
    assert foot(page) == "共 3项，按“名称”排列。"
    click_title(page, "name")
    assert names(page) == ["周末影院", "健康讲座", "艾滋病讲座"]
    click_title(page, "place")
    assert names(page) == ["艾滋病讲座", "周末影院", "健康讲座"]  # 2 before 10, nothing last
    click_title(page, "people")
    assert names(page) == ["艾滋病讲座", "周末影院", "健康讲座"]
    click_title(page, "day")
    assert (names(page)[0], foot(page)) == ("健康讲座", "共 3项，新的在前。")
    click_title(page, "day")
    assert (names(page)[0], foot(page)) == ("周末影院", "共 3项，旧的在前。")


def test_order_widths_and_sorting_are_found_again(page, make, bench, host):
    click_title(page, "place")
    page.table.horizontalHeader().moveSection(3, 0)
    page.hide()
    assert host.kept.tables["activities"]["sort"] == ["place", False]
    again = make(bench)
    assert names(again) == ["艾滋病讲座", "周末影院", "健康讲座"]
    assert again.table.ordered_columns()[0].key == "place"


def test_a_remembered_sort_that_is_gone_is_forgotten(make, bench, host):
    host.change_settings(tables={"activities": {"sort": ["shoe_size", True]}})
    assert make(bench).sort == ("day", True)


def test_ctrl_p_prints_the_list_in_front_wherever_the_keyboard_is(qtbot, page, host):
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    with qtbot.waitSignal(page.print_list) as asked:
        qtbot.keyClick(host, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert len(asked.args[0]) == 3
    host.open_page(QWidget())
    with qtbot.assertNotEmitted(page.print_list):
        qtbot.keyClick(host, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)


def test_escape_in_the_list_closes_the_panel(qtbot, page):
    page.table.setCurrentIndex(page.model.index(0, 0))
    page.open_row(page.table.current_row())
    assert page.panel.isVisible()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert not page.panel.isVisible()
