"""Record values as JSON in the history, and back to the column's own type for undo."""

from __future__ import annotations

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


def from_json(value: Any, column: Column[Any]) -> Any:
    """Return what to_json made of a value of *column*."""
    if value is None:
        return None
    try:
        kind = column.type.python_type
    except NotImplementedError:
        return value
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is UUID:
        return UUID(hex=value)
    if kind is Decimal:
        return Decimal(value)
    return value
