"""A small window for the tab's pages, and residents with something due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.foundation.settings import Settings
from desktop.health.ui.tab import HealthTab
from desktop.register.rules import ResidentDraft
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
        self.saves = 0
        self._settings = Settings()

    def open_page(self, page: QWidget) -> None:
        self.pages.append(page)
        page.resize(1100, 700)
        page.show()

    def close_page(self, page: QWidget) -> None:
        self.pages.remove(page)
        page.hide()

    def note_saved(self, text: str = "", undo: Callable[[], None] | None = None) -> None:
        self.saves += 1
        if text:
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
def make_tab(qtbot: QtBot, host: Host) -> Callable[[Workbench], HealthTab]:
    def make(bench: Workbench) -> HealthTab:
        tab = HealthTab(
            residents=bench.residents, health=bench.health, places=bench.places, drafts=bench.drafts,
            officer=bench.officer, clock=bench.clock, host=host,
        )  # fmt: skip
        qtbot.addWidget(tab)
        tab.resize(1366, 640)
        tab.show()
        tab.reload()
        return tab

    return make


@pytest.fixture
def tab(make_tab: Callable[[Workbench], HealthTab], bench: Workbench) -> HealthTab:
    return make_tab(bench)


@pytest.fixture
def wu(bench: Workbench) -> UUID:
    """吴淑珍, 72, hypertensive, due for nothing yet."""
    return bench.residents.create(
        ResidentDraft(
            name="吴淑珍", place="幸福里一区", building="2号楼", unit="1单元", room="302",
            no_id_reason="暂缺证件", sex="女", born_on=date(1954, 3, 8), phone="13800004106", tags=("高血压", "独居"),
        )
    )  # fmt: skip


@pytest.fixture
def zhao(bench: Workbench) -> UUID:
    """赵德顺, 45."""
    return bench.residents.create(
        ResidentDraft(
            name="赵德顺", place="幸福里一区", building="2号楼", unit="1单元", room="401",
            no_id_reason="暂缺证件", sex="男", born_on=date(1981, 2, 1), phone="13600007725",
        )
    )  # fmt: skip


def type_chinese(widget: QWidget, text: str) -> None:
    """Put *text* in as an input method would."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)
