"""The form of one place: new or changed, every problem under its field, the draft kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal

from desktop.foundation.errors import ChangedMeanwhile, InputError, Problem
from desktop.foundation.jobs import JobContext
from desktop.register.service.places import PlaceDraft, PlaceRow, PlaceService
from desktop.register.sheets import PLACE_CATEGORIES
from desktop.register.ui.draft_keeper import DraftKeeper
from desktop.register.ui.host import PageHost
from desktop.store.drafts import Drafts
from desktop.widgets.dialogs import ask, show_error
from desktop.widgets.fields.base import Field
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.number import NumberField
from desktop.widgets.fields.text import MultilineField, TextField
from desktop.widgets.form import FormPage

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


class PlaceForm(FormPage):
    """Writes one place through the service; ``saved`` carries its id."""

    saved = Signal(object)

    def __init__(
        self, places: PlaceService, host: PageHost, *, row: PlaceRow | None = None, drafts: Drafts | None = None
    ) -> None:
        super().__init__(f"修改点位：{row.name}" if row else "新建点位")
        self.setObjectName("place_form")
        self._places, self._host, self._row = places, host, row
        self._build(places.all())
        if row is not None:
            self.set_values(_values_of(row.draft()))
        self._keeper: DraftKeeper | None = None
        if drafts is None:
            self.cancelled.connect(lambda _keep: host.close_page(self))
        else:
            self._keeper = DraftKeeper(self, drafts, f"place:{row.id.hex}" if row else "place:new", host)
            self._keeper.bring_back()
        self.set_checker(lambda _values: _missing(self.draft()))
        self.save_requested.connect(self._save)

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

    def _save(self) -> None:
        self._store(self.draft(), self._row)

    def _store(self, draft: PlaceDraft, row: PlaceRow | None) -> None:
        self.set_saving(True)
        job = partial(_store, self._places, self._keeper, draft, row)
        self._host.runner.start(job, done=self._stored, failed=self._refused)

    def _stored(self, place_id: UUID) -> None:
        self.set_saving(False)
        self._host.note_saved()
        self.saved.emit(place_id)
        self._host.close_page(self)

    def _refused(self, error: BaseException) -> None:
        self.set_saving(False)
        if isinstance(error, ChangedMeanwhile):
            self._show_both()
        elif isinstance(error, InputError):
            self.show_problems(error.problems or [Problem("", "refused", str(error))])
        else:
            show_error(self, "保存点位", error)

    def _show_both(self) -> None:
        """Show what a colleague stored beside what is typed here, and let the user decide."""
        old = self._row
        theirs = next((place for place in self._places.all() if old is not None and place.id == old.id), None)
        if theirs is None:
            self.show_problems([Problem("", "gone", "这个点位刚被别人删除了，请到回收站看看。")])
            return
        mine, stored = self.draft(), theirs.draft()
        lines = [
            f"{label}：现在是“{_shown(getattr(stored, name))}”，您写的是“{_shown(getattr(mine, name))}”"
            for name, label in LABELS.items()
            if getattr(stored, name) != getattr(mine, name)
        ]
        text = "\n".join(lines) or "内容和您写的一样。"
        ask(self, "别人刚改过这个点位", text, "用我写的", "用现在的", partial(self._decide, theirs))

    def _decide(self, theirs: PlaceRow, mine: bool) -> None:
        self._row = theirs
        if mine:
            self._store(self.draft(), theirs)
        else:
            self.set_values(_values_of(theirs.draft()))


def _store(
    places: PlaceService, keeper: DraftKeeper | None, draft: PlaceDraft, row: PlaceRow | None, _context: JobContext
) -> UUID:
    if row is None:
        place_id = places.create(draft)
    else:
        place_id = row.id
        places.change(row.id, draft, version=row.version)
    if keeper is not None:
        keeper.drop()
    return place_id


def _missing(draft: PlaceDraft) -> list[Problem]:
    return [
        Problem(name, "required", f"请填{LABELS[name]}。") for name in ("name", "category") if not getattr(draft, name)
    ]


def _values_of(draft: PlaceDraft) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(draft, name) for name in LABELS}
    return {**values, "category": draft.category or None, "parent": draft.parent or None}


def _shown(value: object) -> str:
    return "空" if value in (None, "") else str(value)
