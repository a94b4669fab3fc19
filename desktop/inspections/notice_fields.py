"""What a finding puts into a rectification notice: where, what, by when, to whom, when it is looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from desktop.foundation.days import plain_day
from desktop.inspections.place_names import PlaceNames
from desktop.inspections.records import Inspection
from desktop.register.ports import Occasion
from desktop.register.rights import Right
from desktop.register.service.standards import editions_in
from desktop.register.workdays import days_off_of, deadline

RECTIFICATION = "rectification"


class InspectionNotices:
    """Fills rectification notices."""

    right = Right.SEE_INSPECTIONS
    templates = frozenset({RECTIFICATION})

    def occasions(self, session: Session, first: date, last: date) -> Sequence[Occasion]:
        """Return the findings of the days between *first* and *last* that are still open."""
        query = (
            select(Inspection)
            .where(col(Inspection.deleted_at).is_(None), col(Inspection.inspected_on).between(first, last))
            .where(col(Inspection.has_finding).is_(True), col(Inspection.closed_on).is_(None))
            .order_by(col(Inspection.inspected_on).desc(), col(Inspection.id).desc())
        )
        names = PlaceNames(session)
        return [_occasion(session, names, inspection) for inspection in session.exec(query)]

    def of_record(self, session: Session, record_id: UUID) -> Occasion | None:
        """Return what the inspection *record_id* puts into a notice; None if it found nothing."""
        inspection = session.get(Inspection, record_id)
        if inspection is None or inspection.deleted_at is not None or not inspection.has_finding:
            return None
        return _occasion(session, PlaceNames(session), inspection)


def _occasion(session: Session, names: PlaceNames, inspection: Inspection) -> Occasion:
    place = names.shown(inspection.place_id)
    due = inspection.due_on
    calendar = days_off_of(one.content for one in editions_in(session, "holidays"))
    fields = {
        "受送单位": inspection.responsible,
        "检查日期": plain_day(inspection.inspected_on),
        "检查地点": place,
        "存在问题": inspection.problem,
        "整改期限": plain_day(due) if due else "",
        "复查日期": plain_day(deadline(due, 1, calendar)) if due else "",
    }
    kept = {name: value for name, value in fields.items() if value}
    title = f"{plain_day(inspection.inspected_on)} {place}：{inspection.problem[:20]}"
    return Occasion(RECTIFICATION, title, inspection.inspected_on, kept, inspection.id)
