"""A notice for many: how many copies there are, the first of them, all of them, and one number for the whole lot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import cast

from desktop.foundation.clock import Clock
from desktop.foundation.errors import InputError
from desktop.foundation.jobs import JobContext
from desktop.notices.merging import copies_of
from desktop.notices.rules import shown_gaps
from desktop.notices.service.composing import ComposingService
from desktop.notices.views import NoticeDraft
from desktop.printing.document import Leaflet, OfficialDocument
from desktop.register.audience import Audience, Recipient
from desktop.register.rights import Officer, Right
from desktop.register.service.exports import DRAFT, ExportLog, Leaving
from desktop.register.service.issued import IssuedRow, Paper
from desktop.register.service.recipients import RecipientService

FIRST_COPIES = 4
"""As many as share a page at most."""


@dataclass(frozen=True)
class FirstCopies:
    """The first page or pages of a notice for many, and how many copies there will be."""

    pdf: bytes = field(repr=False)
    count: int


class MailingService:
    """Use cases around a draft that has an audience."""

    def __init__(
        self, officer: Officer, clock: Clock, *, composing: ComposingService,
        recipients: RecipientService, exports: ExportLog,
    ) -> None:  # fmt: skip
        self._officer, self._clock, self._exports = officer, clock, exports
        self._composing, self.recipients = composing, recipients

    def preview(self, draft: NoticeDraft) -> FirstCopies:
        """Return the first copies as the screen shows them, what is missing as 【开始日期】, and the number of all.

        Raises InputError if there is nobody to write to, NotAllowed.
        """
        audience = _audience_of(draft)
        self._officer.require(Right.SEE_NOTICES)
        people = self.recipients.find(audience, most=FIRST_COPIES)
        template, values = self._composing.sound(draft)
        shown = shown_gaps(template, values)
        copies = copies_of(
            template, draft, shown, people, number=self._composing.empty_number(), is_draft=True,
            seal_guide=True, today=self._clock.today(),
        )  # fmt: skip
        return FirstCopies(_paper(list(copies), draft, JobContext()), self.recipients.count(audience))

    def draft_pdf(self, draft: NoticeDraft, context: JobContext) -> bytes:
        """Return every copy of a complete *draft*, marked as one and without a number; raise InputError, NotAllowed.

        It holds whom it goes to, so the history has it before it is handed out.
        """
        people = self._complete(draft)
        pages = self._draw(draft, people, context, self._composing.empty_number(), is_draft=True)
        self._exports.note(Leaving("存下通知草稿", len(people), "notice", DRAFT))
        return pages

    def issue(self, draft: NoticeDraft, context: JobContext) -> IssuedRow:
        """Give all copies together one number and keep their pages; raise InputError with every problem, NotAllowed.

        The record keeps how many there were and by which filter, never who. Stopped before the end nothing is taken.
        """
        self._officer.require(Right.EDIT_NOTICES)
        audience = _audience_of(draft)
        people = self._complete(draft)
        draw = partial(self._draw, draft, people, context)
        return self._composing.issue_as(
            draft,
            lambda number: _counted(draw(number)),
            recipients=audience.sentence,
            copies=len(people),
            of_health=self.recipients.is_of_health(audience),
        )

    def _complete(self, draft: NoticeDraft) -> list[Recipient]:
        self._officer.require(Right.SEE_NOTICES)
        if problems := self._composing.problems(draft):
            raise InputError(problems=problems)
        return self.recipients.find(_audience_of(draft))

    def _draw(
        self, draft: NoticeDraft, people: Sequence[Recipient], context: JobContext, number: str,
        *, is_draft: bool = False,
    ) -> bytes:  # fmt: skip
        template, values = self._composing.sound(draft)
        copies = copies_of(
            template, draft, values, people, number=number, is_draft=is_draft, today=self._clock.today()
        )  # fmt: skip
        return _paper(list(copies), draft, context)


def _audience_of(draft: NoticeDraft) -> Audience:
    if draft.audience is None:
        raise InputError("请先选发给谁。")
    return draft.audience


def _paper(copies: Sequence[object], draft: NoticeDraft, context: JobContext) -> bytes:
    from desktop.printing.render import render_copies  # noqa: PLC0415  reportlab only where paper is wanted

    shown = cast("Sequence[Leaflet] | Sequence[OfficialDocument]", copies)
    return render_copies(shown, mono=draft.mono, context=context)


def _counted(pdf: bytes) -> Paper:
    from desktop.printing.preview import page_count  # noqa: PLC0415  pdfium only where pages are made

    return Paper(pdf, page_count(pdf))
