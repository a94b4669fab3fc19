"""The forms of a treatment, an Aedes check and a density measurement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.foundation.clock import Clock
from desktop.foundation.errors import Problem
from desktop.pest_control.density_rules import is_per_km, scale_of
from desktop.pest_control.field_work import AedesBook, DensityBook, TreatmentBook
from desktop.pest_control.rules import (
    CONTAINERS,
    MEASURES,
    PACKAGES,
    PESTS,
    WAYS,
    AedesDraft,
    DensityDraft,
    TreatmentDraft,
    check_aedes,
    check_density,
    check_treatment,
)
from desktop.pest_control.ui.book_form import REMARK, BookForm
from desktop.pest_control.views import EntryRow
from desktop.register.rights import Officer
from desktop.register.ui.doer_field import DoerField
from desktop.register.ui.host import PageHost
from desktop.store.drafts import Drafts
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.number import NumberField
from desktop.widgets.fields.text import MultilineField


class TreatmentForm(BookForm):
    """One treatment at one place."""

    draft_type = TreatmentDraft
    numbers, days = ("quantity", "households", "points", "area_m2", "dead_rats"), ("treated_on",)

    def __init__(
        self,
        book: TreatmentBook,
        drafts: Drafts,
        host: PageHost,
        clock: Clock,
        *,
        places: Sequence[str],
        agents: Sequence[str],
        officer: Officer,
        row: EntryRow[TreatmentDraft] | None = None,
        values: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(book, drafts, host, clock, row, values=values)
        self.setObjectName("treatment_form")
        self.add_section(
            "这次投药",
            [
                DayField("treated_on", "日期", required=True, today=clock.today),
                ChoiceField("pest", "防制对象", PESTS, editable=True, required=True),
                ChoiceField("place", "点位", places, required=True, hint="从辖区底册里选"),
                ChoiceField("agent", "药品名称", agents, editable=True, required=True),
                NumberField("quantity", "数量", decimals=3, required=True),
                ChoiceField("unit", "单位", PACKAGES, editable=True, required=True),
                ChoiceField("way", "投药方式", WAYS, editable=True),
                DoerField("operator", "操作人", officer, words=book.words("operator"), fresh=row is None),
            ],
            remark=REMARK,
        )
        self.add_section(
            "做了多少",
            [
                NumberField("households", "户数"),
                NumberField("points", "点数"),
                NumberField("area_m2", "面积", unit="平方米", decimals=2),
                NumberField("dead_rats", "死鼠只数"),
                (MultilineField("remark", "备注"), 2),
            ],
            remark="投药不动药品结存，领药请到药品台账登记",
        )
        self.start()

    def problems(self) -> list[Problem]:
        """Return what can be seen to be wrong without the file."""
        return check_treatment(self.draft(), today=self._clock.today())


class AedesForm(BookForm):
    """One search for Aedes larvae."""

    draft_type, days = AedesDraft, ("checked_on",)
    numbers = ("households", "water_containers", "positive_containers", "positive_households")

    def __init__(
        self,
        book: AedesBook,
        drafts: Drafts,
        host: PageHost,
        clock: Clock,
        *,
        places: Sequence[str],
        officer: Officer,
        row: EntryRow[AedesDraft] | None = None,
        values: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(book, drafts, host, clock, row, values=values)
        self.setObjectName("aedes_form")
        least = book.bands()["least_households"]["value"]
        self.add_section(
            "这次检查",
            [
                DayField("checked_on", "日期", required=True, today=clock.today),
                ChoiceField("place", "点位", places, required=True, hint="从辖区底册里选"),
                NumberField("households", "检查户数", required=True, hint=f"一次监测不少于{least}户"),
                NumberField("water_containers", "积水容器", unit="个", hint="数了才算得出容器指数"),
                NumberField("positive_containers", "阳性容器", unit="个", required=True, hint="有蚊幼虫或蛹的"),
                NumberField("positive_households", "阳性户数", hint="数了才算得出房屋指数"),
                ChoiceField("container_kind", "容器类型", CONTAINERS, editable=True),
                ChoiceField("measure", "处理措施", MEASURES, editable=True),
                DoerField("inspector", "检查人", officer, words=book.words("inspector"), fresh=row is None),
            ],
            remark=REMARK,
        )
        self.start()

    def problems(self) -> list[Problem]:
        """Return what can be seen to be wrong without the file."""
        return check_aedes(self.draft(), today=self._clock.today())


class DensityForm(BookForm):
    """One density measurement; fields for counts appear where the grade needs them."""

    draft_type, days = DensityDraft, ("checked_on",)
    numbers = ("checked", "positive", "count", "count_large")

    def __init__(
        self,
        book: DensityBook,
        drafts: Drafts,
        host: PageHost,
        clock: Clock,
        *,
        places: Sequence[str],
        officer: Officer,
        row: EntryRow[DensityDraft] | None = None,
        values: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(book, drafts, host, clock, row, values=values)
        self.setObjectName("density_form")
        self._limits = book.indicators()
        self.add_section(
            "这次监测",
            [
                DayField("checked_on", "日期", required=True, today=clock.today),
                ChoiceField("indicator", "指标", list(self._limits), editable=True, required=True),
                ChoiceField("place", "点位", places, hint="从辖区底册里选，没有就空着"),
                NumberField("checked", "检查数", decimals=3, required=True),
                NumberField("positive", "阳性数", required=True),
                NumberField("count", "只数"),
                NumberField("count_large", "大蠊只数"),
                DoerField("inspector", "检查人", officer, words=book.words("inspector"), fresh=row is None),
                (MultilineField("remark", "备注"), 2),
            ],
            remark=REMARK,
        )
        self.field("indicator").left.connect(self._look_again)
        self.start()
        self._look_again()

    def problems(self) -> list[Problem]:
        """Return what can be seen to be wrong without the file."""
        draft: DensityDraft = self.draft()
        return check_density(draft, today=self._clock.today(), per_unit=scale_of(draft.indicator) == 1)

    def _look_again(self, *_ignored: object) -> None:
        """Say what is counted for this indicator, and ask for what its grade needs as well."""
        name = str(self.field("indicator").value() or "")
        limits = self._limits.get(name)
        means = limits.means if limits else ()
        self.field("checked").set_hint("填公里数，如 1.25" if is_per_km(name) else "")
        self.field("positive").set_hint("填合格的处数" if limits and limits.at_least else "")
        for number, field_name in enumerate(("count", "count_large")):
            field = self.field(field_name)
            field.setVisible(number < len(means))
            if number < len(means):
                field.set_hint(f"所有阳性处的{means[number].of}总数，判等级要用")
