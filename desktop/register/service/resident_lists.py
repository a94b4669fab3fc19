"""The long lists of residents, sorted by the derived order rows and read a window at a time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, tuple_
from sqlmodel import Session, col, select

from desktop.register.records import Resident, ResidentOrder
from desktop.register.rules import GONE_STATES
from desktop.store.idlist import IdList, WindowedIds, ids_of
from desktop.store.query import pick
from desktop.store.unit import Store

_ORDERS: dict[str, tuple[Any, ...]] = {
    "address": (ResidentOrder.address_key, ResidentOrder.resident_id),
    "name": (ResidentOrder.name_key, ResidentOrder.resident_id),
    "due": (ResidentOrder.due_on, ResidentOrder.address_key, ResidentOrder.resident_id),
}
"""Order → columns; address and due have an index that holds all of them."""


def order_of(order: str, *, descending: bool) -> tuple[Any, ...]:
    """Return what to sort order rows by: address, name, due or age, the youngest first."""
    if order == "age":
        born_on = pick(Resident.born_on).where(col(Resident.id) == col(ResidentOrder.resident_id)).scalar_subquery()
        return _by_birthday(born_on, col(ResidentOrder.resident_id), descending=descending)
    return tuple(col(column).desc() if descending else col(column) for column in _ORDERS[order])


def by_age(session: Session, *, gone: bool, descending: bool) -> IdList:
    """Return everybody here (or everybody gone), the youngest first or the eldest; an index holds all it asks for."""
    state = col(Resident.dwelling_state)
    side = state.in_(GONE_STATES) if gone else state.not_in(GONE_STATES)
    query = pick(Resident.id).where(col(Resident.deleted_at).is_(None), side)
    return ids_of(
        session, query.order_by(*_by_birthday(col(Resident.born_on), col(Resident.id), descending=descending))
    )


def _by_birthday(born_on: Any, record_id: Any, *, descending: bool) -> tuple[Any, ...]:
    return ((born_on.asc() if descending else born_on.desc()).nulls_last(), record_id)


def ordered(store: Store, order: str, *, gone: bool, descending: bool = False) -> WindowedIds:
    """Return everybody here (or everybody gone) by address, name, or what is due first."""
    columns = [col(column) for column in _ORDERS[order]]
    side: ColumnElement[bool] = col(ResidentOrder.gone).is_(gone)

    def window(offset: int, limit: int) -> list[UUID]:
        query = select(ResidentOrder.resident_id).where(side).order_by(*order_of(order, descending=descending))
        with store.reading() as session:
            return list(session.exec(query.offset(offset).limit(limit)))

    def rank(resident_id: UUID) -> int:
        with store.reading() as session:
            mine = session.connection().execute(
                pick(*columns).where(side, col(ResidentOrder.resident_id) == resident_id)
            )
            key = mine.one_or_none()
            if key is None:
                return -1
            before = tuple_(*columns) > tuple(key) if descending else tuple_(*columns) < tuple(key)
            return _count(session, side, before)

    with store.reading() as session:
        return WindowedIds(_count(session, side), window, rank)


def _count(session: Session, *conditions: Any) -> int:
    return int(session.exec(select(func.count()).select_from(ResidentOrder).where(*conditions)).one())
