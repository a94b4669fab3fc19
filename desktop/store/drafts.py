"""Drafts of half-typed forms: kept encrypted, taken away when the form is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from desktop.foundation.clock import Clock
from desktop.store.records import Draft
from desktop.store.unit import Store


@dataclass(frozen=True)
class KeptDraft:
    """What had been typed, and when."""

    content: dict[str, Any]
    saved_at: datetime


class Drafts:
    """One officer's drafts."""

    def __init__(self, store: Store, staff_id: UUID, clock: Clock) -> None:
        self._store = store
        self._staff_id = staff_id
        self._clock = clock

    def keep(self, form: str, content: dict[str, Any]) -> datetime:
        """Store what is typed in *form* so far (JSON values) and return the time."""
        now = self._clock.now()
        with self._store.keeping() as session:
            session.merge(Draft(staff_id=self._staff_id, form=form, content=content, saved_at=now))
        return now

    def find(self, form: str) -> KeptDraft | None:
        """Return the draft of *form*, or None."""
        with self._store.reading() as session:
            draft = session.get(Draft, (self._staff_id, form))
        return KeptDraft(draft.content, draft.saved_at) if draft else None

    def drop(self, form: str) -> None:
        """Forget the draft of *form*; nothing happens if there is none."""
        with self._store.keeping() as session:
            if draft := session.get(Draft, (self._staff_id, form)):
                session.delete(draft)
