"""The form of one visit: whom, what service, the readings, and when next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from desktop.foundation.clock import Clock
from desktop.foundation.days import long_day
from desktop.foundation.errors import Problem
from desktop.health.rules import MEDICATIONS, RESULTS, SERVICES, WAYS, Flag, VisitDraft, check_visit
from desktop.health.service import HealthService
from desktop.health.views import VisitRow
from desktop.register.rights import Officer
from desktop.register.ui.doer_field import DoerField
from desktop.register.ui.host import PageHost
from desktop.register.ui.record_form import RecordForm, Saving
from desktop.register.views import ResidentRow
from desktop.store.drafts import Drafts
from desktop.widgets.card import Banner
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.lookup import LookupField
from desktop.widgets.fields.number import NumberField
from desktop.widgets.fields.text import MultilineField
from desktop.widgets.hits import LookupHit

PeopleSearch = Callable[[str], list[LookupHit]]


class VisitForm(RecordForm):
    """Writes one visit through the service; ``saved`` carries the VisitRow."""

    def __init__(
        self,
        health: HealthService,
        drafts: Drafts,
        host: PageHost,
        clock: Clock,
        search: PeopleSearch,
        *,
        person: ResidentRow | None = None,
        visit: VisitRow | None = None,
        service: str = "",
        officer: Officer,
    ) -> None:
        super().__init__(self._title_of(person, visit), host, what="记录")
        self.setObjectName("visit_form")
        self._health, self._clock, self._visit = health, clock, visit
        self._suggested: date | None = None
        self._person = LookupField("person", "姓名", search, required=True, placeholder="姓名或首字母")
        self._flag = Banner("danger", "")
        self._flag.setObjectName("urgent")
        self._flag.setVisible(False)
        self.add_notice(self._flag)
        self._build(DoerField("recorded_by", "记录人", officer, fresh=visit is None))
        self.set_checker(self._judge)
        if person is not None:
            self._person.set_value(_hit_of(person, clock.today()))
        self.set_values(_values_of(visit.draft) if visit else {"visited_on": clock.today(), "service": service or None})
        self._person.set_read_only(person is not None)
        for name in ("visited_on", "service", "way", "result", "systolic_mmhg", "diastolic_mmhg", "glucose_mmol"):
            self.field(name).left.connect(self._look_again)
        self._person.chosen.connect(self._look_again)
        whose = visit.id.hex if visit else f"new:{person.id.hex if person else ''}"
        self.begin(drafts, f"visit:{whose}")
        self._look_again()

    def draft(self) -> VisitDraft:
        """Return what is typed."""
        values = self.values()
        day, following, glucose = values["visited_on"], values["next_on"], values["glucose_mmol"]
        return VisitDraft(
            visited_on=day if isinstance(day, date) else None,
            service=str(values["service"] or ""),
            way=str(values["way"] or ""),
            systolic_mmhg=_whole(values["systolic_mmhg"]),
            diastolic_mmhg=_whole(values["diastolic_mmhg"]),
            pulse_per_min=_whole(values["pulse_per_min"]),
            glucose_mmol=glucose if isinstance(glucose, Decimal) else None,
            medication=str(values["medication"] or ""),
            result=str(values["result"] or ""),
            next_on=following if isinstance(following, date) else None,
            recorded_by=str(values["recorded_by"] or ""),
            remark=str(values["remark"] or ""),
        )

    def _build(self, recorder: DoerField) -> None:
        today = self._clock.today
        self.add_section(
            "这次服务",
            [
                self._person,
                DayField("visited_on", "日期", required=True, today=today),
                ChoiceField("service", "服务类别", SERVICES, editable=True, required=True),
                ChoiceField("way", "方式", WAYS, editable=True),
                recorder,
            ],
            remark="＊ 为必填 · 回车到下一格",
        )
        self.add_section(
            "读数",
            [
                NumberField("systolic_mmhg", "收缩压", unit="毫米汞柱"),
                NumberField("diastolic_mmhg", "舒张压", unit="毫米汞柱"),
                NumberField("pulse_per_min", "脉搏", unit="次/分"),
                NumberField("glucose_mmol", "空腹血糖", unit="毫摩尔/升", decimals=2),
                ChoiceField("medication", "服药情况", MEDICATIONS, editable=True),
            ],
            remark="测了什么填什么",
        )
        self.add_section(
            "结果和下次",
            [
                ChoiceField("result", "结果", RESULTS, editable=True, hint="照医生或本人说的填，程序不作诊断"),
                DayField("next_on", "下次日期", today=today),
                MultilineField("remark", "备注"),
            ],
        )

    def _judge(self, _values: dict[str, object]) -> list[Problem]:
        problems = check_visit(self.draft(), today=self._clock.today())
        if not isinstance(self._person.value(), UUID):
            problems.insert(0, Problem("person", "required", "请选一位居民，可打姓名首字母。"))
        return problems

    def _look_again(self, *_ignored: object) -> None:
        """Fill an untouched 下次日期 by the standard, and say when a reading is urgent."""
        person_id, draft = self._person.value(), self.draft()
        if not isinstance(person_id, UUID):
            return
        suggested = self._health.suggest_next(person_id, draft)
        field = self.field("next_on")
        if self._visit is None and field.value() in (None, self._suggested) and suggested != self._suggested:
            field.set_value(suggested)
            field.set_hint(f"按规范算到{long_day(suggested)}，可以改。" if suggested else "")
            self._suggested = suggested
        urgent = self._health.flag(person_id, draft) is Flag.URGENT
        self._flag.setVisible(urgent)
        if urgent:
            self._flag.set_text(
                "读数达到规范所列紧急转诊数值", "请立即联系社区卫生服务中心或拨打120。这只是提示，不是诊断。"
            )

    def saving(self) -> Saving:
        """Return what stores the visit."""
        person_id, draft, visit = self._person.value(), self.draft(), self._visit
        if visit is not None:
            return partial(self._health.change, visit.id, draft, version=visit.version)
        assert isinstance(person_id, UUID)  # noqa: S101  the checker has asked for a person
        return partial(self._health.record, person_id, draft)

    def done_text(self, result: Any) -> str:
        """Return 已登记高血压随访：吴淑珍."""
        hit = self._person.hit()
        done = "已登记" if self._visit is None else "已修改"
        return f"{done}{result.draft.service}：{hit.title if hit else ''}"

    def reread(self) -> Mapping[str, object] | None:
        """Return what is stored of this visit now."""
        found = self._health.visit_rows([self._visit.id]) if self._visit is not None else []
        if not found:
            return None
        self._visit = found[0]
        return _values_of(found[0].draft)

    @staticmethod
    def _title_of(person: ResidentRow | None, visit: VisitRow | None) -> str:
        if visit is not None:
            return f"修改{visit.draft.service}：{person.name}" if person else f"修改{visit.draft.service}"
        return f"登记随访：{person.name}" if person else "登记随访"


def _hit_of(person: ResidentRow, today: date) -> LookupHit:
    return LookupHit(person.id, person.name, person.address, about=person.sex_and_age(today))


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _values_of(draft: VisitDraft) -> dict[str, object]:
    return {name: value if value != "" else None for name, value in draft.__dict__.items()}
