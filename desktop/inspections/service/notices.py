"""Rectification notices: the next number, one issued with its pages in one step, its pages again as they went out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from desktop.foundation.clock import Clock
from desktop.foundation.errors import InputError
from desktop.foundation.text import tidy
from desktop.inspections.rectification import NOTICE_NAME, may_print_notice, notice_text, rectification_notice
from desktop.inspections.rules import NOTICE, InspectionDraft
from desktop.inspections.service.inspections import InspectionService
from desktop.inspections.views import InspectionRow
from desktop.printing.forms import RectificationNotice
from desktop.register.numbers import RECTIFICATIONS
from desktop.register.rights import Officer, Right
from desktop.register.service.issued import Issue, IssuedRow, IssuedService, Paper
from desktop.register.service.people import profile_in
from desktop.register.service.standards import editions_in
from desktop.register.workdays import days_off_of, deadline
from desktop.store.unit import Store, Unit

SHEET = "rectification_sheet"
"""What the register calls the template of these pages."""
_REQUIRED = {"notice_on": "请填通知日期。"}


@dataclass(frozen=True)
class SentNotice:
    """A notice that has just gone out, and its inspection as it is stored now."""

    issued: IssuedRow
    inspection: InspectionRow


class RectificationService:
    """Use cases around the notice of one finding."""

    def __init__(
        self, store: Store, officer: Officer, clock: Clock, *, inspections: InspectionService, issued: IssuedService
    ) -> None:
        self._store, self._officer, self._clock = store, officer, clock
        self._inspections, self._issued = inspections, issued

    def next_number(self, day: date | None = None) -> str:
        """Return the number the next notice will get; nothing is taken."""
        return self._issued.next_number(RECTIFICATIONS, day)

    def issued_of(self, inspection_id: UUID) -> IssuedRow | None:
        """Return the notice that went out about a finding; None if none did, or it was declared void."""
        self._officer.require(Right.SEE_INSPECTIONS)
        return self._issued.of_record(inspection_id, RECTIFICATIONS)

    def pdf(self, issued: IssuedRow) -> bytes:
        """Return the pages that went out, byte for byte."""
        return self._issued.pdf(issued.id)

    def draft_pdf(self, row: InspectionRow, *, mono: bool = False) -> bytes:
        """Return the page of a finding as it stands: marked as a draft, unless its number was written by hand."""
        self._officer.require(Right.SEE_INSPECTIONS)
        notice = self._declared(row)
        return _drawn(notice, number=row.draft.notice_number, is_draft=True, mono=mono)

    def issue(
        self, inspection_id: UUID, *, version: int, noticed_on: date | None, due_on: date | None,
        responsible: str = "",
    ) -> SentNotice:  # fmt: skip
        """Give the finding's notice its number, keep its pages and note it in the inspection, all in one step.

        Raises InputError with every problem, or if a notice is out already; ChangedMeanwhile if a colleague was first.
        """

        def noticed(old: InspectionDraft, number: str = "") -> InspectionDraft:
            return replace(
                old, treatment=NOTICE, notice_on=noticed_on, due_on=due_on, responsible=tidy(responsible),
                notice_number=number,
            )  # fmt: skip

        def keep(unit: Unit, number: str) -> None:
            if self._issued.of_record_in(unit.session, inspection_id, RECTIFICATIONS) is not None:
                raise InputError("这条检查的整改通知书刚由同事发出，请打开看看。")
            self._inspections.rewrite_in(
                unit, inspection_id, version, lambda old: noticed(old, number), required=_REQUIRED, numbered=number
            )

        row = self._sound(inspection_id, noticed)
        notice = self._declared(row)
        assert noticed_on is not None  # noqa: S101  _sound has refused such a notice
        document = Issue(
            series=RECTIFICATIONS, template=SHEET, kind=NOTICE_NAME, layout="整改单",
            title=f"{NOTICE_NAME}：{row.place}", issued_on=noticed_on, source_id=inspection_id,
            content=notice_text(notice),
        )  # fmt: skip
        issued = self._issued.issue(document, _drawer(notice), keep)
        return SentNotice(issued, self._inspections.rows([inspection_id])[0])

    def _sound(self, inspection_id: UUID, alter: Callable[[InspectionDraft], InspectionDraft]) -> InspectionRow:
        self._officer.require(Right.EDIT_INSPECTIONS)
        with self._store.reading() as session:
            known = self._issued.of_record_in(session, inspection_id, RECTIFICATIONS)
            if known is not None:
                raise InputError(f"整改通知书已用编号{known.number}发出，请再印那一份。")
            row = self._inspections.checked_in(session, inspection_id, alter, required=_REQUIRED)
        if not may_print_notice(row.draft):
            raise InputError("这条检查没有要发通知整改的问题。")
        return row

    def _declared(self, row: InspectionRow) -> RectificationNotice:
        """Return the notice of *row*; the committee comes again on the first working day after the deadline."""
        due = row.draft.due_on
        with self._store.reading() as session:
            profile = profile_in(session)
            calendar = days_off_of(one.content for one in editions_in(session, "holidays"))
        return rectification_notice(row, profile.name, profile.phone, deadline(due, 1, calendar) if due else None)


def _drawer(notice: RectificationNotice) -> Callable[[str], Paper]:
    def draw(number: str) -> Paper:
        from desktop.printing.preview import page_count  # noqa: PLC0415  pdfium only where pages are made

        pdf = _drawn(notice, number=number)
        return Paper(pdf, page_count(pdf))

    return draw


def _drawn(notice: RectificationNotice, *, number: str, is_draft: bool = False, mono: bool = False) -> bytes:
    from desktop.printing.render import render_form  # noqa: PLC0415  reportlab only where paper is wanted

    return render_form(replace(notice, number=number, draft=is_draft and not number), mono=mono)
