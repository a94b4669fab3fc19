"""The ledger of what was posted where, and the postings behind notices.posted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, func, select

from desktop.foundation.days import Period, plain_day
from desktop.notices.records import Posting
from desktop.printing.document import Ledger, LedgerColumn
from desktop.register.ports import FigureRow, OfferedLedger
from desktop.register.rights import Right
from desktop.store.query import pick

POSTED = "notices.posted"


@dataclass(frozen=True)
class PostedLine:
    """One posting as its ledger shows it."""

    id: UUID
    title: str
    posted_on: date
    places: str
    copies: int
    posted_by: str
    reviewed_by: str
    down_due_on: date | None
    taken_down_on: date | None
    remark: str


def posting_ledger() -> Ledger[PostedLine]:
    """Return the ledger of postings."""
    return Ledger(
        "通知张贴台账",
        (
            LedgerColumn("张贴日期", lambda row: plain_day(row.posted_on)),
            LedgerColumn("名称", lambda row: row.title),
            LedgerColumn("张贴地点", lambda row: row.places),
            LedgerColumn("份数", lambda row: str(row.copies), align="right", value=lambda row: row.copies),
            LedgerColumn("张贴人", lambda row: row.posted_by),
            LedgerColumn("审核人", lambda row: row.reviewed_by),
            LedgerColumn("应撤日期", lambda row: plain_day(row.down_due_on)),
            LedgerColumn("撤下日期", lambda row: plain_day(row.taken_down_on)),
            LedgerColumn("备注", lambda row: row.remark),
        ),
    )


class NoticeLedgers:
    """Offers 通知张贴台账."""

    right = Right.SEE_NOTICES

    def ledgers(self, session: Session) -> Sequence[OfferedLedger]:
        """Return the one ledger."""
        del session
        return [OfferedLedger(posting_ledger(), self.right, _count, posted_in)]


class NoticeFigureRows:
    """Shows the postings a figure counts."""

    right = Right.SEE_NOTICES

    def shows(self, key: str) -> bool:
        """Return whether *key* is theirs."""
        return key == POSTED

    def rows_of(self, session: Session, key: str, period: Period) -> Sequence[FigureRow] | None:
        """Return the postings of *period*."""
        if key != POSTED:
            return None
        return [_row(line, period.last) for line in posted_in(session, period)]


def posted_in(session: Session, period: Period) -> list[PostedLine]:
    """Return the postings of *period* in order of days."""
    query = (
        pick(
            Posting.id, Posting.title, Posting.posted_on, Posting.places, Posting.copies, Posting.posted_by,
            Posting.reviewed_by, Posting.down_due_on, Posting.taken_down_on, Posting.remark,
        )
        .where(col(Posting.deleted_at).is_(None), col(Posting.posted_on).between(period.first, period.last))
        .order_by(col(Posting.posted_on), col(Posting.id))
    )  # fmt: skip
    return [PostedLine(*found) for found in session.connection().execute(query)]


def _row(line: PostedLine, last: date) -> FigureRow:
    down = line.taken_down_on is not None and line.taken_down_on <= last
    late = not down and line.down_due_on is not None and line.down_due_on < last
    state = "已撤下" if down else "该撤下了" if late else "张贴着"
    return FigureRow(line.id, line.posted_on, line.title, line.places, state, settled=down or not late, bad=late)


def _count(session: Session, period: Period | None) -> int:
    query = select(func.count()).select_from(Posting).where(col(Posting.deleted_at).is_(None))
    if period is not None:
        query = query.where(col(Posting.posted_on).between(period.first, period.last))
    return int(session.exec(query).one())
