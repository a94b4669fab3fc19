"""Writing a notice: what its gaps begin with, what records offer, what is missing, its pages, and issuing it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from desktop.foundation.clock import Clock
from desktop.foundation.days import plain_day
from desktop.foundation.errors import InputError, Problem
from desktop.notices.documents import composed
from desktop.notices.points import Point, bait_points, forbidden_words
from desktop.notices.rules import Filled, NoticeText, Template, fill, shown_gaps, sound_values
from desktop.notices.service.templates import TemplateService
from desktop.notices.shipped import CONTACT, ISSUED_ON, ISSUER, PHONE
from desktop.notices.views import NoticeDraft
from desktop.printing.document import Notice
from desktop.register.numbers import NOTICES
from desktop.register.ports import NoticeFields, Occasion
from desktop.register.rights import Officer, Right
from desktop.register.service.issued import Issue, IssuedRow, IssuedService, Paper
from desktop.register.service.people import profile_in
from desktop.store.unit import Store

_SERIAL = re.compile(r"〕\d+号")


class ComposingService:
    """Use cases around a notice that is being written."""

    def __init__(
        self,
        store: Store,
        officer: Officer,
        clock: Clock,
        *,
        templates: TemplateService,
        issued: IssuedService,
        sources: Sequence[NoticeFields],
    ) -> None:
        self._store, self._officer, self._clock = store, officer, clock
        self._templates, self._issued, self._sources = templates, issued, sources

    def begin(self, key: str, occasion: Occasion | None = None) -> NoticeDraft:
        """Return a notice from the template *key*, its gaps filled from the profile and from *occasion*."""
        self._officer.require(Right.SEE_NOTICES)
        template = self._templates.get(key)
        with self._store.reading() as session:
            profile = profile_in(session)
        known = {
            "{单位}": profile.name, "{电话}": profile.phone, "{登录人}": self._officer.name,
            "{今天}": plain_day(self._clock.today()),
        }  # fmt: skip
        values = {one.name: known.get(one.default, one.default) for one in template.fields}
        if occasion is not None:
            values |= {name: value for name, value in occasion.fields.items() if name in values}
        return NoticeDraft(key, template.layout, values, occasion.source_id if occasion else None)

    def occasions(self, first: date, last: date, template: str = "") -> list[Occasion]:
        """Return what the records between two days offer, newest first; of one *template*, or all."""
        self._officer.require(Right.SEE_NOTICES)
        found: list[Occasion] = []
        with self._store.reading() as session:
            for source in self._sources:
                if self._officer.may(source.right) and (not template or template in source.templates):
                    found += source.occasions(session, first, last)
        return sorted((one for one in found if template in ("", one.template)), key=lambda one: one.day, reverse=True)

    def of_record(self, record_id: UUID) -> Occasion | None:
        """Return what the record *record_id* of any slice puts into a notice, None if nothing."""
        self._officer.require(Right.SEE_NOTICES)
        with self._store.reading() as session:
            for source in self._sources:
                if self._officer.may(source.right) and (found := source.of_record(session, record_id)) is not None:
                    return found
        return None

    def problems(self, draft: NoticeDraft) -> list[Problem]:
        """Return everything that keeps *draft* from being printed."""
        template = self._templates.get(draft.template)
        values, problems = sound_values(template, draft.values)
        if template.checks == "bait":
            filled = fill(template.text, values, template.slogans)
            words = forbidden_words([filled.title, *filled.body])
            problems += [Problem("", "forbidden", sentence) for sentence in words]
        return problems

    def points(self, draft: NoticeDraft) -> list[Point]:
        """Return the points the text must have, each with whether it has it; none for most templates."""
        template = self._templates.get(draft.template)
        if template.checks != "bait":
            return []
        values, _ = sound_values(template, draft.values)
        filled = fill(template.text, values, template.slogans)
        contact = f"{values.get(CONTACT, '')} {values.get(PHONE, '')}"
        return bait_points(filled, contact=contact, issued=f"{values.get(ISSUER, '')} {values.get(ISSUED_ON, '')}")

    def preview(self, draft: NoticeDraft, text: NoticeText | None = None) -> bytes:
        """Return the pages of *draft* as it stands, marked as a draft; what is missing shows as 【开始日期】.

        *text* is tried out in place of the template's wording.
        """
        self._officer.require(Right.SEE_NOTICES)
        template = self._templates.get(draft.template)
        values, _ = sound_values(template, draft.values)
        filled = fill(text or template.text, shown_gaps(template, values), template.slogans)
        return _paper(self._composed(template, filled, values, draft), draft.mono)

    def draft_pdf(self, draft: NoticeDraft) -> bytes:
        """Return the pages of a complete *draft*, marked as one and without a number; raise InputError."""
        return _paper(self._complete(draft)[0], draft.mono)

    def word(self, draft: NoticeDraft) -> bytes:
        """Return a complete *draft* as a Word file for others to edit; raise InputError with every problem."""
        from desktop.printing.word import notice_docx  # noqa: PLC0415  python-docx only where it is wanted

        return notice_docx(self._complete(draft)[0])

    def issue(self, draft: NoticeDraft) -> IssuedRow:
        """Give a complete *draft* its number and keep its pages; raise InputError with every problem, taking none."""
        self._officer.require(Right.EDIT_NOTICES)
        template = self._templates.get(draft.template)
        first, filled = self._complete(draft)
        document = Issue(
            series=NOTICES, template=template.key, kind=template.name, title=filled.title, issued_on=first.issued_on,
            edition=f"{template.edition}{'，本单位改写' if template.own else ''}", layout=draft.layout.value,
            content="\n".join((filled.title, filled.addressee, *filled.body, first.issuer)),
            given={name: value for name, value in draft.values.items() if value}, source_id=draft.source_id,
        )  # fmt: skip

        def draw(number: str) -> Paper:
            from desktop.printing.preview import page_count  # noqa: PLC0415  pdfium only where pages are made

            pdf = _paper(self._complete(draft, number)[0], draft.mono)
            return Paper(pdf, page_count(pdf))

        return self._issued.issue(document, draw)

    def next_number(self) -> str:
        """Return the number the next notice will get."""
        return self._issued.next_number(NOTICES)

    def _complete(self, draft: NoticeDraft, number: str = "") -> tuple[Notice, Filled]:
        """Return *draft* as a document and its text, a draft without *number*; raise InputError with every problem."""
        self._officer.require(Right.SEE_NOTICES)
        if problems := self.problems(draft):
            raise InputError(problems=problems)
        template = self._templates.get(draft.template)
        values, _ = sound_values(template, draft.values)
        filled = fill(template.text, values, template.slogans)
        return self._composed(template, filled, values, draft, number), filled

    def _composed(
        self, template: Template, filled: Filled, values: Mapping[str, str], draft: NoticeDraft, number: str = ""
    ) -> Notice:
        return composed(
            template, filled, values, layout=draft.layout, number=number or self._empty_number(), draft=not number,
            today=self._clock.today(),
        )  # fmt: skip

    def _empty_number(self) -> str:
        """Return 幸社告〔2026〕　号: a draft has no number yet."""
        return _SERIAL.sub("〕　号", self.next_number())


def _paper(notice: Notice, mono: bool) -> bytes:
    from desktop.printing.render import render_notice  # noqa: PLC0415  reportlab only where paper is wanted

    return render_notice(notice, mono=mono)
