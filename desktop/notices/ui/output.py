"""What a notice is made into: issued under a number, a Word copy, a PDF draft; under the veil, and stoppable."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.foundation.errors import InputError
from desktop.foundation.jobs import JobContext
from desktop.notices.office import NoticeOffice
from desktop.notices.ui.kept import form_key
from desktop.notices.ui.notice_form import NoticeForm
from desktop.notices.views import NoticeDraft
from desktop.register.service.issued import IssuedRow
from desktop.register.ui.host import PageHost
from desktop.store.drafts import Drafts
from desktop.widgets.busy import Busy
from desktop.widgets.dialogs import show_error


class NoticeOutput:
    """Makes it on the window's thread for writing; what is wrong with the notice is marked in *form*."""

    def __init__(
        self, office: NoticeOffice, drafts: Drafts, host: PageHost, *, form: NoticeForm, page: QWidget
    ) -> None:
        self._office, self._drafts, self._host = office, drafts, host
        self._form, self._page = form, page
        self._busy = Busy(page)

    def issue(self, draft: NoticeDraft, done: Callable[[IssuedRow], object]) -> None:
        """Take a number for *draft*, keep its pages and let go of what was kept of it."""

        def job(context: JobContext) -> IssuedRow:
            office = self._office
            row = office.mailing.issue(draft, context) if draft.audience else office.composing.issue(draft)
            self._drafts.drop(form_key(draft.template))
            return row

        self._work("正在编号并出页面", job, done)

    def word(self, draft: NoticeDraft, done: Callable[[bytes], object]) -> None:
        """Make a Word copy of *draft*."""
        self._work("正在出这份通知", lambda _context: self._office.composing.word(draft), done)

    def pdf(self, draft: NoticeDraft, done: Callable[[bytes], object]) -> None:
        """Make a PDF of *draft* without a number; one for many people holds a copy for each."""
        office = self._office

        def job(context: JobContext) -> bytes:
            return office.mailing.draft_pdf(draft, context) if draft.audience else office.composing.draft_pdf(draft)

        self._work("正在出这份通知", job, done)

    def _work(self, doing: str, job: Callable[[JobContext], Any], done: Callable[[Any], object]) -> None:
        def end(then: Callable[[Any], object], value: Any) -> None:
            self._busy.end()
            then(value)

        def stopped() -> None:
            self._busy.end()
            self._host.note_saved("已停下，没有占编号")

        context = self._host.runner.start(
            job, done=partial(end, done), failed=partial(end, self._refused), progressed=self._busy.progress,
            cancelled=stopped,
        )  # fmt: skip
        self._busy.begin(doing, context)

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, InputError) and error.problems:
            self._form.show_problems(error.problems)
        else:
            show_error(self._page, "出这份通知", error)
