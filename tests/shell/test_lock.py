from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox

from desktop.register.office import unlock
from desktop.shell.lock import IdleWatch, LockWindow
from desktop.widgets.jobs import JobRunner
from tests.conftest import OFFICERS, PASSWORD
from tests.shell.conftest import find


@pytest.fixture
def runner():
    made = JobRunner()
    yield made
    made.shutdown()


@pytest.fixture
def page(qtbot):
    """Somebody's half-typed form."""
    made = QLineEdit("写了一半")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def lock(qtbot, folder, runner, page):
    slot = folder.current().ring().named(OFFICERS["网格员"])
    made = LockWindow(slot.name, slot.role, lambda word: unlock(folder, slot.id, word), runner)
    qtbot.addWidget(made)
    made.cover(page)
    return made


def test_a_wrong_password_keeps_everything_hidden(qtbot, lock, page):
    qtbot.keyClicks(find(lock, "lock_password_editor"), "not the one")
    with qtbot.assertNotEmitted(lock.unlocked):
        qtbot.mouseClick(find(lock, "unlock"), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "密码不对" in find(lock, "lock_password_message").text())
    assert not page.isVisible()
    assert find(lock, "unlock").isEnabled()


def test_no_password_asks_for_one(qtbot, lock, runner):
    qtbot.mouseClick(find(lock, "unlock"), Qt.MouseButton.LeftButton)
    assert find(lock, "lock_password_message").text() == "请输入密码。"
    assert not runner.busy


def test_the_same_password_brings_everything_back_as_it_was(qtbot, lock, page):
    lock.unlocked.connect(lock.uncover)
    qtbot.keyClicks(find(lock, "lock_password_editor"), PASSWORD)
    with qtbot.waitSignal(lock.unlocked):
        qtbot.keyClick(find(lock, "lock_password_editor"), Qt.Key.Key_Return)
    assert page.isVisible()
    assert page.text() == "写了一半"
    assert not lock.isVisible()
    assert find(lock, "lock_password_editor").text() == ""


def test_open_dialogs_are_hidden_too_and_come_back(qtbot, page, runner):
    box = QMessageBox(page)
    box.setText("林桂英")
    box.open()
    lock = LockWindow("周建国", "网格员", lambda _word: None, runner)
    qtbot.addWidget(lock)
    lock.cover(page)
    assert not box.isVisible()
    lock.uncover()
    assert box.isVisible()
    box.close()


def test_somebody_else_may_sign_in(qtbot, lock):
    with qtbot.waitSignal(lock.signed_out):
        qtbot.mouseClick(find(lock, "sign_out"), Qt.MouseButton.LeftButton)


def test_keys_and_pointer_put_the_lock_off(qtbot, page):
    owner = QObject()
    watch = IdleWatch(1, owner)
    for touch in (
        lambda: QTest.keyClick(page.windowHandle(), Qt.Key.Key_A),
        lambda: QTest.mouseMove(page.windowHandle(), QPoint(5, 5)),
    ):
        qtbot.waitUntil(lambda: watch.remaining_ms() < 59_990)
        touch()
        qtbot.waitUntil(lambda: watch.remaining_ms() > 59_990)


def test_it_locks_when_nobody_touches_anything(qtbot, page):
    owner = QObject()
    watch = IdleWatch(0.0005, owner)
    with qtbot.waitSignal(watch.idle):
        pass
    with qtbot.waitSignal(watch.idle):
        watch.restart()  # after unlocking


def test_never_is_never_and_stopped_stays_stopped(qtbot, page):
    owner = QObject()
    assert IdleWatch(0, owner).remaining_ms() == -1
    watch = IdleWatch(1, owner)
    watch.stop()
    watch.restart()
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_A)
    assert watch.remaining_ms() == -1


def test_after_three_wrong_passwords_the_lock_counts_the_wait_down(qtbot, lock):
    button = find(lock, "unlock")
    for number in range(3):
        qtbot.keyClicks(find(lock, "lock_password_editor"), f"wrong {number}")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "不对" in find(lock, "lock_password_message").text() and lock._leave.isEnabled())
    assert (button.text().strip(), button.isEnabled()) == ("请等10秒", False)
    lock._waiting.begin(0)
    assert (button.text().strip(), button.isEnabled()) == ("打开", True)
