"""What the search across the program finds here: reports and corrections that were handed in."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col

from desktop.register.ports import Found
from desktop.register.rights import Right
from desktop.reports.records import ReportSubmission
from desktop.store.models import entered
from desktop.store.query import holding, pick

_TOLD = (
    ReportSubmission.title, ReportSubmission.number, ReportSubmission.recipient, ReportSubmission.handled_by,
    ReportSubmission.remark,
)  # fmt: skip


class SubmissionSearch:
    """What was handed in, by title, number, to whom and by whom."""

    kind = "上报的报表"
    right = Right.SEE_REGISTER

    def find(self, session: Session, text: str, limit: int) -> Sequence[Found]:
        """Return reports, newest first."""
        query = (
            pick(
                ReportSubmission.id, ReportSubmission.title, ReportSubmission.number, ReportSubmission.corrects,
                ReportSubmission.recipient, ReportSubmission.submitted_on,
            )
            .where(holding(text, list(map(col, _TOLD))), col(ReportSubmission.deleted_at).is_(None))
            .order_by(col(ReportSubmission.submitted_on).desc(), entered(ReportSubmission).desc())
            .limit(limit)
        )  # fmt: skip
        return [
            Found(self.kind, found, f"{title}{'更正表' if corrects else ''}", number or f"报给{recipient}", day)
            for found, title, number, corrects, recipient, day in session.connection().execute(query)
        ]
