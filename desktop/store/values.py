"""Record values as JSON in the history, and back to the column's own type for undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Column


def to_json(value: Any) -> Any:
    """Return *value* as JSON can hold it: days and instants in ISO form, ids as hex, decimals as text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, Decimal):
        return str(value)
    return value


_READERS: dict[type, Callable[[str], Any]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    UUID: UUID,
    Decimal: Decimal,
}


def from_json(value: Any, column: Column[Any]) -> Any:
    """Return what to_json made of a value of *column*."""
    if value is None:
        return None
    try:
        read = _READERS.get(column.type.python_type)
    except NotImplementedError:
        return value
    return value if read is None else read(value)
