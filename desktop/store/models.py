"""Every table that holds records, found through SQLModel's registry."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, func, literal_column
from sqlmodel import Session, SQLModel, col, select

from desktop.store.records import Record


def record_models() -> list[type[Record]]:
    """Return every table class that holds records."""
    return [mapper.class_ for mapper in SQLModel._sa_registry.mappers if issubclass(mapper.class_, Record)]


def model_of(table_name: str) -> type[Record] | None:
    """Return the class of the records in *table_name*, or None."""
    return next((model for model in record_models() if model.__tablename__ == table_name), None)


def table_of(model: type[SQLModel]) -> Table:
    """Return the table behind *model*."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def entered(model: type[SQLModel], alias: str = "") -> Any:
    """Return a column of *model* (or its *alias*) that grows with every row stored, whatever clock stored it.

    Ids and instants follow the clock, which people set back. PostgreSQL would use an identity column here.
    """
    return literal_column(f"{alias or model.__tablename__}.rowid")


def count_living(session: Session, model: type[Record]) -> int:
    """Return how many records of *model* are outside the bin."""
    return session.exec(select(func.count()).select_from(model).where(col(model.deleted_at).is_(None))).one()


def any_living(session: Session, model: type[Record]) -> bool:
    """Return whether there is a record of *model* outside the bin."""
    return session.exec(select(model.id).where(col(model.deleted_at).is_(None)).limit(1)).first() is not None
