"""What the search across the program finds here: activities by name, place and people."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col

from desktop.activities.records import Activity
from desktop.register.ports import Found
from desktop.register.rights import Right
from desktop.store.query import holding, pick

_TOLD = (Activity.name, Activity.place, Activity.category, Activity.in_charge, Activity.partners)


class ActivitySearch:
    """Activities, held and planned."""

    kind = "活动"
    right = Right.SEE_ACTIVITIES

    def find(self, session: Session, text: str, limit: int) -> Sequence[Found]:
        """Return activities, newest first."""
        query = (
            pick(Activity.id, Activity.name, Activity.place, Activity.held_on)
            .where(holding(text, [col(one) for one in _TOLD]), col(Activity.deleted_at).is_(None))
            .order_by(col(Activity.held_on).desc(), col(Activity.id).desc())
            .limit(limit)
        )
        return [Found(self.kind, *row) for row in session.connection().execute(query)]
