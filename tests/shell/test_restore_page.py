"""恢复 in the window: backup, lose the data folder, restore by password and by code, the same figures again."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox

from desktop.foundation.clock import FixedClock
from desktop.foundation.settings import Settings, save_settings
from desktop.safekeeping.backup import Source
from desktop.safekeeping.backup import back_up as store_backup
from desktop.safekeeping.last import remembered
from desktop.shell.restore_page import RestorePage
from desktop.window import Program
from tests.conftest import NOW, OFFICERS, PASSWORD, RECOVERY_CODE
from tests.factories import id_number
from tests.register.making import resident
from tests.safekeeping.making import back_up, figures, settle, signed_in
from tests.shell.conftest import find

NEW = "xin mima 88"


class NoSticks:
    def sticks(self):
        return []

    def is_stick(self, _path):
        return False


@pytest.fixture(autouse=True)
def no_sticks(monkeypatch):
    monkeypatch.setattr("desktop.shell.restore_page.this_computers_drives", NoSticks)


@pytest.fixture
def made(folder, tmp_path):
    """A backup and the figures of its day; later somebody was added."""
    place = tmp_path / "备份盘"
    place.mkdir()
    with signed_in(folder) as bench:
        settle(bench)
        path, then = back_up(bench, place).path, figures(bench)
        resident(bench, name="后来的人", id_number=id_number(order=301))
    return path, then


@pytest.fixture
def start(qtbot, qapp, folder, made):
    programs = []

    def run(*, staff="", settings=None):
        folder.path.mkdir(exist_ok=True)
        save_settings(folder.path / "settings.json", settings or Settings(backup_folder=str(made[0].parent)))
        program = Program(qapp, folder.path, FixedClock(NOW))
        programs.append(program)
        program.start(staff, PASSWORD if staff else "")
        return program

    yield run
    for program in programs:
        program.end()


def page_of(qtbot, program):
    qtbot.waitUntil(lambda: len(program.entry.findChildren(RestorePage)) == 1)
    (page,) = program.entry.findChildren(RestorePage)
    qtbot.waitUntil(lambda: not page._work.busy, timeout=10_000)
    return page


def press(qtbot, page, name):
    qtbot.mouseClick(find(page, name), Qt.MouseButton.LeftButton)


def texts(page):
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def compare_and_restore(qtbot, page):
    press(qtbot, page, "restore_look")
    qtbot.waitUntil(lambda: find(page, "restore_go").isVisible(), timeout=20_000)
    qtbot.waitUntil(page._verdict.isVisible)
    compared = texts(page)
    press(qtbot, page, "restore_go")
    qtbot.waitUntil(lambda: find(page, "restore_sign_in").isVisible(), timeout=30_000)
    qtbot.waitUntil(page._verdict.isVisible)
    return compared


def test_a_damaged_backup_can_be_seen_but_not_chosen(qtbot, start, made):
    (made[0] / "juwei.db").write_bytes(b"")
    program = start()
    press(qtbot, program.entry, "restore")
    page = page_of(qtbot, program)
    page.list.select_id(made[0])
    assert "空的" in find(page, "restore_why").text()
    assert not find(page, "restore_look").isEnabled()


def test_a_wrong_password_or_none_restores_nothing(qtbot, start, folder, made):
    before = folder.current().folder
    program = start()
    press(qtbot, program.entry, "restore")
    page = page_of(qtbot, program)
    press(qtbot, page, "restore_look")
    assert find(page, "restore_password_message").text() == "请输入密码。"
    page.opening._password.set_value("not the one")
    press(qtbot, page, "restore_look")
    qtbot.waitUntil(lambda: "密码不对" in find(page, "restore_password_message").text(), timeout=20_000)
    assert not find(page, "restore_go").isVisible()
    page.opening._way._choose("code")
    press(qtbot, page, "restore_look")
    assert "至少8位" in find(page, "restore_new_password_message").text()
    assert folder.current().folder == before


def test_changing_anything_takes_the_comparison_and_its_button_away(qtbot, start, made):
    program = start()
    press(qtbot, program.entry, "restore")
    page = page_of(qtbot, program)
    page.opening._password.set_value(PASSWORD)
    press(qtbot, page, "restore_look")
    qtbot.waitUntil(lambda: find(page, "restore_go").isVisible(), timeout=20_000)
    qtbot.keyClicks(find(page, "restore_password_editor"), "x")
    assert not find(page, "restore_go").isVisible()
    assert page._verdict is None


def test_esc_goes_back_to_the_login_and_nothing_has_changed(qtbot, start, folder):
    before = folder.current().folder
    program = start()
    press(qtbot, program.entry, "restore")
    qtbot.keyClick(page_of(qtbot, program), Qt.Key.Key_Escape)
    assert program.entry.currentWidget() is program.entry.login
    assert folder.current().folder == before


def test_on_a_new_computer_first_set_up_leads_to_the_backup_and_its_password_opens_it(qtbot, start, folder, made):
    then = made[1]
    shutil.rmtree(folder.path)
    program = start()
    qtbot.mouseClick(find(find(program.entry, "restore_instead"), "banner_button"), Qt.MouseButton.LeftButton)
    page = page_of(qtbot, program)
    page.opening._password.set_value(PASSWORD)
    compared = compare_and_restore(qtbot, page)
    assert "这台电脑上还没有资料" in compared
    assert "个数字和备份那天一样" in texts(page)
    press(qtbot, page, "restore_sign_in")
    qtbot.waitUntil(lambda: program.main is not None, timeout=30_000)
    assert program.main.bench.officer.name == OFFICERS["主任"]
    assert figures(program.main.bench) == then


def test_the_code_restores_a_deleted_folder_and_gives_the_director_a_new_password(qtbot, start, folder, made):
    path, then = made
    shutil.rmtree(folder.path)
    program = start(settings=Settings())
    program.entry.show_restore()
    page = page_of(qtbot, program)
    assert page.list.current_row() is None
    page.look_in(path)
    qtbot.waitUntil(lambda: page.list.current_row() is not None, timeout=10_000)
    page.opening._way._choose("code")
    for box, group in zip(page.opening._boxes.boxes, RECOVERY_CODE, strict=True):
        box.setText(group)
    page.opening._new.set_value(NEW)
    compare_and_restore(qtbot, page)
    press(qtbot, page, "restore_sign_in")
    qtbot.waitUntil(lambda: program.main is not None, timeout=30_000)
    assert figures(program.main.bench) == then
    with pytest.raises(Exception, match="密码不对"), signed_in(folder):
        pass


def test_from_the_window_the_loss_is_shown_and_the_old_file_can_be_had_back(qtbot, start, folder, made):
    path, then = made
    program = start(staff=OFFICERS["主任"])
    qtbot.waitUntil(lambda: program.main is not None, timeout=30_000)
    before = figures(program.main.bench)
    program.main.restore()
    page = page_of(qtbot, program)
    page.list.select_id(path)
    page.opening._password.set_value(PASSWORD)
    compared = compare_and_restore(qtbot, page)
    assert "备份以后又做过1步" in compared
    assert "后来的人" in compared
    assert "少1人" in compared
    assert remembered(folder.path).resting
    press(qtbot, page, "restore_sign_in")
    qtbot.waitUntil(lambda: program.main is not None, timeout=30_000)
    assert figures(program.main.bench) == then
    program.main.restore()
    page = page_of(qtbot, program)
    kept = next(one for one in page.list._found.values() if one.set_aside)
    page.list.select_id(kept.path)
    page.opening._password.set_value(PASSWORD)
    compare_and_restore(qtbot, page)
    press(qtbot, page, "restore_sign_in")
    qtbot.waitUntil(lambda: program.main is not None, timeout=30_000)
    assert figures(program.main.bench) == before


# Without a screen there is nothing to come to the front of.
NOT_RAISED = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)", extend=True)


@pytest.fixture
def older(made, folder):
    """A backup with a newer one beside it: what a double click names is chosen, not what is newest."""
    path = made[0]
    with signed_in(folder) as bench:
        source = Source(bench.store.path, folder.path, bench.data_key)
        newest = store_backup(source, path.parent, clock=FixedClock(NOW + timedelta(days=1)))
    assert newest.path != path
    return path


@NOT_RAISED
def test_a_double_click_on_a_backup_leads_to_it_and_not_to_the_newest(qtbot, start, older):
    program = start()
    program.called(str(older))
    page = page_of(qtbot, program)
    assert len(page.list._found) >= 2
    assert page.list.current_row().path == older
    program.called("")
    assert page_of(qtbot, program) is page


@NOT_RAISED
def test_signed_in_a_double_click_on_a_backup_asks_first(qtbot, start, older):
    program = start(staff=OFFICERS["主任"])
    qtbot.waitUntil(lambda: program.main is not None, timeout=30_000)
    answer(program, str(older), "不用了")
    assert program.main is not None
    answer(program, str(older), "去恢复")
    assert page_of(qtbot, program).list.current_row().path == older
    assert program.main is None


@NOT_RAISED
def test_a_stick_that_was_pulled_leads_to_an_empty_list(qtbot, start, tmp_path):
    program = start(settings=Settings())
    program.called(str(tmp_path / "no stick" / "backup"))
    assert page_of(qtbot, program).list.current_row() is None


def answer(program, backup, button):
    program.called(backup)
    box = program.main.findChildren(QMessageBox)[-1]
    assert "退出登录" in box.informativeText()
    next(one for one in box.buttons() if one.text() == button).click()
