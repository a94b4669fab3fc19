"""Handing reports in: values frozen with to whom, when and by whom; corrections; what was handed in before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol
from uuid import UUID

from sqlmodel import Session, col, or_, select

from desktop.foundation.clock import Clock
from desktop.foundation.days import Period
from desktop.foundation.errors import InputError
from desktop.foundation.ids import new_id
from desktop.foundation.text import tidied_texts, tidy
from desktop.register.rights import Officer, Right
from desktop.reports.content import ReportContent
from desktop.reports.frozen import Change, Submission, changes_since, frozen_content
from desktop.reports.records import ReportSubmission
from desktop.reports.rules import SubmissionDraft, check_submission
from desktop.store.blobs import Blobs
from desktop.store.check import Check, CheckLine
from desktop.store.models import entered
from desktop.store.query import among, pick
from desktop.store.unit import Store, Unit

_ALREADY = "这个期间已经标为已上报。数字有变动的，请出更正表。"


@dataclass(frozen=True)
class Papers:
    """What leaves the office: the pages, how many, and the workbook."""

    pdf: bytes = field(repr=False)
    pages: int
    sheet: bytes = field(repr=False)


class Drawing(Protocol):
    """Makes the papers of a report that is about to be handed in, or of the correction of *first*."""

    def __call__(
        self, content: ReportContent, made: Submission, first: Submission | None, changes: Sequence[Change]
    ) -> Papers:
        """Return pages and workbook."""
        ...


class SubmissionService:
    """Use cases around reports that left the office; their pages and workbook are kept as they were."""

    def __init__(self, store: Store, officer: Officer, clock: Clock, *, blobs: Blobs, drawing: Drawing) -> None:
        self._store, self._officer, self._clock = store, officer, clock
        self._blobs, self._drawing = blobs, drawing

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

    def listed(self, text: str = "") -> list[UUID]:
        """Return everything that was handed in, the newest first; *text* is looked for in all its words."""
        query = pick(ReportSubmission.id).where(col(ReportSubmission.deleted_at).is_(None))
        if plain := tidy(text):
            columns = (
                ReportSubmission.title, ReportSubmission.number, ReportSubmission.recipient,
                ReportSubmission.handled_by, ReportSubmission.remark,
            )  # fmt: skip
            query = query.where(or_(*(col(column).contains(plain, autoescape=True) for column in columns)))
        query = query.order_by(col(ReportSubmission.submitted_on).desc(), entered(ReportSubmission).desc())
        with self._store.reading() as session:
            return [one for (one,) in session.connection().execute(query)]

    def rows(self, ids: Sequence[UUID]) -> list[Submission]:
        """Return what was handed in by *ids*, in that order."""
        with self._store.reading() as session:
            query = select(ReportSubmission).where(among(ReportSubmission.id, ids))
            found = {record.id: _submission(record) for record in session.exec(query)}
        return [found[one] for one in ids if one in found]

    def paper(self, submission_id: UUID) -> bytes:
        """Return the pages as they went out, byte for byte.

        Raises InputError for what was handed in before pages were kept, DamagedFile if they are gone, NotAllowed for
        officers who may not see all that stands on them.
        """
        return self._file(submission_id, lambda record: record.paper)

    def sheet(self, submission_id: UUID) -> bytes:
        """Return the workbook as it went out; raises as ``paper`` does."""
        self._officer.require(Right.EXPORT)
        return self._file(submission_id, lambda record: record.sheet)

    def hand_in(self, content: ReportContent, draft: SubmissionDraft) -> Submission:
        """Freeze the report's values and keep its papers.

        Raises InputError with every problem, or if it was handed in already, EnvironmentFailure if the papers cannot
        be kept; then nothing is handed in.
        """
        self._officer.require(Right.REPORT)
        draft = self._checked(content, draft)
        if self.of(content.period):
            raise InputError(_ALREADY)
        made = _made(content, draft)
        kept = self._kept(self._drawing(content, made, None, ()))
        with self._store.writing(f"标为已上报：{content.title}{content.kind}", self._officer) as unit:
            if submissions_in(unit.session, content.period.first, content.period.last):
                raise InputError(_ALREADY)
            return _stored(unit, made, kept)

    def correct(self, content: ReportContent, draft: SubmissionDraft) -> tuple[Submission, list[Change]]:
        """Freeze today's values as a correction of what was handed in; return it and what it corrects.

        Raises InputError with every problem, or if nothing has changed or was ever handed in, EnvironmentFailure if
        the papers cannot be kept.
        """
        self._officer.require(Right.REPORT)
        draft = self._checked(content, draft)
        known = self.of(content.period)
        changes = self._to_correct(content, known)
        made = _made(content, draft, corrects=known[0])
        kept = self._kept(self._drawing(content, made, original_of(known), changes))
        with self._store.writing(f"出更正表：{content.title}{content.kind}", self._officer) as unit:
            now = submissions_in(unit.session, content.period.first, content.period.last)
            if [one.id for one in now] != [one.id for one in known]:
                raise InputError("同事刚出过更正表，或撤销了上报。请再看一遍数字，还要更正的再出。")
            return _stored(unit, made, kept), changes

    def _to_correct(self, content: ReportContent, known: Sequence[Submission]) -> list[Change]:
        if not known:
            raise InputError("这个期间还没有标为已上报，不用更正。")
        changes = changes_since(known[0], content.table.sections, self._officer)
        if not changes:
            raise InputError("上报以后没有变动，不用更正。")
        return changes

    def _kept(self, papers: Papers) -> _Kept:
        """Write the papers to the disk before anything names them."""
        return _Kept(self._blobs.put(papers.pdf), papers.pages, self._blobs.put(papers.sheet))

    def _file(self, submission_id: UUID, name: Callable[[ReportSubmission], str]) -> bytes:
        with self._store.reading() as session:
            record = session.get(ReportSubmission, submission_id)
            if record is None or record.deleted_at is not None:
                raise InputError("这份上报已经不在了，可能刚被撤销。请到回收站看看。")
            rights, wanted = _submission(record).rights, name(record)
        for right in sorted(rights):
            self._officer.require(right)
        if not wanted:
            raise InputError("这份报表上报的时候还没有存原样，只有数字。请在“月报”里按数字打印。")
        return self._blobs.get(wanted)

    def _checked(self, content: ReportContent, draft: SubmissionDraft) -> SubmissionDraft:
        draft = tidied_texts(draft)
        if problems := check_submission(draft, last=content.period.last, today=self._clock.today()):
            raise InputError(problems=problems)
        return draft


class _Kept(NamedTuple):
    """The names of the files, and how many pages there are."""

    paper: str
    pages: int
    sheet: str


def _made(content: ReportContent, draft: SubmissionDraft, *, corrects: Submission | None = None) -> Submission:
    """Return what is about to be handed in, not stored yet."""
    assert draft.submitted_on is not None  # noqa: S101  check_submission has refused such a draft
    return Submission(
        new_id(), 1, content.period.first, content.period.last, f"{content.title}工作{content.kind}",
        draft.submitted_on, draft.recipient, draft.handled_by, draft.number, draft.remark,
        corrects.id if corrects else None, frozen_content(content.table),
    )  # fmt: skip


def _stored(unit: Unit, made: Submission, kept: _Kept) -> Submission:
    record = unit.add(
        ReportSubmission(
            id=made.id, first_on=made.first, last_on=made.last, title=made.title, submitted_on=made.submitted_on,
            recipient=made.recipient, handled_by=made.handled_by, number=made.number, remark=made.remark,
            corrects=made.corrects, content=dict(made.content), paper=kept.paper, pages=kept.pages, sheet=kept.sheet,
        )
    )  # fmt: skip
    unit.session.flush()
    return _submission(record)


def submissions_check(blobs: Blobs) -> Check:
    """Return a look at the papers of everything handed in, in the bin too: each must open with the key."""

    def look(session: Session) -> CheckLine:
        query = pick(ReportSubmission.paper, ReportSubmission.sheet)
        names = {name for pair in session.connection().execute(query) for name in pair if name}
        bad = sum(not blobs.opens(name) for name in names)
        told = "完好" if not bad else f"有{bad}个打不开，请用最近的备份恢复"
        return CheckLine("reports", f"上报存档的文件：{told}", not bad, bad)

    return look


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
        record.pages, bool(record.sheet),
    )  # fmt: skip
