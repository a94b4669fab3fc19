"""The view 写通知: gallery, form and pages side by side; drafts survive, and a number is taken only by printing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.errors import AppError
from desktop.notices.office import NoticeOffice
from desktop.notices.points import Point
from desktop.notices.rules import Template
from desktop.notices.ui.gallery import TemplateGallery
from desktop.notices.ui.kept import content_of, form_key, keep, with_kept
from desktop.notices.ui.notice_form import NoticeForm
from desktop.notices.ui.output import NoticeOutput
from desktop.notices.ui.painter import NoticePainter
from desktop.notices.ui.preview_card import PreviewCard
from desktop.notices.views import NoticeDraft
from desktop.register.ports import Occasion
from desktop.register.rights import Officer, Right
from desktop.register.service.issued import IssuedRow
from desktop.register.ui.draft_keeper import clock_time
from desktop.register.ui.host import PageHost
from desktop.store.drafts import Drafts
from desktop.widgets.buttons import LinkButton
from desktop.widgets.dialogs import ask, show_error
from desktop.widgets.roles import label, row

PREVIEW_AFTER_MS, KEEP_AFTER_MS = 350, 800
_LOOK_BACK, _LOOK_AHEAD = timedelta(days=60), timedelta(days=60)


class WriteView(QWidget):
    """Joins the three parts; printing, saving and posting are asked of the tab."""

    issued = Signal(object, int)
    word_made = Signal(str, object)
    pdf_made = Signal(str, object)
    rewrite_wanted = Signal(str)
    number_wanted = Signal()
    post_wanted = Signal(str, object)
    drawn = Signal()
    """The pages of what is typed are in sight."""

    def __init__(
        self, office: NoticeOffice, drafts: Drafts, officer: Officer, clock: Clock, host: PageHost, *, left: QWidget
    ) -> None:
        super().__init__()
        self._office, self._drafts = office, drafts
        self._officer, self._clock, self._host = officer, clock, host
        self._draft: NoticeDraft | None = None
        self._shown: Template | None = None
        self._last: IssuedRow | None = None
        may_edit = officer.may(Right.EDIT_NOTICES)
        self.gallery = TemplateGallery()
        self.form = NoticeForm(clock, may_edit=may_edit)
        self.card = PreviewCard(may_edit=may_edit)
        self._number = label("", "secondary", name="next_number")
        self._word = LinkButton("改字号", name="change_number_word")
        self._word.setVisible(officer.may(Right.MANAGE))
        self._painter = NoticePainter(office, self.card, self)
        self._output = NoticeOutput(office, drafts, host, form=self.form, page=self)
        self._preview_timer = self._timer(PREVIEW_AFTER_MS, self._preview)
        self._keep_timer = self._timer(KEEP_AFTER_MS, self._keep)
        self._build(left)
        self._connect()

    def reload(self) -> None:
        """Read templates, uses and the next number again; what is typed stays."""
        try:
            templates, uses = self._office.templates.all(), self._office.issued.uses()
            self.card.audience.offer(*self._office.mailing.recipients.choices())
            self._number.setText(f"编号 {self._office.composing.next_number()}，打印时正式占号")
        except AppError as error:
            show_error(self, "读取通知模板", error)
            return
        self.gallery.show_templates(templates, uses)
        if self._draft is None:
            self.open_template(templates[0].key)
        else:
            self._refresh_template(templates)

    def open_template(self, key: str, occasion: Occasion | None = None) -> None:
        """Write a notice from the template *key*, from *occasion* or from the draft that was kept."""
        self._keep_now()
        try:
            template = self._office.templates.get(key)
            draft = self._office.composing.begin(key, occasion)
            kept = None if occasion else self._drafts.find(form_key(key))
        except AppError as error:
            show_error(self, "打开通知模板", error)
            return
        if kept is not None:
            draft = with_kept(draft, kept.content)
        self._draft, self._shown = draft, template
        self._last = None
        self.gallery.choose(key)
        self.form.show_template(template, draft.values)
        self.card.choose_layout(draft.layout)
        self.card.choose_sealed(draft.sealed)
        self.card.audience.choose(draft.audience)
        self.form.show_kept(f"草稿已留存 {clock_time(kept.saved_at)}" if kept else "")
        self.form.say_source(f"已从“{occasion.title}”带出，可以改" if occasion else "")
        self._offer_occasions(key)
        self._preview()
        if occasion is not None:
            self._keep_timer.start()

    def draft(self) -> NoticeDraft:
        """Return the notice as it is typed now."""
        if self._draft is None:
            raise RuntimeError("no template is open")
        return replace(
            self._draft, values=self.form.values(), layout=self.card.chosen_layout(),
            mono=self.card.mono.isChecked(), sealed=self.card.sealed.isChecked(),
            audience=self.card.audience.audience(),
        )  # fmt: skip

    def focus_list(self) -> None:
        """Give the gallery the keyboard."""
        self.gallery.list.setFocus()

    def finish_reading(self) -> None:
        """Wait until the pages of what is typed are in sight; for pictures."""
        if self._draft is not None:
            self._painter.wait()

    def put_away(self) -> None:
        """Keep what is typed and let go of the painter: the window closes."""
        self._keep_now()
        self._preview_timer.stop()
        self._painter.runner.shutdown()

    # What the buttons do

    def print_notice(self) -> None:
        """Issue what is typed and hand its pages over; first say what is missing."""
        draft = self._sound_draft()
        if draft is None:
            return
        points = self._points(draft)
        self.form.show_points(points)
        missing = [point.text for point in points if not point.met]
        if not missing:
            self._issue(draft)
            return

        def decide(going_on: bool) -> None:
            if going_on:
                self._issue(draft)

        text = f"告知书里像是缺少：{'；'.join(missing)}。"
        ask(self, "还缺几项，要照这样印吗", text, "照这样印", "回去补上", decide)

    def save_word(self) -> None:
        """Make a Word copy of what is typed."""
        if (draft := self._sound_draft()) is not None:
            self._output.word(draft, partial(self.word_made.emit, self._title()))

    def save_pdf(self) -> None:
        """Make a draft PDF of what is typed, without a number."""
        if (draft := self._sound_draft()) is not None:
            self._output.pdf(draft, partial(self.pdf_made.emit, self._title()))

    def _issue(self, draft: NoticeDraft) -> None:
        self._output.issue(draft, partial(self._issued, copies=self.card.chosen_copies()))

    def _issued(self, found: IssuedRow, *, copies: int) -> None:
        self._keep_timer.stop()
        self._last = found
        self.form.show_kept(f"已发 {found.number}")
        self._host.note_saved(f"已发文：{found.number}")
        self.reload()
        self.issued.emit(found, copies)

    def _post(self) -> None:
        self.post_wanted.emit(self._title(), self._last)

    def _restore(self) -> None:
        key = self.draft().template

        def done(label_: str) -> None:
            self._host.note_saved(f"已{label_}")
            self.open_template(key)

        self._host.runner.start(
            lambda _context: self._office.templates.restore(key),
            done=done,
            failed=lambda error: show_error(self, "恢复标准文本", error),
        )

    def _sound_draft(self) -> NoticeDraft | None:
        """Return what is typed, or None after marking what is wrong."""
        draft = self.draft()
        try:
            problems = self._office.composing.problems(draft)
        except AppError as error:
            show_error(self, "核对这份通知", error)
            return None
        self.form.show_problems(problems)
        return None if problems else draft

    # The pages

    def _preview(self) -> None:
        if self._draft is None:
            return
        self._preview_timer.stop()
        draft = self.draft()
        self.form.show_points(self._points(draft))
        self._painter.draw(draft)

    def _points(self, draft: NoticeDraft) -> list[Point]:
        try:
            return self._office.composing.points(draft)
        except AppError:
            return []  # said by whatever reads next

    # Drafts

    def _edited(self) -> None:
        self._last = None
        self._preview_timer.start()
        if self._officer.may(Right.EDIT_NOTICES):
            self._keep_timer.start()

    def _keep(self) -> None:
        draft = self.draft()
        content = content_of(draft)
        self._host.runner.start(partial(keep, self._drafts, form_key(draft.template), content), done=self._kept)

    def _keep_now(self) -> None:
        if self._keep_timer.isActive():
            self._keep_timer.stop()
            self._keep()

    def _kept(self, told: tuple[str, str]) -> None:
        key, at = told
        if self._draft is not None and key == form_key(self._draft.template) and self._last is None:
            self.form.show_kept(f"草稿已留存 {at}")

    # Building

    def _refresh_template(self, templates: list[Template]) -> None:
        """Show the fields of the template anew if its wording changed, with what was typed."""
        key = self.draft().template
        values = self.form.values()
        template = next(one for one in templates if one.key == key)
        self.gallery.choose(key)
        if template != self._shown:
            self._shown = template
            self.form.show_template(template, values)
            self._preview()

    def _offer_occasions(self, key: str) -> None:
        """Offer the records a notice of the template *key* may be written from, once they are read."""
        today = self._clock.today()
        first, last = today - _LOOK_BACK, today + _LOOK_AHEAD
        self.form.offer_occasions(())
        self._painter.runner.start(
            lambda _context: self._office.composing.occasions(first, last, key),
            done=lambda found: self._offer(key, found),
            failed=lambda error: show_error(self, "读取登记过的记录", error),
        )

    def _offer(self, key: str, found: list[Occasion]) -> None:
        if self._draft is not None and self._draft.template == key:
            self.form.offer_occasions(found)

    def _title(self) -> str:
        draft = self.draft()
        return self._office.templates.get(draft.template).name

    def _build(self, left: QWidget) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.gallery)
        middle.addWidget(self.form, 5)
        middle.addWidget(self.card, 4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.setSpacing(10)
        whole.addLayout(row(left, 0, self._number, self._word))
        whole.addLayout(middle, 1)

    def _connect(self) -> None:
        self.gallery.chosen.connect(self.open_template)
        self.form.edited.connect(self._edited)
        self.form.occasion_chosen.connect(lambda one: self.open_template(self.draft().template, one))
        self.form.rewrite_wanted.connect(lambda: self.rewrite_wanted.emit(self.draft().template))
        self.form.restore_wanted.connect(self._restore)
        self.form.word_wanted.connect(self.save_word)
        self.form.pdf_wanted.connect(self.save_pdf)
        self._word.clicked.connect(self.number_wanted)
        self._painter.drawn.connect(self.drawn)
        self.card.changed.connect(self._edited)
        self.card.print_wanted.connect(self.print_notice)
        self.card.post_wanted.connect(self._post)

    def _timer(self, after_ms: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(call)
        return timer
