"""What the activities slice puts into the bin: activities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session, col

from desktop.activities.records import Activity
from desktop.foundation.days import plain_day
from desktop.register.rights import Right
from desktop.register.service.bin import BinKind
from desktop.store.query import pick


def _titles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    query = pick(Activity.id, Activity.name, Activity.held_on).where(col(Activity.id).in_(ids))
    return {activity: f"{name}  {plain_day(day)}" for activity, name, day in session.connection().execute(query)}


ACTIVITIES_BIN = BinKind(
    model=Activity, word="活动", see=Right.SEE_ACTIVITIES, edit=Right.EDIT_ACTIVITIES, titles=_titles
)
