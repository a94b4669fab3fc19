"""Follow-ups that are overdue or soon due, for whoever takes over from a colleague."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from desktop.health.records import HealthDue, Visit
from desktop.register.ports import OpenItem
from desktop.register.records import Resident
from desktop.register.rights import Right
from desktop.store.query import pick

AHEAD = timedelta(days=30)


class OpenFollowUps:
    """Lists what is due for residents within 30 days, and how much comes later."""

    title = "30天内到期的随访"
    right = Right.SEE_HEALTH

    def open_items(self, session: Session, today: date) -> Sequence[OpenItem]:
        """Return each due service with the resident; *who* recorded the person's last visit."""
        last = (
            select(Visit.recorded_by)
            .where(Visit.resident_id == HealthDue.resident_id, col(Visit.deleted_at).is_(None))
            .order_by(col(Visit.visited_on).desc(), col(Visit.id).desc())
            .limit(1)
            .scalar_subquery()
        )
        by_then = col(HealthDue.due_on) <= today + AHEAD
        query = (
            pick(Resident.name, HealthDue.what, HealthDue.due_on, last)
            .join(Resident, col(Resident.id) == col(HealthDue.resident_id))
            .where(by_then)
            .order_by(col(HealthDue.due_on), col(Resident.name))
        )
        items = [
            OpenItem(f"{name}：{what}", due_on, who or "")
            for name, what, due_on, who in session.connection().execute(query)
        ]
        later = int(session.exec(select(func.count()).select_from(HealthDue).where(~by_then)).one())
        return [*items, OpenItem(f"30天以后到期的另有{later}项")] if later else items
