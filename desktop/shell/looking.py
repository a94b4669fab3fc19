"""From a record behind a figure to the tab it is kept in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.shell.tabs import CALENDAR, HEALTH, INSPECTIONS, NOTICES, PEST, Tabs

if TYPE_CHECKING:
    from desktop.reports.ui.rows_panel import Place


def look_at(tabs: Tabs, show: Callable[[str], object], place: Place, record_id: UUID) -> None:
    """Show the tab and view of *place*, and there the record; nothing happens where the officer has no such tab."""
    if place.tab not in tabs:
        return
    show(place.tab)
    if place.tab == CALENDAR and (calendar := tabs.calendar) is not None:
        calendar.open_activity(record_id)
    elif place.tab == INSPECTIONS and (inspections := tabs.inspections) is not None:
        inspections.show_view(place.view)
        (inspections.pledges if place.view == "责任书" else inspections.inspections).open_record(record_id)
    elif place.tab == PEST and (pest := tabs.pest) is not None:
        pest.show_view(place.view)
        (pest.aedes if place.view == "伊蚊监测" else pest.treatments).open_record(record_id)
    elif place.tab == HEALTH and (visits := tabs.health.visits) is not None:
        tabs.health.show_view(place.view)
        visits.open_record(record_id)
    elif place.tab == NOTICES and (notices := tabs.notices) is not None:
        notices.show_posting(record_id)
