"""Tables of reports: the committee's reporting rule, texts people wrote, and what was handed in with its values."""

# No "from __future__ import annotations" here: SQLModel reads the real types.

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, Index, Uuid
from sqlmodel import Field

from desktop.register.records import LIVING
from desktop.store.records import Record


class ReportSetting(Record, table=True):
    """On which day a reporting month begins (1: calendar months), and to whom reports go; at most one row."""

    __tablename__ = "report_setting"
    __table_args__ = (CheckConstraint("first_day BETWEEN 1 AND 28", name="first_day"),)

    first_day: int = 1
    recipient: str = Field(default="", max_length=100)


class ReportText(Record, table=True):
    """What people wrote for one period; an empty part is written from the records."""

    __tablename__ = "report_text"
    __table_args__ = (
        Index(
            "ux_report_text_period", "first_on", "last_on", unique=True, sqlite_where=LIVING, postgresql_where=LIVING
        ),
        CheckConstraint("last_on >= first_on", name="span"),
    )

    first_on: date
    last_on: date
    done: str = Field(default="", max_length=4000)
    plans: str = Field(default="", max_length=4000)


class ReportSubmission(Record, table=True):
    """A report as it was handed in: its lines with their values, never computed again.

    A correction is one more submission of the same period that names the one it corrects. *paper* and *sheet* name the
    encrypted files with its pages and its workbook as they went out; reports from before they were kept have none.
    """

    __tablename__ = "report_submission"
    __table_args__ = (
        Index("ix_report_submission_period", "first_on", "last_on", "deleted_at"),
        CheckConstraint("last_on >= first_on", name="span"),
    )

    first_on: date
    last_on: date
    title: str = Field(max_length=100)
    submitted_on: date
    recipient: str = Field(max_length=100)
    handled_by: str = Field(max_length=100)
    number: str = Field(default="", max_length=60)
    remark: str = Field(default="", max_length=2000)
    corrects: UUID | None = Field(default=None, foreign_key="report_submission.id", ondelete="RESTRICT", sa_type=Uuid)
    content: dict[str, Any] = Field(sa_column=Column("content", JSON, nullable=False))
    paper: str = Field(default="", max_length=64, sa_column_kwargs={"server_default": ""})
    pages: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    sheet: str = Field(default="", max_length=64, sa_column_kwargs={"server_default": ""})

    def doer(self) -> str:
        """Return who handed it in."""
        return self.handled_by
