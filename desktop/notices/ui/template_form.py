"""The page on which a committee makes a template's wording its own, with the pages it makes beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.foundation.jobs import JobContext
from desktop.notices.office import NoticeOffice
from desktop.notices.rules import NoticeText, Template, check_text
from desktop.notices.views import NoticeDraft
from desktop.register.ui.host import PageHost
from desktop.register.ui.record_form import RecordForm, Saving
from desktop.store.drafts import Drafts
from desktop.widgets.fields.text import MultilineField, TextField
from desktop.widgets.jobs import JobRunner
from desktop.widgets.panel import Card
from desktop.widgets.pdf_view import PdfView
from desktop.widgets.roles import FixedWidth, label

if TYPE_CHECKING:
    from desktop.printing.preview import PdfPages

_PREVIEW_AFTER_MS = 400
_BODY_LINES = 11


class TemplateForm(RecordForm):
    """Writes the committee's own wording; the gaps stay those of the standard text."""

    def __init__(
        self, office: NoticeOffice, drafts: Drafts, host: PageHost, template: Template, sample: NoticeDraft
    ) -> None:
        super().__init__(f"改写模板：{template.name}", host, what="模板")
        self.setObjectName("template_form")
        self._office, self._template, self._sample = office, template, sample
        self._round = 0
        self._painter = JobRunner(self)
        self.destroyed.connect(self._painter.shutdown)
        self.view = PdfView("模板印出来的样子")
        self.view.set_fit("page")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PREVIEW_AFTER_MS)
        self._timer.timeout.connect(self.preview)
        self._build()
        self.set_values(_values_of(template.text))
        self.set_checker(lambda _values: check_text(self.text(), template.fields))
        self.begin(drafts, f"template:{template.key}:{template.version}")
        for name in ("title", "addressee", "body"):
            self.field(name).edited.connect(self._timer.start)
        self.preview()

    def text(self) -> NoticeText:
        """Return the wording as it is typed."""
        values = self.values()
        body = tuple(str(values["body"] or "").split("\n"))
        return NoticeText(str(values["title"] or ""), str(values["addressee"] or ""), body)

    def preview(self) -> None:
        """Show the pages the wording makes; a wording with mistakes leaves the former pages."""
        text = self.text()
        if check_text(text, self._template.fields):
            return
        self._round += 1
        number = self._round
        compose = partial(self._office.composing.preview, self._sample, text)

        def job(_context: JobContext) -> PdfPages:
            from desktop.printing.preview import PdfPages  # noqa: PLC0415  pdfium only where pages are shown

            return PdfPages(compose())

        self._painter.start(
            job,
            done=lambda pages: self.view.set_pages(pages) if number == self._round else None,
            failed=lambda _error: self.view.show_message("这一页画不出来，请核对写的内容。"),
        )

    def saving(self) -> Saving:
        """Return what stores the wording."""
        return partial(self._office.templates.keep, self._template.key, self.text(), version=self._template.version)

    def done_text(self, result: Template) -> str:
        """Return what was done."""
        return f"已改写模板：{result.name}"

    def reread(self) -> Mapping[str, object] | None:
        """Return the wording stored now."""
        self._template = self._office.templates.get(self._template.key)
        return _values_of(self._template.text)

    def _build(self) -> None:
        gaps = "　".join(f"{{{one.name}}}" for one in self._template.fields)
        self.add_section(
            "文本",
            [
                TextField("title", "标题", required=True, limit=100),
                TextField("addressee", "主送", limit=200, hint="写给谁，可以不写"),
                (MultilineField("body", "正文", required=True, lines=_BODY_LINES, limit=20_000,
                                hint="一段一行。大括号里的是要填的内容；方括号里的话，那一项没填就不印；"
                                     "行首加“！”的一条在海报上用红框"), 2),
            ],
            columns=2,
        )  # fmt: skip
        card = self.add_section("能用的内容", [], columns=1)
        card.body.addWidget(label(gaps, "secondary", wrap=True, name="template_gaps"))
        self._put_beside()

    def _put_beside(self) -> None:
        """Move the sections to the left of the pages."""
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)  # noqa: S101  the form's own layout
        card = Card("印出来的样子")
        FixedWidth(card, 420, 430)
        card.body.addWidget(self.view, 1)
        beside = QHBoxLayout()
        beside.setSpacing(12)
        whole.removeWidget(self._scroll)
        beside.addWidget(self._scroll, 1)
        beside.addWidget(card)
        whole.addLayout(beside, 1)


def _values_of(text: NoticeText) -> dict[str, object]:
    return {"title": text.title, "addressee": text.addressee, "body": "\n".join(text.body)}
