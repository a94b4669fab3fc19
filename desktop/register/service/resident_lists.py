"""The long lists of residents, sorted by the derived order rows and read a window at a time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, tuple_
from sqlmodel import Session, col, select

from desktop.register.records import ResidentOrder
from desktop.store.idlist import WindowedIds
from desktop.store.query import pick
from desktop.store.unit import Store

ORDERS: dict[str, tuple[Any, ...]] = {
    "address": (ResidentOrder.address_key, ResidentOrder.resident_id),
    "name": (ResidentOrder.name_key, ResidentOrder.resident_id),
    "urgent": (ResidentOrder.due_on, ResidentOrder.address_key, ResidentOrder.resident_id),
}
"""Order → columns; address and urgent have an index that holds all of them."""


def ordered(store: Store, order: str, *, gone: bool) -> WindowedIds:
    """Return everybody here (or everybody gone) in *order*, one of ORDERS."""
    columns = [col(column) for column in ORDERS[order]]
    side: ColumnElement[bool] = col(ResidentOrder.gone).is_(gone)

    def window(offset: int, limit: int) -> list[UUID]:
        query = select(ResidentOrder.resident_id).where(side).order_by(*columns).offset(offset).limit(limit)
        with store.reading() as session:
            return list(session.exec(query))

    def rank(resident_id: UUID) -> int:
        with store.reading() as session:
            mine = session.connection().execute(
                pick(*columns).where(side, col(ResidentOrder.resident_id) == resident_id)
            )
            key = mine.one_or_none()
            return -1 if key is None else _count(session, side, tuple_(*columns) < tuple(key))

    with store.reading() as session:
        return WindowedIds(_count(session, side), window, rank)


def _count(session: Session, *conditions: Any) -> int:
    return int(session.exec(select(func.count()).select_from(ResidentOrder).where(*conditions)).one())
