"""What is due in inspections: findings to be noticed, rechecked, closed or asked after, letters that run out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from desktop.foundation.days import plain_day, short_day
from desktop.inspections.place_names import PlaceNames
from desktop.inspections.progress import NextStep, next_step
from desktop.inspections.records import Inspection, Pledge
from desktop.inspections.rules import InspectionDraft, Stage, stage_of
from desktop.inspections.service.inspections import draft_of
from desktop.inspections.service.lists import OPEN
from desktop.register.duty import Duty
from desktop.register.ports import DueLine, DueTarget
from desktop.register.rights import Right
from desktop.store.query import pick

SLICE = "inspections"
ASK_AFTER_DAYS = 7
"""After a week with a superior somebody should ask what became of it; no source, a habit of offices."""
_FORGET_PLEDGES_AFTER_DAYS = 60
"""A letter that ran out longer ago and was not signed again is let go of, the list of letters still has it."""

_VERBS = {NextStep.NOTICE: "发通知"}
_FORMS = {NextStep.NOTICE: "notice", NextStep.RECHECK: "recheck", NextStep.CLOSE: "close"}


class InspectionDues:
    """Findings that wait for the next step, and letters of responsibility about to run out."""

    slice = SLICE
    right = Right.SEE_INSPECTIONS
    edit = Right.EDIT_INSPECTIONS
    verb = "登记检查"

    def due(self, session: Session, until: date, today: date) -> Sequence[DueLine]:
        """Return open findings whose step is due by *until*, and letters that end by then, by category and day."""
        return [*_findings(session, until, today), *_pledges(session, until, today)]

    def target(self, duty: Duty, day: date) -> DueTarget:
        """Return the form of a new inspection of the duty's first category."""
        return DueTarget(SLICE, "new", values={"category": duty.categories[0], "inspected_on": day})

    def done_on(self, session: Session, duty: Duty, first: date, last: date) -> Sequence[date]:
        """Return the days with an inspection of one of the duty's categories."""
        query = (
            pick(Inspection.inspected_on)
            .where(
                col(Inspection.category).in_(duty.categories),
                col(Inspection.inspected_on).between(first, last),
                col(Inspection.deleted_at).is_(None),
            )
            .distinct()
        )
        return list(session.connection().scalars(query))

    def begun_on(self, session: Session) -> date | None:
        """Return the day of the first inspection."""
        query = pick(Inspection.inspected_on).where(col(Inspection.deleted_at).is_(None))
        first: date | None = session.connection().scalar(query.order_by(col(Inspection.inspected_on)).limit(1))
        return first


def _findings(session: Session, until: date, today: date) -> Iterator[DueLine]:
    names = PlaceNames(session)
    for inspection in session.exec(select(Inspection).where(col(Inspection.deleted_at).is_(None), *OPEN)):
        draft = draft_of(inspection, names)
        due_on = due_day(draft, today)
        step = next_step(draft)
        if step is None or due_on is None or due_on > until:
            continue
        waiting = stage_of(draft) is Stage.ESCALATED
        form = "show" if waiting else _FORMS[step]
        yield DueLine(
            key=f"{SLICE}:{form}:{inspection.id.hex}",
            due_on=due_on,
            title=f"{names.shown(inspection.place_id)} {draft.problem}",
            detail=_detail(draft, today),
            verb="看记录" if waiting else _VERBS.get(step, step.value),
            target=DueTarget(SLICE, form, inspection.id),
        )


def due_day(draft: InspectionDraft, today: date) -> date | None:
    """Return when the next step of an open finding is due.

    A notice on the day of the finding; a recheck by the deadline; closing on the day of the good recheck. What is
    with a superior has no day of its own: after a week it is due today, every day, and never late.
    """
    stage = stage_of(draft)
    if stage is Stage.ESCALATED:
        since = draft.escalated_on or draft.inspected_on
        return today if since is not None and (today - since).days >= ASK_AFTER_DAYS else None
    if stage is Stage.RECHECK_PASSED:
        return draft.rechecked_on or draft.inspected_on
    return draft.due_on or draft.notice_on or draft.inspected_on


def _detail(draft: InspectionDraft, today: date) -> str:
    stage, whose = stage_of(draft), f"，责任单位{draft.responsible}" if draft.responsible else ""
    if stage is Stage.ESCALATED:
        since = draft.escalated_on or draft.inspected_on
        return f"{short_day(since, today)}上报{draft.escalated_to}，问问处理好没有"
    if stage is Stage.RECHECK_PASSED:
        return "复查合格，可以销号"
    if draft.due_on is not None:
        again = "复查不合格，再次限期" if stage is Stage.RECHECK_FAILED else "整改期限"
        return f"{again}{short_day(draft.due_on, today)}{whose}"
    return f"{short_day(draft.inspected_on, today)}发现，还没有定整改期限{whose}"


def _pledges(session: Session, until: date, today: date) -> Iterator[DueLine]:
    """Yield one line per category and last day; who signed the same letter again later is left out."""
    ending = (
        pick(Pledge.id, Pledge.category, Pledge.party, Pledge.expires_on, Pledge.signed_on)
        .where(
            col(Pledge.deleted_at).is_(None),
            col(Pledge.expires_on).between(today - timedelta(days=_FORGET_PLEDGES_AFTER_DAYS), until),
        )
        .order_by(col(Pledge.party))
    )
    newest = (
        pick(Pledge.category, Pledge.party, func.max(Pledge.signed_on))
        .where(col(Pledge.deleted_at).is_(None))
        .group_by(col(Pledge.category), col(Pledge.party))
    )
    found = list(session.connection().execute(ending))
    again = {(category, party): day for category, party, day in session.connection().execute(newest)} if found else {}
    groups: dict[tuple[str, date], list[tuple[UUID, str]]] = defaultdict(list)
    for pledge, category, party, expires_on, signed_on in found:
        if again[category, party] == signed_on:
            groups[category, expires_on].append((pledge, party))
    for (category, expires_on), parties in groups.items():
        pledge, party = parties[0]
        whose = party if len(parties) == 1 else f"{party}等 {len(parties)}份"
        yield DueLine(
            key=f"{SLICE}:pledge:{category}:{expires_on.isoformat()}",
            due_on=expires_on,
            title=f"{category}续签 {whose}",
            detail=f"{plain_day(expires_on)}到期",
            verb="登记续签",
            target=DueTarget(SLICE, "pledge", pledge),
        )
