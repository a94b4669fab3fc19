"""Tables of the activities slice: activities, and (derived) their quantities and the ledgers they stand in."""

# No "from __future__ import annotations" here: SQLModel reads the real types.

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Uuid
from sqlmodel import Field, SQLModel

from desktop.activities.rules import HELD
from desktop.store.records import DERIVED, Record


class Activity(Record, table=True):
    """One activity on one day or over several; it is entered once and stands in every ledger it names.

    ledgers holds names joined by 、, work holds 名称 数量 单位 joined by ；, both in the order they were given.
    """

    __tablename__ = "activity"
    __table_args__ = (
        # Holds all that figures ask for; deleted_at stands inside, never first (see health.records).
        Index("ix_activity_day", "held_on", "status", "attendance", "deleted_at", "id"),
        Index("ix_activity_end", "ends_on", "held_on", "deleted_at", "id"),
        Index("ix_activity_status", "status", "held_on", "ends_on", "deleted_at", "id"),
        Index("ix_activity_category", "category", "held_on", "deleted_at", "id"),
        CheckConstraint("status IN ('计划', '已办', '取消', '延期')", name="status"),
        CheckConstraint("ends_on IS NULL OR ends_on >= held_on", name="end_day"),
        CheckConstraint("planned_people IS NULL OR planned_people >= 0", name="planned_people"),
        CheckConstraint("attendance IS NULL OR attendance >= 0", name="attendance"),
    )

    held_on: date
    ends_on: date | None = None
    clock: str = Field(default="", max_length=40)
    name: str = Field(max_length=200)
    category: str = Field(max_length=40)
    place: str = Field(default="", max_length=200)
    in_charge: str = Field(default="", max_length=100)
    partners: str = Field(default="", max_length=400)
    planned_people: int | None = None
    attendance: int | None = None
    status: str = Field(max_length=10)
    ledgers: str = Field(default="", max_length=400)
    work: str = Field(default="", max_length=4000)
    summary: str = Field(default="", max_length=4000)

    def doer(self) -> str:
        """Return who ran it; what is still to come nobody has done."""
        return self.in_charge if self.status == HELD else ""


class ActivityWork(SQLModel, table=True):
    """Derived: one quantity of an activity that was held, in whole thousandths of its unit, for summing up."""

    __tablename__ = "activity_work"
    __table_args__ = (
        Index("ix_activity_work_day", "held_on", "name", "unit", "amount_milli", "qualifier"),
        {"info": DERIVED},
    )

    activity_id: UUID = Field(primary_key=True, sa_type=Uuid)
    place_in_list: int = Field(primary_key=True)
    held_on: date
    name: str = Field(max_length=100)
    amount_milli: int = Field(sa_type=BigInteger)
    unit: str = Field(max_length=20)
    qualifier: str = Field(default="", max_length=2)


class ActivityLedger(SQLModel, table=True):
    """Derived: an activity stands in a ledger; its first day is repeated for the order of the list."""

    __tablename__ = "activity_ledger"
    __table_args__ = (Index("ix_activity_ledger_name", "ledger", "held_on", "activity_id"), {"info": DERIVED})

    activity_id: UUID = Field(primary_key=True, sa_type=Uuid)
    ledger: str = Field(primary_key=True, max_length=100)
    held_on: date
