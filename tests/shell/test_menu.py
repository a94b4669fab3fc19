"""The menu behind the gear: what 导出表格 asks depends on what the sheet holds and on who asks."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog, QMenu

from desktop.foundation.settings import Settings
from desktop.register.rights import Role
from desktop.register.ui.export_page import ExportPage
from desktop.shell.main_window import MainWindow


@pytest.fixture
def window_of(qtbot, bench_as):
    made = []

    def open_it(role):
        window = MainWindow(bench_as(role), Settings(), lambda _settings: None)
        qtbot.addWidget(window)
        made.append(window)
        window.show()
        return window

    yield open_it
    for window in made:
        window.runner.shutdown()


def sheets(window) -> dict[str, object]:
    """Return title → action of 导出表格, nothing where it is not offered."""
    menu = window._menu.build()
    for inner in menu.findChildren(QMenu):
        if inner.title() == "导出表格":
            return {action.text(): action for action in inner.actions()}
    return {}


@pytest.mark.parametrize("role", [Role.GRID, Role.READER])
def test_who_may_not_export_is_offered_no_sheet(window_of, role):
    assert sheets(window_of(role)) == {}


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.HEALTH])
def test_a_sheet_with_numbers_is_asked_about_first_and_one_without_goes_straight_to_the_file(window_of, role):
    window = window_of(role)
    for title in ("点位", "居民", "责任书", "随访"):
        sheets(window)[title].trigger()
        (page,) = window.findChildren(ExportPage)
        assert page.isVisible()
        assert not window.findChildren(QFileDialog)
        window.close_page(page)
        page.setParent(None)
    sheets(window)["活动"].trigger()
    assert not window.findChildren(ExportPage)
    (dialog,) = window.findChildren(QFileDialog)
    assert dialog.windowTitle() == "导出活动"
    dialog.close()
