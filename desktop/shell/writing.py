"""Notices across tabs: 出告知书 beside a treatment and 写通知 beside an activity open the notice already filled in."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from desktop.shell.tabs import NOTICES, Tabs


def write_notice(tabs: Tabs, show_tab: Callable[[str], None], record_id: UUID) -> None:
    """Show the tab that writes notices, filled in from the record; nothing happens where the officer has none."""
    if (notices := tabs.notices) is not None:
        show_tab(NOTICES)
        notices.write_from(record_id)
