"""Tables the store keeps for itself, and the columns every record shares."""

# No "from __future__ import annotations" here: SQLModel reads the real types.

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, DateTime, Dialect, Index, LargeBinary, Uuid
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from desktop.foundation.ids import new_id

# Found again by Alembic on every database, whatever made the table.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

KEPT: dict[str, Any] = {"free": True}
"""Table.info of what is written without history: drafts and learned headings."""

DERIVED: dict[str, Any] = {"free": True, "derived": True}
"""Table.info of what can be made again from records at any time, and is written without history."""


class UtcInstant(TypeDecorator[datetime]):
    """An aware instant, stored as UTC without a zone so that every database compares it alike."""

    impl = DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """Return what undo turns the history's text back into."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive instants; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant must be aware")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Return the instant aware, in UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class Record(SQLModel):
    """What every record carries. The unit of work fills all of it; services never do."""

    id: UUID = Field(default_factory=new_id, primary_key=True, sa_type=Uuid)
    created_at: datetime = Field(default=None, sa_type=UtcInstant)
    updated_at: datetime = Field(default=None, sa_type=UtcInstant)
    created_by: UUID | None = Field(default=None, sa_type=Uuid)
    version: int = Field(default=1)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    import_batch: UUID | None = Field(default=None, sa_type=Uuid)

    def doer(self) -> str:
        """Return the names the record itself gives of who did the thing, '' where it names nobody."""
        return ""


class Step(SQLModel, table=True):
    """One committed unit of work with the name the user sees (撤销：删除 3 条检查记录)."""

    __tablename__ = "step"

    id: UUID = Field(primary_key=True, sa_type=Uuid)
    label: str
    at: datetime = Field(sa_type=UtcInstant, index=True)
    staff_id: UUID | None = Field(default=None, sa_type=Uuid)
    staff_name: str = ""
    for_staff_id: UUID | None = Field(default=None, sa_type=Uuid)
    for_staff_name: str = ""
    device: str = ""
    undoable: bool = True
    batch_id: UUID | None = Field(default=None, sa_type=Uuid)
    undoes: UUID | None = Field(default=None, sa_type=Uuid)
    undone_by: UUID | None = Field(default=None, sa_type=Uuid)

    @property
    def who(self) -> str:
        """Return who typed it, and for whom: 罗晓梅（代周建国）."""
        return with_represented(self.staff_name, self.for_staff_name)


def with_represented(typist: str, represented: str) -> str:
    """Return *typist*, with whom the step stands for in brackets if it stands for somebody else."""
    return f"{typist}（代{represented}）" if represented else typist


class HistoryEntry(SQLModel, table=True):
    """One changed record of a step: {field: [old, new]} for updates, nothing for inserts (the row has it)."""

    __tablename__ = "history_entry"
    __table_args__ = (Index("ix_history_entry_record_id", "record_id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True, sa_type=Uuid)
    step_id: UUID = Field(foreign_key="step.id", index=True, sa_type=Uuid)
    record_type: str
    record_id: UUID | None = Field(default=None, sa_type=Uuid)
    action: str
    changes: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class ImportBatch(SQLModel, table=True):
    """One import of one file: what came in together and can be undone together."""

    __tablename__ = "import_batch"

    id: UUID = Field(default_factory=new_id, primary_key=True, sa_type=Uuid)
    kind: str
    file_name: str
    row_count: int
    at: datetime = Field(sa_type=UtcInstant)
    staff_id: UUID | None = Field(default=None, sa_type=Uuid)
    undone_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class Draft(SQLModel, table=True):
    """A half-typed form, kept encrypted so that a killed program loses nothing that was typed."""

    __tablename__ = "draft"
    __table_args__ = {"info": KEPT}

    staff_id: UUID = Field(primary_key=True, sa_type=Uuid)
    form: str = Field(primary_key=True, max_length=120)
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    saved_at: datetime = Field(sa_type=UtcInstant)


class LearnedHeading(SQLModel, table=True):
    """A heading of a superior's sheet that somebody joined to one of our columns by hand."""

    __tablename__ = "learned_heading"
    __table_args__ = {"info": KEPT}

    kind: str = Field(primary_key=True, max_length=40)
    heading: str = Field(primary_key=True, max_length=200)
    column_key: str


class BlobKey(SQLModel, table=True):
    """The one key of the encrypted files beside the database; made by the migration, never written by anybody."""

    __tablename__ = "blob_key"

    id: int = Field(primary_key=True)
    secret: bytes = Field(sa_type=LargeBinary, repr=False)


class BatonRow(SQLModel, table=True):
    """The one row that says which computer may write; made by the migration, see `store.baton`."""

    __tablename__ = "baton"

    place: int = Field(primary_key=True)
    id: UUID = Field(sa_type=Uuid)
    state: str = Field(max_length=10)
    heir: UUID | None = Field(default=None, sa_type=Uuid)
    line: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    void: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    staff_name: str = ""
    at: datetime | None = Field(default=None, sa_type=UtcInstant)
    device: str = ""
    target: str = ""
    away: bool = False


class SearchOwner(SQLModel, table=True):
    """A findable record under a small number of its own: keys and texts name it by that, at an eighth of the bytes."""

    __tablename__ = "search_owner"
    __table_args__ = {"info": DERIVED}

    row: int = Field(primary_key=True)
    owner_id: UUID = Field(unique=True, sa_type=Uuid)


class SearchKey(SQLModel, table=True):
    """One way to find a record by typing its beginning: pinyin, initials, a telephone, the end of a number."""

    __tablename__ = "search_key"
    __table_args__ = (Index("ix_search_key_row", "row"), {"info": DERIVED, "sqlite_with_rowid": False})

    key: str = Field(primary_key=True, max_length=120)
    row: int = Field(primary_key=True)
