"""The tab 通知告示: three views, and which page each gesture opens."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.errors import AppError
from desktop.notices.office import NoticeOffice
from desktop.notices.shipped import ISSUED_ON
from desktop.notices.ui.forms import NumberWordForm, PostingForm, VoidForm
from desktop.notices.ui.issued_list import IssuedList
from desktop.notices.ui.posting_list import PostingList
from desktop.notices.ui.template_form import TemplateForm
from desktop.notices.ui.write_view import WriteView
from desktop.notices.views import PostingRow
from desktop.register.attachments import AttachmentService
from desktop.register.ports import Occasion
from desktop.register.rights import Officer, Right
from desktop.register.service.issued import IssuedRow
from desktop.register.service.people import PeopleService
from desktop.register.ui.host import PageHost
from desktop.store.drafts import Drafts
from desktop.widgets.dialogs import show_error
from desktop.widgets.segmented import Segmented

WRITE, ISSUED, POSTINGS = "写通知", "已发", "张贴登记"


class NoticesTab(QWidget):
    """Joins the views with the forms; paper and files are asked of the window."""

    print_issued = Signal(object, int)
    print_listing = Signal(object)
    print_postings = Signal(object)
    save_word = Signal(str, object)
    save_pdf = Signal(str, object)
    import_wanted = Signal(str)

    def __init__(
        self,
        *,
        office: NoticeOffice,
        people: PeopleService,
        attachments: AttachmentService,
        drafts: Drafts,
        officer: Officer,
        clock: Clock,
        host: PageHost,
    ) -> None:
        super().__init__()
        self.setObjectName("notices_tab")
        self._office, self._people, self._drafts = office, people, drafts
        self._officer, self._clock, self._host = officer, clock, host
        self._views = QStackedWidget()
        self._switches: list[Segmented] = []
        self.write = WriteView(office, drafts, officer, clock, host, left=self._switch())
        self.issued = IssuedList(office=office, officer=officer, clock=clock, host=host, left=self._switch())
        self.postings = PostingList(
            office=office, attachments=attachments, officer=officer, clock=clock, host=host, left=self._switch()
        )
        self._by_name: dict[str, WriteView | IssuedList | PostingList] = {
            WRITE: self.write, ISSUED: self.issued, POSTINGS: self.postings,
        }  # fmt: skip
        for view in self._by_name.values():
            self._views.addWidget(view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._views)
        self._connect()

    def reload(self) -> None:
        """Read what is shown again: something was stored, here or elsewhere."""
        try:
            count, due = len(self._office.issued.ids()), self._office.postings.count_due()
        except AppError as error:
            show_error(self, "读取通知告示", error)
            return
        for switch in self._switches:
            switch.set_text(ISSUED, f"{ISSUED} {count:,}份")
            switch.set_text(POSTINGS, f"{POSTINGS} {due}处该撤" if due else POSTINGS)
        self._current().reload()

    def finish_reading(self) -> None:
        """Wait until the pages asked for are shown; for pictures."""
        if self._current() is self.write:
            self.write.finish_reading()

    def put_away(self) -> None:
        """Keep what is typed: the window closes."""
        self.write.put_away()

    def focus_list(self) -> None:
        """Give the list shown the keyboard."""
        self._current().focus_list()

    def view_names(self) -> list[str]:
        """Return the views of this tab."""
        return list(self._by_name)

    def show_view(self, name: str) -> None:
        """Show 写通知, 已发 or 张贴登记."""
        for switch in self._switches:
            switch.set_current(name)
        self._views.setCurrentWidget(self._by_name[name])
        self.reload()

    def start_new(self) -> None:
        """Begin what Ctrl+N means in the view shown."""
        if not self._officer.may(Right.EDIT_NOTICES):
            return
        if self._current() is self.postings:
            self.open_posting()
        else:
            self.show_view(WRITE)
            self.write.form.focus_first()

    def write_from(self, record_id: UUID) -> None:
        """Write a notice from a record of another tab; if there is nothing to write of it, say so."""
        try:
            occasion = self._office.composing.of_record(record_id)
        except AppError as error:
            show_error(self, "写通知", error)
            return
        self.show_view(WRITE)
        if occasion is not None:
            self.write.open_template(occasion.template, occasion)
            self.write.form.focus_first()

    def show_issued(self, document_id: UUID) -> None:
        """Show one document that went out, in its list."""
        self.show_view(ISSUED)
        self.issued.open_record(document_id)

    def show_posting(self, posting_id: UUID) -> None:
        """Show one posting in its list, with what can be done about it."""
        self.show_view(POSTINGS)
        self.postings.open_record(posting_id)

    def open_posting(
        self,
        row: PostingRow | None = None,
        *,
        document: IssuedRow | None = None,
        title: str = "",
        posted_on: date | None = None,
    ) -> PostingForm:
        """Open the form of a posting, a new one of *posted_on* (today) without *row*."""
        names = [one.name for one in self._people.staff()]
        form = PostingForm(
            self._office.postings, self._drafts, self._host, self._clock, officer=self._officer, colleagues=names,
            row=row, document=document, title=title, posted_on=posted_on,
        )  # fmt: skip
        form.saved.connect(self._posted)
        self._host.open_page(form)
        QTimer.singleShot(0, form.field("places" if document or title else "title").focus_editor)
        return form

    def open_template_form(self, key: str) -> TemplateForm | None:
        """Open the page on which the template *key* is rewritten."""
        try:
            template = self._office.templates.get(key)
        except AppError as error:
            show_error(self, "改写模板", error)
            return None
        form = TemplateForm(self._office, self._drafts, self._host, template, self.write.draft())
        form.saved.connect(lambda _template: self.write.reload())
        self._host.open_page(form)
        QTimer.singleShot(0, form.field("body").focus_editor)
        return form

    def open_void_form(self, row: IssuedRow) -> VoidForm:
        """Open the form that declares a notice void."""
        form = VoidForm(self._office.issued, self._host, row)
        form.saved.connect(lambda voided: self.issued.open_record(voided.id))
        self._host.open_page(form)
        QTimer.singleShot(0, form.field("reason").focus_editor)
        return form

    def open_number_form(self) -> NumberWordForm:
        """Open the form of the word numbers begin with."""
        form = NumberWordForm(self._office.issued, self._host)
        form.saved.connect(lambda _nothing: self.reload())
        self._host.open_page(form)
        QTimer.singleShot(0, form.field("word").focus_editor)
        return form

    def _posted(self, row: PostingRow) -> None:
        self.show_posting(row.id)

    def _again(self, row: IssuedRow) -> None:
        self.show_view(WRITE)
        # Of another day, so not with the day of the old one.
        given = {name: value for name, value in row.given.items() if name != ISSUED_ON}
        occasion = Occasion(row.template, row.number, row.issued_on, given, row.source_id)
        self.write.open_template(row.template, occasion)

    def _current(self) -> WriteView | IssuedList | PostingList:
        return list(self._by_name.values())[self._views.currentIndex()]

    def _switch(self) -> Segmented:
        names = (WRITE, ISSUED, POSTINGS)
        switch = Segmented([(name, name) for name in names], accessible_name="看什么")
        switch.changed.connect(self.show_view)
        self._switches.append(switch)
        return switch

    def _connect(self) -> None:
        write, issued, postings = self.write, self.issued, self.postings
        write.issued.connect(self.print_issued)
        write.word_made.connect(self.save_word)
        write.pdf_made.connect(self.save_pdf)
        write.rewrite_wanted.connect(self.open_template_form)
        write.number_wanted.connect(self.open_number_form)
        write.post_wanted.connect(lambda title, document: self.open_posting(document=document, title=title))
        issued.new_wanted.connect(lambda: self.show_view(WRITE))
        issued.reprint_wanted.connect(lambda row: self.print_issued.emit(row, 1))
        issued.again_wanted.connect(self._again)
        issued.post_wanted.connect(lambda row: self.open_posting(document=row))
        issued.void_wanted.connect(self.open_void_form)
        issued.print_list.connect(self.print_listing)
        postings.new_wanted.connect(self.open_posting)
        postings.change_wanted.connect(self.open_posting)
        postings.print_list.connect(self.print_postings)
