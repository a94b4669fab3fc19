"""Long lists walked along an index: how many rows there are, what stands in a window, where a record stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, tuple_
from sqlmodel import Session

from desktop.store.idlist import IdList, WindowedIds
from desktop.store.query import pick
from desktop.store.unit import Store


def walked(
    store: Store,
    conditions: Sequence[Any],
    order: Sequence[Any],
    *,
    descending: bool = False,
    count: int | None = None,
    head: IdList | None = None,
    tail: IdList | None = None,
) -> WindowedIds:
    """Return the ids of the rows that meet *conditions* in *order*, columns of which the last is the id.

    Cheap only where one index holds everything: what the conditions ask for by equality or range first, then *order*.
    None of the columns may be null. *count* says how many rows there are, if that is known already; *head* and *tail*
    are ids that stand before and behind them.
    """
    first, last, record_id = head or IdList(), tail or IdList(), order[-1]
    if count is None:
        with store.reading() as session:
            count = count_of(session, record_id, conditions)
    behind: int = count

    def window(offset: int, limit: int) -> list[UUID]:
        found = list(first[offset : offset + limit])
        start = max(offset - len(first), 0)
        wanted = min(limit - len(found), behind - start)
        if wanted > 0:
            found += walk(start, wanted)
        after = max(offset - len(first) - behind, 0)
        return [*found, *last[after : after + limit - len(found)]]

    def walk(start: int, wanted: int) -> list[UUID]:
        # From the nearer end: the database walks over everything it leaves out.
        turned = start > behind // 2
        columns = [column.desc() if descending != turned else column for column in order]
        skipped = behind - start - wanted if turned else start
        query = pick(record_id).where(*conditions).order_by(*columns).offset(skipped).limit(wanted)
        with store.reading() as session:
            rest = list(session.connection().scalars(query))
        return rest[::-1] if turned else rest

    def rank(wanted: UUID) -> int:
        if (place := first.position(wanted)) >= 0:
            return place
        if (place := last.position(wanted)) >= 0:
            return len(first) + behind + place
        with store.reading() as session:
            mine = session.connection().execute(pick(*order).where(*conditions, record_id == wanted)).one_or_none()
            if mine is None:
                return -1
            before = tuple_(*order) > tuple(mine) if descending else tuple_(*order) < tuple(mine)
            return len(first) + count_of(session, record_id, [*conditions, before])

    return WindowedIds(len(first) + behind + len(last), window, rank)


def count_of(session: Session, record_id: Any, conditions: Sequence[Any]) -> int:
    """Return how many rows of the table of *record_id* meet *conditions*."""
    query = pick(func.count()).select_from(record_id.class_).where(*conditions)
    return int(session.connection().execute(query).scalar_one())
