"""What the notices slice adds to reports: how often something was posted."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from desktop.foundation.days import Period
from desktop.notices.records import Posting
from desktop.register.ports import Figure
from desktop.register.rights import Right


class NoticeFigures:
    """Computes notices.posted of a period."""

    right = Right.SEE_NOTICES

    def figures(self, session: Session, period: Period) -> Sequence[Figure]:
        """Return how many postings have their day in *period*."""
        query = select(func.count()).where(
            col(Posting.deleted_at).is_(None), col(Posting.posted_on).between(period.first, period.last)
        )
        number = int(session.exec(query).one())
        return [Figure("notices.posted", number, "次", "张贴通知告示", "张贴日期在本期的张贴登记，一条算一次")]
