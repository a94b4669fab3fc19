"""The tab in a small window of its own, over places and inspections of every kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from desktop.inspections.ui.tab import InspectionsTab
from desktop.shell.workbench import Workbench
from tests.inspections.making import finding, places, sound
from tests.register.ui.conftest import TinyHost
from tests.register.ui.conftest import host as host  # noqa: PLC0414  a fixture to be found here too


@pytest.fixture
def rows(bench: Workbench) -> dict[str, Any]:
    """One inspection late, one with days left, one untreated, one passed, one calm."""
    places(bench, "渔村", "唐苑新村")
    late = finding(
        treatment="整改通知", due_on=date(2026, 6, 14), notice_on=date(2026, 6, 9), inspector="贺建军",
        responsible="安居物业",
    )  # fmt: skip
    drafts = {
        "late": late,
        "soon": finding(
            date(2026, 6, 12), place="唐苑新村", problem="飞线充电", treatment="整改通知", due_on=date(2026, 6, 22)
        ),
        "untreated": finding(date(2026, 6, 11), problem="健康证到期"),
        "passed": finding(date(2026, 6, 3), rechecked_on=date(2026, 6, 8), recheck_result="合格"),
        "calm": sound(date(2026, 6, 15), category="消防安全"),
    }
    return {name: bench.inspections.record(draft) for name, draft in drafts.items()}


@pytest.fixture
def make_tab(host: TinyHost) -> Callable[[Workbench], InspectionsTab]:
    def make(bench: Workbench) -> InspectionsTab:
        tab = InspectionsTab(
            inspections=bench.inspections, checklists=bench.checklists, pledges=bench.pledges,
            notices=bench.rectification, attachments=bench.attachments, drafts=bench.drafts, officer=bench.officer,
            clock=bench.clock, host=host,
        )  # fmt: skip
        host.open_page(tab)
        tab.reload()
        return tab

    return make


@pytest.fixture
def tab(make_tab: Callable[[Workbench], InspectionsTab], bench: Workbench) -> InspectionsTab:
    return make_tab(bench)


@pytest.fixture
def settled(qtbot: Any, host: TinyHost) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: not host.runner.busy)
