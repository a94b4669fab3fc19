"""The short forms of one step of a finding: the notice, the recheck, handing it to a superior."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Literal

from desktop.foundation.clock import Clock
from desktop.foundation.days import long_day
from desktop.inspections.progress import NextStep
from desktop.inspections.rules import FAILED, RESULTS
from desktop.inspections.service.inspections import InspectionService
from desktop.inspections.service.notices import RectificationService, SentNotice
from desktop.inspections.ui.inspection_form import SUPERIORS
from desktop.inspections.ui.photos import OWNER
from desktop.inspections.views import InspectionRow
from desktop.register.attachments import AFTER, BEFORE, AttachmentService
from desktop.register.ui.host import PageHost
from desktop.register.ui.photo_strip import PhotoStrip
from desktop.register.ui.record_form import RecordForm, Saving
from desktop.store.drafts import Drafts
from desktop.widgets.card import Banner
from desktop.widgets.fields.base import Field
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.text import TextField

Kind = Literal["notice", "recheck", "escalate"]
KIND_OF: dict[NextStep | None, Kind] = {NextStep.NOTICE: "notice", NextStep.RECHECK: "recheck", None: "escalate"}
_TITLES: dict[Kind, str] = {"notice": "发整改通知", "recheck": "登记复查", "escalate": "上报"}


class StepForm(RecordForm):
    """Writes one step through the service."""

    def __init__(  # noqa: PLR0917  as the other forms take them
        self, kind: Kind, row: InspectionRow, service: InspectionService, drafts: Drafts, host: PageHost, clock: Clock,
        attachments: AttachmentService, notices: RectificationService,
    ) -> None:  # fmt: skip
        super().__init__(f"{_TITLES[kind]}：{row.place}", host, what="检查记录")
        self.setObjectName("step_form")
        self._kind, self._row, self._service, self._clock = kind, row, service, clock
        self._sending = notices
        about = "，".join(part for part in (row.draft.category, row.draft.responsible) if part)
        found_on = long_day(row.draft.inspected_on) if row.draft.inspected_on else ""
        self.add_notice(Banner("info", row.draft.problem, detail=f"{found_on} {about}"))
        parts: dict[Kind, Callable[[], Sequence[Field]]] = {
            "notice": self._notice_fields, "recheck": self._recheck_fields, "escalate": self._escalate_fields,
        }  # fmt: skip
        self.add_section(_TITLES[kind], parts[kind](), remark=self._remark())
        if kind == "recheck":
            photos = PhotoStrip(attachments, host, OWNER, row.id, (BEFORE, AFTER))
            self.add_section("照片", [photos], remark="有整改后的照片就加上，没有也能保存", columns=2)
        self.set_values(self._first_values())
        self.begin(drafts, f"inspection-{kind}:{row.id.hex}")

    def saving(self) -> Saving:
        """Return what stores the step."""
        values, row, service = self.values(), self._row, self._service
        days = {name: value if isinstance(value, date) else None for name, value in values.items()}
        texts = {name: str(value or "") for name, value in values.items()}
        if self._kind == "notice" and not texts["notice_number"].strip():
            return partial(
                self._sending.issue, row.id, version=row.version, noticed_on=days["notice_on"],
                due_on=days["due_on"], responsible=texts["responsible"],
            )  # fmt: skip
        if self._kind == "notice":
            return partial(
                service.notice, row.id, version=row.version, noticed_on=days["notice_on"], due_on=days["due_on"],
                number=texts["notice_number"], responsible=texts["responsible"],
            )  # fmt: skip
        if self._kind == "recheck":
            failed = texts["recheck_result"] == FAILED
            return partial(
                service.recheck, row.id, version=row.version, rechecked_on=days["rechecked_on"],
                result=texts["recheck_result"], due_on=days["due_on"] if failed else None, reply=texts["reply"],
            )  # fmt: skip
        return partial(
            service.escalate, row.id, version=row.version, escalated_on=days["escalated_on"],
            escalated_to=texts["escalated_to"],
        )  # fmt: skip

    def done_text(self, result: InspectionRow | SentNotice) -> str:
        """Return what was done."""
        if isinstance(result, SentNotice):
            return f"已发整改通知：{result.issued.number} {result.inspection.place}"
        return f"已{_TITLES[self._kind]}：{result.place}"

    def reread(self) -> Mapping[str, object] | None:
        """Return the values of this step stored now."""
        found = self._service.rows([self._row.id])
        if not found:
            return None
        self._row = found[0]
        return {name: getattr(self._row.draft, name) or None for name in self.values()}

    def _notice_fields(self) -> Sequence[Field]:
        today = self._clock.today
        return (
            DayField("notice_on", "通知日期", required=True, today=today),
            TextField("responsible", "责任单位", placeholder="如 安居物业"),
            DayField("due_on", "整改期限", required=True, today=today),
            TextField("notice_number", "已手写的编号", limit=40, hint="空着就由程序编号；补登以前发的才填"),
        )

    def _remark(self) -> str:
        """Return what the form says beside its title; of a notice also which number it will get."""
        told = "＊ 为必填 · 回车到下一格"
        if self._kind != "notice":
            return told
        return f"{told} · 保存时编号 {self._sending.next_number()}，原样存档，接着打印"

    def _recheck_fields(self) -> Sequence[Field]:
        today = self._clock.today
        return (
            DayField("rechecked_on", "复查日期", required=True, today=today),
            ChoiceField("recheck_result", "复查结果", RESULTS, required=True),
            TextField("reply", "整改情况", placeholder="如 纸箱已清走", limit=2000),
            DayField("due_on", "再给的整改期限", today=today, hint="不合格才填"),
        )

    def _escalate_fields(self) -> Sequence[Field]:
        return (
            DayField("escalated_on", "上报日期", required=True, today=self._clock.today),
            ChoiceField("escalated_to", "上报给", SUPERIORS, editable=True, required=True),
        )

    def _first_values(self) -> dict[str, object]:
        today, draft = self._clock.today(), self._row.draft
        if self._kind == "recheck":
            return {"rechecked_on": today}
        if self._kind == "escalate":
            return {"escalated_on": today}
        due = draft.due_on or self._service.suggest_due(today, draft.level)
        if draft.due_on is None:
            self.field("due_on").set_hint(f"按约定的天数算到{long_day(due)}，可以改。")
        return {"notice_on": draft.notice_on or today, "responsible": draft.responsible, "due_on": due}
