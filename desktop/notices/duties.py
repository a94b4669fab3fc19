"""What is due of notices: what hangs beyond its last day and must come down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from desktop.foundation.days import short_day
from desktop.notices.records import Posting
from desktop.register.duty import Duty
from desktop.register.ports import DueLine, DueTarget
from desktop.register.rights import Right
from desktop.store.query import pick

SLICE = "notices"


class NoticeDues:
    """Postings to be taken down; a duty of this slice asks for something to be posted."""

    slice = SLICE
    right = Right.SEE_NOTICES
    edit = Right.EDIT_NOTICES
    verb = "登记张贴"

    def due(self, session: Session, until: date, today: date) -> Sequence[DueLine]:
        """Return the postings whose last day comes by *until* and that still hang."""
        query = (
            select(Posting)
            .where(col(Posting.deleted_at).is_(None), col(Posting.taken_down_on).is_(None))
            .where(col(Posting.down_due_on) <= until)
        )
        return [_line(posting, posting.down_due_on, today) for posting in session.exec(query) if posting.down_due_on]

    def target(self, duty: Duty, day: date) -> DueTarget:
        """Return the form of a new posting."""
        return DueTarget(SLICE, "new", values={"title": duty.title, "posted_on": day})

    def done_on(self, session: Session, duty: Duty, first: date, last: date) -> Sequence[date]:
        """Return the days on which something was posted whose title says one of the duty's categories."""
        query = pick(Posting.posted_on, Posting.title).where(
            col(Posting.deleted_at).is_(None), col(Posting.posted_on).between(first, last)
        )
        found = {
            day for day, title in session.connection().execute(query) if any(word in title for word in duty.categories)
        }
        return sorted(found)

    def begun_on(self, session: Session) -> date | None:
        """Return the day of the first posting."""
        query = pick(Posting.posted_on).where(col(Posting.deleted_at).is_(None))
        first: date | None = session.connection().scalar(query.order_by(col(Posting.posted_on)).limit(1))
        return first


def _line(posting: Posting, due_on: date, today: date) -> DueLine:
    detail = f"{short_day(posting.posted_on, today)}贴在{posting.places}"
    target = DueTarget(SLICE, "posting", posting.id)
    return DueLine(f"posting:{posting.id.hex}", due_on, f"撤下：{posting.title}", detail, "登记撤下", target)
