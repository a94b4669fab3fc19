"""Tables of the inspections slice: inspections with the finding each may have opened, and letters of responsibility."""

# No "from __future__ import annotations" here: SQLModel reads the real types.

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, Index, Uuid
from sqlmodel import Field

from desktop.store.records import Record


class Inspection(Record, table=True):
    """One inspection of one place; with a problem it is a finding, followed until 销号.

    The score is in hundredths of a point. has_finding says whether a problem is written: figures and lists ask for
    it, and the problem itself is too wide for an index.
    """

    __tablename__ = "inspection"
    __table_args__ = (
        # Each holds all that its figures or lists ask for. deleted_at stands inside, never first, and not as a
        # partial index's condition: see visit.
        Index(
            "ix_inspection_day", "inspected_on", "id", "result", "has_finding", "treatment", "notice_on",
            "escalated_on", "closed_on", "category", "deleted_at",
        ),
        Index(
            "ix_inspection_category", "category", "inspected_on", "id", "has_finding", "treatment", "closed_on",
            "deleted_at",
        ),
        Index("ix_inspection_closed", "closed_on", "has_finding", "deleted_at"),
        Index("ix_inspection_due", "due_on", "closed_on", "inspected_on", "has_finding", "treatment", "deleted_at"),
        Index("ix_inspection_place", "place_id", "deleted_at"),
        CheckConstraint("has_finding = (problem <> '')", name="finding"),
        CheckConstraint("score_hundredths IS NULL OR score_hundredths >= 0", name="score"),
        CheckConstraint("result IN ('合格', '不合格', '')", name="result"),
        CheckConstraint("level IN ('一般隐患', '重大隐患', '')", name="level"),
        CheckConstraint("treatment IN ('现场整改', '整改通知', '上报', '')", name="treatment"),
        CheckConstraint("recheck_result IN ('合格', '不合格', '')", name="recheck_result"),
        CheckConstraint("due_on IS NULL OR due_on >= inspected_on", name="due_day"),
        CheckConstraint("rechecked_on IS NULL OR rechecked_on >= inspected_on", name="recheck_day"),
        CheckConstraint("closed_on IS NULL OR closed_on >= inspected_on", name="closing_day"),
    )  # fmt: skip

    inspected_on: date
    category: str = Field(max_length=40)
    place_id: UUID = Field(foreign_key="place.id", ondelete="RESTRICT", sa_type=Uuid)
    inspector: str = Field(default="", max_length=100)
    score_hundredths: int | None = None
    result: str = Field(default="", max_length=10)
    has_finding: bool = False
    problem: str = Field(default="", max_length=4000)
    level: str = Field(default="", max_length=10)
    responsible: str = Field(default="", max_length=200)
    treatment: str = Field(default="", max_length=10)
    due_on: date | None = None
    notice_on: date | None = None
    notice_number: str = Field(default="", max_length=40)
    replied_on: date | None = None
    reply: str = Field(default="", max_length=2000)
    escalated_on: date | None = None
    escalated_to: str = Field(default="", max_length=100)
    rechecked_on: date | None = None
    recheck_result: str = Field(default="", max_length=10)
    closed_on: date | None = None
    checks: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    """The checklist as it was filled in, with the items and the edition of that day."""

    def doer(self) -> str:
        """Return who inspected."""
        return self.inspector


class Pledge(Record, table=True):
    """Copies of one letter of responsibility signed with one party on one day."""

    __tablename__ = "pledge"
    __table_args__ = (
        Index("ix_pledge_day", "signed_on", "id", "category", "copies", "deleted_at"),
        CheckConstraint("copies >= 0", name="copies"),
        CheckConstraint("expires_on IS NULL OR expires_on >= signed_on", name="period"),
    )

    category: str = Field(max_length=40)
    party: str = Field(max_length=200)
    address: str = Field(default="", max_length=200)
    manager: str = Field(default="", max_length=100)
    phone: str = Field(default="", max_length=40)
    signed_on: date
    expires_on: date | None = None
    copies: int = 1
