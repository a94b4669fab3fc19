"""The list of residents and its panel: the most urgent first, masked numbers, rights."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.health.rules import VisitDraft
from desktop.health.ui.tab import HealthTab
from desktop.register.rights import Role
from desktop.shell.workbench import Workbench
from desktop.widgets.empty import EmptyState
from tests.health.ui.conftest import Host


def names(tab: HealthTab) -> list[str]:
    model = tab.people.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_nobody_yet_offers_three_ways_in(tab: HealthTab):
    assert tab.people.findChild(EmptyState).isVisible()
    assert tab.people.model.rowCount() == 0


def test_who_is_overdue_stands_first_and_the_filter_keeps_only_them(tab: HealthTab, bench: Workbench, wu, zhao):
    bench.health.record(wu, VisitDraft(date(2026, 3, 7), "高血压随访", "家庭", 148, 86, next_on=date(2026, 6, 5)))
    tab.reload()
    assert names(tab) == ["吴淑珍", "赵德顺"]
    style = tab.people.model.style(tab.people.model.index(0, 5))
    assert (style.status, style.status_tone) == ("逾期12天", "danger")
    tab.people._overdue.setChecked(True)
    assert names(tab) == ["吴淑珍"]


def test_typing_initials_finds_and_an_unknown_name_says_so(qtbot: QtBot, tab: HealthTab, wu, zhao):
    tab.reload()
    tab.people.search.setText("wsz")
    qtbot.waitUntil(lambda: names(tab) == ["吴淑珍"], timeout=2000)
    tab.people.search.setText("xyz")
    qtbot.waitUntil(lambda: names(tab) == [], timeout=2000)
    assert tab.people._nothing.isVisible()


def test_the_panel_shows_a_starred_telephone_until_asked_and_the_history_knows_who_looked(
    qtbot: QtBot, tab: HealthTab, host: Host, bench: Workbench, wu
):
    tab.open_person(wu)
    texts = [found.text() for found in tab.people.panel.findChildren(QLabel)]
    assert "138****4106" in texts
    assert not any("13800004106" in text for text in texts)
    tab.people.panel._reveal("phone")
    qtbot.waitUntil(lambda: not host.runner.busy, timeout=5000)
    assert any("13800004106" in found.text() for found in tab.people.panel.findChildren(QLabel))
    assert bench.journal.of_record(wu)[0].action == "reveal"


def test_removing_offers_undo_by_name_and_a_person_with_visits_stays(
    qtbot: QtBot, tab: HealthTab, host: Host, bench: Workbench, zhao
):
    tab.reload()
    tab.people.remove(zhao)
    qtbot.waitUntil(lambda: bool(host.said), timeout=5000)
    assert host.said == ["已删除档案：赵德顺"]


def test_a_grid_officer_sees_no_health_anywhere(
    make_tab: Callable[[Workbench], HealthTab], bench_as: Callable[[Role], Workbench], bench: Workbench, wu
):
    bench.health.record(wu, VisitDraft(date(2026, 3, 7), "高血压随访", "家庭", 188, 86))
    tab = make_tab(bench_as(Role.GRID))
    assert tab.view_names() == ["居民住户"]
    assert [column.key for column in tab.people.model.columns] == ["name", "age", "address", "phone", "tags"]
    tab.open_person(wu)
    shown = " ".join(found.text() for found in tab.people.panel.findChildren(QLabel))
    assert "高血压" not in shown
    assert "188" not in shown
    assert tab.people.model.row(0).resident.tags == ("独居",)
    assert tab.people.panel.findChild(QPushButton, "panel_visit") is None


def test_a_reader_can_change_nothing(
    make_tab: Callable[[Workbench], HealthTab], bench_as: Callable[[Role], Workbench], bench: Workbench, wu
):
    tab = make_tab(bench_as(Role.READER))
    tab.open_person(wu)
    assert not tab.people._new.isVisible()
    assert tab.people.panel.findChild(QPushButton, "panel_change") is None


@pytest.mark.usefixtures("zhao")
@pytest.mark.parametrize(
    ("key", "first"), [("name", "吴淑珍"), ("address", "吴淑珍"), ("age", "赵德顺"), ("due", "吴淑珍")]
)
def test_a_click_on_a_title_sorts_and_a_second_one_turns_it_round(tab: HealthTab, bench: Workbench, wu, key, first):
    bench.health.record(wu, VisitDraft(date(2026, 3, 7), "高血压随访", "家庭", 148, 86, next_on=date(2026, 6, 5)))
    tab.people.sort_by((key, False))
    assert names(tab)[0] == first
    tab.people.sort_by((key, True))
    assert names(tab)[1] == first
    assert [tab.people.model.position(record) for record in tab.people.model.ids] == [0, 1]
    tab.people._overdue.setChecked(True)
    assert names(tab) == ["吴淑珍"]


def test_escape_closes_the_panel_and_gives_the_list_the_keyboard_back(qtbot: QtBot, tab: HealthTab, wu):
    tab.open_person(wu)
    qtbot.keyClick(tab.people.panel, Qt.Key.Key_Escape)
    assert not tab.people.panel.isVisible()


def test_the_model_is_a_sound_one(qtmodeltester: ModelTester, tab: HealthTab, wu, zhao):
    tab.reload()
    qtmodeltester.check(tab.people.model)
