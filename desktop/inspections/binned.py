"""What the inspections slice puts into the bin: inspections and letters of responsibility."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session, col

from desktop.foundation.days import plain_day
from desktop.inspections.records import Inspection, Pledge
from desktop.register.records import Place
from desktop.register.rights import Right
from desktop.register.service.bin import BinKind
from desktop.store.query import pick


def _inspection_titles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    query = (
        pick(Inspection.id, Place.name, Inspection.inspected_on, Inspection.category)
        .join(Place, col(Place.id) == col(Inspection.place_id))
        .where(col(Inspection.id).in_(ids))
    )
    return {
        inspection: f"{place}  {plain_day(day)} {category}"
        for inspection, place, day, category in session.connection().execute(query)
    }


def _pledge_titles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    query = pick(Pledge.id, Pledge.party, Pledge.category, Pledge.signed_on).where(col(Pledge.id).in_(ids))
    return {
        pledge: f"{party}  {category} {plain_day(day)}"
        for pledge, party, category, day in session.connection().execute(query)
    }


INSPECTIONS_BIN = BinKind(
    model=Inspection,
    word="检查",
    see=Right.SEE_INSPECTIONS,
    edit=Right.EDIT_INSPECTIONS,
    titles=_inspection_titles,
)
PLEDGES_BIN = BinKind(
    model=Pledge,
    word="责任书",
    see=Right.SEE_INSPECTIONS,
    edit=Right.EDIT_INSPECTIONS,
    titles=_pledge_titles,
)
