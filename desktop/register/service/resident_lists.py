"""The long lists of residents, sorted by the derived order rows and read a window at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session, col

from desktop.register.records import GONE, HERE, Resident, ResidentCount, ResidentOrder
from desktop.register.rules import GONE_STATES
from desktop.store.idlist import IdList, ids_of
from desktop.store.query import pick
from desktop.store.unit import Store
from desktop.store.walking import walked

_ORDERS: dict[str, tuple[Any, ...]] = {
    "address": (ResidentOrder.address_key, ResidentOrder.resident_id),
    "name": (ResidentOrder.name_key, ResidentOrder.resident_id),
    "due": (ResidentOrder.due_on, ResidentOrder.address_key, ResidentOrder.resident_id),
}
"""Order → columns; an index holds all of each."""


def order_of(order: str, *, descending: bool) -> tuple[Any, ...]:
    """Return what to sort order rows by: address, name, due or age, the youngest first."""
    if order == "age":
        own = col(Resident.id) == col(ResidentOrder.resident_id)
        # Named, as the list may be narrowed by residents too, and would then take them for its own.
        born_on = pick(Resident.born_on).where(own).correlate(ResidentOrder).scalar_subquery()
        return _by_birthday(born_on, col(ResidentOrder.resident_id), descending=descending)
    return tuple(col(column).desc() if descending else col(column) for column in _ORDERS[order])


def _by_birthday(born_on: Any, record_id: Any, *, descending: bool) -> tuple[Any, ...]:
    if descending:
        return born_on.asc().nulls_last(), record_id.asc()
    return born_on.desc().nulls_last(), record_id.desc()


def ordered(store: Store, order: str, *, gone: bool, descending: bool = False) -> Sequence[UUID]:
    """Return everybody here (or everybody gone) by address, name, age, or what is due first."""
    with store.reading() as session:
        count = counts_in(session).get(GONE if gone else HERE, 0)
        ageless = _without_birthday(session, gone=gone) if order == "age" else IdList()
    if order == "age":
        # The youngest first is the latest birthday first.
        known = [*_side(gone=gone), col(Resident.born_on).is_not(None)]
        birthdays = [col(Resident.born_on), col(Resident.id)]
        return walked(store, known, birthdays, descending=not descending, count=count - len(ageless), tail=ageless)
    columns = [col(column) for column in _ORDERS[order]]
    return walked(store, [col(ResidentOrder.gone).is_(gone)], columns, descending=descending, count=count)


def _side(*, gone: bool) -> list[Any]:
    state = col(Resident.dwelling_state)
    return [col(Resident.deleted_at).is_(None), state.in_(GONE_STATES) if gone else state.not_in(GONE_STATES)]


def _without_birthday(session: Session, *, gone: bool) -> IdList:
    query = pick(Resident.id).where(*_side(gone=gone), col(Resident.born_on).is_(None))
    return ids_of(session, query.order_by(col(Resident.id)))


def counts_in(session: Session) -> dict[str, int]:
    """Return how many residents are HERE and GONE, and the HOMES of those here; what is missing is none."""
    query = pick(ResidentCount.what, ResidentCount.number)
    return {what: number for what, number in session.connection().execute(query)}  # noqa: C416  rows are no pairs
