"""What records of other slices are sorted by where they only hold an id of the register: a place, a resident."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func
from sqlmodel import col

from desktop.register.records import Place, ResidentOrder
from desktop.store.models import table_of
from desktop.store.query import pick
from desktop.store.sorting import by_sound


def by_place(column: Any) -> Any:
    """Return what sorts the places in *column* by the name lists show: its 小区 first."""
    place, parent = table_of(Place).alias(), table_of(Place).alias()
    named = by_sound(func.coalesce(parent.c.name, "") + place.c.name)
    joined = place.outerjoin(parent, parent.c.id == place.c.parent_id)
    return pick(named).select_from(joined).where(place.c.id == column).scalar_subquery()


def by_resident(column: Any) -> Any:
    """Return what sorts the residents in *column* by the pinyin of their names."""
    return pick(ResidentOrder.name_key).where(col(ResidentOrder.resident_id) == column).scalar_subquery()
