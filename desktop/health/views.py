"""What the health slice shows: frozen rows without a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.health.due_rules import Due
from desktop.health.rules import Flag, VisitDraft


@dataclass(frozen=True)
class VisitRow:
    """One stored visit."""

    id: UUID
    version: int
    resident_id: UUID
    draft: VisitDraft
    flag: Flag

    @property
    def pressure(self) -> str:
        """Return 146/88, a question mark for the half that was not read, or a dash."""
        systolic, diastolic = self.draft.systolic_mmhg, self.draft.diastolic_mmhg
        if systolic is None and diastolic is None:
            return "—"
        return f"{'？' if systolic is None else systolic}/{'？' if diastolic is None else diastolic}"


@dataclass(frozen=True)
class HealthStatus:
    """What the list shows beside a resident: the earliest due, and what this calendar year still lacks.

    What a calendar year lacks has no day before its 31 December and is never overdue within it, so it stands
    beside the dated dues and does not order the list.
    """

    due: Due | None
    last_visit_on: date | None
    lacks_checkup: bool
    lacks_pressure: bool
