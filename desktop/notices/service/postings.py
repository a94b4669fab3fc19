"""What was posted where: recorded, looked after, taken down in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, or_, select

from desktop.foundation.clock import Clock
from desktop.foundation.errors import ChangedMeanwhile, InputError, Problem
from desktop.foundation.text import tidied_texts, tidy
from desktop.notices.posting_rules import check_posting
from desktop.notices.records import Posting
from desktop.notices.views import PostingDraft, PostingFilter, PostingRow
from desktop.register.issued_records import IssuedDocument
from desktop.register.rights import Officer, Right
from desktop.register.rules import differences
from desktop.store.idlist import IdList, ids_of
from desktop.store.query import among
from desktop.store.unit import Store

PLAIN = tuple(PostingDraft.__dataclass_fields__)


class PostingService:
    """Use cases around postings."""

    def __init__(self, store: Store, officer: Officer, clock: Clock) -> None:
        self._store, self._officer, self._clock = store, officer, clock

    def record(self, draft: PostingDraft, document_id: UUID | None = None) -> PostingRow:
        """Store a posting of an issued document, or of something else; raise InputError with every problem."""
        self._officer.require(Right.EDIT_NOTICES)
        draft = self._sound(draft)
        with self._store.writing(f"登记张贴：{draft.title}", self._officer) as unit:
            if document_id is not None and unit.get(IssuedDocument, document_id).voided_on is not None:
                raise InputError("这份文件已经作废，不能再登记张贴。")
            posting = unit.add(Posting(document_id=document_id, **_columns(draft)))
        return self._again(posting.id)

    def change(self, posting_id: UUID, draft: PostingDraft, *, version: int) -> PostingRow:
        """Store changed values; raise InputError with every problem, ChangedMeanwhile if a colleague was first."""
        self._officer.require(Right.EDIT_NOTICES)
        draft = self._sound(draft)
        with self._store.writing(f"修改张贴：{draft.title}", self._officer) as unit:
            try:
                posting = unit.get(Posting, posting_id, version=version)
            except ChangedMeanwhile as error:
                theirs = _draft(unit.get(Posting, posting_id))
                raise ChangedMeanwhile(str(error), differences(theirs, draft)) from None
            for name, value in _columns(draft).items():
                setattr(posting, name, value)
        return self._again(posting_id)

    def take_down(self, posting_id: UUID, *, version: int, day: date | None = None) -> PostingRow:
        """Note that it was taken down on *day* (today)."""
        row = self._again(posting_id)
        return self.change(posting_id, replace(row.draft, taken_down_on=day or self._clock.today()), version=version)

    def check(self, posting_id: UUID, *, version: int, checked_by: str, day: date | None = None) -> PostingRow:
        """Note who looked at it after posting."""
        if not tidy(checked_by):
            raise InputError(problems=[Problem("checked_by", "required", "请填是谁检查的。")])
        row = self._again(posting_id)
        draft = replace(row.draft, checked_by=checked_by, checked_on=day or self._clock.today())
        return self.change(posting_id, draft, version=version)

    def remove(self, posting_id: UUID) -> str:
        """Move a posting to the bin and return the step's label."""
        self._officer.require(Right.EDIT_NOTICES)
        with self._store.writing("删除张贴", self._officer) as unit:
            posting = unit.get(Posting, posting_id)
            unit.label = f"删除张贴：{posting.title}"
            unit.move_to_bin(posting)
            return unit.label

    def ids(self, narrowed: PostingFilter) -> IdList:
        """Return the ids of postings: what must come down first on top, then the newest."""
        self._officer.require(Right.SEE_NOTICES)
        today = self._clock.today()
        hanging = col(Posting.taken_down_on).is_(None)
        due = hanging & (col(Posting.down_due_on) <= today)
        conditions: list[Any] = [col(Posting.deleted_at).is_(None)]
        if narrowed.hanging:
            conditions.append(hanging)
        if narrowed.due:
            conditions.append(due)
        if narrowed.document_id is not None:
            conditions.append(Posting.document_id == narrowed.document_id)
        query = select(Posting.id)
        if text := narrowed.text.strip():
            query = query.outerjoin(IssuedDocument, col(IssuedDocument.id) == col(Posting.document_id))
            told = (Posting.title, Posting.places, Posting.posted_by, IssuedDocument.number)
            conditions.append(or_(*(col(column).contains(text, autoescape=True) for column in told)))
        order = (func.coalesce(due, 0).desc(), col(Posting.posted_on).desc(), col(Posting.id).desc())
        with self._store.reading() as session:
            return ids_of(session, query.where(*conditions).order_by(*order))

    def rows(self, ids: Sequence[UUID]) -> list[PostingRow]:
        """Return the postings *ids* in that order; ids gone meanwhile are left out."""
        self._officer.require(Right.SEE_NOTICES)
        with self._store.reading() as session:
            found = postings_in(session, ids)
        return [found[posting_id] for posting_id in ids if posting_id in found]

    def count_due(self) -> int:
        """Return how many postings should have been taken down by today."""
        return len(self.ids(PostingFilter(due=True)))

    def _again(self, posting_id: UUID) -> PostingRow:
        rows = self.rows([posting_id])
        if not rows:
            raise InputError("这条记录已经不在了，可能刚被别人删除。请到回收站看看。")
        return rows[0]

    def _sound(self, draft: PostingDraft) -> PostingDraft:
        draft = tidied_texts(draft)
        if problems := check_posting(draft, today=self._clock.today()):
            raise InputError(problems=problems)
        return draft


def _columns(draft: PostingDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in PLAIN}


def _draft(posting: Posting) -> PostingDraft:
    values: dict[str, Any] = {name: getattr(posting, name) for name in PLAIN}
    return PostingDraft(**values)


def postings_in(session: Session, ids: Sequence[UUID]) -> dict[UUID, PostingRow]:
    """Return living postings by id, each with the number of its notice."""
    postings = list(session.exec(select(Posting).where(among(Posting.id, ids), col(Posting.deleted_at).is_(None))))
    documents = [posting.document_id for posting in postings if posting.document_id is not None]
    numbers = {
        document.id: document.number
        for document in session.exec(select(IssuedDocument).where(among(IssuedDocument.id, documents)))
    }
    return {
        posting.id: PostingRow(
            posting.id, posting.version, _draft(posting), posting.document_id,
            numbers.get(posting.document_id, "") if posting.document_id else "",
        )
        for posting in postings
    }  # fmt: skip
