from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMessageBox

from desktop.foundation.clock import FixedClock
from desktop.foundation.errors import EnvironmentFailure, InputError
from desktop.foundation.settings import Settings, load_settings, save_settings
from desktop.register.ui.intake_page import IntakePage
from desktop.safekeeping.opener import OPENER
from desktop.shell.one_window import OneWindow
from desktop.shell.pictures import LOGIN
from desktop.window import Program, draw_tab
from tests.conftest import NOW, OFFICERS, PASSWORD
from tests.shell.conftest import find

SECOND = """
import sys
from pathlib import Path
from desktop.window import open_window
sys.exit(open_window(Path(sys.argv[1])))
"""


@pytest.fixture
def start(qtbot, qapp, folder):
    """Start the program over the folder; it is ended after the test, as at the end of the process."""
    programs = []

    def run(staff="", password="", *, clock=None, settings=None) -> Program:
        if settings is not None:
            save_settings(folder.path / "settings.json", settings)
        program = Program(qapp, folder.path, clock or FixedClock(NOW))
        programs.append(program)
        program.start(staff, password)
        return program

    yield run
    for program in programs:
        program.end()


@pytest.fixture
def signed_in(qtbot, start):
    program = start(OFFICERS["主任"], PASSWORD)
    qtbot.waitUntil(lambda: program.main is not None, timeout=30_000)
    return program


def test_a_wrong_password_given_at_the_start_leaves_the_login_window(qtbot, start):
    program = start(OFFICERS["网格员"], "not it at all")
    qtbot.waitUntil(lambda: find(program.entry, "password_message").text() != "", timeout=30_000)
    assert program.main is None
    assert program.entry.isVisible()
    assert program.entry.login.faces.face().name == OFFICERS["网格员"]


def test_signing_in_shows_the_main_window_and_signing_out_the_login_again(qtbot, signed_in, folder):
    main = signed_in.main
    assert main.isVisible()
    assert not signed_in.entry.isVisible()
    assert main.bench.officer.name == OFFICERS["主任"]
    main.signed_out.emit()
    qtbot.waitUntil(lambda: signed_in.main is None)
    assert signed_in.entry.isVisible()
    with folder.exclusive():  # nobody of ours holds the file any longer
        pass


def test_the_next_officer_signs_in_after_the_first(qtbot, signed_in):
    signed_in.main.signed_out.emit()
    qtbot.waitUntil(lambda: signed_in.main is None)
    signed_in.entry.sign_in_as(OFFICERS["网格员"], PASSWORD)
    qtbot.waitUntil(lambda: signed_in.main is not None, timeout=30_000)
    assert signed_in.main.bench.officer.name == OFFICERS["网格员"]


def test_after_signing_out_the_type_size_still_changes(qtbot, signed_in):
    signed_in.main.signed_out.emit()
    qtbot.waitUntil(lambda: signed_in.main is None)
    qtbot.mouseClick(find(signed_in.entry, "large"), Qt.MouseButton.LeftButton)
    assert find(signed_in.entry, "large").text() == "标准字"  # and nothing of the closed window complained


def test_who_signed_in_is_remembered_on_this_computer(signed_in, folder):
    director = folder.current().ring().named(OFFICERS["主任"])
    assert load_settings(folder.path / "settings.json").last_staff_id == director.id


def test_the_import_ticked_in_the_first_set_up_is_offered_once(qtbot, start, folder):
    program = start(OFFICERS["主任"], PASSWORD, settings=Settings(import_next=True))
    qtbot.waitUntil(lambda: program.main is not None, timeout=30_000)
    (page,) = program.main.findChildren(IntakePage)
    assert page.isVisible()
    assert not load_settings(folder.path / "settings.json").import_next


def test_locking_hides_the_window_and_the_password_brings_the_same_one_back(qtbot, signed_in):
    main = signed_in.main
    main.lock_wanted.emit()
    qtbot.waitUntil(lambda: signed_in.lock is not None)
    assert not main.isVisible()
    qtbot.keyClicks(find(signed_in.lock, "lock_password_editor"), PASSWORD)
    qtbot.keyClick(find(signed_in.lock, "lock_password_editor"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: signed_in.lock is None, timeout=10_000)
    assert signed_in.main is main
    assert main.isVisible()


def test_from_the_lock_somebody_else_can_sign_in(qtbot, signed_in, folder):
    signed_in.lock_now()
    qtbot.mouseClick(find(signed_in.lock, "sign_out"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: signed_in.main is None)
    assert signed_in.lock is None
    assert signed_in.entry.isVisible()
    with folder.exclusive():
        pass


def test_a_clock_set_back_is_said_and_work_goes_on(qtbot, start):
    program = start(OFFICERS["主任"], PASSWORD, clock=FixedClock(NOW - timedelta(days=400)))
    qtbot.waitUntil(lambda: program.main is not None, timeout=30_000)
    (box,) = program.main.findChildren(QMessageBox)
    assert "2025-05-13 10:42" in box.informativeText()
    assert "2026-06-17 10:42" in box.informativeText()
    (go_on,) = (one for one in box.buttons() if one.text() == "知道了，接着用")
    go_on.click()
    assert program.main.isVisible()


def test_a_damaged_database_is_a_sentence_and_the_login_stays(qtbot, start, folder):
    database = folder.current().database
    database.write_bytes(b"\0" * 8192)
    program = start(OFFICERS["主任"], PASSWORD)
    qtbot.waitUntil(lambda: find(program.entry, "trouble").isVisible(), timeout=30_000)
    assert "损坏" in find(program.entry, "trouble").text()
    assert find(program.entry, "sign_in").isEnabled()


def test_a_second_process_raises_the_first_and_leaves(qtbot, folder):
    with OneWindow(folder.path) as first:
        assert first.is_first
        first.listen()
        with qtbot.waitSignal(first.raised, timeout=30_000):
            second = subprocess.run([sys.executable, "-c", SECOND, folder.path], check=False, timeout=60)
    assert second.returncode == 0
    assert not (folder.path / "raise").exists()


def test_a_double_click_on_a_backup_reaches_the_window_that_is_open(qtbot, folder, tmp_path):
    opener = tmp_path / "备份 一" / OPENER
    environment = {**os.environ, "JUWEI_DATA": str(folder.path)}
    with OneWindow(folder.path) as first:
        first.listen()
        with qtbot.waitSignal(first.raised, timeout=30_000) as asked:
            command = [sys.executable, "-m", "desktop", opener]
            second = subprocess.run(command, check=False, timeout=60, env=environment, cwd=Path(__file__).parents[2])
    assert second.returncode == 0
    assert asked.args == [str(opener.parent)]


def test_the_lock_is_free_again_after_the_window_closed(qapp, folder):
    with OneWindow(folder.path):
        pass
    code = "import sys; from pathlib import Path; from desktop.shell.one_window import OneWindow\n"
    code += "with OneWindow(Path(sys.argv[1])) as one: sys.exit(0 if one.is_first else 1)"
    assert subprocess.run([sys.executable, "-c", code, folder.path], check=False, timeout=60).returncode == 0


def test_a_lock_file_left_by_a_power_cut_locks_nobody_out(qapp, folder):
    (folder.path / "window.lock").touch()
    with OneWindow(folder.path) as one:
        assert one.is_first


def test_a_request_from_before_the_start_raises_nothing(qtbot, folder):
    (folder.path / "raise").touch()
    with OneWindow(folder.path) as one, qtbot.assertNotEmitted(one.raised, wait=1_300):
        one.listen()


def test_settings_that_cannot_be_stored_do_not_stop_anybody(qtbot, start, folder):
    (folder.path / "settings.json").mkdir()
    program = start(OFFICERS["主任"], PASSWORD)
    qtbot.waitUntil(lambda: program.main is not None, timeout=30_000)


def test_an_unknown_page_names_those_there_are(qapp, bench, tmp_path):
    with pytest.raises(InputError, match=r"居民健康档案.*登录"):
        draw_tab(bench, "没有这页", tmp_path / "x.png")
    assert not (tmp_path / "x.png").exists()


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_every_page_is_drawn_in_the_size_asked_for(qapp, bench, tmp_path, size):
    for tab in ("居民健康档案", LOGIN):
        draw_tab(bench, tab, tmp_path / "x.png", size=size)
        image = QImage(str(tmp_path / "x.png"))
        assert (image.width(), image.height()) == size


def test_a_picture_that_cannot_be_written_is_the_machines_fault(qapp, bench, tmp_path):
    with pytest.raises(EnvironmentFailure):
        draw_tab(bench, LOGIN, tmp_path / "no folder" / "x.png")


def test_settings_know_when_to_lock(tmp_path):
    save_settings(tmp_path / "s.json", Settings(auto_lock_minutes=3))
    assert load_settings(tmp_path / "s.json").auto_lock_minutes == 3
    (tmp_path / "s.json").write_text('{"auto_lock_minutes": "never"}', encoding="utf-8")
    assert load_settings(tmp_path / "s.json").auto_lock_minutes == 15
    assert Settings().auto_lock_minutes == 15
