"""From a record behind a figure to the tab it is kept in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from PySide6.QtWidgets import QWidget

from desktop.activities.ui.tab import ActivityTab
from desktop.health.ui.tab import HealthTab
from desktop.inspections.ui.tab import InspectionsTab
from desktop.notices.ui.tab import NoticesTab
from desktop.pest_control.ui.tab import PestTab
from desktop.reports.ui.rows_panel import Place


def look_at(tabs: Mapping[str, QWidget], show: Callable[[str], object], place: Place, record_id: UUID) -> None:
    """Show the tab and view of *place*, and there the record; nothing happens where the officer has no such tab."""
    tab = tabs.get(place.tab)
    if tab is None:
        return
    show(place.tab)
    match tab:
        case ActivityTab():
            tab.open_activity(record_id)
        case InspectionsTab():
            tab.show_view(place.view)
            (tab.pledges if place.view == "责任书" else tab.inspections).open_record(record_id)
        case PestTab():
            tab.show_view(place.view)
            (tab.aedes if place.view == "伊蚊监测" else tab.treatments).open_record(record_id)
        case HealthTab():
            if tab.visits is not None:
                tab.show_view(place.view)
                tab.visits.open_record(record_id)
        case NoticesTab():
            tab.show_posting(record_id)
        case _:
            pass
