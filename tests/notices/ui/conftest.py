"""The tab in a small window of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from desktop.notices.ui.tab import NoticesTab
from desktop.shell.workbench import Workbench
from tests.register.ui.conftest import TinyHost
from tests.register.ui.conftest import host as host  # noqa: PLC0414  a fixture to be found here too


@pytest.fixture
def make_tab(host: TinyHost) -> Iterator[Callable[[Workbench], NoticesTab]]:
    made: list[NoticesTab] = []

    def make(bench: Workbench) -> NoticesTab:
        tab = NoticesTab(
            office=bench.notices, people=bench.people, attachments=bench.attachments, drafts=bench.drafts,
            officer=bench.officer, clock=bench.clock, host=host,
        )  # fmt: skip
        host.open_page(tab)
        tab.reload()
        made.append(tab)
        return tab

    yield make
    for tab in made:
        tab.put_away()


@pytest.fixture
def tab(make_tab: Callable[[Workbench], NoticesTab], bench: Workbench) -> NoticesTab:
    return make_tab(bench)


@pytest.fixture
def settled(qtbot: Any, host: TinyHost) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: not host.runner.busy)
