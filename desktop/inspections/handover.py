"""Findings without 销号, for whoever takes over from a colleague, and handed on to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from desktop.foundation.days import plain_day
from desktop.inspections.records import Inspection
from desktop.inspections.service.lists import OPEN
from desktop.register.handover import with_name_handed_on
from desktop.register.ports import OpenItem
from desktop.register.records import Place
from desktop.register.rights import Right
from desktop.store.unit import Unit

_FAR = date(9999, 12, 31)


class OpenFindings:
    """Lists open findings by deadline, and puts another officer's name on them."""

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

    def hand_on(self, unit: Unit, leaver: str, receiver: str) -> int:
        """Put *receiver* for *leaver* as inspector or responsible officer of open findings and return of how many.

        What was settled stays as it was: it says who did it.
        """
        fields = (col(Inspection.inspector), col(Inspection.responsible))
        named = or_(*(field.contains(leaver, autoescape=True) for field in fields))
        query = select(Inspection).where(col(Inspection.deleted_at).is_(None), *OPEN, named)
        changed = 0
        for found in unit.session.exec(query).all():
            inspector = with_name_handed_on(found.inspector, leaver, receiver)
            responsible = with_name_handed_on(found.responsible, leaver, receiver)
            if (inspector, responsible) != (found.inspector, found.responsible):
                found.inspector, found.responsible = inspector, responsible
                changed += 1
        return changed
