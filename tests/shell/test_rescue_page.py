"""A damaged file at start: what to do is offered, the backup with what it lacks first, then what can be read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.foundation.clock import FixedClock
from desktop.foundation.settings import Settings, save_settings
from desktop.shell.rescue_page import RescuePage
from desktop.shell.restore_page import RestorePage
from desktop.window import Program
from tests.conftest import NOW, OFFICERS, PASSWORD
from tests.safekeeping.making import back_up, settle, signed_in
from tests.safekeeping.test_sticks import Played
from tests.shell.conftest import find


@pytest.fixture
def program(qtbot, qapp, folder, tmp_path, monkeypatch):
    """The program after somebody has tried to sign in to a damaged file."""
    monkeypatch.setattr("desktop.shell.rescue_page.this_computers_drives", Played)
    monkeypatch.setattr("desktop.shell.restore_page.this_computers_drives", Played)
    place = tmp_path / "备份盘"
    place.mkdir()
    with signed_in(folder) as bench:
        settle(bench)
        back_up(bench, place)
        page = root_of(bench, "staff")
    database = folder.current().database
    raw = bytearray(database.read_bytes())
    raw[(page - 1) * 4096 + 100] ^= 1
    database.write_bytes(raw)
    save_settings(folder.path / "settings.json", Settings(backup_folder=str(place)))
    made = Program(qapp, folder.path, FixedClock(NOW))
    made.start(OFFICERS["主任"], PASSWORD)
    qtbot.waitUntil(lambda: find(made.entry, "trouble").isVisible(), timeout=30_000)
    yield made
    made.end()


def root_of(bench, table):
    """Return the number of the page a table begins on."""
    with bench.store.reading() as session:
        found = session.connection().exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
        return found.scalar_one()


def page_of(qtbot, program, kind):
    qtbot.waitUntil(lambda: len(program.entry.findChildren(kind)) == 1)
    (page,) = program.entry.findChildren(kind)
    qtbot.waitUntil(lambda: not page._work.busy, timeout=10_000)
    return page


def press(qtbot, page, name):
    qtbot.mouseClick(find(page, name), Qt.MouseButton.LeftButton)


def test_the_newest_good_backup_is_named_with_what_it_lacks_and_leads_to_restoring(qtbot, program):
    assert find(program.entry, "rescue").isVisible()
    press(qtbot, program.entry, "rescue")
    page = page_of(qtbot, program, RescuePage)
    said = find(page, "newest_backup").text()
    assert "2026年6月17日 10:42做的，里面有居民3人，在备份盘" in said
    assert "这中间存的内容备份里没有" in said
    press(qtbot, page, "rescue_restore")
    assert page_of(qtbot, program, RestorePage).list.current_row() is not None


def test_what_can_be_read_is_brought_into_use_with_a_report_and_the_director_signs_in(qtbot, program, folder):
    spoilt = folder.current().database.read_bytes()
    press(qtbot, program.entry, "rescue")
    page = page_of(qtbot, program, RescuePage)
    press(qtbot, page, "rescue_salvage")
    qtbot.waitUntil(lambda: any(one.text().startswith("坏了的文件留在") for one in page.findChildren(QLabel)),
                    timeout=60_000)  # fmt: skip
    assert any(one.text().startswith("抢救出来的：") for one in page.findChildren(QLabel))
    press(qtbot, page, "rescue_sign_in")
    qtbot.waitUntil(lambda: program.main is not None, timeout=60_000)
    assert all(line.ok for line in program.main.bench.check())
    (kept,) = [path for path in (folder.path / "generations").iterdir() if "恢复前" in path.name]
    assert (kept / "juwei.db").read_bytes() == spoilt


def test_a_wrong_password_is_no_damage(qtbot, qapp, folder):
    made = Program(qapp, folder.path, FixedClock(NOW))
    made.start(OFFICERS["主任"], "not it")
    qtbot.waitUntil(lambda: find(made.entry, "password_message").text() != "", timeout=30_000)
    assert not find(made.entry, "rescue").isVisible()
    made.end()
