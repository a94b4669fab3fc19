"""From a due line to the form that settles it: the only place that knows which form of which tab that is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from desktop.foundation.errors import InputError
from desktop.inspections.progress import NextStep
from desktop.register.ports import DueTarget

if TYPE_CHECKING:
    from desktop.shell.tabs import Tabs
    from desktop.shell.workbench import Workbench

_VIEWS = {"treatment": "投药登记", "stock": "药品台账", "aedes": "伊蚊监测", "density": "密度监测"}
Row = TypeVar("Row")
GONE = "这一件刚被别人办了或删除了。"


class Settling:
    """Opens forms; a tab an officer does not have settles nothing."""

    def __init__(self, bench: Workbench, tabs: Tabs) -> None:
        self._bench, self._tabs = bench, tabs
        self._show: Callable[[str], None] = _nowhere

    def open(self, target: DueTarget, show: Callable[[str], None]) -> None:
        """Open the form of *target*; raise InputError if its record is gone. *show* brings a tab to the front."""
        opener: Mapping[str, Callable[[DueTarget], None]] = {
            "inspections": self._inspection, "activities": self._activity, "pest_control": self._pest_record,
            "health": self._visit, "notices": self._posting,
        }  # fmt: skip
        inspections = self._tabs.inspections if target.form == "show" else None
        if target.record_id is not None and inspections is not None:
            show("检查记录")
            inspections.open_inspection(target.record_id)
            return
        self._show = show
        opener[target.slice](target)

    def _inspection(self, target: DueTarget) -> None:
        tab = self._tabs.inspections
        if tab is None:
            return
        if target.form == "new":
            tab.open_form(values=target.values)
        elif target.form == "pledge":
            tab.open_pledge_form(again=_one(self._bench.pledges.rows([_id(target)])))
        else:
            row = _one(self._bench.inspections.rows([_id(target)]))
            step = {"notice": NextStep.NOTICE, "recheck": NextStep.RECHECK, "close": NextStep.CLOSE}[target.form]
            if step is NextStep.CLOSE:
                tab.close_finding(row)
            else:
                tab.open_step(row, step)

    def _activity(self, target: DueTarget) -> None:
        tab = self._tabs.calendar
        if tab is None:
            return
        if target.form == "new":
            tab.open_form(values=target.values)
        else:
            tab.open_form(_one(self._bench.activities.rows([_id(target)])), settle=True)

    def _pest_record(self, target: DueTarget) -> None:
        if (tab := self._tabs.pest) is not None:
            tab.open_form(_VIEWS[target.form], values=target.values)

    def _posting(self, target: DueTarget) -> None:
        tab = self._tabs.notices
        if tab is None:
            return
        if target.form == "new":
            day = target.values.get("posted_on")
            title = str(target.values.get("title", ""))
            tab.open_posting(title=title, posted_on=day if isinstance(day, date) else None)
        else:
            self._show("通知告示")
            tab.show_posting(_one(self._bench.notices.postings.rows([_id(target)])).id)

    def _visit(self, target: DueTarget) -> None:
        service = str(target.values.get("service", ""))
        if self._tabs.health.open_visit(target.record_id, service=service) is None:
            raise InputError(GONE)


def _nowhere(_tab: str) -> None:
    """Stand in until a line is settled."""


def _id(target: DueTarget) -> UUID:
    if target.record_id is None:
        raise InputError(GONE)
    return target.record_id


def _one(rows: Sequence[Row]) -> Row:
    if not rows:
        raise InputError(GONE)
    return rows[0]
