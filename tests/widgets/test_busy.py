from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.foundation.jobs import JobContext
from desktop.widgets.busy import Busy
from desktop.widgets.jobs import JobRunner
from desktop.widgets.theme import Appearance, apply_theme


@pytest.fixture
def page(qtbot, qapp):
    apply_theme(qapp, Appearance())
    made = QWidget()
    layout = QVBoxLayout(made)
    for name in ("first", "second"):
        layout.addWidget(QLineEdit(objectName=name))
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    made.findChild(QLineEdit, "first").setFocus()
    return made


@pytest.fixture
def busy(page):
    return Busy(page)


def stop_button(busy) -> QPushButton:
    return busy.findChild(QPushButton, "busy_cancel")


def test_short_work_shows_no_card_and_gives_the_focus_back(qtbot, page, busy):
    first = page.findChild(QLineEdit, "first")
    busy.begin("正在保存")
    assert not stop_button(busy).isVisible()
    assert not first.hasFocus()
    busy.end()
    assert first.hasFocus()
    assert not busy.isVisible()


def test_cancel_reaches_the_job_and_says_that_it_is_stopping(qtbot, page, busy):
    runner, ended = JobRunner(), []
    started = threading.Event()

    def endless(context: JobContext) -> None:
        started.set()
        while True:
            context.check()

    context = runner.start(endless, cancelled=lambda: (busy.end(), ended.append("cancelled")))
    busy.begin("正在核对备份", context)
    qtbot.waitUntil(lambda: stop_button(busy).isVisible())
    assert stop_button(busy).hasFocus()
    assert started.wait(5)
    qtbot.keyClick(stop_button(busy), Qt.Key.Key_Return)
    assert stop_button(busy).text() == "正在停下…"
    qtbot.waitUntil(lambda: ended == ["cancelled"])
    assert not busy.isVisible()
    runner.shutdown()


def test_escape_cancels_too(qtbot, busy):
    context = JobContext()
    busy.begin("正在导入", context)
    qtbot.waitUntil(lambda: stop_button(busy).isVisible())
    qtbot.keyClick(busy, Qt.Key.Key_Escape)
    assert not stop_button(busy).isEnabled()


def test_work_that_cannot_stop_offers_no_button(qtbot, busy):
    busy.begin("正在保存")
    qtbot.waitUntil(lambda: busy.findChild(QProgressBar).isVisible())
    assert not stop_button(busy).isVisible()


def test_progress_is_shown_in_steps(qtbot, busy):
    busy.begin("正在导入", JobContext())
    busy.progress(286, 1290)
    bar = busy.findChild(QProgressBar)
    assert (bar.value(), bar.maximum()) == (286, 1290)
    assert busy.findChild(QLabel, "busy_steps").text() == "286 / 1,290"
    busy.progress(3, 0)
    assert bar.maximum() == 0


def test_neither_tab_nor_shortcut_reaches_the_covered_page(qtbot, page, busy):
    fired = []
    shortcut = QShortcut(QKeySequence("Ctrl+S"), page)
    shortcut.activated.connect(lambda: fired.append(1))
    busy.begin("正在保存", JobContext())
    qtbot.waitUntil(lambda: stop_button(busy).hasFocus())
    qtbot.keyClick(stop_button(busy), Qt.Key.Key_Tab)
    assert stop_button(busy).hasFocus()
    qtbot.keyClick(stop_button(busy), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert fired == []
    busy.end()
    qtbot.keyClick(page.findChild(QLineEdit, "first"), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert fired == [1]


def test_the_veil_follows_the_page(qtbot, page, busy):
    busy.begin("正在保存")
    page.resize(500, 300)
    qtbot.waitUntil(lambda: busy.size() == page.size())
