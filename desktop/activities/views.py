"""What the activities slice shows: frozen rows without a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.activities.rules import ActivityDraft, Theme, is_unsettled, theme_of


@dataclass(frozen=True)
class ActivityRow:
    """One stored activity; its draft always has a day and a status."""

    id: UUID
    version: int
    draft: ActivityDraft

    @property
    def held_on(self) -> date:
        """Return the first day."""
        assert self.draft.held_on is not None  # noqa: S101  the column is not null
        return self.draft.held_on

    @property
    def last_on(self) -> date:
        """Return the last day; that of one-day activities is the first."""
        return self.draft.ends_on or self.held_on

    @property
    def theme(self) -> Theme:
        """Return which of the calendar's colours it has."""
        return theme_of(self.draft.category, self.draft.name)

    def is_unsettled(self, today: date) -> bool:
        """Return whether it is over and still a plan."""
        return is_unsettled(self.held_on, self.draft.ends_on, self.draft.status, today)


@dataclass(frozen=True)
class Words:
    """What forms and filters offer: what the committee wrote before, beside what the program knows."""

    categories: tuple[str, ...]
    ledgers: tuple[str, ...]
    names: tuple[str, ...]
    places: tuple[str, ...]
    in_charge: tuple[str, ...]
    partners: tuple[str, ...]
