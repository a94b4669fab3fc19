"""The form of one place: new or changed, every problem under its field, the draft kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

from desktop.foundation.errors import Problem
from desktop.register.service.places import PlaceDraft, PlaceRow, PlaceService
from desktop.register.sheets import PLACE_CATEGORIES
from desktop.register.ui.host import PageHost
from desktop.register.ui.record_form import RecordForm, Saving
from desktop.store.drafts import Drafts
from desktop.widgets.fields.base import Field
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.number import NumberField
from desktop.widgets.fields.text import MultilineField, TextField

LABELS = {
    "name": "名称",
    "category": "类别",
    "parent": "上级点位",
    "grid": "网格",
    "address": "地址",
    "manager": "负责人",
    "phone": "联系电话",
    "household_count": "户数",
    "remark": "备注",
}


class PlaceForm(RecordForm):
    """Writes one place through the service; ``saved`` carries its id."""

    def __init__(
        self, places: PlaceService, host: PageHost, *, row: PlaceRow | None = None, drafts: Drafts | None = None
    ) -> None:
        super().__init__(f"修改点位：{row.name}" if row else "新建点位", host, what="点位")
        self.setObjectName("place_form")
        self._places, self._row = places, row
        self._build(places.all())
        if row is not None:
            self.set_values(_values_of(row.draft()))
        self.set_checker(lambda _values: _missing(self.draft()))
        self.begin(drafts, f"place:{row.id.hex}" if row else "place:new")

    def draft(self) -> PlaceDraft:
        """Return what is typed."""
        values = self.values()
        texts = {name: str(values[name] or "") for name in LABELS if name != "household_count"}
        count = values["household_count"]
        return PlaceDraft(**texts, household_count=count if isinstance(count, int) else None)

    def _build(self, known: Sequence[PlaceRow]) -> None:
        used = dict.fromkeys(place.category for place in known)
        parents = dict.fromkeys(place.name for place in known if self._row is None or place.id != self._row.id)
        fields: list[Field] = [
            TextField("name", LABELS["name"], required=True, hint="和门口牌子、平时叫法一致", limit=100),
            ChoiceField(
                "category",
                LABELS["category"],
                list(dict.fromkeys((*PLACE_CATEGORIES, *used))),
                editable=True,
                required=True,
                hint="选一种；没有合适的可以直接写",
            ),
            ChoiceField(
                "parent", LABELS["parent"], list(parents), hint="它在哪个点位里面，如垃圾房在某小区里；没有就空着"
            ),
            TextField("grid", LABELS["grid"], hint="如 第3网格", limit=40),
            TextField("address", LABELS["address"], limit=200),
            NumberField("household_count", LABELS["household_count"], hint="小区才填"),
            TextField("manager", LABELS["manager"], limit=40),
            TextField("phone", LABELS["phone"], limit=40),
        ]
        self.add_section("点位", fields, remark="＊ 为必填 · 回车到下一格 · Esc 收起并保留草稿")
        self.add_section("", [(MultilineField("remark", LABELS["remark"], limit=2000), 3)], joined=True)

    def saving(self) -> Saving:
        """Return what stores the place."""
        draft, row = self.draft(), self._row
        return partial(self._places.create, draft) if row is None else partial(self._change, row, draft)

    def done_text(self, result: object) -> str:
        """Return 已修改点位：翠湖苑."""
        return f"{'已修改' if self._row else '已新建'}点位：{self.field('name').value()}"

    def reread(self) -> Mapping[str, object] | None:
        """Return what is stored of this place now."""
        old = self._row
        self._row = next((place for place in self._places.all() if old is not None and place.id == old.id), None)
        return _values_of(self._row.draft()) if self._row is not None else None

    def _change(self, row: PlaceRow, draft: PlaceDraft) -> UUID:
        self._places.change(row.id, draft, version=row.version)
        return row.id


def _missing(draft: PlaceDraft) -> list[Problem]:
    return [
        Problem(name, "required", f"请填{LABELS[name]}。") for name in ("name", "category") if not getattr(draft, name)
    ]


def _values_of(draft: PlaceDraft) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(draft, name) for name in LABELS}
    return {**values, "category": draft.category or None, "parent": draft.parent or None}
