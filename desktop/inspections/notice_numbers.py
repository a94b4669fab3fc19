"""Numbers of rectification notices in inspections: those people wrote themselves, and those the register gave."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlmodel import Session, col, select

from desktop.foundation.errors import Problem
from desktop.inspections.records import Inspection
from desktop.inspections.rules import InspectionDraft
from desktop.register.issued_records import IssuedDocument
from desktop.register.numbers import RECTIFICATIONS, typed_serial
from desktop.register.service.issued import issued_of
from desktop.store.query import pick


class InspectionNumbers:
    """Tells the register which serials stand in inspections already, in the bin too: paper with them is out there."""

    series = RECTIFICATIONS

    def serials(self, session: Session, year: int) -> Iterator[int]:
        """Yield the serials of *year* written in inspections."""
        query = pick(Inspection.notice_number, Inspection.notice_on, Inspection.inspected_on).where(
            col(Inspection.notice_number) != "", col(Inspection.has_finding).is_(True)
        )
        for text, noticed_on, inspected_on in session.connection().execute(query):
            if (found := typed_serial(text, noticed_on or inspected_on)) is not None and found[0] == year:
                yield found[1]


def number_problem(session: Session, draft: InspectionDraft, inspection_id: UUID | None) -> Problem | None:
    """Return what is wrong with the number in *draft*: it is that of a kept notice, or not that of its own.

    A notice that was issued is out there with its number; only void ones let their inspection have another.
    """
    own = None if inspection_id is None else issued_of(session, inspection_id, RECTIFICATIONS)
    if own is not None:
        if draft.notice_number == own.number:
            return None
        sentence = f"通知书已用编号{own.number}发出，不能改。发错了的，请在“通知告示”的“已发”里作废它。"
        return Problem("notice_number", "refused", sentence)
    if not draft.notice_number:
        return None
    query = select(IssuedDocument).where(
        IssuedDocument.series == RECTIFICATIONS, IssuedDocument.number == draft.notice_number
    )
    taken = session.exec(query).first()
    if taken is None or taken.source_id == inspection_id:
        return None
    return Problem("notice_number", "number_taken", f"编号{taken.number}已经发给别的通知书了，请核对。")
