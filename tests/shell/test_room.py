"""Every view in the smallest window with large type: no button is squeezed, and none lies over another."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from desktop.activities.rules import ActivityDraft
from desktop.foundation.settings import Settings
from desktop.register.ui.record_list import RecordList
from desktop.shell.main_window import MainWindow
from desktop.widgets.segmented import Segmented
from desktop.widgets.theme import Appearance, apply_theme
from tests.health.making import bp
from tests.inspections.making import finding, places
from tests.notices.making import posting
from tests.register.making import resident


@pytest.fixture
def window(qtbot, qapp, bench):
    """A window of 1366×768 at 125 %, in large type, over a record of most kinds."""
    places(bench, "桂花苑")
    person = resident(bench, name="王芳")
    bench.inspections.record(finding(date(2026, 6, 4), place="桂花苑", treatment="整改通知", due_on=date(2026, 6, 14)))
    bench.activities.record(ActivityDraft(date(2026, 6, 16), "健康讲座", "健康讲座"))
    bench.health.record(person, bp(date(2026, 6, 7)))
    bench.notices.postings.record(posting(posted_on=date(2026, 6, 9)))
    apply_theme(qapp, Appearance(large=True))
    opened = MainWindow(bench, Settings(large_type=True), lambda _settings: None)
    qtbot.addWidget(opened)
    opened.resize(1093, 614)
    opened.show()
    yield opened
    opened.close()
    apply_theme(qapp, Appearance())


def squeezed(window: QWidget) -> list[str]:
    """Return the segmented controls and buttons above or beside a list that are narrower than their words."""
    parts = [one for kind in (Segmented, QPushButton) for one in window.findChildren(kind) if one.isVisible()]
    return [
        f"{one.objectName() or one.accessibleName()}: {one.width()} of {one.minimumSizeHint().width()}"
        for one in parts
        if one.width() < one.minimumSizeHint().width() - 8  # a few pixels of padding may go
    ]


def overlapping(panel: QWidget) -> list[str]:
    """Return the pinned buttons of *panel* that lie over another one."""
    (body,) = panel.findChildren(QScrollArea)
    places = {
        one.objectName(): one.rect().translated(one.mapTo(panel, one.rect().topLeft()))
        for one in panel.findChildren(QPushButton)
        if one.isVisible() and not body.isAncestorOf(one)
    }
    return [name for name, place in places.items() if sum(place.intersects(other) for other in places.values()) > 1]


def test_no_view_squeezes_what_stands_above_its_list(window):
    found = {}
    for name in window.tab_names():
        window.show_tab(name)
        window.settle()
        if cut := squeezed(window):
            found[name] = cut
    assert found == {}


def test_the_buttons_of_no_panel_lie_over_one_another(window):
    seen = set()
    for name in window.tab_names():
        window.show_tab(name)
        window.settle()
        for one in (page for page in window.findChildren(RecordList) if page.isVisible()):
            for record_id in list(one.ids())[:1]:
                one.open_record(record_id)
                window.settle()
                assert overlapping(one.panel) == [], name
                seen.add(name)
    assert {"活动清单", "检查", "居民住户", "健康服务", "张贴登记"} <= seen


def test_long_counts_and_a_filter_in_use_take_the_room_of_the_print_button(window):
    window.show_tab("检查")
    window.settle()
    (page,) = (one for one in window.findChildren(RecordList) if one.isVisible())
    print_button = page.findChild(QPushButton, "print_inspections")
    assert print_button.isVisible()
    for key, words in (("open", "未销号 128"), ("month", "本月 160"), ("all", "全部 1,160")):
        page.span.set_text(key, words)
    page._category.setCurrentIndex(1)
    page._fit_bar()
    window.settle()
    assert squeezed(window) == []
    assert not print_button.isVisible()
    window.resize(1366, 768)
    page._fit_bar()
    window.settle()
    assert print_button.isVisible()


def test_what_is_most_urgent_stays_in_sight_beside_the_panel(window):
    window.show_tab("检查")
    window.settle()
    (page,) = (one for one in window.findChildren(RecordList) if one.isVisible())
    page.open_record(next(iter(page.ids())))
    window.settle()
    table = page.table
    assert table.visible_columns()[-1].key == "state"
    assert table.horizontalScrollBar().maximum() == 0
