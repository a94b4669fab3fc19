"""Tables of the number register: the word each series of numbers begins with, and every document issued."""

# No "from __future__ import annotations" here: SQLModel reads the real types.

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, Index, Text, Uuid, false
from sqlmodel import Field

from desktop.register.records import LIVING
from desktop.store.records import Record


class NumberSeries(Record, table=True):
    """The word that stands before the year in a series of numbers, such as 幸社告; without a row, the usual one."""

    __tablename__ = "number_series"
    __table_args__ = (
        Index("ux_number_series_series", "series", unique=True, sqlite_where=LIVING, postgresql_where=LIVING),
    )

    series: str = Field(max_length=20)
    word: str = Field(max_length=20)


class IssuedDocument(Record, table=True):
    """A document that went out under a number; it is never removed, at most declared void.

    Its pages lie in the encrypted files under *paper*, *content* is the text on them, *given* what was typed. One that
    went to many has *copies* for the *recipients*, told as a filter and never by name; *of_health* marks a filter that
    only who may see health may know: the pages name its residents.
    """

    __tablename__ = "issued_document"
    __table_args__ = (
        # Not partial: a number once taken stays taken, whatever becomes of its document.
        Index("ux_issued_document_number", "series", "year", "serial", unique=True),
        Index("ix_issued_document_day", "issued_on", "id", "deleted_at"),
        Index("ix_issued_document_template", "template", "deleted_at"),
        CheckConstraint("serial > 0", name="serial"),
        CheckConstraint("(voided_on IS NULL) = (void_reason = '')", name="void"),
    )

    series: str = Field(max_length=20)
    year: int
    serial: int
    number: str = Field(max_length=60)
    template: str = Field(max_length=40)
    kind: str = Field(max_length=60)
    edition: str = Field(default="", max_length=40)
    layout: str = Field(default="", max_length=20)
    title: str = Field(max_length=200)
    issued_on: date
    issued_by: str = Field(max_length=100)
    paper: str = Field(max_length=64)
    pages: int
    content: str = Field(default="", sa_type=Text)
    given: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    source_id: UUID | None = Field(default=None, sa_type=Uuid)
    voided_on: date | None = None
    void_reason: str = Field(default="", max_length=200)
    recipients: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})
    copies: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    of_health: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
