"""Selecting plain columns, and asking for many values at once without a parameter for each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, func, or_, select, true, type_coerce


def pick(*columns: Any) -> Select[Any]:
    """Return a SELECT of plain *columns*, never ORM rows; each result is a tuple in their order."""
    return select(*columns)


def among(column: Any, values: Iterable[UUID | str | int]) -> ColumnElement[bool]:
    """Return the condition that *column* is one of *values*, however many: they travel as one JSON parameter.

    A parameter for each costs SQLAlchemy more than SQLite needs for the answer. On PostgreSQL the same place would
    hold json_array_elements.
    """
    plain = json.dumps([value.hex if isinstance(value, UUID) else value for value in values])
    each = func.json_each(plain).table_valued("value")
    return type_coerce(column, String).in_(select(each.c.value))


def holding(text: str, columns: Sequence[Any], *others: Callable[[str], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Return the condition that every word of *text* stands in one of *columns*, or meets one of *others*."""

    def told(word: str) -> ColumnElement[bool]:
        within = [column.contains(word, autoescape=True) for column in columns]
        return or_(*within, *(other(word) for other in others))

    return and_(true(), *(told(word) for word in text.split()))


def unindexed(column: Any) -> ColumnElement[str]:
    """Return *column*, a text or an id, as a value that no index is looked up for.

    SQLite walks a list of a hundred thousand ids through an index, or a whole index to see each id once, where one
    pass over the few rows of a narrower index would do; this tells it so.
    """
    return type_coerce(column, String).concat("")
