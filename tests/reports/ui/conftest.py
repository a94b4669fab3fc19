"""The tab 台账报表 in a small window of its own, over a May with eight findings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from desktop.reports.ui.tab import ReportsTab
from desktop.shell.workbench import Workbench
from tests.inspections.making import finding, places, sound
from tests.register.ui.conftest import TinyHost
from tests.register.ui.conftest import host as host  # noqa: PLC0414  a fixture to be found here too


@pytest.fixture
def may(bench: Workbench) -> None:
    """Four inspections without a finding, four with one, of which one is late at the end of the month."""
    places(bench, "桂花苑", "和平路18号")
    for day in (4, 6, 11, 13):
        bench.inspections.record(sound(date(2026, 5, day), place="桂花苑"))
    for day, problem, closed in (
        (5, "垃圾桶旁散落垃圾", 8),
        (12, "占道摆放", 14),
        (20, "下水口积水", 26),
        (21, "飞线充电", None),
    ):
        bench.inspections.record(
            finding(
                date(2026, 5, day), place="和平路18号", problem=problem, treatment="整改通知", due_on=date(2026, 5, 28),
                rechecked_on=date(2026, 5, closed) if closed else None, recheck_result="合格" if closed else "",
                closed_on=date(2026, 5, closed) if closed else None,
            )
        )  # fmt: skip


@pytest.fixture
def make_tab(qtbot: Any, host: TinyHost) -> Callable[[Workbench], ReportsTab]:
    def make(bench: Workbench) -> ReportsTab:
        tab = ReportsTab(
            reports=bench.reports, figures=bench.figures, ledgers=bench.ledgers, gaps=bench.gaps, box=bench.box,
            drafts=bench.drafts, officer=bench.officer, clock=bench.clock, host=host,
        )  # fmt: skip
        host.open_page(tab)
        tab.resize(1366, 640)
        tab.reload()
        qtbot.waitUntil(lambda: not host.runner.busy)
        return tab

    return make


@pytest.fixture
def tab(make_tab: Callable[[Workbench], ReportsTab], bench: Workbench, may: None) -> ReportsTab:
    del may
    return make_tab(bench)


@pytest.fixture
def settled(qtbot: Any, host: TinyHost) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: not host.runner.busy)
