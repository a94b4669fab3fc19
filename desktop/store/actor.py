"""Who writes, and for whom: what the store has to know of people. No SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Represented:
    """For whom somebody else types; *staff_id* is None where it is several at once."""

    staff_id: UUID | None
    name: str


@dataclass(frozen=True)
class Actor:
    """Who writes: goes into every step."""

    staff_id: UUID | None
    name: str

    def stands_for(self, doers: Sequence[str]) -> Represented | None:
        """Return for whom a step is typed whose new records name *doers*; None if the actor did it himself."""
        return None

    @property
    def undoes_any(self) -> bool:
        """Return whether this actor may undo other people's steps too."""
        return False
