"""The ledgers of notices: what was issued under a number, and what was posted where; and what notices.posted counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, func, select

from desktop.foundation.clock import Clock
from desktop.foundation.days import Period
from desktop.notices.documents import issued_ledger, posting_ledger
from desktop.notices.records import Posting
from desktop.notices.service.postings import postings_in
from desktop.notices.views import PostingDraft, PostingRow
from desktop.register.issued_records import IssuedDocument
from desktop.register.ports import FigureRow, OfferedLedger
from desktop.register.rights import Right
from desktop.register.service.issued import IssuedRow, issued_row_of

POSTED = "notices.posted"


class NoticeLedgers:
    """Offers 发文登记台账 and 通知张贴台账."""

    right = Right.SEE_NOTICES

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def ledgers(self, session: Session) -> Sequence[OfferedLedger]:
        """Return both ledgers."""
        today = self._clock.today()
        return [
            OfferedLedger(issued_ledger(today), self.right, count=_count_issued, rows=_issued),
            OfferedLedger(posting_ledger(today), self.right, count=_count_postings, rows=_postings),
        ]


def _count_issued(session: Session, period: Period | None = None) -> int:
    query = select(func.count()).select_from(IssuedDocument).where(col(IssuedDocument.deleted_at).is_(None))
    if period is not None:
        query = query.where(col(IssuedDocument.issued_on).between(period.first, period.last))
    return session.exec(query).one()


def _issued(session: Session, period: Period) -> list[IssuedRow]:
    query = (
        select(IssuedDocument)
        .where(col(IssuedDocument.deleted_at).is_(None))
        .where(col(IssuedDocument.issued_on).between(period.first, period.last))
        .order_by(col(IssuedDocument.issued_on), col(IssuedDocument.serial), col(IssuedDocument.id))
    )
    return [issued_row_of(issued) for issued in session.exec(query)]


def _count_postings(session: Session, period: Period | None = None) -> int:
    query = select(func.count()).select_from(Posting).where(col(Posting.deleted_at).is_(None))
    if period is not None:
        query = query.where(col(Posting.posted_on).between(period.first, period.last))
    return session.exec(query).one()


def _postings(session: Session, period: Period) -> list[PostingRow]:
    query = (
        select(Posting.id)
        .where(col(Posting.deleted_at).is_(None), col(Posting.posted_on).between(period.first, period.last))
        .order_by(col(Posting.posted_on), col(Posting.id))
    )
    ids = list(session.exec(query))
    found = postings_in(session, ids)
    return [found[posting_id] for posting_id in ids]


class NoticeFigureRows:
    """Shows the postings behind notices.posted."""

    right = Right.SEE_NOTICES

    def shows(self, key: str) -> bool:
        """Return whether *key* counts postings."""
        return key == POSTED

    def rows_of(self, session: Session, key: str, period: Period) -> Sequence[FigureRow] | None:
        """Return the postings of *period*; None for any other figure."""
        if not self.shows(key):
            return None
        return [
            _figure_row(row.id, row.draft, row.draft.posted_on, period.last)
            for row in _postings(session, period)
            if row.draft.posted_on is not None
        ]


def _figure_row(posting_id: UUID, draft: PostingDraft, posted_on: date, last: date) -> FigureRow:
    """Return a posting as it stood on the *last* day of the period."""
    down = draft.taken_down_on is not None and draft.taken_down_on <= last
    late = not down and draft.down_due_on is not None and draft.down_due_on < last
    state = "已撤下" if down else "该撤下了" if late else "张贴着"
    return FigureRow(
        posting_id, posted_on, draft.title, draft.places, state, settled=not late, bad=late, who=draft.posted_by
    )
