"""做应急U盘 in the window: what is lacking is said first, progress can be stopped, the page is printed from there."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from desktop import __version__
from desktop.foundation.settings import Settings
from desktop.register.rights import Role
from desktop.safekeeping.installers import FOLDER
from desktop.shell.backup_page import BackupPage
from desktop.shell.emergency_page import EmergencyPage
from desktop.shell.main_window import MainWindow
from desktop.shell.preview_page import PreviewPage
from desktop.shell.settings.page import BACKUP, SettingsPage
from tests.safekeeping.installing import run_file
from tests.safekeeping.making import settle
from tests.shell.conftest import find, save_to
from tests.shell.test_backup_page import PluggedIn

RUN = f"juwei-workbench-{__version__}.run"


@pytest.fixture(scope="session")
def made_run(tmp_path_factory):
    return run_file(tmp_path_factory.mktemp("run"))


@pytest.fixture
def drives(monkeypatch, tmp_path):
    stick = tmp_path / "金士顿"
    stick.mkdir()
    plugged = PluggedIn(stick)
    monkeypatch.setattr("desktop.safekeeping.service.this_computers_drives", lambda: plugged)
    return plugged


@pytest.fixture
def program(tmp_path, made_run, monkeypatch):
    """An installed program in whose folder setup has kept itself."""
    kept = tmp_path / "program" / FOLDER
    kept.mkdir(parents=True)
    shutil.copy(made_run, kept)
    monkeypatch.setattr("desktop.safekeeping.emergency_service.program_folder", lambda: kept.parent)
    return kept.parent


def window_over(qtbot, bench):
    main = MainWindow(bench, Settings(), lambda _settings: None)
    qtbot.addWidget(main)
    with qtbot.waitActive(main):
        main.show()
        main.activateWindow()
    return main


@pytest.fixture
def window(qtbot, bench, drives):
    settle(bench)
    main = window_over(qtbot, bench)
    yield main
    main.close()


def page_of(window, kind=EmergencyPage):
    (page,) = window.findChildren(kind)
    return page


def said(page):
    banner = find(page, "page_banner")
    return banner.text() if banner.isVisible() else ""


def test_one_press_in_the_settings_leads_to_the_page_and_one_more_makes_the_stick(qtbot, program, window, drives):
    (stick,) = drives.paths
    window._menu.open_settings()
    settings = page_of(window, SettingsPage)
    settings.show_section(BACKUP)
    assert find(settings, "emergency_last").text() == "还没有做过应急U盘。"
    qtbot.mouseClick(find(settings, "make_emergency"), Qt.MouseButton.LeftButton)
    page = page_of(window)
    assert find(page, "emergency_installer").text().startswith(f"安装包：{RUN}（0 MB，装在 统信")
    qtbot.mouseClick(find(page, "emergency_stick_0"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "应急U盘做好了" in said(page), timeout=30_000)
    assert said(page).endswith("可以拔U盘。")
    assert len(list(stick.iterdir())) == 2
    assert window.settings().backup_folder == str(stick)
    assert find(window, "backup_status").text().startswith("上次备份 6月17日")
    assert find(settings, "emergency_last").text().startswith("上次做应急U盘：6月17日 10:42（金士顿）")
    find(page, "banner_button").click()
    qtbot.waitUntil(lambda: len(window.findChildren(PreviewPage)) == 1)


def test_the_page_for_backups_tells_of_it_too_and_quietly_when_it_is_time_again(qtbot, program, window, drives, bench):
    window.safekeeping.emergency.make(drives.paths[0])
    bench.clock.advance(timedelta(days=100))
    window.safekeeping.back_up()
    backup = page_of(window, BackupPage)
    assert find(backup, "emergency_again").text() == "已经过了100天，该更新了。"
    window.change_settings(emergency_days=180)
    backup.reload()
    assert not find(backup, "emergency_again").isVisible()
    qtbot.mouseClick(find(backup, "make_emergency"), Qt.MouseButton.LeftButton)
    page = page_of(window)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(EmergencyPage))


def test_without_an_installer_the_page_asks_for_the_file_and_names_it(qtbot, window, drives, made_run, tmp_path):
    window.safekeeping.make_emergency()
    page = page_of(window)
    text = find(page, "emergency_installer")
    assert text.property("role") == "caution"  # calm: a stick without it can be made all the same
    assert (
        find(page, "emergency_names")
        .text()
        .startswith(f"Windows：JuweiWorkbench-{__version__}.exe\n统信、麒麟：{RUN} 或 ")
    )
    wrong = tmp_path / "别的.run"
    wrong.write_bytes(b"#!/bin/sh\n")
    qtbot.mouseClick(find(page, "emergency_choose"), Qt.MouseButton.LeftButton)
    save_to(qtbot, page, wrong)
    qtbot.waitUntil(lambda: "不是居委工作台的安装包" in said(page), timeout=10_000)
    right = shutil.copy(made_run, tmp_path / "装机用.run")
    qtbot.mouseClick(find(page, "emergency_choose"), Qt.MouseButton.LeftButton)
    save_to(qtbot, page, right)
    qtbot.waitUntil(lambda: "是完整的" in said(page), timeout=10_000)
    assert text.property("role") == ""
    assert text.text().startswith(f"安装包：{RUN}")
    assert not find(page, "emergency_names").isVisible()


def test_a_stick_without_an_installer_is_made_with_a_warning(qtbot, window, drives):
    window.safekeeping.make_emergency()
    page = page_of(window)
    find(page, "emergency_stick_0").click()
    qtbot.waitUntil(lambda: "没有安装包，电脑坏了要另外找。" in said(page), timeout=30_000)
    assert find(page, "page_banner").property("kind") == "warning"


def test_a_cancel_is_said_and_leaves_nothing(qtbot, program, window, drives):
    window.safekeeping.make_emergency()
    page = page_of(window)
    page.make(drives.paths[0])
    page.make(drives.paths[0])
    find(page, "busy_cancel").click()
    qtbot.waitUntil(lambda: "已停下" in said(page), timeout=30_000)
    assert list(drives.paths[0].iterdir()) == []


def test_a_stick_that_is_gone_is_a_sentence(qtbot, program, window, drives):
    window.safekeeping.make_emergency()
    page = page_of(window)
    page.make(drives.paths[0] / "gone" / "deeper")
    qtbot.waitUntil(lambda: "找不到" in said(page), timeout=30_000)
    drives.paths.clear()
    find(page, "emergency_look").click()
    qtbot.waitUntil(lambda: bool(page.findChildren(QLabel, "emergency_no_stick")))


def test_how_long_it_is_good_for_is_the_director_s_to_say(qtbot, window, drives):
    window._menu.open_settings()
    settings = page_of(window, SettingsPage)
    settings.show_section(BACKUP)
    section = settings.section(BACKUP)
    for days in ("30", "0", "180"):
        section._kit_days.findChildren(QPushButton, f"segment_{days}")[0].click()
        assert window.settings().emergency_days == int(days)


def test_every_officer_may_make_one_but_not_change_when(qtbot, bench_as, drives, program):
    main = window_over(qtbot, bench_as(Role.READER))
    main._menu.open_settings()
    section = page_of(main, SettingsPage).section(BACKUP)
    assert not section._kit_days.isEnabled()
    find(section, "make_emergency").click()
    page = page_of(main)
    find(page, "emergency_stick_0").click()
    qtbot.waitUntil(lambda: "应急U盘做好了" in said(page), timeout=30_000)
    assert "随访" not in said(page)
    main.close()


def test_everything_on_the_page_can_be_found_by_a_screen_reader(window):
    window.safekeeping.make_emergency()
    buttons = [button for button in page_of(window).findChildren(QPushButton) if button.isVisible()]
    assert len(buttons) >= 4
    for button in buttons:
        assert button.accessibleName(), button.objectName()
