"""Selecting plain columns, which SQLModel's own select types only up to four at once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select


def pick(*columns: Any) -> Select[Any]:
    """Return a SELECT of plain *columns*, never ORM rows; each result is a tuple in their order."""
    return select(*columns)
