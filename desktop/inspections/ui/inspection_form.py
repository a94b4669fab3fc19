"""The form of one inspection: what was checked, what was found, and, for older records, what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import long_day
from desktop.foundation.errors import Problem
from desktop.inspections.checklist import CheckedList, check_judged
from desktop.inspections.rules import (
    CATEGORIES,
    LEVELS,
    NOTICE,
    ON_SPOT,
    RESULTS,
    TREATMENTS,
    InspectionDraft,
    check_inspection,
)
from desktop.inspections.service.checklists import ChecklistService
from desktop.inspections.service.inspections import InspectionService
from desktop.inspections.ui.checklist_field import ChecklistField
from desktop.inspections.ui.checklist_fold import ChecklistFold
from desktop.inspections.ui.checklist_joint import ChecklistJoint
from desktop.inspections.ui.photos import OWNER, roles_of
from desktop.inspections.views import InspectionRow
from desktop.register.attachments import ON_SITE, AttachmentService
from desktop.register.rights import Officer
from desktop.register.ui.doer_field import DoerField
from desktop.register.ui.host import PageHost
from desktop.register.ui.new_photos import NewPhotos
from desktop.register.ui.photo_strip import PhotoStrip
from desktop.register.ui.record_form import RecordForm, Saving
from desktop.store.drafts import Drafts
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.number import NumberField
from desktop.widgets.fields.text import MultilineField, TextField

SUPERIORS = ("街道", "派出所", "城管", "消防", "市场监管所", "住建部门")
_DAYS = tuple(name for name in InspectionDraft.__dataclass_fields__ if name.endswith("_on"))


class InspectionForm(RecordForm):
    """Writes one inspection through the service."""

    print_checklist = Signal(object)
    """Carries a Checklist to be printed empty."""

    def __init__(
        self,
        service: InspectionService,
        drafts: Drafts,
        host: PageHost,
        clock: Clock,
        *,
        attachments: AttachmentService,
        checklists: ChecklistService,
        may_print: bool = False,
        row: InspectionRow | None = None,
        officer: Officer,
        values: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(f"修改检查：{row.place}" if row else "登记检查", host, what="检查记录")
        self.setObjectName("inspection_form")
        self._service, self._clock, self._row = service, clock, row
        self._checks = ChecklistField("checks")
        self._fold = ChecklistFold(self._checks, may_print=may_print)
        self._suggested: dict[str, date | None] = {"due_on": None, "closed_on": None}
        self._attachments, self._photos = attachments, NewPhotos(ON_SITE, host)
        self._photos.changed.connect(self.changed)
        strip = PhotoStrip(attachments, host, OWNER, row.id, roles_of(row.draft)) if row else self._photos
        card = self._build(service.place_choices(), DoerField("inspector", "检查人", officer, fresh=row is None), strip)
        self._joint = ChecklistJoint(self, self._checks, card, checklists)  # Qt holds no object whose method it calls
        self._fold.print_wanted.connect(self._print_checklist)
        if row is not None:
            self.set_values(_values_of(row.draft))
        else:
            self.set_values({"inspected_on": clock.today(), **(values or {})})
        self._joint.offer()
        self.set_checker(lambda _values: self._judge())
        for name in ("inspected_on", "level", "treatment"):
            self.field(name).left.connect(self._suggest)
        # What was begun from a duty keeps its draft apart from a form opened empty.
        fresh = f"due:{values.get('category', '')}" if values else "new"
        self.begin(drafts, f"inspection:{row.id.hex if row else fresh}")

    def draft(self) -> InspectionDraft:
        """Return what is typed."""
        values = self.values()
        days: dict[str, Any] = {name: day if isinstance(day := values[name], date) else None for name in _DAYS}
        score = values["score"]
        texts: dict[str, Any] = {
            name: str(values[name] or "")
            for name in InspectionDraft.__dataclass_fields__
            if name not in days and name not in {"score", "checks"}
        }
        checks = values["checks"]
        return InspectionDraft(
            **days, **texts, score=Decimal(score) if isinstance(score, int | Decimal) else None,
            checks=checks if isinstance(checks, CheckedList) else None,
        )  # fmt: skip

    def saving(self) -> Saving:
        """Return what stores the inspection."""
        if self._row is None:
            return partial(self._record, self.draft())
        return partial(self._service.change, self._row.id, self.draft(), version=self._row.version)

    def drafts(self) -> dict[str, object]:
        """Return what was typed, and where the photos lie."""
        return {**super().drafts(), **({"photos": paths} if (paths := self._photos.paths()) else {})}

    def set_drafts(self, drafts: Mapping[str, object]) -> None:
        """Show what was typed before, and read the photos again."""
        super().set_drafts(drafts)
        if isinstance(paths := drafts.get("photos"), list) and self._row is None:
            self._photos.add([Path(str(path)) for path in paths])
        self._joint.offer()

    def _print_checklist(self) -> None:
        if (wanted := self._joint.wanted()) is not None:
            self.print_checklist.emit(wanted)

    def _record(self, draft: InspectionDraft) -> InspectionRow:
        """Store the inspection and its photos in one step; on the job's thread."""
        photos, role = self._photos.photos(), roles_of(draft)[0]
        return self._service.record(draft, self._attachments.joining(OWNER, role, photos))

    def done_text(self, result: InspectionRow) -> str:
        """Return what was done."""
        return f"{'已修改' if self._row else '已登记'}检查：{result.place} {result.draft.category}"

    def reread(self) -> Mapping[str, object] | None:
        """Return the values stored now."""
        found = self._service.rows([self._row.id]) if self._row else []
        if not found:
            return None
        self._row = found[0]
        return _values_of(self._row.draft)

    def _build(self, places: Sequence[str], inspector: DoerField, photos: QWidget) -> QWidget:
        """Add the sections and return the card of the checklist."""
        today = self._clock.today
        categories = list(dict.fromkeys((*CATEGORIES, *self._service.categories())))
        self.add_section(
            "这次检查",
            [
                DayField("inspected_on", "日期", required=True, today=today),
                ChoiceField("category", "检查类别", categories, editable=True, required=True),
                ChoiceField(
                    "place", "点位", places, required=True, placeholder="选一处，可打首字母",
                    hint="没有的点位先到右上角“辖区底册”里建",
                ),
                inspector,
                ChoiceField("result", "结果", RESULTS, required=True),
                NumberField("score", "得分", decimals=2, hint="打了分才填"),
            ],
            remark="＊ 为必填 · 回车到下一格 · Esc 收起并保留草稿",
        )  # fmt: skip
        card = self.add_section("", [(self._fold, 3), (self._checks, 3)])
        self.add_section(
            "发现的问题",
            [
                (MultilineField("problem", "问题", hint="写清在哪里、什么情况、有几处"), 3),
                ChoiceField("treatment", "处理方式", TREATMENTS),
                ChoiceField("level", "隐患等级", LEVELS),
                TextField("responsible", "责任单位", placeholder="如 安居物业"),
                DayField("due_on", "整改期限", today=today),
                (photos, 2),
            ],
            remark="没有问题就空着",
        )
        self.add_section(
            "后来怎样了",
            [
                DayField("notice_on", "通知日期", today=today),
                TextField("notice_number", "通知书编号", limit=40),
                DayField("replied_on", "整改完成日期", today=today),
                TextField("reply", "整改情况", limit=2000),
                DayField("escalated_on", "上报日期", today=today),
                ChoiceField("escalated_to", "上报给", SUPERIORS, editable=True),
                DayField("rechecked_on", "复查日期", today=today),
                ChoiceField("recheck_result", "复查结果", RESULTS),
                DayField("closed_on", "销号日期", today=today),
            ],
            remark="补登以前的才在这里填，平时在列表里一步一步办",
        )
        return card

    def _judge(self) -> list[Problem]:
        draft = self.draft()
        return [*check_inspection(draft, today=self._clock.today()), *check_judged(draft.checks, draft.result)]

    def _suggest(self) -> None:
        """Fill an untouched deadline by the standard, or 销号 of what was mended on the spot."""
        draft = self.draft()
        found_on = draft.inspected_on
        due = found_on and draft.treatment == NOTICE and self._service.suggest_due(found_on, draft.level)
        self._offer("due_on", due or None, "按约定的天数算到")
        self._offer("closed_on", found_on if draft.treatment == ON_SPOT else None, "现场已整改，当天销号：")

    def _offer(self, name: str, day: date | None, why: str) -> None:
        field, before = self.field(name), self._suggested[name]
        if field.value() not in (None, before) or day == before or (self._row is not None and day is None):
            return
        field.set_value(day)
        field.set_hint(f"{why}{long_day(day)}，可以改。" if day else "")
        self._suggested[name] = day


def _values_of(draft: InspectionDraft) -> dict[str, object]:
    return {name: value if value != "" else None for name, value in draft.__dict__.items()}
