"""Reasons why something was not done: written once for a duty and a span of days, changed, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from desktop.foundation.errors import InputError, Problem
from desktop.foundation.text import tidy
from desktop.register.records import GapReason, Staff
from desktop.register.rights import Officer, Right
from desktop.store.history import represented_in
from desktop.store.records import with_represented
from desktop.store.unit import Store

LONGEST = 500


@dataclass(frozen=True)
class Reason:
    """One stored reason and who wrote it."""

    id: UUID
    duty: str
    first: date
    last: date
    text: str
    by: str

    def covers(self, first: date, last: date) -> bool:
        """Return whether the days from *first* to *last* lie in the span of this reason."""
        return self.first <= first and last <= self.last


class GapReasonService:
    """Writes reasons; one for the same duty and span is changed, never doubled."""

    def __init__(self, store: Store, officer: Officer) -> None:
        self._store = store
        self._officer = officer

    def explain(self, duty: str, title: str, first: date, last: date, text: str) -> str:
        """Store why *duty* was not done from *first* to *last*; return the step's label. Raises InputError if empty."""
        self._officer.require(Right.EDIT_DUTIES)
        text = tidy(text)
        if not text:
            raise InputError(problems=[Problem("reason", "required", "请写明没有做的原因。")])
        if len(text) > LONGEST:
            raise InputError(problems=[Problem("reason", "too_long", f"原因最多{LONGEST}个字。")])
        label = f"写明缺项原因：{title}"
        with self._store.writing(label, self._officer) as unit:
            same = select(GapReason).where(
                GapReason.duty == duty, GapReason.first_on == first, GapReason.last_on == last,
                col(GapReason.deleted_at).is_(None),
            )  # fmt: skip
            stored = unit.session.exec(same).first()
            if stored is None:
                unit.add(GapReason(duty=duty, title=title, first_on=first, last_on=last, reason=text))
            else:
                stored.reason = text
        return label

    def withdraw(self, reason_id: UUID) -> str:
        """Move a reason to the bin, so that the gap stands open again; return the step's label."""
        self._officer.require(Right.EDIT_DUTIES)
        with self._store.writing("收回缺项原因", self._officer) as unit:
            reason = unit.get(GapReason, reason_id)
            unit.label = f"收回缺项原因：{reason.title}"
            unit.move_to_bin(reason)
            return unit.label


def reasons_in(session: Session) -> Sequence[Reason]:
    """Return every reason that stands, newest first."""
    query = (
        select(GapReason, Staff.name)
        .join(Staff, col(Staff.id) == col(GapReason.created_by), isouter=True)
        .where(col(GapReason.deleted_at).is_(None))
        .order_by(col(GapReason.id).desc())
    )
    found = session.exec(query).all()
    others = represented_in(session, {reason.id for reason, _ in found})
    return [
        Reason(
            reason.id, reason.duty, reason.first_on, reason.last_on, reason.reason,
            with_represented(name or "", others.get(reason.id, "")),
        )
        for reason, name in found
    ]  # fmt: skip
