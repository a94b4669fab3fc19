"""What the search across the program finds here: inspections by place, problem and people, letters by their party."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col

from desktop.inspections.place_names import PlaceNames
from desktop.inspections.records import Inspection, Pledge
from desktop.register.ports import Found
from desktop.register.rights import Right
from desktop.store.query import among, holding, pick

_TOLD = (
    Inspection.problem, Inspection.category, Inspection.inspector, Inspection.responsible, Inspection.notice_number,
)  # fmt: skip
_PARTY = (Pledge.party, Pledge.category, Pledge.manager, Pledge.address)


class InspectionSearch:
    """Inspections, by what was found, where, and by whom."""

    kind = "检查记录"
    right = Right.SEE_INSPECTIONS

    def find(self, session: Session, text: str, limit: int) -> Sequence[Found]:
        """Return inspections, newest first."""
        names = PlaceNames(session)
        query = (
            pick(Inspection.id, Inspection.place_id, Inspection.category, Inspection.problem, Inspection.inspected_on)
            .where(
                holding(text, [col(one) for one in _TOLD], lambda word: among(Inspection.place_id, names.like(word))),
                col(Inspection.deleted_at).is_(None),
            )
            .order_by(col(Inspection.inspected_on).desc(), col(Inspection.id).desc())
            .limit(limit)
        )
        return [
            Found(self.kind, found, f"{names.shown(place)} {problem or category}", category if problem else "", day)
            for found, place, category, problem, day in session.connection().execute(query)
        ]


class PledgeSearch:
    """Letters of responsibility, by who signed."""

    kind = "责任书"
    right = Right.SEE_INSPECTIONS

    def find(self, session: Session, text: str, limit: int) -> Sequence[Found]:
        """Return letters, newest first."""
        query = (
            pick(Pledge.id, Pledge.party, Pledge.category, Pledge.signed_on)
            .where(holding(text, [col(one) for one in _PARTY]), col(Pledge.deleted_at).is_(None))
            .order_by(col(Pledge.signed_on).desc(), col(Pledge.id).desc())
            .limit(limit)
        )
        return [Found(self.kind, *row) for row in session.connection().execute(query)]
