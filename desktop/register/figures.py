"""What the register adds to reports: residents and dwellings at the end of a period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, and_, col, not_, or_, select

from desktop.foundation.days import Period
from desktop.register.ports import Figure
from desktop.register.records import Resident
from desktop.register.rights import Right
from desktop.register.rules import GONE_STATES


class RegisterFigures:
    """Computes base.* of a period."""

    right = Right.SEE_REGISTER

    def figures(self, session: Session, period: Period) -> Sequence[Figure]:
        """Return residents and dwellings on the period's last day."""
        query = select(func.count(), func.count(func.distinct(Resident.household_id))).where(*here_at_end(period))
        people, homes = session.connection().execute(query).one()
        return [
            Figure(
                "base.residents", int(people), "人", "在册居民",
                "期末已出生、已迁入且没有迁出或死亡的居民（迁入日期不详的算一直在）",
            ),
            Figure("base.households", int(homes), "户", "居民户", "上述居民的不同住址（小区+楼栋+单元+室）数"),
        ]  # fmt: skip


def here_at_end(period: Period) -> tuple[Any, ...]:
    """Return the conditions under which a resident counts at the end of *period*; rules.here_on in SQL."""
    return (
        col(Resident.deleted_at).is_(None),
        or_(col(Resident.born_on).is_(None), col(Resident.born_on) <= period.last),
        or_(col(Resident.arrived_on).is_(None), col(Resident.arrived_on) <= period.last),
        not_(
            and_(
                col(Resident.dwelling_state).in_(GONE_STATES),
                func.coalesce(Resident.changed_on, period.last) <= period.last,
            )
        ),
    )
