"""Notices across tabs: 出告知书 beside a treatment and 写通知 beside an activity open the notice already filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from desktop.activities.ui.tab import ActivityTab
from desktop.notices.ui.tab import NoticesTab
from desktop.pest_control.ui.tab import PestTab
from desktop.shell.tabs import NOTICES, Tab


def join_writing(tabs: Mapping[str, Tab], show_tab: Callable[[str], None]) -> None:
    """Join the buttons of other tabs that ask for a notice with the tab that writes it."""
    notices = tabs.get(NOTICES)
    if not isinstance(notices, NoticesTab):
        return

    def write(record_id: UUID) -> None:
        show_tab(NOTICES)
        notices.write_from(record_id)

    for tab in tabs.values():
        if isinstance(tab, PestTab | ActivityTab):
            tab.notice_wanted.connect(write)
