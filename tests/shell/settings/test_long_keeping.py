"""长期保存 in the settings: wrong fields are marked before a folder is asked for; then the zip is there."""

from __future__ import annotations

from datetime import timedelta

import pytest
import pyzipper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.register.rights import Role
from desktop.shell.settings.page import LONG
from tests.safekeeping.making import settle
from tests.shell.conftest import find
from tests.shell.settings.test_settings import said, settings_of, window_over

SECRET = "lao huai shu 26"


@pytest.fixture
def window(qtbot, bench):
    settle(bench)
    main = window_over(qtbot, bench)
    yield main
    main.close()


def section_of(window):
    return settings_of(window, LONG).section(LONG)


def type_into(section, **values):
    for name, value in values.items():
        getattr(section, f"_{name}").set_value(value)


def press(qtbot, section):
    qtbot.mouseClick(find(section, "write_readable"), Qt.MouseButton.LeftButton)


def test_who_may_not_take_whole_numbers_out_does_not_see_it(qtbot, bench_as):
    for role, seen in ((Role.GRID, False), (Role.READER, False), (Role.HEALTH, True)):
        main = window_over(qtbot, bench_as(role))
        assert (LONG in settings_of(main, "我的密码").titles()) is seen
        main.close()


def test_every_wrong_field_is_marked_at_once_and_no_folder_is_asked_for(qtbot, window):
    section = section_of(window)
    type_into(section, purpose="", password="1234", again="")
    press(qtbot, section)
    assert section._purpose.problem() == "请写明完整号码拿去做什么用。"
    assert "至少8位" in section._password.problem()
    type_into(section, purpose="长期保存", password=SECRET, again="lao huai shu 27")
    press(qtbot, section)
    assert section._again.problem() == "两次输入的密码不一样，请重新输入。"
    assert (section._purpose.problem(), section._password.problem()) == ("", "")
    assert not section.findChildren(QFileDialog)


def test_the_zip_is_written_and_the_passwords_do_not_stay(qtbot, window, tmp_path):
    page = settings_of(window, LONG)
    section = page.section(LONG)
    assert find(section, "readable_last").text() == "还没有留过。"
    type_into(section, password=SECRET, again=SECRET)
    press(qtbot, section)
    section.findChild(QFileDialog).fileSelected.emit(str(tmp_path))
    qtbot.waitUntil(lambda: "重新读过" in said(page), timeout=30_000)
    (path,) = tmp_path.glob("居委工作台可读表格*.zip")
    with pyzipper.AESZipFile(path) as archive:
        archive.setpassword(SECRET.encode())
        assert archive.testzip() is None
    assert section._secrets() == ("", "")
    assert find(section, "readable_last").text() == "上次是2026年6月17日。"
    window.bench.clock.advance(timedelta(days=365))
    section.reload()
    assert find(section, "readable_last").text() == "上次是2026年6月17日。满一年了，该再留一份。"


def test_a_folder_that_cannot_be_written_to_is_said_and_what_was_typed_stays(qtbot, window, tmp_path):
    page = settings_of(window, LONG)
    section = page.section(LONG)
    type_into(section, password=SECRET, again=SECRET)
    press(qtbot, section)
    section.findChild(QFileDialog).fileSelected.emit(str(tmp_path / "拔掉了"))
    qtbot.waitUntil(lambda: bool(said(page)), timeout=30_000)
    assert "找不到这个文件或文件夹" in said(page)
    assert section._secrets() == (SECRET, SECRET)
