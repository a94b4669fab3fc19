"""F9: the place is chosen once, then one key makes a verified backup and says what can be restored."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from desktop.foundation.settings import Settings
from desktop.safekeeping.drives import Drive
from desktop.safekeeping.verify import look_over
from desktop.shell.backup_page import BackupPage
from desktop.shell.backups import backups_of
from desktop.shell.main_window import MainWindow
from tests.factories import add_place
from tests.safekeeping.making import settle
from tests.shell.conftest import find

DONE = "备份完成并已核对，可恢复：居民3人、随访4条。"


class PluggedIn:
    """A computer with the sticks a test says."""

    def __init__(self, *paths):
        self.paths = list(paths)

    def sticks(self):
        return [Drive(path, path.name, 7_600_000_000) for path in self.paths]

    def is_stick(self, path):
        return any(stick in path.parents for stick in self.paths)

    def largest_file(self, _path):
        return None


@pytest.fixture
def drives(monkeypatch, tmp_path):
    stick = tmp_path / "金士顿"
    stick.mkdir()
    plugged = PluggedIn(stick)
    monkeypatch.setattr("desktop.safekeeping.service.this_computers_drives", lambda: plugged)
    return plugged


@pytest.fixture
def window(qtbot, bench, drives):
    settle(bench)
    saved = []
    main = MainWindow(bench, Settings(), saved.append)
    main.saved_settings = saved
    qtbot.addWidget(main)
    with qtbot.waitActive(main):
        main.show()
        main.activateWindow()
    yield main
    main.close()


def page_of(window):
    (page,) = window.findChildren(BackupPage)
    return page


def banner(page):
    return find(page, "page_banner")


def wait_for(qtbot, window, text):
    qtbot.waitUntil(
        lambda: text in banner(page_of(window)).text() and banner(page_of(window)).isVisible(), timeout=20_000
    )


def test_before_the_first_backup_the_key_opens_the_choice_of_places(qtbot, window, drives):
    qtbot.keyClick(window, Qt.Key.Key_F9)
    page = page_of(window)
    assert find(page, "backup_stick_0").text().strip() == "备份到 金士顿（还空 7.6 GB）"
    assert not find(page, "backup_known").isVisible()
    assert find(window, "backup_status").text() == "还没有备份过"
    assert list(drives.paths[0].iterdir()) == []


def test_a_stick_is_one_press_and_is_remembered_so_that_the_next_backup_is_one_key(qtbot, window, drives):
    (stick,) = drives.paths
    qtbot.mouseClick(find(window, "back_up"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(find(page_of(window), "backup_stick_0"), Qt.MouseButton.LeftButton)
    wait_for(qtbot, window, f"{DONE}可以拔U盘。")
    assert window.saved_settings[-1].backup_folder == str(stick)
    assert find(window, "backup_status").text() == "上次备份 6月17日 10:42，已核对"
    (made,) = stick.iterdir()
    assert look_over(made).manifest.counts["resident"] == 3
    qtbot.keyClick(page_of(window), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(BackupPage))
    qtbot.keyClick(window, Qt.Key.Key_F9)
    wait_for(qtbot, window, DONE)
    assert len(list(stick.iterdir())) == 2


def test_once_a_year_has_gone_a_backup_reminds_of_the_readable_copy(qtbot, window, drives, bench):
    window.safekeeping.back_up()
    qtbot.mouseClick(find(page_of(window), "backup_stick_0"), Qt.MouseButton.LeftButton)
    wait_for(qtbot, window, DONE)
    assert "看得懂" not in find(page_of(window), "banner_detail").text()
    bench.clock.advance(timedelta(days=365))
    window.safekeeping.back_up()
    reminder = "满一年没有留看得懂的表格了，请主任在“设置—长期保存”里留一份。"
    qtbot.waitUntil(lambda: reminder in find(page_of(window), "banner_detail").text())


def test_another_folder_can_be_chosen(qtbot, window, tmp_path):
    place = tmp_path / "移动硬盘"
    place.mkdir()
    window.safekeeping.back_up()
    qtbot.mouseClick(find(page_of(window), "backup_other"), Qt.MouseButton.LeftButton)
    (dialog,) = (one for one in window.findChildren(QFileDialog) if one.isVisible())
    dialog.fileSelected.emit(str(place))
    dialog.close()
    wait_for(qtbot, window, DONE)
    assert "拔" not in banner(page_of(window)).text()
    assert len(list(place.iterdir())) == 1


def test_a_remembered_stick_that_is_not_there_is_said_and_nothing_is_made(qtbot, window, drives):
    (stick,) = drives.paths
    window.change_settings(backup_folder=str(stick))
    shutil.rmtree(stick)
    drives.paths.clear()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert "现在找不到" in banner(page_of(window)).text()
    qtbot.waitUntil(find(page_of(window), "backup_no_stick").isVisible)
    assert not stick.exists()


def test_a_stick_plugged_in_later_is_found(qtbot, window, drives, tmp_path):
    drives.paths.clear()
    window.safekeeping.back_up()
    page = page_of(window)
    assert not page.findChildren(QPushButton, "backup_stick_0")
    (tmp_path / "后插的").mkdir()
    drives.paths.append(tmp_path / "后插的")
    qtbot.mouseClick(find(page, "backup_look"), Qt.MouseButton.LeftButton)
    assert "后插的" in find(page, "backup_stick_0").text()


def test_a_failure_is_a_sentence_and_the_place_is_not_remembered(qtbot, window, folder):
    window.safekeeping.back_up()
    page_of(window)._back_up_to(folder.path)
    wait_for(qtbot, window, "备份不能放在资料自己的文件夹里")
    assert window.settings().backup_folder == ""
    assert find(window, "backup_status").text() == "还没有备份过"


def test_a_cancel_is_said_and_leaves_nothing(qtbot, window, drives):
    (stick,) = drives.paths
    window.safekeeping.back_up()
    page = page_of(window)
    page._back_up_to(stick)
    find(page, "busy_cancel").click()
    wait_for(qtbot, window, "已停下")
    assert list(stick.iterdir()) == []


def test_two_presses_make_one_backup(qtbot, window, drives):
    (stick,) = drives.paths
    window.change_settings(backup_folder=str(stick))
    window.safekeeping.back_up()
    window.safekeeping.back_up()
    wait_for(qtbot, window, DONE)
    assert not window.runner.busy
    assert len(list(stick.iterdir())) == 1


def test_after_a_week_without_a_backup_the_line_is_red_and_a_command_s_backup_counts(qtbot, window, drives, bench):
    line = find(window, "backup_status")
    backups_of(bench).back_up(drives.paths[0])
    qtbot.waitUntil(lambda: line.text().startswith("上次备份 6月17日"), timeout=10_000)
    assert line.property("role") == ""
    bench.clock.advance(timedelta(days=8))
    with bench.store.writing("新建点位", bench.officer) as unit:
        add_place(unit)
    qtbot.waitUntil(lambda: line.property("role") == "danger", timeout=10_000)
    assert "该备份了" in line.text()


def test_everything_on_the_page_can_be_found_by_a_screen_reader(window):
    window.safekeeping.back_up()
    page = page_of(window)
    buttons = [button for button in page.findChildren(QPushButton) if button.isVisible()]
    assert len(buttons) >= 4
    for button in buttons:
        assert button.accessibleName(), button.objectName()
    assert any("备份是加密的" in text.text() for text in page.findChildren(QLabel))
