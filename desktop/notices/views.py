"""What the notices slice takes and shows: drafts of notices and postings, and frozen rows without a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.notices.rules import Layout
from desktop.register.audience import Audience


@dataclass(frozen=True)
class NoticeDraft:
    """A notice being written: its template, how it is laid out, and what was typed into its gaps.

    With an *audience* it is a copy for each; *sealed* leaves room for the seal in official layouts.
    """

    template: str
    layout: Layout
    values: Mapping[str, str] = field(repr=False)
    source_id: UUID | None = None
    mono: bool = False
    sealed: bool = True
    audience: Audience | None = None


@dataclass(frozen=True)
class PostingDraft:
    """One posting as it is typed."""

    title: str
    posted_on: date | None
    places: str
    copies: int | None = 1
    posted_by: str = ""
    reviewed_by: str = ""
    down_due_on: date | None = None
    taken_down_on: date | None = None
    checked_by: str = ""
    checked_on: date | None = None
    remark: str = ""


@dataclass(frozen=True)
class PostingRow:
    """One stored posting; *number* is that of the issued document, if it is one."""

    id: UUID
    version: int
    draft: PostingDraft
    document_id: UUID | None = None
    number: str = ""

    def is_due(self, today: date) -> bool:
        """Return whether it still hangs although its last day is over or is today."""
        draft = self.draft
        return draft.taken_down_on is None and draft.down_due_on is not None and draft.down_due_on <= today


@dataclass(frozen=True)
class PostingFilter:
    """What a list of postings is narrowed by."""

    text: str = ""
    hanging: bool = False
    due: bool = False
    document_id: UUID | None = None

    @property
    def is_everything(self) -> bool:
        """Return whether nothing is left out."""
        return not (self.text.strip() or self.hanging or self.due or self.document_id)
