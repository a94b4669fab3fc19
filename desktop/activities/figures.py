"""What the activities slice adds to reports: held, cancelled, attendance, and quantities by name and unit."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import case, func
from sqlmodel import Session, col

from desktop.activities.records import Activity, ActivityWork
from desktop.activities.rules import CANCELLED, HELD
from desktop.activities.work import from_milli
from desktop.foundation.days import Period
from desktop.register.ports import Figure
from desktop.register.rights import Right
from desktop.store.query import pick

_ROUGH = "，其中有带“约、余、多”的约数，按所写的数相加"


class ActivityFigures:
    """Computes activities.* of a period."""

    right = Right.SEE_ACTIVITIES

    def figures(self, session: Session, period: Period) -> Sequence[Figure]:
        """Return every activity figure; quantities only where an activity that was held names them."""
        return [*_counts(session, period), *_work(session, period)]


def _counts(session: Session, period: Period) -> list[Figure]:
    held = col(Activity.status) == HELD
    query = pick(
        func.coalesce(func.sum(case((held, 1), else_=0)), 0),
        func.coalesce(func.sum(case((col(Activity.status) == CANCELLED, 1), else_=0)), 0),
        func.coalesce(func.sum(case((held, col(Activity.attendance)), else_=0)), 0),
    ).where(col(Activity.held_on).between(period.first, period.last), col(Activity.deleted_at).is_(None))
    done, cancelled, people = (int(number) for number in session.connection().execute(query).one())
    return [
        Figure("activities.held", done, "次", "举办活动", "日期在本期、状态为“已办”的活动数"),
        Figure("activities.cancelled", cancelled, "次", "取消活动", "日期在本期、状态为“取消”的活动数"),
        Figure("activities.attendance", people, "人次", "参加活动", "上述已办活动的参加人次相加"),
    ]


def _work(session: Session, period: Period) -> list[Figure]:
    """Sum up by name and unit; a qualifier stays with its number in the record and is spoken of in the formula."""
    rough = func.max(case((col(ActivityWork.qualifier) != "", 1), else_=0))
    query = (
        pick(ActivityWork.name, ActivityWork.unit, func.sum(ActivityWork.amount_milli), rough)
        .where(col(ActivityWork.held_on).between(period.first, period.last))
        .group_by(col(ActivityWork.name), col(ActivityWork.unit))
        .order_by(col(ActivityWork.name), col(ActivityWork.unit))
    )
    return [
        Figure(
            f"activities.work.{name}.{unit}",
            from_milli(int(milli)),
            unit,
            name,
            f"本期已办活动的工作量“{name}”（{unit}）相加{_ROUGH if is_rough else ''}",
        )
        for name, unit, milli, is_rough in session.connection().execute(query)
    ]
