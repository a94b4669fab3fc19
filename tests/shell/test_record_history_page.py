"""修改记录 from the panel of a list: one press, newest on top, Esc back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.foundation.settings import Settings
from desktop.register.ui.record_history_page import RecordHistoryPage
from desktop.shell.main_window import MainWindow
from tests.register.making import resident
from tests.shell.conftest import find


@pytest.fixture
def window(qtbot, bench):
    person = resident(bench, name="王阿婆", remark="独居")
    main = MainWindow(bench, Settings(), lambda _settings: None)
    main.person = person
    qtbot.addWidget(main)
    with qtbot.waitActive(main):
        main.show()
        main.activateWindow()
    yield main
    main.close()


def texts(page):
    return [one.text() for one in page.findChildren(QLabel)]


def test_the_panel_of_a_resident_leads_to_its_history_and_back(qtbot, window):
    window._found.open_person(window.person)
    panel = next(one for one in window.findChildren(QLabel, "panel_title") if "王阿婆" in one.text()).parent()
    qtbot.mouseClick(find(panel, "panel_history"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.findChildren(RecordHistoryPage)))
    (page,) = window.findChildren(RecordHistoryPage)
    qtbot.waitUntil(lambda: any("沈玉琴" in text for text in texts(page)), timeout=10_000)
    assert any("修改记录：王阿婆" in text for text in texts(page))
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(RecordHistoryPage))
