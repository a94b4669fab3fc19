"""Sorting lists by the column their user chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func

Sort = tuple[str, bool]
"""The key of a column, and whether the largest stands first."""


def by_sound(column: Any) -> Any:
    """Return what sorts the words in *column* by their pinyin; empty ones are null.

    SQLite calls our own function, made with the connection; PostgreSQL would use COLLATE "zh-x-icu" in its place.
    """
    return func.sound_key(column)


def ordering(ways: Mapping[str, Any], sort: Sort | None, newest: Sequence[Any]) -> tuple[Any, ...]:
    """Return what to order by: the way *sort* names, what says nothing last, ties newest first.

    *newest* are the columns that tell how new a record is; the key ``day`` sorts by them alone, and so does no sort or
    one that is not known any more: a remembered one may come from an older program.
    """
    if sort == ("day", False):
        return tuple(newest)
    latest = tuple(column.desc() for column in newest)
    if sort is None or sort[0] not in ways:
        return latest
    way = ways[sort[0]]
    return ((way.desc() if sort[1] else way.asc()).nulls_last(), *latest)
