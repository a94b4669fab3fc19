"""Tables of the pest control slice: stock entries with their derived balance, treatments, Aedes and density checks."""

# No "from __future__ import annotations" here: SQLModel reads the real types.

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Uuid
from sqlmodel import Field, SQLModel

from desktop.store.records import DERIVED, Record


class StockEntry(Record, table=True):
    """One movement of one product and batch; quantities in thousandths of a package, packages in milligrams."""

    __tablename__ = "stock_entry"
    __table_args__ = (
        # All that the balance asks for, and all that tells what a package weighs; deleted_at inside, never first.
        Index("ix_stock_entry_balance", "agent", "batch", "happened_on", "movement", "quantity_milli", "deleted_at"),
        Index("ix_stock_entry_day", "happened_on", "agent", "package", "package_mg", "deleted_at"),
        CheckConstraint(
            "movement IN ('期初', '入库', '领用', '发放到户', '退回', '回收', '报废', '盘点')", name="movement"
        ),
        CheckConstraint("quantity_milli >= 0", name="quantity"),
        CheckConstraint("package_mg IS NULL OR package_mg >= 0", name="package"),
    )

    happened_on: date
    agent: str = Field(max_length=100)
    ingredient: str = Field(default="", max_length=100)
    content: str = Field(default="", max_length=40)
    form: str = Field(default="", max_length=40)
    registration: str = Field(default="", max_length=40)
    batch: str = Field(default="", max_length=40)
    expires_on: date | None = None
    package_mg: int | None = None
    package: str = Field(default="", max_length=20)
    movement: str = Field(max_length=10)
    quantity_milli: int
    handler: str = Field(default="", max_length=100)
    receiver: str = Field(default="", max_length=100)
    purpose: str = Field(default="", max_length=200)

    def doer(self) -> str:
        """Return who handed it out or took it in."""
        return self.handler


class StockBalance(SQLModel, table=True):
    """Derived: what was left of a product and batch after an entry, and the entry's place in their order."""

    __tablename__ = "stock_balance"
    __table_args__ = (
        Index("ix_stock_balance_batch", "agent", "batch", "place", "balance_milli"),
        {"info": DERIVED},
    )

    entry_id: UUID = Field(primary_key=True, sa_type=Uuid)
    agent: str = Field(max_length=100)
    batch: str = Field(default="", max_length=40)
    place: int
    balance_milli: int


class Treatment(Record, table=True):
    """One treatment at one place; it never moves stock. Areas in square decimetres."""

    __tablename__ = "treatment"
    __table_args__ = (
        Index(
            "ix_treatment_day",
            "treated_on",
            "pest",
            "agent",
            "unit",
            "quantity_milli",
            "households",
            "area_dm2",
            "dead_rats",
            "deleted_at",
        ),
        Index("ix_treatment_place", "place_id", "deleted_at"),
        CheckConstraint("quantity_milli >= 0", name="quantity"),
        CheckConstraint("households >= 0", name="households"),
        CheckConstraint("area_dm2 >= 0", name="area"),
        CheckConstraint("dead_rats >= 0", name="dead_rats"),
    )

    treated_on: date
    pest: str = Field(max_length=40)
    place_id: UUID = Field(foreign_key="place.id", ondelete="RESTRICT", sa_type=Uuid)
    agent: str = Field(max_length=100)
    quantity_milli: int
    unit: str = Field(max_length=20)
    way: str = Field(default="", max_length=40)
    households: int | None = None
    points: int | None = None
    area_dm2: int | None = None
    operator: str = Field(default="", max_length=100)
    dead_rats: int | None = None
    remark: str = Field(default="", max_length=4000)

    def doer(self) -> str:
        """Return who put the bait out."""
        return self.operator


class AedesCheck(Record, table=True):
    """One search for Aedes larvae at one place; counts that nobody took are None."""

    __tablename__ = "aedes_check"
    __table_args__ = (
        Index(
            "ix_aedes_check_day",
            "checked_on",
            "households",
            "positive_containers",
            "water_containers",
            "positive_households",
            "deleted_at",
        ),
        Index("ix_aedes_check_place", "place_id", "deleted_at"),
        CheckConstraint("households >= 0", name="households"),
        CheckConstraint("positive_containers >= 0", name="positive_containers"),
    )

    checked_on: date
    place_id: UUID = Field(foreign_key="place.id", ondelete="RESTRICT", sa_type=Uuid)
    households: int
    water_containers: int | None = None
    positive_containers: int
    positive_households: int | None = None
    container_kind: str = Field(default="", max_length=100)
    measure: str = Field(default="", max_length=100)
    inspector: str = Field(default="", max_length=100)

    def doer(self) -> str:
        """Return who searched."""
        return self.inspector


class DensityCheck(Record, table=True):
    """One density measurement; what was checked in thousandths (a length of 1.25 km is 1250)."""

    __tablename__ = "density_check"
    __table_args__ = (
        Index(
            "ix_density_check_day",
            "checked_on",
            "indicator",
            "checked_milli",
            "positive",
            "count",
            "count_large",
            "deleted_at",
        ),
        Index("ix_density_check_place", "place_id", "deleted_at"),
        CheckConstraint("checked_milli >= 0", name="checked"),
        CheckConstraint("positive >= 0", name="positive"),
    )

    checked_on: date
    indicator: str = Field(max_length=60)
    place_id: UUID | None = Field(default=None, foreign_key="place.id", ondelete="RESTRICT", sa_type=Uuid)
    checked_milli: int
    positive: int
    count: int | None = None
    count_large: int | None = None
    inspector: str = Field(default="", max_length=100)
    remark: str = Field(default="", max_length=4000)

    def doer(self) -> str:
        """Return who measured."""
        return self.inspector
