"""What is due in activities: plans of today, and plans that are over without a word on how they went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from desktop.activities.records import Activity, ActivityLedger
from desktop.activities.rules import CATEGORIES, HELD, PLANNED
from desktop.foundation.days import short_day
from desktop.register.duty import Duty
from desktop.register.ports import DueLine, DueTarget
from desktop.register.rights import Right
from desktop.store.query import pick

SLICE = "activities"


class ActivityDues:
    """Plans whose last day has come."""

    slice = SLICE
    right = Right.SEE_ACTIVITIES
    edit = Right.EDIT_ACTIVITIES
    verb = "登记活动"

    def due(self, session: Session, until: date, today: date) -> Sequence[DueLine]:
        """Return the plans that end by *until*, but none that lie ahead: the week shows them as activities."""
        last_day = func.coalesce(Activity.ends_on, Activity.held_on)
        query = (
            select(Activity)
            .where(col(Activity.status) == PLANNED, col(Activity.deleted_at).is_(None))
            .where(col(Activity.held_on) <= min(until, today), last_day <= min(until, today))
        )
        return [_line(activity, today) for activity in session.exec(query)]

    def target(self, duty: Duty, day: date) -> DueTarget:
        """Return the form of a new activity under the duty's first category, or in the ledger of that name."""
        first = duty.categories[0]
        values: dict[str, object] = {"held_on": day, "name": duty.title}
        values |= {"category": first} if first in CATEGORIES else {"ledgers": (first,)}
        return DueTarget(SLICE, "new", values=values)

    def done_on(self, session: Session, duty: Duty, first: date, last: date) -> Sequence[date]:
        """Return the days of activities held in one of the duty's categories or ledgers, by name where it asks so."""
        in_ledger = pick(ActivityLedger.activity_id).where(
            col(ActivityLedger.ledger).in_(duty.categories), col(ActivityLedger.held_on).between(first, last)
        )
        query = pick(Activity.held_on, Activity.name).where(
            col(Activity.status) == HELD,
            col(Activity.held_on).between(first, last),
            or_(col(Activity.category).in_(duty.categories), col(Activity.id).in_(in_ledger)),
            col(Activity.deleted_at).is_(None),
        )
        return sorted({
            day
            for day, name in session.connection().execute(query)
            if not duty.name_has or any(word in name for word in duty.name_has)
        })  # fmt: skip

    def begun_on(self, session: Session) -> date | None:
        """Return the day of the first activity."""
        query = pick(Activity.held_on).where(col(Activity.deleted_at).is_(None))
        first: date | None = session.connection().scalar(query.order_by(col(Activity.held_on)).limit(1))
        return first


def _line(activity: Activity, today: date) -> DueLine:
    due_on = activity.ends_on or activity.held_on
    people = f"预计{activity.planned_people}人" if activity.planned_people else ""
    when = "" if due_on == today else f"计划在{short_day(due_on, today)}，还没有登记结果"
    return DueLine(
        key=f"{SLICE}:settle:{activity.id.hex}",
        due_on=due_on,
        title=f"{activity.name} {activity.place}".strip(),
        detail="，".join(filter(None, (when, people))) or activity.category,
        verb="登记结果",
        target=DueTarget(SLICE, "settle", activity.id),
        at=activity.clock.split("–")[0].split("-")[0].strip() if due_on == today else "",
    )
