from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton

from desktop.foundation.errors import WrongPassword
from desktop.foundation.settings import Settings
from desktop.register.office import unlock
from desktop.store.faces import read_faces
from desktop.widgets.theme import appearance, base_points
from tests.conftest import COMMITTEE, OFFICERS, PASSWORD
from tests.shell.conftest import find

HEAVY = ("sqlmodel", "sqlalchemy", "reportlab", "pypinyin", "lunar_python", "cryptography", "typer", "sqlcipher3")
PAINT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from desktop.shell.dressing import application
from desktop.window import Program
from desktop.foundation.clock import SystemClock
app = application()
program = Program(app, Path(sys.argv[1]), SystemClock())
def painted():
    loaded = [name for name in sys.argv[2:] if name in sys.modules]
    print("too early:", *loaded)
    QTimer.singleShot(0, after_warming)
def after_warming():
    program.entry.runner.start(lambda _context: None, done=lambda _none: (
        print("later:", *[name for name in sys.argv[2:] if name in sys.modules]), app.quit()))
program.entry.painted.connect(painted)
program.start()
QTimer.singleShot(60000, app.quit)
app.exec()
program.end()
"""


def real_entry(folder):
    """Sign in for real, as far as the password goes."""
    return lambda slot_id, secret: unlock(folder, slot_id, secret)


def test_the_login_window_paints_before_anything_heavy_is_loaded(folder):
    done = subprocess.run(
        [sys.executable, "-c", PAINT, folder.path, *HEAVY], check=False, capture_output=True, text=True, timeout=120
    )
    assert "too early:\n" in done.stdout, done.stdout + done.stderr
    later = done.stdout.split("later:")[1].split()
    assert {"sqlmodel", "cryptography", "lunar_python"} <= set(later)


def test_the_command_without_arguments_never_loads_the_parser():
    code = "import sys, desktop.cli, desktop.window; print('typer' in sys.modules, 'sqlmodel' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "False"]


def test_a_wrong_password_says_what_to_do_and_keeps_the_chosen_face(qtbot, folder, open_entry):
    window = open_entry(folder.path, enter=real_entry(folder))
    window.sign_in_as(OFFICERS["网格员"])
    editor = find(window, "password_editor")
    qtbot.keyClicks(editor, "wrong password")
    with qtbot.assertNotEmitted(window.entered):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: find(window, "password_message").text() != "")
    message = find(window, "password_message").text()
    assert "密码不对" in message
    assert "忘了密码" in message
    assert window.login.faces.face().name == OFFICERS["网格员"]
    assert find(window, "sign_in").isEnabled()
    assert editor.selectionLength() == len("wrong password")  # the next key replaces it


def test_no_password_asks_for_one_without_trying(qtbot, folder, open_entry):
    tried = []
    window = open_entry(folder.path, enter=lambda *pair: tried.append(pair))
    qtbot.mouseClick(find(window, "sign_in"), Qt.MouseButton.LeftButton)
    assert find(window, "password_message").text() == "请输入密码。"
    assert not window.runner.busy
    assert tried == []


def test_the_right_password_hands_over_the_session_and_forgets_the_password(qtbot, folder, open_entry, stored):
    window = open_entry(folder.path, enter=real_entry(folder))
    director = folder.current().ring().named(OFFICERS["主任"])
    qtbot.keyClicks(find(window, "password_editor"), PASSWORD)
    with qtbot.waitSignal(window.entered) as entered:
        qtbot.keyClick(find(window, "password_editor"), Qt.Key.Key_Return)
    assert entered.args == [unlock(folder, director.id, PASSWORD)]
    assert find(window, "password_editor").text() == ""
    assert stored[-1].last_staff_id == director.id


def test_the_window_lives_on_while_the_file_is_being_opened(qtbot, folder, open_entry):
    go, ticks = threading.Event(), []
    window = open_entry(folder.path, enter=lambda *_pair: go.wait(10))
    qtbot.keyClicks(find(window, "password_editor"), PASSWORD)
    qtbot.keyClick(find(window, "password_editor"), Qt.Key.Key_Return)
    timer = QTimer(window, interval=1)
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start()
    assert not find(window, "sign_in").isEnabled()
    assert find(window, "sign_in").text() == "正在打开资料…"
    qtbot.waitUntil(lambda: len(ticks) > 5)
    with qtbot.waitSignal(window.entered):
        go.set()


def test_a_second_enter_while_opening_tries_nothing(qtbot, folder, open_entry):
    go, tries = threading.Event(), []

    def enter(*pair):
        tries.append(pair)
        return go.wait(10)

    window = open_entry(folder.path, enter=enter)
    qtbot.keyClicks(find(window, "password_editor"), PASSWORD)
    window.login.submit()
    window.login.submit()
    with qtbot.waitSignal(window.entered):
        go.set()
    assert len(tries) == 1


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda keys: keys.write_text("{", encoding="utf-8"), "登录名单文件损坏"),
        (lambda keys: keys.write_text('{"format": "juwei-keys", "version": 9}', encoding="utf-8"), "请先安装新版程序"),
        (lambda keys: keys.write_text('{"format": "other", "version": 1}', encoding="utf-8"), "登录名单文件损坏"),
        (lambda keys: shutil.rmtree(keys.parent), "资料文件不见了"),
    ],
)
def test_a_spoilt_folder_is_a_sentence_and_the_program_stays(qtbot, folder, open_entry, spoil, sentence):
    spoil(folder.current().keys)
    window = open_entry(folder.path)
    banner = find(window, "trouble")
    assert banner.isVisible()
    assert sentence in banner.text()
    assert not find(window, "sign_in").isVisible()
    assert window.isVisible()


def test_trying_again_after_the_file_is_back_shows_the_faces(qtbot, folder, open_entry):
    keys = folder.current().keys
    away = keys.with_suffix(".away")
    keys.rename(away)
    window = open_entry(folder.path)
    away.rename(keys)
    qtbot.mouseClick(find(window, "banner_button"), Qt.MouseButton.LeftButton)
    assert not find(window, "trouble").isVisible()
    assert window.login.faces.face().name == OFFICERS["主任"]


def test_an_unexpected_failure_is_a_neutral_sentence(qtbot, folder, open_entry):
    def fail(*_pair):
        raise ValueError("林桂英 13800004106")

    window = open_entry(folder.path, enter=fail)
    qtbot.keyClicks(find(window, "password_editor"), PASSWORD)
    window.login.submit()
    qtbot.waitUntil(lambda: find(window, "trouble").isVisible())
    assert "意外问题" in find(window, "trouble").text()
    assert "13800004106" not in find(window, "trouble").text()


def test_faces_are_the_officers_of_the_ring_without_the_recovery_slot(folder):
    faces, ring = read_faces(folder.path), folder.current().ring()
    assert faces.committee == ring.committee == COMMITTEE
    assert [(one.id, one.name, one.role) for one in faces.people] == [(s.id, s.name, s.role) for s in ring.people]


def test_a_key_file_without_names_is_damaged_not_empty(folder):
    keys = folder.current().keys
    content = json.loads(keys.read_text(encoding="utf-8"))
    del content["slots"][0]["name"]
    keys.write_text(json.dumps(content), encoding="utf-8")
    from desktop.foundation.errors import DamagedFile

    with pytest.raises(DamagedFile):
        read_faces(folder.path)


def test_who_signed_in_last_is_chosen(folder, open_entry):
    health = folder.current().ring().named(OFFICERS["卫生专干"])
    window = open_entry(folder.path, settings=Settings(last_staff_id=health.id))
    assert window.login.faces.face().id == health.id
    assert find(window, "password_editor").hasFocus()


def test_arrow_keys_walk_the_faces_and_enter_goes_to_the_password(qtbot, folder, open_entry):
    window = open_entry(folder.path)
    names = list(OFFICERS.values())
    window.login.faces.focus_chosen()
    for key, expected in (
        (Qt.Key.Key_Up, names[0]),  # nobody above: stays
        (Qt.Key.Key_Right, names[1]),
        (Qt.Key.Key_Down, names[3]),
        (Qt.Key.Key_Left, names[2]),
    ):
        qtbot.keyClick(window.focusWidget(), key)
        assert window.login.faces.face().name == expected
    chosen = [
        one.face.name for one in window.findChildren(QPushButton) if one.property("role") == "tile" and one.isChecked()
    ]
    assert chosen == [names[2]]
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert find(window, "password_editor").hasFocus()


def test_large_type_and_contrast_apply_at_once_and_are_kept(qtbot, folder, open_entry, stored):
    window = open_entry(folder.path)
    qtbot.mouseClick(find(window, "large"), Qt.MouseButton.LeftButton)
    assert base_points() == 15
    qtbot.mouseClick(find(window, "contrast"), Qt.MouseButton.LeftButton)
    assert (stored[-1].large_type, stored[-1].high_contrast) == (True, True)
    assert find(window, "large").text() == "标准字"
    qtbot.mouseClick(find(window, "large"), Qt.MouseButton.LeftButton)
    assert (appearance().large, appearance().contrast) == (False, True)


def test_the_lunar_day_comes_after_the_first_paint(qtbot, folder, open_entry):
    window = open_entry(folder.path, warm=("desktop.app",))
    qtbot.waitUntil(lambda: find(window, "today").text() == "2026年6月17日 周三 · 农历五月初三")


def test_the_wrong_password_class_is_what_opening_raises(folder):
    slot = folder.current().ring().people[0]
    with pytest.raises(WrongPassword):
        unlock(folder, slot.id, "not it at all")


def test_after_three_wrong_passwords_the_button_counts_the_wait_down(qtbot, folder, open_entry):
    window = open_entry(folder.path, enter=real_entry(folder))
    login, button = window.login, find(window, "sign_in")
    for _ in range(3):
        qtbot.waitUntil(button.isEnabled)
        window.sign_in_as(OFFICERS["网格员"], "not it")
        qtbot.waitUntil(
            lambda: "不对" in find(window, "password_message").text() and not login._working, timeout=20_000
        )
    assert "请等10秒再试" in find(window, "password_message").text()
    assert button.text() == "请等10秒"
    assert not button.isEnabled()
    login.submit()
    assert not login._working, "Enter is no way round the button"
    login._waiting.tick()
    assert button.text() == "请等9秒"
    for _ in range(9):
        login._waiting.tick()
    assert (button.text(), button.isEnabled()) == ("登录", True)


def test_a_colleague_need_not_wait_for_somebody_else_s_mistakes(qtbot, folder, open_entry):
    window = open_entry(folder.path, enter=real_entry(folder))
    window.sign_in_as(OFFICERS["网格员"])
    window.login.refuse(WrongPassword("密码不对。", 60))
    assert not find(window, "sign_in").isEnabled()
    window.sign_in_as(OFFICERS["主任"])
    assert find(window, "sign_in").isEnabled()
