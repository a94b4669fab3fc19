"""The manual: every chapter can be read, F1 opens the one of the page in front, and a word is found in it."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument

from desktop.foundation.paths import resource
from desktop.foundation.settings import Settings
from desktop.shell.help_page import HelpPage
from desktop.shell.main_window import MainWindow
from desktop.shell.manual import chapter_for, chapters
from tests.shell.conftest import find, type_chinese


@pytest.fixture
def window(qtbot, bench):
    made = MainWindow(bench, Settings(), lambda settings: None)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.runner.shutdown()


def test_every_tab_has_a_chapter_and_no_page_has_two(window):
    pages = [page for chapter in chapters() for page in chapter.pages]
    assert len(pages) == len(set(pages))
    assert [tab for tab in window.tab_titles() if tab not in pages] == []


def test_chapters_speak_chinese_with_full_width_marks():
    for chapter in chapters():
        prose = re.sub(r"Ctrl\+\S+|\|.*\|", "", chapter.text)
        assert re.findall(r"[\u4e00-\u9fff][,;:!?()]", prose) == [], chapter.key


def test_a_page_without_a_chapter_of_its_own_has_that_of_its_tab():
    listed = chapters()
    assert chapter_for(["some_form", "检查记录"], listed).title == "检查记录"
    assert chapter_for(["nowhere"], listed) is listed[0]


def test_f1_opens_the_chapter_of_the_tab_in_front_and_esc_goes_back(qtbot, window):
    window.show_tab("检查记录")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (page,) = window.findChildren(HelpPage)
    assert page.text.toPlainText().startswith("检查记录")
    assert page.list.currentItem().text() == "检查记录"
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChildren(HelpPage) == [])


def test_f1_over_a_page_of_its_own_opens_that_chapter_and_keeps_one_help_page(qtbot, window):
    window.safekeeping.back_up()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (page,) = window.findChildren(HelpPage)
    assert page.text.toPlainText().startswith("备份和恢复")


def test_a_word_narrows_the_chapters_and_is_marked(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (page,) = window.findChildren(HelpPage)
    type_chinese(find(page, "help_search"), "恢复码")
    qtbot.waitUntil(lambda: page._found.text() != "")
    assert page.list.count() < len(chapters())
    page.list.setCurrentRow(page.list.count() - 1)
    assert page.text.textCursor().selectedText() == "恢复码"


def test_a_word_that_stands_nowhere_is_said_and_the_chapters_stay(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (page,) = window.findChildren(HelpPage)
    type_chinese(find(page, "help_search"), "天文学")
    qtbot.waitUntil(lambda: page._found.text() == "没有找到，换个词试试。")
    assert page.list.count() == len(chapters())


def test_every_sample_page_the_manual_shows_is_there_and_none_lies_about(qtbot, window):
    shown = {name for chapter in chapters() for name in re.findall(r"\]\((pages/\S+)\)", chapter.text)}
    held = {f"pages/{path.name}" for path in (resource("manual") / "pages").glob("*.png")}
    assert shown == held
    assert len(shown) >= 8
    page = HelpPage(window, chapter_for(["preview_page"], chapters()))
    qtbot.addWidget(page)
    for name in shown:
        assert not page.text.loadResource(QTextDocument.ResourceType.ImageResource, QUrl(name)).isNull()
