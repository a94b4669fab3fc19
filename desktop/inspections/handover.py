"""Findings without 销号, for whoever takes over from a colleague."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from desktop.foundation.days import plain_day
from desktop.inspections.records import Inspection
from desktop.inspections.service.lists import OPEN
from desktop.register.ports import OpenItem
from desktop.register.records import Place
from desktop.register.rights import Right

_FAR = date(9999, 12, 31)


class OpenFindings:
    """Lists open findings by deadline."""

    title = "没有销号的问题"
    right = Right.SEE_INSPECTIONS

    def open_items(self, session: Session, today: date) -> Sequence[OpenItem]:
        """Return every open finding with its place, day and inspector."""
        query = (
            select(Inspection, Place.name)
            .join(Place, col(Place.id) == col(Inspection.place_id))
            .where(col(Inspection.deleted_at).is_(None), *OPEN)
            .order_by(func.coalesce(col(Inspection.due_on), _FAR), col(Inspection.inspected_on))
        )
        return [
            OpenItem(f"{place}：{found.problem}（{plain_day(found.inspected_on)}查出）", found.due_on, found.inspector)
            for found, place in session.exec(query)
        ]
