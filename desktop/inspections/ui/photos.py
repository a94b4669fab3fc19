"""Which photos an inspection has a place for."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.inspections.rules import InspectionDraft
from desktop.register.attachments import AFTER, BEFORE, ON_SITE

OWNER = "inspection"
"""How photos name the table of what they belong to."""


def roles_of(draft: InspectionDraft) -> Sequence[str]:
    """Return the places: a calm inspection needs none for before and after."""
    return (BEFORE, AFTER) if draft.problem else (ON_SITE,)
