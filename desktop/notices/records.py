"""Tables of the notices slice: the committee's own wording of a template, and what was posted where."""

# No "from __future__ import annotations" here: SQLModel reads the real types.

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, Uuid
from sqlmodel import Field

from desktop.register.records import LIVING
from desktop.store.records import Record


class OwnTemplate(Record, table=True):
    """The committee's own wording of a shipped template; *body* holds one paragraph a line."""

    __tablename__ = "own_template"
    __table_args__ = (
        Index("ux_own_template_template", "template", unique=True, sqlite_where=LIVING, postgresql_where=LIVING),
    )

    template: str = Field(max_length=40)
    title: str = Field(max_length=100)
    addressee: str = Field(default="", max_length=200)
    body: str = Field(sa_type=Text)


class Posting(Record, table=True):
    """One posting of a notice: where, from when, until when, who looked at it before and after."""

    __tablename__ = "posting"
    __table_args__ = (
        # Holds what the figure and the list ask for; deleted_at inside, never first.
        Index("ix_posting_day", "posted_on", "deleted_at", "id"),
        Index("ix_posting_due", "down_due_on", "taken_down_on", "deleted_at"),
        Index("ix_posting_document", "document_id", "deleted_at"),
        CheckConstraint("down_due_on IS NULL OR down_due_on >= posted_on", name="due_day"),
        CheckConstraint("taken_down_on IS NULL OR taken_down_on >= posted_on", name="down_day"),
        CheckConstraint("checked_on IS NULL OR checked_on >= posted_on", name="check_day"),
    )

    title: str = Field(max_length=200)
    document_id: UUID | None = Field(default=None, foreign_key="issued_document.id", ondelete="RESTRICT", sa_type=Uuid)
    posted_on: date
    places: str = Field(max_length=1000)
    copies: int = 1
    posted_by: str = Field(default="", max_length=100)
    reviewed_by: str = Field(default="", max_length=100)
    down_due_on: date | None = None
    taken_down_on: date | None = None
    checked_by: str = Field(default="", max_length=100)
    checked_on: date | None = None
    remark: str = Field(default="", max_length=2000)

    def doer(self) -> str:
        """Return who put it up."""
        return self.posted_by
