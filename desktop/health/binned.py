"""What the health slice puts into the bin: visits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session, col

from desktop.foundation.days import plain_day
from desktop.health.records import Visit
from desktop.register.records import Resident
from desktop.register.rights import Right
from desktop.register.service.bin import BinKind
from desktop.store.query import pick


def _titles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    query = (
        pick(Visit.id, Resident.name, Visit.visited_on, Visit.service)
        .join(Resident, col(Resident.id) == col(Visit.resident_id))
        .where(col(Visit.id).in_(ids))
    )
    return {
        visit: f"{name}  {plain_day(day)} {service}"
        for visit, name, day, service in session.connection().execute(query)
    }


VISITS_BIN = BinKind(model=Visit, word="健康服务", see=Right.SEE_HEALTH, edit=Right.EDIT_HEALTH, titles=_titles)
