"""Tabs are made when they are opened first; until then everything about them is known and nothing is loaded."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from desktop.foundation.settings import Settings
from desktop.register.rights import Role
from desktop.shell.main_window import MainWindow
from desktop.shell.tabs import HEALTH, INSPECTIONS, PEST, REPORTS, TODAY


@pytest.fixture
def open_window_as(qtbot, bench_as):
    windows = []

    def open_it(role):
        window = MainWindow(bench_as(role), Settings(), lambda _settings: None)
        windows.append(window)
        qtbot.addWidget(window)
        window.show()
        return window

    yield open_it
    for window in windows:
        window.close()


def made(window):
    return [name for name in window.tab_titles() if window._tabs.is_made(name)]


def test_only_what_is_looked_at_is_made(open_window_as):
    window = open_window_as(Role.DIRECTOR)
    assert made(window) == [TODAY]
    window.show_tab("责任书")
    assert made(window) == [TODAY, INSPECTIONS]
    assert window.front.pledges.isVisible()
    window.show_tab(TODAY)
    assert window.front.isVisible()
    window.show_tab(INSPECTIONS)
    assert window.front.pledges.isVisible()  # the same tab, as it was left


def test_a_window_that_opened_one_tab_closes(open_window_as):
    window = open_window_as(Role.DIRECTOR)
    window.show_tab(PEST)
    window.close()
    assert made(window) == [TODAY, PEST]


@pytest.mark.parametrize("role", list(Role))
def test_the_views_named_before_a_tab_is_made_are_those_it_has(open_window_as, role):
    window = open_window_as(role)
    assert {TODAY, HEALTH, REPORTS} <= set(window.tab_titles())
    for name in window.tab_titles():
        assert list(window._tabs.views(name)) == window._tabs[name].view_names()
    assert made(window) == window.tab_titles()


def test_a_view_the_officer_may_not_see_cannot_be_shown(open_window_as):
    window = open_window_as(Role.GRID)
    assert "健康服务" not in window.tab_names()
    with pytest.raises(KeyError):
        window.show_tab("健康服务")


def test_a_closed_window_is_really_gone_whatever_was_looked_at(qtbot, bench):
    window = MainWindow(bench, Settings(), lambda _settings: None)
    window.resize(1366, 768)
    window.show()
    for name in window.tab_names():
        window.show_tab(name)
        window.settle()
    tabs = [weakref.ref(window._tabs[name]) for name in window.tab_titles()]
    rests = [*tabs, weakref.ref(window)]
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
    del window
    gc.collect()
    assert [one() for one in rests if one() is not None] == []


def test_opening_the_window_loads_no_tab_but_today():
    code = "import sys, desktop.shell.main_window; print(*(one for one in sys.modules if one.endswith('.ui.tab')))"
    ran = subprocess.run([sys.executable, "-c", code], check=True, timeout=60, capture_output=True, text=True)
    assert ran.stdout.strip() == ""


def test_while_the_window_rests_the_other_tabs_are_loaded_but_not_made(qtbot, open_window_as):
    window = open_window_as(Role.DIRECTOR)
    qtbot.waitUntil(lambda: window._warming.done, timeout=30_000)
    assert made(window) == [TODAY]
    makers = [type(window._tabs[name]).__module__ for name in window.tab_titles() if name != TODAY]
    assert sorted(window._tabs.modules()) == sorted(makers)
    assert all(module in sys.modules for module in makers)


def test_a_closed_window_loads_nothing_more(open_window_as):
    window = open_window_as(Role.DIRECTOR)
    window.close()
    assert not window._warming._timer.isActive()
    assert not window._warming.done
