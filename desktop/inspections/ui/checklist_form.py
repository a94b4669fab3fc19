"""The form of one checklist: its name, which inspections use it, and what is looked at, one item a line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from desktop.foundation.clock import Clock
from desktop.inspections.checklist import Checklist
from desktop.inspections.service.checklists import ChecklistDraft, ChecklistService, check_checklist, draft_of
from desktop.register.ui.host import PageHost
from desktop.register.ui.record_form import RecordForm, Saving
from desktop.store.drafts import Drafts
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.text import MultilineField, TextField

_LINES = 12
_MOST_TEXT = 20_000
_HOW = "一行一项。一票否决的前面加★；有分值的后面写（10分）；大项单独一行，写成【环境】。"
_SURE = ((False, "有依据"), (True, "待核"))


class ChecklistForm(RecordForm):
    """Writes one checklist through the service; ``saved`` carries its title."""

    def __init__(
        self, service: ChecklistService, drafts: Drafts, host: PageHost, clock: Clock, *,
        checklist: Checklist | None = None,
    ) -> None:  # fmt: skip
        super().__init__(f"修改：{checklist.title}" if checklist else "新增检查表", host, what="检查表")
        self.setObjectName("checklist_form")
        self._service, self._checklist = service, checklist
        self.add_section(
            "这张表",
            [
                TextField("title", "名称", required=True, placeholder="如 环境卫生检查表", limit=60),
                TextField(
                    "categories", "哪一类检查用", required=True, placeholder="如 环境卫生", limit=200,
                    hint="和登记检查时选的类别一样，几类都用的用、隔开",
                ),
                DayField("from_on", "从哪天起用", required=True, today=clock.today, hint="这天以前登记的不变"),
            ],
            remark="＊ 为必填 · 回车到下一格",
        )  # fmt: skip
        self.add_section(
            "查哪些",
            [(MultilineField("items", "检查项目", required=True, lines=_LINES, hint=_HOW, limit=_MOST_TEXT), 3)],
        )
        self.add_section(
            "依据",
            [
                (TextField("source", "哪里要求的", placeholder="如 街道创卫办检查标准", limit=200), 2),
                ChoiceField("unverified", "有没有把握", _SURE),
            ],
            remark="没有见到原文的选“待核”",
        )
        first = draft_of(checklist, clock.today()) if checklist else ChecklistDraft("", "", "", clock.today())
        self.set_values({name: value if value != "" else None for name, value in vars(first).items()})
        self.set_checker(lambda _values: check_checklist(self.draft()))
        self.begin(drafts, f"checklist:{checklist.key if checklist else 'new'}")

    def draft(self) -> ChecklistDraft:
        """Return what is typed."""
        values = self.values()
        texts = {name: str(values[name] or "") for name in ("title", "categories", "items", "source")}
        from_on = values["from_on"]
        return ChecklistDraft(
            **texts, from_on=from_on if isinstance(from_on, date) else None, unverified=values["unverified"] is True
        )

    def saving(self) -> Saving:
        """Return what stores the checklist."""
        return partial(self._service.change, self._checklist.key if self._checklist else "", self.draft())

    def done_text(self, result: str) -> str:
        """Return what was done."""
        return f"{'已修改' if self._checklist else '已新增'}检查表：{result}"

    def reread(self) -> Mapping[str, object] | None:
        """Return nothing: every change is an edition of its own."""
        return None
