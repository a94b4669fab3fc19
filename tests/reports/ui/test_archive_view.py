"""归档 in the window: what was handed in, printed again as it was, and the page of 装盒; what is wrong first."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop.foundation.days import parse_period
from desktop.reports.rules import SubmissionDraft
from desktop.reports.ui.box_page import BoxPage
from desktop.widgets.card import Banner
from desktop.widgets.icons import icon

MAY = parse_period("2026-05")
DRAFT = SubmissionDraft(date(2026, 6, 3), "和平街道办事处", "沈玉琴", "幸社报〔2026〕5号")


def shown(widget, kind, name):
    QApplication.processEvents()  # what a layout was given is shown with the next event
    return [one for one in widget.findChildren(kind, name) if one.isVisibleTo(widget)]


def press(widget, name):
    (button,) = shown(widget, QPushButton, name)
    assert button.isEnabled()
    button.click()


def picture(mark):
    return mark.pixmap(20, 20).toImage()


@pytest.fixture
def handed(bench, may):
    return bench.reports.submissions.hand_in(bench.reports.content(MAY), DRAFT)


def test_before_anything_is_handed_in_the_way_there_is_shown(tab):
    tab.show_view("归档")
    press(tab.archive.table, "empty_new")
    assert tab.report.isVisibleTo(tab)


def test_a_report_is_found_and_printed_or_saved_as_it_went_out(qtbot, tab, handed):
    tab.show_view("归档")
    archive = tab.archive
    archive.search.setText("没有的")
    archive.search.searched.emit("没有的")
    assert archive.model.rowCount() == 0
    archive.search.setText("5号")
    archive.search.searched.emit("5号")
    assert [archive.model.row(0).id] == [handed.id]
    archive.search.setText("")
    archive.search.searched.emit("")
    archive.open_record(handed.id)
    with qtbot.waitSignal(tab.print_kept) as printed:
        press(archive.panel, "panel_reprint")
    with qtbot.waitSignal(tab.save_sheet) as saved:
        press(archive.panel, "panel_sheet")
    assert printed.args[0].id == saved.args[0].id == handed.id
    with qtbot.waitSignal(tab.print_submissions) as listed:
        press(archive, "print_submissions")
    assert list(listed.args[0]) == [handed.id]


def test_from_a_report_to_its_period(tab, handed, settled):
    tab.show_view("归档")
    tab.archive.open_record(handed.id)
    press(tab.archive.panel, "panel_look")
    settled()
    assert tab.report.isVisibleTo(tab)
    assert tab.report.period_bar.period().first == date(2026, 5, 1)


def test_the_report_page_offers_the_kept_pages_too(qtbot, tab, handed, settled):
    tab.report.show_period(MAY)
    settled()
    action = next(one for one in tab.report.menu().actions() if one.text().startswith("再印上报的那份"))
    with qtbot.waitSignal(tab.print_kept) as printed:
        action.trigger()
    assert printed.args[0].id == handed.id


def test_who_may_not_see_health_finds_no_button_to_print_it(make_tab, grid_bench, handed):
    tab = make_tab(grid_bench)
    tab.show_view("归档")
    tab.archive.open_record(handed.id)
    assert not shown(tab.archive.panel, QPushButton, "panel_reprint")
    assert not shown(tab.archive, QPushButton, "open_box")


def test_a_box_says_what_is_missing_and_is_printed_once_it_is_whole(qtbot, tab, host, bench):
    tab.show_view("归档")
    press(tab.archive, "open_box")
    page = host.pages[-1]
    assert isinstance(page, BoxPage)
    page.set_values({"year": 2030, "title": "", "contents": []})
    with qtbot.assertNotEmitted(page.print_wanted):
        press(page, "form_save")
    told = {name: shown(page, QLabel, f"{name}_message")[0].text() for name in ("year", "title", "contents")}
    assert told["title"] == "请写盒上的题名，如：爱国卫生检查整改。"
    assert "2026" in told["year"]
    assert "至少一样" in told["contents"]
    assert shown(page, Banner, "form_strip")[0].text() == "有 3处要改，改好再打印。已填的内容都在。"
    page.set_values({"year": 2026, "title": "检查整改", "contents": ["检查和整改台账"], "width": 80})
    assert page.save_button.text() == " 预览打印 Ctrl+P"
    assert picture(page.save_button.icon()) == picture(icon("print", "on_accent"))  # nothing is saved here
    with qtbot.waitActive(host):
        host.activateWindow()
    with qtbot.waitSignal(tab.print_box) as asked:
        qtbot.keyClick(page.field("title").editor, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    draft = asked.args[0]
    assert (draft.year, draft.title, draft.contents, draft.width_mm) == (2026, "检查整改", ("检查和整改台账",), 80)


def test_what_was_typed_for_a_box_is_there_again(qtbot, tab, host, bench, settled):
    page = tab.open_box()
    page.set_values({"title": "检查整改", "number": "2-3"})
    press(page, "form_back")
    settled()
    again = tab.open_box()
    assert (again.draft().title, again.draft().number, again.draft().width_mm) == ("检查整改", "2-3", 40)
