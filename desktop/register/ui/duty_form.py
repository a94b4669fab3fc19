"""The form of one duty: what, how often, where it is recorded, and from which day on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from desktop.foundation.clock import Clock
from desktop.register.duty import Duty
from desktop.register.service.duty_changes import PERS, SLICES, DutyDraft, DutyService, check_duty, draft_of
from desktop.register.ui.host import PageHost
from desktop.register.ui.record_form import RecordForm, Saving
from desktop.store.drafts import Drafts
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.number import NumberField
from desktop.widgets.fields.text import TextField

_TEXTS = ("title", "slice", "category", "per", "source", "name_has", "months")
_SURE = ((False, "有依据"), (True, "待核"))


class DutyForm(RecordForm):
    """Writes one duty through the service; ``saved`` carries its title."""

    def __init__(
        self, duties: DutyService, drafts: Drafts, host: PageHost, clock: Clock, *, duty: Duty | None = None
    ) -> None:
        super().__init__(f"修改：{duty.title}" if duty else "新增该做的事", host, what="该做的事")
        self.setObjectName("duty_form")
        self._duties, self._clock, self._duty = duties, clock, duty
        today = clock.today
        self.add_section(
            "要做什么，多久几次",
            [
                (TextField("title", "要做的事", required=True, placeholder="如 环境卫生检查", limit=60), 2),
                DayField("from_on", "从哪天起", required=True, today=today, hint="这天以前的照旧要求算"),
                ChoiceField("per", "多久一轮", PERS, required=True),
                NumberField("times", "做几次", required=True, hint="一天里做几处算1次；不要求了填0"),
                TextField("months", "哪几个月", placeholder="如 3、4、5", limit=40, hint="每年的事才写，不限就空着"),
            ],
            remark="＊ 为必填 · 回车到下一格",
        )
        self.add_section(
            "怎么算做了",
            [
                ChoiceField("slice", "记在哪里", tuple(SLICES.items()), required=True),
                TextField(
                    "category", "哪一类", required=True, hint="和记录里的类别一样，几类都算的用、隔开", limit=100
                ),
                TextField("name_has", "名称里有", hint="只数名称里有这些字的活动，不限就空着", limit=100),
            ],
            remark="程序按类别去数记录",
        )
        self.add_section(
            "依据",
            [
                (TextField("source", "哪里要求的", placeholder="如 街道爱卫办2026年工作要点", limit=200), 2),
                ChoiceField("unverified", "有没有把握", _SURE),
            ],
            remark="没有见到原文的选“待核”",
        )
        first = draft_of(duty, clock.today()) if duty else DutyDraft("", "", "", None, "", clock.today())
        self.set_values(_values_of(first))
        self.set_checker(lambda _values: check_duty(self.draft()))
        self.begin(drafts, f"duty:{duty.key if duty else 'new'}")

    def draft(self) -> DutyDraft:
        """Return what is typed."""
        values = self.values()
        texts = {
            name: str(values[name] or "")
            for name in ("title", "slice", "category", "per", "source", "name_has", "months")
        }
        times, from_on = values["times"], values["from_on"]
        return DutyDraft(
            **texts,
            times=times if isinstance(times, int) else None,
            from_on=from_on if isinstance(from_on, date) else None,
            unverified=values["unverified"] is True,
        )

    def saving(self) -> Saving:
        """Return what stores the duty."""
        return partial(self._duties.change, self._duty.key if self._duty else "", self.draft())

    def done_text(self, result: str) -> str:
        """Return what was done."""
        return f"{'已修改' if self._duty else '已新增'}该做的事：{result}"

    def reread(self) -> Mapping[str, object] | None:
        """Return nothing: every change is an edition of its own."""
        return None


def _values_of(draft: DutyDraft) -> dict[str, object]:
    return {name: value if value != "" else None for name, value in vars(draft).items()}
