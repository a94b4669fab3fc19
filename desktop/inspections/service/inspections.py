"""Inspections: record, change, remove; notice, recheck, escalate and close findings; lists with the urgent first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from desktop.foundation.clock import Clock
from desktop.foundation.days import month_of, plain_day
from desktop.foundation.errors import ChangedMeanwhile, InputError, Problem
from desktop.foundation.text import tidied_texts, tidy
from desktop.inspections.checklist import check_judged, checked_of, stored_of
from desktop.inspections.notice_numbers import number_problem
from desktop.inspections.place_names import PlaceNames
from desktop.inspections.records import Inspection
from desktop.inspections.recurrence import repeats_among
from desktop.inspections.rules import (
    ESCALATED,
    HUNDREDTHS,
    MAJOR,
    NOTICE,
    InspectionDraft,
    Stage,
    check_inspection,
    stage_of,
)
from desktop.inspections.service.lists import categories_in, counts_in, listed
from desktop.inspections.views import InspectionCounts, InspectionFilter, InspectionRow
from desktop.register.rights import Officer, Right
from desktop.register.rules import differences
from desktop.register.service.standards import editions_in
from desktop.register.workdays import days_off_of, deadline
from desktop.store.query import among
from desktop.store.unit import Store, Unit

PLAIN = tuple(name for name in InspectionDraft.__dataclass_fields__ if name not in ("place", "score", "checks"))
"""Fields that a draft and a record have alike."""


class InspectionService:
    """Use cases around inspections and their findings."""

    def __init__(self, store: Store, officer: Officer, clock: Clock) -> None:
        self._store = store
        self._officer = officer
        self._clock = clock

    def record(
        self, draft: InspectionDraft, also: Callable[[Unit, UUID], object] = lambda _unit, _id: None
    ) -> InspectionRow:
        """Store an inspection, with its finding if it names a problem; raise InputError with every problem.

        *also* may add to the same step what belongs to the new inspection, such as its photos.
        """
        self._officer.require(Right.EDIT_INSPECTIONS)
        draft = tidied_texts(draft)
        with self._store.writing(f"登记检查：{draft.place} {draft.category}", self._officer) as unit:
            names = PlaceNames(unit.session)
            if problem := number_problem(unit.session, draft, None):
                raise InputError(problems=[problem])
            place_id = self._checked(draft, names)
            inspection = Inspection(inspected_on=_day_of(draft), category=draft.category, place_id=place_id)
            _fill(inspection, draft, place_id)
            unit.add(inspection)
            also(unit, inspection.id)
        return row_of(inspection, names)

    def change(self, inspection_id: UUID, draft: InspectionDraft, *, version: int) -> InspectionRow:
        """Store changed values; raise InputError with every problem.

        Raises ChangedMeanwhile, with both values of every field that differs, if a colleague was first.
        """
        return self._rewrite("修改检查", inspection_id, version, lambda _old: tidied_texts(draft))

    def notice(
        self, inspection_id: UUID, *, version: int, noticed_on: date | None, due_on: date | None, number: str = "",
        responsible: str = "",
    ) -> InspectionRow:  # fmt: skip
        """Note that a notice was sent to *responsible* which asks for mending by *due_on*."""

        def noticed(old: InspectionDraft) -> InspectionDraft:
            return replace(
                old, treatment=NOTICE, notice_on=noticed_on, notice_number=tidy(number), due_on=due_on,
                responsible=tidy(responsible),
            )  # fmt: skip

        return self._rewrite("发整改通知", inspection_id, version, noticed, required={"notice_on": "请填通知日期。"})

    def recheck(
        self, inspection_id: UUID, *, version: int, rechecked_on: date | None, result: str,
        due_on: date | None = None, reply: str = "",
    ) -> InspectionRow:  # fmt: skip
        """Note the recheck; a failed one may set a new deadline, *reply* says what was mended."""

        def rechecked(old: InspectionDraft) -> InspectionDraft:
            return replace(
                old, rechecked_on=rechecked_on, recheck_result=result, due_on=due_on or old.due_on,
                reply=tidy(reply) or old.reply,
            )  # fmt: skip

        required = {"rechecked_on": "请填复查日期。", "recheck_result": "请选复查结果。"}
        return self._rewrite("登记复查", inspection_id, version, rechecked, required=required)

    def escalate(
        self, inspection_id: UUID, *, version: int, escalated_on: date | None, escalated_to: str
    ) -> InspectionRow:
        """Note that the finding was handed to *escalated_to*; how it was treated before stays."""

        def escalated(old: InspectionDraft) -> InspectionDraft:
            return replace(
                old, treatment=old.treatment or ESCALATED, escalated_on=escalated_on, escalated_to=tidy(escalated_to)
            )

        required = {"escalated_on": "请填上报日期。", "escalated_to": "请写上报给谁。"}
        return self._rewrite("上报", inspection_id, version, escalated, required=required)

    def close(self, inspection_id: UUID, *, version: int, closed_on: date | None = None) -> InspectionRow:
        """Strike the finding off (today); raise InputError unless it passed a recheck or a superior settled it."""
        day = closed_on or self._clock.today()

        def closed(old: InspectionDraft) -> InspectionDraft:
            if stage_of(old) not in {Stage.RECHECK_PASSED, Stage.ESCALATED, Stage.FIXED}:
                raise InputError("复查合格以后才能销号，请先登记复查。")
            return replace(old, closed_on=day)

        return self._rewrite("销号", inspection_id, version, closed)

    def remove(self, inspection_id: UUID) -> str:
        """Move an inspection to the bin and return the step's label."""
        self._officer.require(Right.EDIT_INSPECTIONS)
        with self._store.writing("删除检查", self._officer) as unit:
            inspection = unit.get(Inspection, inspection_id)
            place = PlaceNames(unit.session).shown(inspection.place_id)
            unit.label = f"删除检查：{place} {inspection.category} {plain_day(inspection.inspected_on)}"
            unit.move_to_bin(inspection)
            return unit.label

    def ids(self, narrowed: InspectionFilter) -> Sequence[UUID]:
        """Return the ids of a list; ``urgent`` puts open findings first, the earliest deadline on top."""
        self._officer.require(Right.SEE_INSPECTIONS)
        return listed(self._store, narrowed, self._clock.today())

    def rows(self, ids: Sequence[UUID]) -> list[InspectionRow]:
        """Return the inspections *ids* in that order; ids gone meanwhile are left out."""
        self._officer.require(Right.SEE_INSPECTIONS)
        with self._store.reading() as session:
            names = PlaceNames(session)
            query = select(Inspection).where(among(Inspection.id, ids), col(Inspection.deleted_at).is_(None))
            repeats = repeats_among(session, ids)
            found = {one.id: replace(row_of(one, names), repeat=repeats.get(one.id)) for one in session.exec(query)}
        return [found[inspection_id] for inspection_id in ids if inspection_id in found]

    def counts(self) -> InspectionCounts:
        """Return how many findings are open and late, and how many inspections there are."""
        self._officer.require(Right.SEE_INSPECTIONS)
        today = self._clock.today()
        with self._store.reading() as session:
            return counts_in(session, month_of(today), today)

    def categories(self) -> list[str]:
        """Return the categories in use."""
        self._officer.require(Right.SEE_INSPECTIONS)
        with self._store.reading() as session:
            return categories_in(session)

    def place_choices(self) -> list[str]:
        """Return the names of places as a draft takes them."""
        self._officer.require(Right.SEE_INSPECTIONS)
        with self._store.reading() as session:
            return PlaceNames(session).choices()

    def suggest_due(self, found_on: date, level: str = "") -> date:
        """Return the deadline by the standard for a finding of *level*, never on a day off."""
        self._officer.require(Right.SEE_INSPECTIONS)
        with self._store.reading() as session:
            editions = editions_in(session, "inspections")
            standard = next((one for one in editions if one.effective_from <= found_on), editions[-1])
            calendar = days_off_of(one.content for one in editions_in(session, "holidays"))
        days = standard.number("due_days_major" if level == MAJOR else "due_days_minor")
        return deadline(found_on, days, calendar)

    def _rewrite(
        self,
        doing: str,
        inspection_id: UUID,
        version: int,
        alter: Callable[[InspectionDraft], InspectionDraft],
        *,
        required: dict[str, str] | None = None,
    ) -> InspectionRow:
        self._officer.require(Right.EDIT_INSPECTIONS)
        with self._store.writing(doing, self._officer) as unit:
            inspection, names = self.rewrite_in(unit, inspection_id, version, alter, required=required)
            unit.label = f"{doing}：{names.shown(inspection.place_id)} {inspection.category}"
        return row_of(inspection, names)

    def rewrite_in(
        self,
        unit: Unit,
        inspection_id: UUID,
        version: int,
        alter: Callable[[InspectionDraft], InspectionDraft],
        *,
        required: dict[str, str] | None = None,
        numbered: str = "",
    ) -> tuple[Inspection, PlaceNames]:
        """Alter an inspection inside the step *unit*; *numbered* is the number that step has just taken for it.

        Raises InputError with every problem, ChangedMeanwhile with both values of what differs.
        """
        self._officer.require(Right.EDIT_INSPECTIONS)
        names = PlaceNames(unit.session)
        stored = row_of(unit.get(Inspection, inspection_id), names)
        draft = alter(stored.draft)
        try:
            inspection = unit.get(Inspection, inspection_id, version=version)
        except ChangedMeanwhile as error:
            raise ChangedMeanwhile(str(error), differences(stored.draft, draft)) from None
        if draft.notice_number != numbered and (problem := number_problem(unit.session, draft, inspection_id)):
            raise InputError(problems=[problem])
        place_id = self._checked(draft, names, stored=stored, required=required)
        _fill(inspection, draft, place_id)
        return inspection, names

    def checked_in(
        self, session: Session, inspection_id: UUID, alter: Callable[[InspectionDraft], InspectionDraft],
        *, required: dict[str, str] | None = None,
    ) -> InspectionRow:  # fmt: skip
        """Return the inspection as *alter* would leave it, writing nothing; raise InputError with every problem."""
        self._officer.require(Right.EDIT_INSPECTIONS)
        names = PlaceNames(session)
        inspection = session.get(Inspection, inspection_id)
        if inspection is None or inspection.deleted_at is not None:
            raise InputError("这条记录已经不在了，可能刚被别人删除。请到回收站看看。")
        stored = row_of(inspection, names)
        draft = alter(stored.draft)
        self._checked(draft, names, stored=stored, required=required)
        return replace(stored, draft=draft)

    def _checked(
        self,
        draft: InspectionDraft,
        names: PlaceNames,
        *,
        stored: InspectionRow | None = None,
        required: dict[str, str] | None = None,
    ) -> UUID:
        """Return the place *draft* means; raise InputError with every problem."""
        problems = [*check_inspection(draft, today=self._clock.today()), *check_judged(draft.checks, draft.result)]
        told = {problem.field for problem in problems}
        problems += [
            Problem(name, "required", message)
            for name, message in (required or {}).items()
            if not getattr(draft, name) and name not in told
        ]
        # An unchanged place stays chosen, even if it lies in the bin or has got a namesake meanwhile.
        kept = stored is not None and stored.draft.place == draft.place
        place_id = stored.place_id if stored is not None and kept else names.find(draft.place)
        if draft.place and place_id is None:
            problems.append(Problem("place", "place_unknown", f"{names.why_not(draft.place)}。"))
        if problems or place_id is None:
            raise InputError(problems=problems)
        return place_id


def draft_of(inspection: Inspection, names: PlaceNames) -> InspectionDraft:
    """Return a stored inspection as a form holds it."""
    score = inspection.score_hundredths
    values: dict[str, Any] = {name: getattr(inspection, name) for name in PLAIN}
    return InspectionDraft(
        **values,
        place=names.text(inspection.place_id),
        score=to_score(score),
        checks=checked_of(inspection.checks),
    )


def to_score(hundredths: int | None) -> Decimal | None:
    """Return points, without needless zeros."""
    return None if hundredths is None else Decimal(format((Decimal(hundredths) / HUNDREDTHS).normalize(), "f"))


def to_hundredths(score: Decimal | None) -> int | None:
    """Return whole hundredths of a point."""
    return None if score is None else int((score * HUNDREDTHS).to_integral_value())


def _day_of(draft: InspectionDraft) -> date:
    assert draft.inspected_on is not None  # noqa: S101  check_inspection has refused such a draft
    return draft.inspected_on


def _fill(inspection: Inspection, draft: InspectionDraft, place_id: UUID) -> None:
    for name in PLAIN:
        setattr(inspection, name, getattr(draft, name))
    inspection.place_id = place_id
    inspection.score_hundredths = to_hundredths(draft.score)
    inspection.has_finding = bool(draft.problem)
    inspection.checks = stored_of(draft.checks)


def row_of(inspection: Inspection, names: PlaceNames) -> InspectionRow:
    """Return a stored inspection as lists show it."""
    return InspectionRow(
        inspection.id, inspection.version, inspection.place_id, names.shown(inspection.place_id),
        draft_of(inspection, names),
    )  # fmt: skip
