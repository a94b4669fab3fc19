"""The inspections and letters behind inspections.*, findings.* and pledges.signed.* figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col, select

from desktop.foundation.days import Period, days_left
from desktop.inspections.place_names import PlaceNames
from desktop.inspections.records import Inspection, Pledge
from desktop.inspections.recurrence import Repeat, repeats_among
from desktop.inspections.rules import ESCALATED, NOTICE, ON_SPOT, PASSED
from desktop.register.ports import OPEN_FINDINGS, FigureRow
from desktop.register.rights import Right

_SIGNED = "pledges.signed."
_BY_DAY: dict[str, Callable[[Inspection], bool]] = {
    "inspections.done": lambda one: True,
    "inspections.passed": lambda one: one.result == PASSED,
    "findings.found": lambda one: one.has_finding,
    "findings.fixed_on_spot": lambda one: one.has_finding and one.treatment == ON_SPOT,
    "findings.notices": lambda one: one.has_finding and (one.treatment == NOTICE or one.notice_on is not None),
    "findings.escalated": lambda one: one.has_finding and (one.treatment == ESCALATED or one.escalated_on is not None),
}
"""Figure → whether an inspection of the period counts; the same as figures._by_day, a test holds the two together."""
_BY_END = frozenset({"findings.closed", "findings.overdue", OPEN_FINDINGS})


class InspectionFigureRows:
    """Shows what the figures of this slice are made of."""

    right = Right.SEE_INSPECTIONS

    def shows(self, key: str) -> bool:
        """Return whether *key* is one of theirs."""
        return key in _BY_DAY or key in _BY_END or key.startswith(_SIGNED)

    def rows_of(self, session: Session, key: str, period: Period) -> Sequence[FigureRow] | None:
        """Return inspections or findings as they stood at the end of *period*, or the letters signed in it."""
        living, finding = col(Inspection.deleted_at).is_(None), col(Inspection.has_finding).is_(True)
        query = select(Inspection).where(living).order_by(col(Inspection.inspected_on), col(Inspection.id))
        if key.startswith(_SIGNED):
            return _letters(session, key.removeprefix(_SIGNED), period)
        if counts := _BY_DAY.get(key):
            query = query.where(col(Inspection.inspected_on).between(period.first, period.last))
        elif key == "findings.closed":
            query = query.where(finding, col(Inspection.closed_on).between(period.first, period.last))
        elif key == "findings.overdue":
            query = query.where(
                finding,
                col(Inspection.inspected_on) <= period.last,
                col(Inspection.due_on) < period.last,
                or_(col(Inspection.closed_on).is_(None), col(Inspection.closed_on) > period.last),
            )
        elif key == OPEN_FINDINGS:
            query = query.where(
                finding,
                col(Inspection.inspected_on) <= period.last,
                col(Inspection.treatment) != ON_SPOT,
                or_(col(Inspection.closed_on).is_(None), col(Inspection.closed_on) > period.last),
            )
        else:
            return None
        names = PlaceNames(session)
        found = [one for one in session.exec(query) if counts is None or counts(one)]
        repeats = repeats_among(session, [one.id for one in found]) if key == OPEN_FINDINGS else {}
        return [_row(one, names, period.last, repeats.get(one.id)) for one in found]


def _row(one: Inspection, names: PlaceNames, last: date, repeat: Repeat | None) -> FigureRow:
    state, settled = _state(one, last)
    bad = not settled and one.due_on is not None and one.due_on < last
    again = f"（{repeat.words}）" if repeat else ""
    return FigureRow(
        one.id, one.inspected_on, names.shown(one.place_id), f"{one.problem or one.category}{again}", state,
        kind=one.category, settled=settled, bad=bad, who=one.responsible, due_on=one.due_on,
    )  # fmt: skip


def _state(one: Inspection, last: date) -> tuple[str, bool]:
    """Return the state on *last* as a word, and whether nothing is left to do."""
    if not one.has_finding:
        return one.result or "没写结果", True
    if one.treatment == ON_SPOT:
        return "现场已整改", True
    if one.closed_on is not None and one.closed_on <= last:
        return "已销号", True
    if one.treatment == ESCALATED or (one.escalated_on is not None and one.escalated_on <= last):
        return "已上报", False
    return (days_left(one.due_on, last) if one.due_on is not None else "没有销号"), False


def _letters(session: Session, category: str, period: Period) -> list[FigureRow]:
    query = (
        select(Pledge)
        .where(col(Pledge.deleted_at).is_(None), Pledge.category == category)
        .where(col(Pledge.signed_on).between(period.first, period.last))
        .order_by(col(Pledge.signed_on), col(Pledge.id))
    )
    return [
        FigureRow(one.id, one.signed_on, one.party, one.address, f"{one.copies}份", kind=category, amount=one.copies)
        for one in session.exec(query)
    ]
