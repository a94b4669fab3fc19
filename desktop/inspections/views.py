"""What the inspections slice shows: frozen rows without a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from desktop.inspections.recurrence import Repeat
from desktop.inspections.rules import InspectionDraft, PledgeDraft
from desktop.store.sorting import Sort

Order = Literal["urgent", "newest"]


@dataclass(frozen=True)
class InspectionRow:
    """One stored inspection; ``draft.place`` finds the place again, *place* is the name as shown."""

    id: UUID
    version: int
    place_id: UUID
    place: str
    draft: InspectionDraft
    repeat: Repeat | None = None
    """Only lists look for it."""


@dataclass(frozen=True)
class InspectionFilter:
    """What a list of inspections is narrowed by; days both included."""

    text: str = ""
    category: str = ""
    open_only: bool = False
    overdue: bool = False
    repeated: bool = False
    """Only findings that had been made before."""
    first: date | None = None
    last: date | None = None
    order: Order = "urgent"
    sort: Sort | None = None
    """By another column than *order* tells of."""

    @property
    def is_everything(self) -> bool:
        """Return whether nothing is left out."""
        return not (
            self.text.strip()
            or self.category
            or self.open_only
            or self.overdue
            or self.repeated
            or self.first
            or self.last
        )


@dataclass(frozen=True)
class InspectionCounts:
    """How many inspections there are: findings still open, the late ones of them, those of this month, all."""

    open: int
    overdue: int
    month: int
    all: int


@dataclass(frozen=True)
class PledgeRow:
    """One stored letter of responsibility; the phone is starred unless it was asked for."""

    id: UUID
    version: int
    draft: PledgeDraft


@dataclass(frozen=True)
class PledgeFilter:
    """What a list of letters is narrowed by; days both included."""

    text: str = ""
    category: str = ""
    first: date | None = None
    last: date | None = None
    ending_from: date | None = None
    ending_by: date | None = None
    """Only letters whose last day lies between these two, both included."""
    sort: Sort | None = None

    @property
    def is_everything(self) -> bool:
        """Return whether nothing is left out."""
        return not (self.text.strip() or self.category or self.first or self.last or self.ending_from or self.ending_by)
