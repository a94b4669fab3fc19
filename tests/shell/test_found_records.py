"""What the header's search found is shown where its kind is listed; under an open form nothing moves."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.app import FINDABLE
from desktop.foundation.days import parse_period
from desktop.foundation.settings import Settings
from desktop.register.service.tasks import TaskDraft
from desktop.register.ui.places_page import PlacesPage
from desktop.register.ui.tasks_page import TasksPage
from desktop.reports.rules import SubmissionDraft
from desktop.shell.found_records import SHOWN
from desktop.shell.main_window import MainWindow
from tests.activities.making import activity
from tests.inspections.making import finding, places, pledge
from tests.notices.making import bait
from tests.pest_control.making import aedes, density, stock, treated
from tests.shell.conftest import find


@pytest.fixture
def window(qtbot, bench):
    main = MainWindow(bench, Settings(), lambda _settings: None)
    qtbot.addWidget(main)
    with qtbot.waitActive(main):
        main.show()
        main.activateWindow()
    yield main
    main.close()


@pytest.fixture
def records(bench):
    """One record of every kind, by its kind."""
    places(bench, "渔村", "港湾")
    bench.inspections.record(finding(problem="渔村堆放纸箱"))
    bench.pledges.record(pledge(party="渔村超市"))
    activity(bench, name="渔村灭鼠动员")
    bench.pest.stock.record(stock(1, "入库", "20", purpose="渔村秋季灭鼠"))
    bench.pest.treatments.record(treated(date(2026, 5, 3), "2"))
    bench.pest.aedes.record(aedes(date(2026, 5, 4), 20, 1))
    bench.pest.density.record(density(date(2026, 5, 5), "30", 1, place="渔村"))
    bench.notices.composing.issue(bait(bench, 投放范围="渔村各楼道"))
    handed = SubmissionDraft(date(2026, 6, 3), "渔村街道办事处", "沈玉琴")
    bench.reports.submissions.hand_in(bench.reports.content(parse_period("2026-05")), handed)
    bench.tasks.record(TaskDraft("渔村灭鼠小结", date(2026, 6, 30)))
    return {found.kind: found for found in bench.everywhere.find("渔村")}


def test_every_kind_that_can_be_found_has_a_place_to_be_shown():
    assert {source.kind for source in FINDABLE} == SHOWN


def test_under_an_open_page_nothing_is_opened_and_why_is_said(window, records):
    window._menu.open_places()
    window._search.record_chosen.emit(records["活动"])
    assert window.front is window.today
    assert len(window._pages) == 1
    assert find(window, "undo_text").text() == "请先保存或收起正在填的表，再打开别的记录。"


@pytest.mark.parametrize(
    ("kind", "tab", "view"),
    [
        ("检查记录", "检查记录", "inspections"),
        ("责任书", "检查记录", "pledges"),
        ("活动", "活动日历", "list"),
        ("投药登记", "除害投药", ""),
        ("药品台账", "除害投药", ""),
        ("伊蚊监测", "除害投药", ""),
        ("密度监测", "除害投药", ""),
        ("已发文件", "通知告示", "issued"),
        ("上报的报表", "台账报表", "archive"),
    ],
)
def test_a_record_is_shown_in_its_list_with_its_panel_open(window, records, kind, tab, view):
    window._search.record_chosen.emit(records[kind])
    assert window._name_in_front() == tab
    shown = getattr(window.front, view) if view else window.front._lists[kind]
    assert shown.isVisibleTo(window)
    assert shown.table.current_row().id == records[kind].id
    assert shown.panel.isVisibleTo(window)


def test_a_place_and_a_task_are_marked_on_their_pages(window, records):
    window._search.record_chosen.emit(records["辖区底册"])
    page = window._pages[-1]
    assert isinstance(page, PlacesPage)
    assert page._table.current_row().id == records["辖区底册"].id
    window.close_page(page)
    window._search.record_chosen.emit(records["来文任务"])
    page = window._pages[-1]
    assert isinstance(page, TasksPage)
    assert page.table.current_row().id == records["来文任务"].id
