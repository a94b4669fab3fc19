"""Handing reports in: values frozen with to whom, when and by whom; corrections; what was handed in before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from desktop.foundation.clock import Clock
from desktop.foundation.days import Period
from desktop.foundation.errors import InputError
from desktop.register.rights import Officer, Right
from desktop.reports.content import ReportContent
from desktop.reports.frozen import Change, Submission, changes_since, frozen_content
from desktop.reports.records import ReportSubmission
from desktop.reports.rules import SubmissionDraft, check_submission, tidied
from desktop.store.models import entered
from desktop.store.unit import Store, Unit


class SubmissionService:
    """Use cases around reports that left the office."""

    def __init__(self, store: Store, officer: Officer, clock: Clock) -> None:
        self._store, self._officer, self._clock = store, officer, clock

    def of(self, period: Period) -> list[Submission]:
        """Return what was handed in for exactly these days, the newest first."""
        with self._store.reading() as session:
            return submissions_in(session, period.first, period.last)

    def latest(self, period: Period) -> Submission | None:
        """Return the newest state that was handed in."""
        return next(iter(self.of(period)), None)

    def changes(self, content: ReportContent) -> list[Change]:
        """Return what says something else now than when the period was last handed in."""
        latest = self.latest(content.period)
        return [] if latest is None else changes_since(latest, content.table.sections, self._officer)

    def hand_in(self, content: ReportContent, draft: SubmissionDraft) -> Submission:
        """Freeze the report's values; raise InputError with every problem, or if it was handed in already."""
        self._officer.require(Right.REPORT)
        draft = self._checked(content, draft)
        with self._store.writing(f"标为已上报：{content.title}{content.kind}", self._officer) as unit:
            if submissions_in(unit.session, content.period.first, content.period.last):
                raise InputError("这个期间已经标为已上报。数字有变动的，请出更正表。")
            return self._stored(unit, content, draft)

    def correct(self, content: ReportContent, draft: SubmissionDraft) -> tuple[Submission, list[Change]]:
        """Freeze today's values as a correction of what was handed in; return it and what it corrects.

        Raises InputError with every problem, or if nothing has changed or was ever handed in.
        """
        self._officer.require(Right.REPORT)
        draft = self._checked(content, draft)
        with self._store.writing(f"出更正表：{content.title}{content.kind}", self._officer) as unit:
            known = submissions_in(unit.session, content.period.first, content.period.last)
            if not known:
                raise InputError("这个期间还没有标为已上报，不用更正。")
            changes = changes_since(known[0], content.table.sections, self._officer)
            if not changes:
                raise InputError("上报以后没有变动，不用更正。")
            return self._stored(unit, content, draft, corrects=known[0]), changes

    def _checked(self, content: ReportContent, draft: SubmissionDraft) -> SubmissionDraft:
        draft = tidied(draft)
        if problems := check_submission(draft, last=content.period.last, today=self._clock.today()):
            raise InputError(problems=problems)
        return draft

    def _stored(
        self, unit: Unit, content: ReportContent, draft: SubmissionDraft, *, corrects: Submission | None = None
    ) -> Submission:
        assert draft.submitted_on is not None  # noqa: S101  check_submission has refused such a draft
        record = unit.add(
            ReportSubmission(
                first_on=content.period.first,
                last_on=content.period.last,
                title=f"{content.title}工作{content.kind}",
                submitted_on=draft.submitted_on,
                recipient=draft.recipient,
                handled_by=draft.handled_by,
                number=draft.number,
                remark=draft.remark,
                corrects=corrects.id if corrects else None,
                content=frozen_content(content.table),
            )
        )
        unit.session.flush()
        return _submission(record)


def submissions_in(session: Session, first: date, last: date) -> list[Submission]:
    """Return what was handed in for these days, the newest first."""
    query = (
        select(ReportSubmission)
        .where(col(ReportSubmission.deleted_at).is_(None))
        .where(ReportSubmission.first_on == first, ReportSubmission.last_on == last)
        .order_by(entered(ReportSubmission).desc())
    )
    return [_submission(record) for record in session.exec(query)]


def original_of(known: Sequence[Submission]) -> Submission:
    """Return the one that was handed in first, of those of one period."""
    return known[-1]


def _submission(record: ReportSubmission) -> Submission:
    return Submission(
        record.id, record.version, record.first_on, record.last_on, record.title, record.submitted_on,
        record.recipient, record.handled_by, record.number, record.remark, record.corrects, record.content,
    )  # fmt: skip
