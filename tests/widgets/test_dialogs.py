from __future__ import annotations

import faulthandler
import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QWidget,
)

from desktop.foundation.errors import InputError
from desktop.widgets.crash import EXIT_STATUS, CrashDialog, install_crash_hook
from desktop.widgets.dialogs import (
    UNEXPECTED,
    ask,
    choose_file,
    choose_folder,
    choose_save,
    load_translations,
    show_error,
)
from desktop.widgets.undobar import STAY_MS, UndoBar

NAME = "吴淑珍"


def raised(error: Exception) -> Exception:
    try:
        raise error
    except type(error) as caught:
        return caught


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def test_an_expected_error_is_told_in_its_own_words(window):
    box = show_error(window, "保存检查", InputError("只剩 8 袋，请改数量。"))
    assert box.text() == "保存检查"
    assert box.informativeText() == "只剩 8 袋，请改数量。"
    assert box.detailedText() == ""
    box.close()


def test_an_unexpected_error_never_shows_or_logs_its_message(window, caplog):
    with caplog.at_level(logging.ERROR):
        box = show_error(window, "保存检查", raised(KeyError(NAME)))
    assert box.informativeText() == UNEXPECTED
    assert "KeyError" in box.detailedText()
    assert "raised" in box.detailedText()
    assert NAME not in box.detailedText() + caplog.text
    box.close()


@pytest.mark.parametrize(("verb", "answer"), [("换一个", True), ("先不换", False)])
def test_a_question_is_answered_with_its_verbs_and_does_not_block(qtbot, window, verb, answer):
    answers = []
    box = ask(window, "换一个U盘吗", "空间不够。", "换一个", "先不换", answers.append)
    assert box.isVisible()
    button = next(button for button in box.buttons() if button.text() == verb)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert answers == [answer]


def test_escape_is_the_careful_answer(qtbot, window):
    answers = []
    box = ask(window, "换一个U盘吗", "空间不够。", "换一个", "先不换", answers.append)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert answers == [False]


def test_the_toolkit_speaks_chinese(dressed, window):
    assert load_translations(dressed)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    dialog = choose_file(window, "选居民表", lambda _path: None, patterns=["表格 (*.xlsx *.csv)"])
    texts = {button.text() for button in dialog.findChildren(QDialogButtonBox)[0].findChildren(QAbstractButton)}
    assert texts == {"选这个文件", "取消"}
    dialog.close()


def test_a_chosen_file_arrives_as_a_path(qtbot, window, tmp_path):
    sheet = tmp_path / "居民.csv"
    sheet.write_text("姓名\n", encoding="utf-8")
    chosen: list[Path] = []
    dialog = choose_file(window, "选居民表", chosen.append, folder=tmp_path)
    assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.selectFile(str(sheet))
    with qtbot.waitSignal(dialog.fileSelected):
        dialog.accept()
    assert chosen == [sheet]


def test_a_new_file_gets_its_ending(qtbot, window, tmp_path):
    chosen: list[Path] = []
    dialog = choose_save(window, "存名单", "名单.xlsx", chosen.append, folder=tmp_path)
    dialog.findChild(QLineEdit).setText("六月名单")
    with qtbot.waitSignal(dialog.fileSelected):
        dialog.accept()
    assert chosen == [tmp_path / "六月名单.xlsx"]


def test_a_folder_is_chosen(qtbot, window, tmp_path):
    chosen: list[Path] = []
    dialog = choose_folder(window, "备份到哪里", chosen.append, folder=tmp_path)
    with qtbot.waitSignal(dialog.fileSelected):
        dialog.accept()
    assert chosen == [tmp_path]


def test_the_undo_bar_takes_back_once_and_goes(qtbot, window):
    bar, undone = UndoBar(window), []
    bar.offer("已删除 1 份档案", lambda: undone.append(1))
    assert bar.isVisible()
    assert bar._timer.interval() == STAY_MS == 10_000
    assert window.rect().contains(bar.geometry())
    qtbot.mouseClick(bar.findChild(QPushButton, "undo_button"), Qt.MouseButton.LeftButton)
    assert undone == [1]
    assert not bar.isVisible()


def test_the_undo_bar_is_reached_and_left_by_keyboard_and_waits_meanwhile(qtbot, window):
    edit = QLineEdit(window)
    edit.show()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    bar = UndoBar(window)
    bar.offer("已删除 1 份档案", lambda: None)
    button = bar.findChild(QPushButton, "undo_button")
    assert button.accessibleName() == "撤销：已删除 1 份档案"
    bar.focus_button()
    assert button.hasFocus()
    assert not bar._timer.isActive()
    qtbot.keyClick(button, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert edit.hasFocus()


def test_the_undo_bar_stays_at_the_bottom_when_the_window_grows(qtbot, window):
    bar = UndoBar(window)
    bar.offer("已保存")
    before = bar.y()
    window.resize(1000, 800)
    qtbot.waitUntil(lambda: bar.y() == before + 200)
    assert not bar.findChild(QPushButton, "undo_button").isVisible()


@pytest.fixture
def hooked(dressed, tmp_path):
    kept = sys.excepthook, threading.excepthook, faulthandler.is_enabled()
    hook = install_crash_hook(dressed, tmp_path)
    yield hook
    sys.excepthook, threading.excepthook = kept[:2]
    faulthandler.disable()
    hook.stream.close()
    if kept[2]:
        faulthandler.enable(sys.__stderr__)
    hook.setParent(None)


def test_an_uncaught_error_is_logged_without_its_message_and_told_once(qtbot, hooked, caplog, tmp_path):
    error = raised(ValueError(NAME))
    with caplog.at_level(logging.CRITICAL):
        sys.excepthook(type(error), error, error.__traceback__)
        first = hooked.dialog
        sys.excepthook(type(error), error, error.__traceback__)
    assert isinstance(first, CrashDialog)
    assert hooked.dialog is first
    assert "ValueError" in caplog.text
    assert NAME not in caplog.text
    assert (tmp_path / "faults.log").exists()
    first.findChild(QPushButton, "crash_copy").click()
    copied = QApplication.clipboard().text()
    assert "ValueError" in copied
    assert NAME not in copied
    first.hide()  # closing it would end the program


def test_an_error_on_another_thread_opens_the_dialog_on_this_one(qtbot, hooked):
    def fail() -> None:
        raise ValueError(NAME)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: hooked.dialog is not None and hooked.dialog.isVisible())
    hooked.dialog.hide()


CRASHING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from desktop.widgets.crash import install_crash_hook

app = QApplication([])
hook = install_crash_hook(app, Path(sys.argv[1]))

def fail():
    raise ValueError(sys.argv[2])

def leave():
    if hook.dialog is not None:
        hook.dialog.findChild(QPushButton, "crash_quit").click()

QTimer.singleShot(0, fail)
clock = QTimer(interval=20, timeout=leave)
clock.start()
sys.exit(app.exec())
"""


def test_an_error_in_a_slot_ends_the_program_with_its_own_status_and_without_a_name(tmp_path):
    # In a process of its own: leaving the event loop for good would leave the other tests without one.
    ran = subprocess.run([sys.executable, "-c", CRASHING, str(tmp_path), NAME], capture_output=True, check=False)
    assert ran.returncode == EXIT_STATUS
    assert NAME.encode() not in ran.stdout + ran.stderr
