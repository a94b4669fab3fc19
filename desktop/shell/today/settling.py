"""From a due line to the form that settles it: the only place that knows which form of which tab that is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from desktop.foundation.errors import InputError
from desktop.inspections.progress import NextStep
from desktop.pest_control.ui.views import AEDES, DENSITY, STOCK, TREATMENTS
from desktop.register.ports import DueTarget

if TYPE_CHECKING:
    from desktop.activities.ui.tab import ActivityTab
    from desktop.health.ui.tab import HealthTab
    from desktop.inspections.ui.tab import InspectionsTab
    from desktop.notices.ui.tab import NoticesTab
    from desktop.pest_control.ui.tab import PestTab
    from desktop.shell.workbench import Workbench

_VIEWS = {"treatment": TREATMENTS, "stock": STOCK, "aedes": AEDES, "density": DENSITY}
Row = TypeVar("Row")
GONE = "这一件刚被别人办了或删除了。"


class Settling:
    """Opens forms; a tab an officer does not have settles nothing."""

    def __init__(
        self,
        bench: Workbench,
        *,
        activities: ActivityTab | None,
        inspections: InspectionsTab | None,
        pest: PestTab | None,
        health: HealthTab,
        notices: NoticesTab | None = None,
    ) -> None:
        self._bench, self._notices = bench, notices
        self._show: Callable[[str], None] = _nowhere
        self._activities, self._inspections, self._pest, self._health = activities, inspections, pest, health

    def open(self, target: DueTarget, show: Callable[[str], None]) -> None:
        """Open the form of *target*; raise InputError if its record is gone. *show* brings a tab to the front."""
        opener: Mapping[str, Callable[[DueTarget], None]] = {
            "inspections": self._inspection, "activities": self._activity, "pest_control": self._pest_record,
            "health": self._visit, "notices": self._posting,
        }  # fmt: skip
        if target.form == "show" and target.record_id is not None and self._inspections is not None:
            show("检查记录")
            self._inspections.open_inspection(target.record_id)
            return
        self._show = show
        opener[target.slice](target)

    def _inspection(self, target: DueTarget) -> None:
        tab = self._inspections
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
        if self._activities is None:
            return
        if target.form == "new":
            self._activities.open_form(values=target.values)
        else:
            self._activities.open_form(_one(self._bench.activities.rows([_id(target)])), settle=True)

    def _pest_record(self, target: DueTarget) -> None:
        if self._pest is not None:
            self._pest.open_form(_VIEWS[target.form], values=target.values)

    def _posting(self, target: DueTarget) -> None:
        if self._notices is None:
            return
        if target.form == "new":
            day = target.values.get("posted_on")
            title = str(target.values.get("title", ""))
            self._notices.open_posting(title=title, posted_on=day if isinstance(day, date) else None)
        else:
            self._show("通知告示")
            self._notices.show_posting(_one(self._bench.notices.postings.rows([_id(target)])).id)

    def _visit(self, target: DueTarget) -> None:
        service = str(target.values.get("service", ""))
        if self._health.open_visit(target.record_id, service=service) is None:
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
