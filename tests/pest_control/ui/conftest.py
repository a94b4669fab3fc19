"""A small window for the tab's pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.foundation.settings import Settings
from desktop.pest_control.ui.tab import PestTab
from desktop.register.service.exports import Leaving
from desktop.shell.workbench import Workbench
from desktop.widgets.jobs import JobRunner


class Host(QWidget):
    """What PageHost asks for, and a memory of what was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = JobRunner(self)
        self.left: list[Leaving] = []
        self.pages: list[QWidget] = []
        self.said: list[str] = []
        self._settings = Settings()

    def open_page(self, page: QWidget) -> None:
        self.pages.append(page)
        page.resize(1100, 700)
        page.show()

    def close_page(self, page: QWidget) -> None:
        self.pages.remove(page)
        page.hide()

    def note_saved(self, text: str = "", undo: Callable[[], None] | None = None) -> None:
        self.said.append(text)

    def note_leaving(self, leaving: Leaving) -> None:
        self.left.append(leaving)

    def settings(self) -> Settings:
        return self._settings

    def change_settings(self, **values: Any) -> None:
        self._settings = self._settings.with_values(**values)


@pytest.fixture
def host(qtbot: QtBot) -> Iterator[Host]:
    made = Host()
    qtbot.addWidget(made)
    yield made
    made.runner.shutdown()


@pytest.fixture
def make_tab(qtbot: QtBot, host: Host) -> Callable[[Workbench], PestTab]:
    def make(bench: Workbench) -> PestTab:
        tab = PestTab(
            pest=bench.pest, places=bench.places, drafts=bench.drafts, officer=bench.officer, clock=bench.clock,
            host=host,
        )  # fmt: skip
        qtbot.addWidget(tab)
        tab.resize(1366, 634)
        tab.show()
        tab.reload()
        return tab

    return make


@pytest.fixture
def tab(make_tab: Callable[[Workbench], PestTab], bench: Workbench) -> PestTab:
    return make_tab(bench)
