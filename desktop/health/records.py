"""Tables of the health slice: visits with readings, and what is due (derived)."""

# No "from __future__ import annotations" here: SQLModel reads the real types.

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Uuid
from sqlmodel import Field, SQLModel

from desktop.store.records import DERIVED, Record


class Visit(Record, table=True):
    """One service to one resident on one day; pressures in mmHg, glucose in whole µmol/L.

    flag and standard hold what the readings said against which edition when they were stored.
    """

    __tablename__ = "visit"
    __table_args__ = (
        # Each holds all that its figures ask for, so that they never read the wide rows. deleted_at stands inside:
        # SQLite reads the row of a partial index to look at its condition again. It never stands first: before it has
        # statistics it would take any index that begins with an equality.
        Index("ix_visit_person", "resident_id", "service", "visited_on", "deleted_at"),
        Index(
            "ix_visit_day",
            "visited_on",
            "id",
            "service",
            "flag",
            "systolic_mmhg",
            "diastolic_mmhg",
            "resident_id",
            "way",
            "deleted_at",
        ),
        Index("ix_visit_next", "next_on", "resident_id", "service", "visited_on", "deleted_at"),
        CheckConstraint("systolic_mmhg IS NULL OR systolic_mmhg BETWEEN 40 AND 320", name="systolic"),
        CheckConstraint("diastolic_mmhg IS NULL OR diastolic_mmhg BETWEEN 20 AND 220", name="diastolic"),
        CheckConstraint("systolic_mmhg > diastolic_mmhg", name="pressures"),
        CheckConstraint("glucose_umol_per_l IS NULL OR glucose_umol_per_l BETWEEN 100 AND 60000", name="glucose"),
        CheckConstraint("next_on IS NULL OR next_on > visited_on", name="next_day"),
    )

    resident_id: UUID = Field(foreign_key="resident.id", ondelete="RESTRICT", sa_type=Uuid)
    visited_on: date
    service: str = Field(max_length=40)
    way: str = Field(default="", max_length=40)
    systolic_mmhg: int | None = None
    diastolic_mmhg: int | None = None
    pulse_per_min: int | None = None
    glucose_umol_per_l: int | None = None
    medication: str = Field(default="", max_length=40)
    result: str = Field(default="", max_length=100)
    next_on: date | None = None
    recorded_by: str = Field(default="", max_length=100)
    remark: str = Field(default="", max_length=4000)
    flag: str = Field(default="", max_length=20)
    standard: str = Field(default="", max_length=40)

    def doer(self) -> str:
        """Return who saw the resident."""
        return self.recorded_by


class HealthDue(SQLModel, table=True):
    """Derived: what is due for a resident and by when."""

    __tablename__ = "health_due"
    __table_args__ = (Index("ix_health_due_day", "due_on", "resident_id"), {"info": DERIVED})

    resident_id: UUID = Field(primary_key=True, sa_type=Uuid)
    what: str = Field(primary_key=True, max_length=40)
    due_on: date
    why: str = Field(default="", max_length=200)
