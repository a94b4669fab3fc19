"""Tables of the register: profile, officers, places, households, residents, tags, standards, tasks, reasons of gaps."""

# No "from __future__ import annotations" here: SQLModel reads the real types.

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, Index, LargeBinary, Uuid, text
from sqlmodel import Field, SQLModel

from desktop.store.records import DERIVED, Record, UtcInstant

LIVING = text("deleted_at IS NULL")
NOTHING_DUE = date(9999, 12, 31)
"""Sorts behind every real day, on every database."""
HERE, GONE, HOMES = "here", "gone", "homes"
"""What ResidentCount counts."""


class Profile(Record, table=True):
    """The committee itself; one row."""

    __tablename__ = "profile"

    name: str = Field(max_length=100)
    region: str = Field(default="", max_length=12)
    address: str = Field(default="", max_length=200)
    phone: str = Field(default="", max_length=40)


class Staff(Record, table=True):
    """An officer who signs in; the password lives in the key slots, never here."""

    __tablename__ = "staff"
    __table_args__ = (CheckConstraint("role IN ('主任', '卫生专干', '网格员', '只读')", name="role"),)

    name: str = Field(max_length=40)
    role: str = Field(max_length=10)
    phone: str = Field(default="", max_length=40)


class Place(Record, table=True):
    """A 小区, public place, shop or bait point that records refer to."""

    __tablename__ = "place"
    __table_args__ = (Index("ix_place_name", "name"),)

    name: str = Field(max_length=100)
    category: str = Field(max_length=40)
    parent_id: UUID | None = Field(default=None, foreign_key="place.id", ondelete="RESTRICT", sa_type=Uuid)
    grid: str = Field(default="", max_length=40)
    address: str = Field(default="", max_length=200)
    manager: str = Field(default="", max_length=40)
    phone: str = Field(default="", max_length=40)
    household_count: int | None = None
    remark: str = Field(default="", max_length=2000)


class Household(Record, table=True):
    """One dwelling: 小区 + 楼栋 + 单元 + 室; the keys make 18栋 and 18号楼 the same building."""

    __tablename__ = "household"
    __table_args__ = (
        Index(
            "ux_household_dwelling", "place_id", "building_key", "unit_key", "room_key", unique=True,
            sqlite_where=LIVING, postgresql_where=LIVING,
        ),
    )  # fmt: skip

    place_id: UUID = Field(foreign_key="place.id", ondelete="RESTRICT", sa_type=Uuid)
    building: str = Field(default="", max_length=40)
    unit: str = Field(default="", max_length=40)
    room: str = Field(default="", max_length=40)
    building_key: str = Field(default="", max_length=40)
    unit_key: str = Field(default="", max_length=40)
    room_key: str = Field(default="", max_length=40)


class Resident(Record, table=True):
    """A person of the community; gone (迁出, 死亡) persons stay, with the day in changed_on."""

    __tablename__ = "resident"
    __table_args__ = (
        Index("ux_resident_id_number", "id_number", unique=True, sqlite_where=LIVING, postgresql_where=LIVING),
        Index("ux_resident_file_serial", "file_serial", unique=True),
        Index("ix_resident_household_id", "household_id"),
        Index("ix_resident_name", "name"),
        # Holds all that presence and age ask for, so that figures never read the wide rows.
        Index(
            "ix_resident_presence",
            "born_on",
            "dwelling_state",
            "changed_on",
            "arrived_on",
            "deleted_at",
            "household_id",
            "id",
        ),
        CheckConstraint("sex IN ('男', '女', '')", name="sex"),
        CheckConstraint("dwelling_state IN ('自住', '出租', '空置', '迁出', '死亡', '')", name="dwelling_state"),
        CheckConstraint("id_number IS NULL OR length(id_number) = 18", name="id_number_length"),
    )

    file_serial: int
    name: str = Field(max_length=100)
    id_number: str | None = Field(default=None, max_length=18)
    no_id_reason: str = Field(default="", max_length=40)
    sex: str = Field(default="", max_length=1)
    born_on: date | None = None
    ethnicity: str = Field(default="", max_length=40)
    phone: str = Field(default="", max_length=40)
    contact_name: str = Field(default="", max_length=100)
    contact_phone: str = Field(default="", max_length=40)
    household_id: UUID = Field(foreign_key="household.id", ondelete="RESTRICT", sa_type=Uuid)
    head_name: str = Field(default="", max_length=100)
    relation: str = Field(default="", max_length=40)
    residence_type: str = Field(default="", max_length=40)
    dwelling_state: str = Field(default="", max_length=10)
    arrived_on: date | None = None
    changed_on: date | None = None
    remark: str = Field(default="", max_length=4000)


class ResidentTag(Record, table=True):
    """A group a resident belongs to, from and to whole days (both included); no from-day means always."""

    __tablename__ = "resident_tag"
    __table_args__ = (
        Index("ix_resident_tag_resident_id", "resident_id"),
        Index("ix_resident_tag_tag", "tag", "resident_id"),
        CheckConstraint("to_on IS NULL OR from_on IS NULL OR to_on >= from_on", name="period"),
    )

    resident_id: UUID = Field(foreign_key="resident.id", ondelete="RESTRICT", sa_type=Uuid)
    tag: str = Field(max_length=40)
    from_on: date | None = None
    to_on: date | None = None
    source: str = Field(default="", max_length=40)


class StandardSet(Record, table=True):
    """One edition of a rule set: thresholds, days off, tags, duties; a new edition needs no new program."""

    __tablename__ = "standard_set"
    __table_args__ = (
        Index(
            "ux_standard_set_edition", "standard", "edition", unique=True, sqlite_where=LIVING, postgresql_where=LIVING
        ),
    )

    standard: str = Field(max_length=40)
    edition: str = Field(max_length=40)
    title: str = Field(max_length=200)
    effective_from: date
    source: str = Field(default="", max_length=500)
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class SuperiorTask(Record, table=True):
    """Something a superior wants handed in by a day; done once done_on is set."""

    __tablename__ = "superior_task"
    __table_args__ = (
        Index("ix_superior_task_due", "due_on", "done_on", "deleted_at"),
        CheckConstraint("length(title) > 0", name="title"),
    )

    title: str = Field(max_length=200)
    sender: str = Field(default="", max_length=100)
    due_on: date
    done_on: date | None = None
    remark: str = Field(default="", max_length=2000)


class GapReason(Record, table=True):
    """Why a duty was not done in a span of days; whatever it lacked in windows inside the span is explained."""

    __tablename__ = "gap_reason"
    __table_args__ = (
        Index("ix_gap_reason_duty", "duty", "first_on", "last_on", "deleted_at"),
        CheckConstraint("last_on >= first_on", name="span"),
        CheckConstraint("length(reason) > 0", name="reason"),
    )

    duty: str = Field(max_length=40)
    title: str = Field(max_length=200)
    first_on: date
    last_on: date
    reason: str = Field(max_length=500)


class Attachment(Record, table=True):
    """One photo of one record: its file lies encrypted beside the database under the name *blob*.

    owner_type is the owner's table. The thumbnail is a JPEG small enough to stand in a row: panels show it at once.
    """

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_owner", "owner_type", "owner_id", "deleted_at"),)

    owner_type: str = Field(max_length=40)
    owner_id: UUID = Field(sa_type=Uuid)
    role: str = Field(max_length=20)
    caption: str = Field(default="", max_length=200)
    taken_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    blob: str = Field(max_length=64)
    thumbnail: bytes = Field(sa_type=LargeBinary, repr=False)


class ResidentOrder(SQLModel, table=True):
    """Derived: where a resident stands in lists by address, by name, and with the most urgent first.

    due_on is the earliest day anything is due by any slice that keeps it, NOTHING_DUE if nothing is.
    """

    __tablename__ = "resident_order"
    __table_args__ = (
        Index("ix_resident_order_address", "gone", "address_key", "resident_id"),
        Index("ix_resident_order_due", "gone", "due_on", "address_key", "resident_id"),
        Index("ix_resident_order_name", "gone", "name_key", "resident_id"),
        {"info": DERIVED, "sqlite_with_rowid": False},
    )

    resident_id: UUID = Field(primary_key=True, sa_type=Uuid)
    gone: bool
    name_key: str = Field(max_length=200)
    address_key: str = Field(max_length=300)
    due_on: date = NOTHING_DUE


class ResidentCount(SQLModel, table=True):
    """Derived: how many residents are HERE, how many are GONE, and the HOMES of those here; counting costs a walk."""

    __tablename__ = "resident_count"
    __table_args__ = {"info": DERIVED}

    what: str = Field(primary_key=True, max_length=10)
    number: int
