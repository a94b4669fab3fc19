"""Backups by themselves: a stick plugged in is offered, the second folder fills, one line for what matters."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.foundation.settings import Settings
from desktop.safekeeping.last import note_restored, remembered
from desktop.safekeeping.thinning import AUTOMATIC
from desktop.safekeeping.verify import look_over
from desktop.shell.backup_page import BackupPage
from desktop.shell.main_window import MainWindow
from tests.factories import add_place
from tests.safekeeping.making import settle
from tests.safekeeping.test_sticks import Played
from tests.shell.conftest import find


@pytest.fixture
def stick(tmp_path):
    path = tmp_path / "金士顿"
    path.mkdir()
    return path


@pytest.fixture
def drives(monkeypatch):
    played = Played()
    monkeypatch.setattr("desktop.safekeeping.service.this_computers_drives", lambda: played)
    return played


@pytest.fixture
def window(qtbot, bench, drives):
    settle(bench)
    main = MainWindow(bench, Settings(), lambda _settings: None)
    qtbot.addWidget(main)
    with qtbot.waitActive(main):
        main.show()
        main.activateWindow()
    yield main
    main.close()


def strip(window):
    return find(window, "backup_strip")


def look(qtbot, window):
    watch = window.safekeeping.watch
    watch.look_for_sticks()
    qtbot.waitUntil(lambda: not watch.runner.busy)


def work(qtbot, window):
    watch = window.safekeeping.watch
    watch.look_for_work()
    qtbot.waitUntil(lambda: not watch.runner.busy, timeout=20_000)


def press(qtbot, window):
    qtbot.mouseClick(find(strip(window), "banner_button"), Qt.MouseButton.LeftButton)


def text(window):
    return find(strip(window), "banner_text").text() if strip(window).isVisible() else ""


def test_nothing_is_said_while_all_is_well(qtbot, window):
    look(qtbot, window)
    assert text(window) == ""


def test_a_stick_that_is_plugged_in_is_offered_once_and_one_press_backs_up_to_it(qtbot, window, drives, stick):
    look(qtbot, window)
    drives.plugged.append(stick)
    look(qtbot, window)
    assert text(window) == "插上了U盘“金士顿”。"
    press(qtbot, window)
    qtbot.waitUntil(lambda: remembered(window.bench.store.data_folder).away_at is not None, timeout=20_000)
    (made,) = [path for path in stick.iterdir() if path.name.startswith("居委工作台备份_")]
    assert look_over(made)
    assert window.findChildren(BackupPage)
    look(qtbot, window)
    assert text(window) == ""


def test_a_stick_pulled_out_again_is_no_longer_offered_and_one_there_from_the_start_never_is(
    qtbot, window, drives, stick, tmp_path
):
    drives.plugged.append(stick)
    look(qtbot, window)
    assert text(window) == ""
    other = tmp_path / "另一个"
    other.mkdir()
    drives.plugged.append(other)
    look(qtbot, window)
    assert "另一个" in text(window)
    drives.plugged.remove(other)
    look(qtbot, window)
    assert text(window) == ""


def test_more_than_seven_days_without_a_stick_stand_in_red_below_the_header(qtbot, window):
    window.bench.clock.advance(timedelta(days=8))
    window.safekeeping.watch.tell()
    assert text(window).startswith("还没有在U盘上备份过")
    assert find(strip(window), "banner_text").parent().property("kind") == "danger"
    window.change_settings(remind_days=14)
    window.safekeeping.watch.tell()
    assert text(window) == ""


def test_the_second_folder_gets_a_backup_only_if_it_is_wanted_and_something_changed(qtbot, window, tmp_path):
    second = tmp_path / "D盘"
    second.mkdir()
    window.change_settings(second_folder=str(second), auto_backup=False)
    work(qtbot, window)
    assert list(second.iterdir()) == []
    window.change_settings(auto_backup=True)
    work(qtbot, window)
    (made,) = [path for path in (second / AUTOMATIC).iterdir() if path.name.startswith("居委工作台备份_")]
    assert look_over(made).manifest.counts["resident"] == 3
    assert find(window, "backup_status").text().startswith("上次备份 6月17日")
    work(qtbot, window)
    assert len(list((second / AUTOMATIC).iterdir())) == 1


def test_an_automatic_backup_that_fails_is_said_until_it_is_read_or_one_works(qtbot, window, tmp_path):
    second = tmp_path / "拔掉的移动硬盘"
    window.change_settings(second_folder=str(second))
    work(qtbot, window)
    assert text(window).startswith("自动备份没有做成：自动备份的文件夹现在找不到")
    press(qtbot, window)
    assert text(window) == ""
    work(qtbot, window)
    second.mkdir()
    work(qtbot, window)
    assert text(window) == ""


def test_after_a_restore_automatic_ones_rest_until_the_press_that_all_is_right(qtbot, window, tmp_path):
    second = tmp_path / "D盘"
    second.mkdir()
    note_restored(window.bench.store.data_folder)
    window.change_settings(second_folder=str(second))
    window.safekeeping.watch.tell()
    assert "自动备份先停着" in text(window)
    work(qtbot, window)
    assert list(second.iterdir()) == []
    press(qtbot, window)
    assert text(window) == ""
    work(qtbot, window)
    assert (second / AUTOMATIC).is_dir()


def test_saving_goes_on_while_a_backup_is_made_by_itself(qtbot, window, tmp_path):
    second = tmp_path / "D盘"
    second.mkdir()
    window.change_settings(second_folder=str(second))
    window.safekeeping.watch.look_for_work()
    saved = []

    def save(_context):
        with window.bench.store.writing("新建点位", window.bench.officer) as unit:
            add_place(unit)

    window.runner.start(save, done=saved.append)
    qtbot.waitUntil(lambda: bool(saved), timeout=10_000)
    qtbot.waitUntil(lambda: not window.safekeeping.watch.runner.busy, timeout=20_000)


def test_the_monthly_trial_stands_on_the_backup_page(qtbot, window, drives, stick):
    drives.plugged.append(stick)
    window.safekeeping.backups.back_up(stick)
    window.bench.clock.advance(timedelta(days=31))
    work(qtbot, window)
    window.safekeeping.back_up()
    assert "试着恢复过一次：能恢复：居民3人" in find(window, "backup_trial").text()
