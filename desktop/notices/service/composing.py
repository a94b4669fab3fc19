"""Writing a notice: what its gaps begin with, what records offer, what is missing, its pages, and issuing it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from desktop.foundation.clock import Clock
from desktop.foundation.days import plain_day
from desktop.foundation.errors import InputError, Problem
from desktop.notices.documents import composed
from desktop.notices.merging import MARKS, typed_values
from desktop.notices.points import Point, bait_points, forbidden_words
from desktop.notices.rules import Filled, Layout, NoticeText, Template, fill, shown_gaps, sound_values
from desktop.notices.service.templates import TemplateService
from desktop.notices.shipped import CONTACT, ISSUED_ON, ISSUER, PHONE
from desktop.notices.views import NoticeDraft
from desktop.printing.document import Notice
from desktop.register.numbers import NOTICES
from desktop.register.ports import NoticeFields, Occasion
from desktop.register.rights import Officer, Right
from desktop.register.service.issued import Issue, IssuedRow, IssuedService, Paper
from desktop.register.service.people import profile_in
from desktop.register.service.profile_numbers import profile_numbers_in
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
            numbers = profile_numbers_in(session, self._clock.today())
        known = {
            "{单位}": profile.name, "{电话}": profile.phone, "{登录人}": self._officer.name,
            "{今天}": plain_day(self._clock.today()), "{辖区概况}": numbers.words if numbers else "",
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

    def sound(self, draft: NoticeDraft) -> tuple[Template, dict[str, str]]:
        """Return the template of *draft* and what goes into its gaps; of each recipient only marks: 〔姓名〕."""
        self._officer.require(Right.SEE_NOTICES)
        template = self._templates.get(draft.template)
        values, _ = sound_values(template, typed_values(template, draft))
        return template, {**values, **MARKS} if draft.audience else values

    def problems(self, draft: NoticeDraft) -> list[Problem]:
        """Return everything that keeps *draft* from being printed."""
        template = self._templates.get(draft.template)
        _, problems = sound_values(template, typed_values(template, draft))
        if draft.audience is not None:
            problems += draft.audience.problems()
            if draft.layout in {Layout.POSTER, Layout.POSTER_A3}:
                problems.append(Problem("layout", "layout_invalid", "海报是贴在墙上的，群发请选“入户单”或“公文”。"))
        if template.checks == "bait":
            filled = self._filled(draft)
            words = forbidden_words([filled.title, *filled.body])
            problems += [Problem("", "forbidden", sentence) for sentence in words]
        return problems

    def points(self, draft: NoticeDraft) -> list[Point]:
        """Return the points the text must have, each with whether it has it; none for most templates."""
        template, values = self.sound(draft)
        if template.checks != "bait":
            return []
        contact = f"{values.get(CONTACT, '')} {values.get(PHONE, '')}"
        issued = f"{values.get(ISSUER, '')} {values.get(ISSUED_ON, '')}"
        return bait_points(self._filled(draft), contact=contact, issued=issued)

    def preview(self, draft: NoticeDraft, text: NoticeText | None = None) -> bytes:
        """Return the pages of *draft* as the screen shows them: a draft, what is missing written as 【开始日期】.

        *text* is tried out in place of the template's wording; a ring shows where the seal goes.
        """
        template, values = self.sound(draft)
        filled = fill(text or template.text, shown_gaps(template, values), template.slogans)
        return _paper(self._composed(filled, draft, guide=True), draft.mono)

    def draft_pdf(self, draft: NoticeDraft) -> bytes:
        """Return the pages of a complete *draft*, marked as one and without a number; raise InputError."""
        return _paper(self._complete(draft), draft.mono)

    def word(self, draft: NoticeDraft) -> bytes:
        """Return a complete *draft* as a Word file for others to edit; raise InputError with every problem."""
        from desktop.printing.word import notice_docx  # noqa: PLC0415  python-docx only where it is wanted

        return notice_docx(self._complete(draft))

    def issue(self, draft: NoticeDraft) -> IssuedRow:
        """Give a complete *draft* its number and keep its pages; raise InputError with every problem, taking none."""

        def draw(number: str) -> Paper:
            from desktop.printing.preview import page_count  # noqa: PLC0415  pdfium only where pages are made

            pdf = _paper(self._complete(draft, number), draft.mono)
            return Paper(pdf, page_count(pdf))

        return self.issue_as(draft, draw)

    def issue_as(
        self, draft: NoticeDraft, draw: Callable[[str], Paper], *, recipients: str = "", copies: int = 1,
        of_health: bool = False,
    ) -> IssuedRow:  # fmt: skip
        """Give a complete *draft* its number with the pages *draw* makes for it; raise InputError, taking none."""
        self._officer.require(Right.EDIT_NOTICES)
        first = self._complete(draft)
        template, filled = self.sound(draft)[0], self._filled(draft)
        document = Issue(
            series=NOTICES, template=template.key, kind=template.name, title=filled.title, issued_on=first.issued_on,
            edition=f"{template.edition}{'，本单位改写' if template.own else ''}", layout=draft.layout.value,
            content="\n".join((filled.title, filled.addressee, *filled.body, first.issuer)),
            given={name: value for name, value in draft.values.items() if value}, source_id=draft.source_id,
            recipients=recipients, copies=copies, of_health=of_health,
        )  # fmt: skip
        return self._issued.issue(document, draw)

    def next_number(self) -> str:
        """Return the number the next notice will get."""
        return self._issued.next_number(NOTICES)

    def _complete(self, draft: NoticeDraft, number: str = "") -> Notice:
        """Return *draft* as a document, a draft without *number*; raise InputError with every problem."""
        self._officer.require(Right.SEE_NOTICES)
        if problems := self.problems(draft):
            raise InputError(problems=problems)
        return self._composed(self._filled(draft), draft, number)

    def _filled(self, draft: NoticeDraft) -> Filled:
        template, values = self.sound(draft)
        return fill(template.text, values, template.slogans)

    def _composed(self, filled: Filled, draft: NoticeDraft, number: str = "", *, guide: bool = False) -> Notice:
        template, values = self.sound(draft)
        return composed(
            template, filled, values, layout=draft.layout, number=number or self.empty_number(), draft=not number,
            today=self._clock.today(), sealed=draft.sealed, seal_guide=guide,
        )  # fmt: skip

    def empty_number(self) -> str:
        """Return 幸社告〔2026〕　号: a draft has no number yet."""
        return _SERIAL.sub("〕　号", self.next_number())


def _paper(notice: Notice, mono: bool) -> bytes:
    from desktop.printing.render import render_notice  # noqa: PLC0415  reportlab only where paper is wanted

    return render_notice(notice, mono=mono)
