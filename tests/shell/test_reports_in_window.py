"""台账报表 in the main window: from a figure to the record in its tab, and everything printed through the preview."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.activities.rules import ActivityDraft
from desktop.foundation.days import parse_period
from desktop.foundation.settings import Settings
from desktop.pest_control.rules import TreatmentDraft
from desktop.reports.rules import SubmissionDraft
from desktop.shell.main_window import MainWindow
from desktop.shell.preview_page import PreviewPage
from desktop.shell.tabs import REPORTS
from tests.health.making import bp
from tests.inspections.making import finding, places, pledge, sound
from tests.notices.making import posting
from tests.register.making import resident

MAY = parse_period("2026-05")


@pytest.fixture
def window(qtbot, bench):
    """The window over a May with one record of every kind that a figure counts."""
    places(bench, "桂花苑")
    person = resident(bench, name="王芳")
    bench.inspections.record(finding(date(2026, 5, 4), place="桂花苑", treatment="现场整改"))
    bench.pledges.record(pledge(date(2026, 5, 5)))
    bench.activities.record(ActivityDraft(date(2026, 5, 6), "健康讲座", "健康讲座", attendance=20))
    bench.health.record(person, bp(date(2026, 5, 7)))
    bench.pest.treatments.record(
        TreatmentDraft(date(2026, 5, 8), "鼠", "桂花苑", "0.005%溴敌隆饵粒", 10, "袋", households=10)
    )
    bench.notices.postings.record(posting(posted_on=date(2026, 5, 9)))
    opened = MainWindow(bench, Settings(), lambda _settings: None)
    qtbot.addWidget(opened)
    opened.resize(1366, 768)
    opened.show()
    opened.show_tab(REPORTS)
    opened.settle()
    yield opened
    opened.close()


def reports_of(window):
    return window._tabs[REPORTS]


def open_figure(window, key):
    tab = reports_of(window)
    tab.open_figure(key, MAY)
    window.settle()
    assert tab.report.panel.isVisible()
    return tab.report.panel


@pytest.mark.parametrize(
    ("key", "tab"),
    [
        ("findings.found", "检查记录"),
        ("pledges.signed.门前三包责任书", "检查记录"),
        ("pest.households", "除害投药"),
        ("health.visits.血压测量", "居民健康档案"),
        ("activities.attendance", "活动日历"),
        ("notices.posted", "通知告示"),
    ],
)
def test_from_a_figure_to_its_record_in_the_tab_that_keeps_it(window, key, tab):
    panel = open_figure(window, key)
    record = panel.rows[0].id
    panel.findChild(object, "look_rows").click()
    window.settle()
    assert list(window._tabs)[window._bar.currentIndex()] == tab
    if tab == "检查记录":
        view = window.front.pledges if key.startswith("pledges") else window.front.inspections
        assert view.isVisible()
        assert view.table.current_row().id == record
    if tab == "除害投药":
        assert window.front.treatments.table.current_row().id == record
    if tab == "通知告示":
        assert window.front.postings.table.current_row().id == record
    if tab == "居民健康档案":
        assert window.front.visits.table.current_row().id == record


def close_preview(window, title):
    """See that the preview of *title* is open, and close it."""
    page = window._pages[-1]
    assert isinstance(page, PreviewPage)
    window.settle()
    assert title in page.findChild(object, "preview_title").text()
    window.close_page(page)


def test_report_rows_ledger_gaps_and_correction_all_come_to_the_close_preview(window, bench):
    tab = reports_of(window)
    tab.report.print_shown()
    close_preview(window, "2026年5月工作月报")
    panel = open_figure(window, "findings.found")
    panel.findChild(object, "print_rows").click()
    close_preview(window, "发现问题")
    tab.show_view("台账")
    window.settle()
    tab.ledgers.print_shown()
    close_preview(window, "台账")
    tab.show_view("缺项")
    window.settle()
    tab.gaps.print_shown()
    close_preview(window, "缺项清单")
    draft = SubmissionDraft(date(2026, 6, 3), "和平街道办事处", "沈玉琴")
    bench.reports.submissions.hand_in(bench.reports.content(MAY), draft)
    bench.inspections.record(sound(date(2026, 5, 20), place="桂花苑"))
    tab.show_view("月报")
    window.settle()
    form = tab.report.correct()
    form.request_save()
    window.settle()
    assert isinstance(window._pages[-1], PreviewPage)
    close_preview(window, "更正表")


def test_a_figure_of_today_opens_its_records_of_this_month(window, bench):
    bench.inspections.record(sound(date(2026, 6, 16), place="桂花苑"))
    window._joints.open_figure("inspections.done")
    window.settle()
    tab = reports_of(window)
    assert tab.report.period_bar.period().text == "2026-06"
    assert [row.day for row in tab.report.panel.rows] == [date(2026, 6, 16)]


def test_f1_opens_the_chapter_on_reports():
    from desktop.shell.manual import chapter_for, chapters

    assert chapter_for([REPORTS], chapters()).title == "台账报表"
