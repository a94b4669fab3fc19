"""The forms of this tab: a posting, a notice declared void, and the words numbers begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

from desktop.foundation.clock import Clock
from desktop.foundation.errors import InputError
from desktop.notices.posting_rules import check_posting
from desktop.notices.service.postings import PostingService
from desktop.notices.views import PostingDraft, PostingRow
from desktop.register.numbers import NOTICES, RECTIFICATIONS
from desktop.register.rights import Officer
from desktop.register.service.issued import IssuedRow, IssuedService
from desktop.register.ui.doer_field import DoerField
from desktop.register.ui.host import PageHost
from desktop.register.ui.record_form import RecordForm, Saving
from desktop.store.drafts import Drafts
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.number import NumberField
from desktop.widgets.fields.text import MultilineField, TextField

_TEXTS = ("title", "places", "posted_by", "reviewed_by", "checked_by", "remark")
_DAYS = ("posted_on", "down_due_on", "taken_down_on", "checked_on")
_WORDS = {"word": NOTICES, "rectification": RECTIFICATIONS}
"""Field → the series of numbers whose word it holds."""


class PostingForm(RecordForm):
    """Writes one posting; *document* is the issued notice it is of, *title* what else is posted."""

    def __init__(
        self,
        service: PostingService,
        drafts: Drafts,
        host: PageHost,
        clock: Clock,
        *,
        officer: Officer,
        colleagues: list[str],
        row: PostingRow | None = None,
        document: IssuedRow | None = None,
        title: str = "",
        posted_on: date | None = None,
    ) -> None:
        super().__init__(f"修改张贴：{row.draft.title}" if row else "登记张贴", host, what="张贴登记")
        self.setObjectName("posting_form")
        self._service, self._clock, self._row = service, clock, row
        self._document_id: UUID | None = row.document_id if row else document.id if document else None
        self._officer = officer
        self._build(colleagues, (row.number if row else document.number if document else "") or "")
        begun = {"title": document.title if document else title, "posted_on": posted_on or clock.today(), "copies": 1}
        self.set_values(_values_of(row.draft) if row else begun)
        self.set_checker(lambda _values: check_posting(self.draft(), today=clock.today()))
        key = (
            row.id.hex
            if row
            else self._document_id.hex
            if self._document_id
            else f"due:{title}"
            if posted_on
            else "new"
        )
        self.begin(drafts, f"posting:{key}")

    def draft(self) -> PostingDraft:
        """Return what is typed."""
        values = self.values()
        days = {name: value if isinstance(value := values[name], date) else None for name in _DAYS}
        copies = values["copies"]
        return PostingDraft(
            **{name: str(values[name] or "") for name in _TEXTS},  # type: ignore[arg-type]
            **days,  # type: ignore[arg-type]
            copies=copies if isinstance(copies, int) else None,
        )

    def saving(self) -> Saving:
        """Return what stores the posting."""
        if self._row is None:
            return partial(self._service.record, self.draft(), self._document_id)
        return partial(self._service.change, self._row.id, self.draft(), version=self._row.version)

    def done_text(self, result: PostingRow) -> str:
        """Return what was done."""
        return f"{'已修改' if self._row else '已登记'}张贴：{result.draft.title}"

    def reread(self) -> Mapping[str, object] | None:
        """Return the values stored now."""
        found = self._service.rows([self._row.id]) if self._row else []
        if not found:
            return None
        self._row = found[0]
        return _values_of(self._row.draft)

    def _build(self, colleagues: list[str], number: str) -> None:
        today = self._clock.today
        self.add_section(
            "张贴",
            [
                TextField("title", "张贴的内容", required=True, hint=f"编号 {number}" if number else ""),
                DayField("posted_on", "张贴日期", required=True, today=today),
                NumberField("copies", "份数", required=True),
                (TextField("places", "张贴地点", required=True, limit=1000,
                           hint="几处用顿号隔开，如：桂花苑3个公告栏、社区公示栏"), 2),
                DoerField("posted_by", "张贴人", self._officer, words=colleagues, fresh=self._row is None),
            ],
            remark="＊ 为必填 · 回车到下一格 · Esc 收起并保留草稿",
        )  # fmt: skip
        self.add_section(
            "审核和撤下",
            [
                ChoiceField("reviewed_by", "事前谁审核的", colleagues, editable=True, hint="公布前先审一遍内容"),
                ChoiceField("checked_by", "事后谁检查的", colleagues, editable=True, hint="公布后看看贴对没有"),
                DayField("checked_on", "检查日期", today=today),
                DayField("down_due_on", "应撤下日期", today=today, hint="到日子会排在最前面提醒"),
                DayField("taken_down_on", "实际撤下日期", today=today),
                MultilineField("remark", "备注", limit=2000),
            ],
        )


class VoidForm(RecordForm):
    """Asks why an issued notice is void; its number stays taken."""

    def __init__(self, service: IssuedService, host: PageHost, row: IssuedRow) -> None:
        super().__init__(f"作废：{row.number} {row.title}", host, what="作废")
        self.setObjectName("void_form")
        self._service, self._row = service, row
        self.add_section(
            "作废的原因",
            [(MultilineField("reason", "原因", required=True, limit=200, hint="如：时间写错，另发了13号"), 3)],
            remark="号数不再给别的文件用；原来的页面还留着，能查到",
        )
        self.begin(None, "")

    def saving(self) -> Saving:
        """Return what declares it void."""
        return partial(self._service.void, self._row.id, str(self.values()["reason"] or ""), version=self._row.version)

    def done_text(self, result: IssuedRow) -> str:
        """Return what was done."""
        return f"已作废：{result.number}"

    def reread(self) -> Mapping[str, object] | None:
        """Return nothing to compare: whoever was first has given a reason already."""
        found = self._service.rows([self._row.id])
        if not found:
            return None
        self._row = found[0]
        return {"reason": self._row.void_reason}


class NumberWordForm(RecordForm):
    """Asks which words the numbers of notices and of rectification notices begin with."""

    def __init__(self, service: IssuedService, host: PageHost) -> None:
        super().__init__("发文字号", host, what="发文字号")
        self.setObjectName("number_word_form")
        self._service = service
        year = "后面的年份和号数由程序接着编，如："
        self.add_section(
            "编号开头的字",
            [
                TextField("word", "通知", required=True, limit=12, hint=f"{year}幸社告〔2026〕12号"),
                TextField("rectification", "整改通知书", required=True, limit=12, hint=f"{year}幸社整改〔2026〕3号"),
            ],
        )
        self.set_values(self._stored_words())
        self.begin(None, "")

    def saving(self) -> Saving:
        """Return what stores the words."""
        typed = {series: str(self.values()[name] or "") for name, series in _WORDS.items()}
        return partial(self._keep, typed)

    def done_text(self, result: object) -> str:
        """Return what was done."""
        return "已修改发文字号"

    def reread(self) -> Mapping[str, object] | None:
        """Return the words stored now."""
        return self._stored_words()

    def _stored_words(self) -> dict[str, object]:
        return {name: self._service.word(series) for name, series in _WORDS.items()}

    def _keep(self, words: Mapping[str, str]) -> None:
        names = {series: name for name, series in _WORDS.items()}
        try:
            self._service.change_words(words)
        except InputError as error:
            problems = [replace(problem, field=names[problem.field]) for problem in error.problems]
            raise InputError(problems=problems) from None


def _values_of(draft: PostingDraft) -> dict[str, object]:
    return {name: value if value != "" else None for name, value in draft.__dict__.items()}
