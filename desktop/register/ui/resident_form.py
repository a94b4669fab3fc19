"""The form of one resident: new or changed, with a draft that survives and a warning of people alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from desktop.foundation import idnumber
from desktop.foundation.clock import Clock
from desktop.foundation.errors import InputError, Problem
from desktop.foundation.text import squeeze
from desktop.register.rules import (
    DWELLING_STATES,
    NO_ID_REASONS,
    RELATIONS,
    RESIDENCE_TYPES,
    SEXES,
    ResidentDraft,
    check_resident,
    number_mismatches,
)
from desktop.register.service.residents import ResidentService
from desktop.register.ui.host import PageHost
from desktop.register.ui.record_form import RecordForm, Saving
from desktop.register.views import ResidentCard, ResidentRow
from desktop.store.drafts import Drafts
from desktop.widgets.card import Banner
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.tags import TagsField
from desktop.widgets.fields.text import MultilineField, TextField

_TAGS_HINT = "今天加的从今天算起，去掉的从今天起不算"
ETHNICITIES = ("汉族", "回族", "满族", "壮族", "苗族", "土家族", "蒙古族", "维吾尔族", "藏族", "彝族", "朝鲜族", "侗族")
_CHOICES = frozenset({"no_id_reason", "sex", "ethnicity", "place", "relation", "residence_type", "dwelling_state"})


class ResidentForm(RecordForm):
    """Writes one resident through the service; ``saved`` carries the id."""

    def __init__(
        self,
        residents: ResidentService,
        drafts: Drafts,
        host: PageHost,
        clock: Clock,
        *,
        places: Sequence[str],
        card: ResidentCard | None = None,
        name: str = "",
    ) -> None:
        super().__init__(f"修改档案：{card.draft.name}" if card else "新建档案", host, what="档案")
        self.setObjectName("resident_form")
        self._residents, self._clock = residents, clock
        self._card = card
        self._alike = Banner("warning", "")
        self._alike.setObjectName("lookalikes")
        self._alike.setVisible(False)
        self.add_notice(self._alike)
        self._build(places)
        self.set_checker(self._judge)
        if card is not None:
            self.set_values(_values_of(card.draft))
        elif name:
            self.set_values({"name": name})
        self.field("id_number").left.connect(self._fill_from_number)
        for watched in ("name", "id_number", "born_on", "room"):
            self.field(watched).left.connect(self._look_for_alike)
        self.begin(drafts, f"resident:{card.id.hex}" if card else "resident:new")

    def draft(self) -> ResidentDraft:
        """Return what is typed."""
        values = self.values()
        texts = {
            key: str(values[key] or "") for key in values if key not in ("born_on", "arrived_on", "changed_on", "tags")
        }
        tags = values["tags"]
        return ResidentDraft(
            **{**texts, "id_number": idnumber.tidy_id_number(texts["id_number"])},
            born_on=_day(values["born_on"]),
            arrived_on=_day(values["arrived_on"]),
            changed_on=_day(values["changed_on"]),
            tags=tuple(tags) if isinstance(tags, list) else (),
        )

    def _build(self, places: Sequence[str]) -> None:
        today = self._clock.today
        self.add_section(
            "本人",
            [
                TextField("name", "姓名", required=True, limit=100),
                TextField("id_number", "身份证号", hint="18位，填好会自动带出性别和出生日期", limit=30),
                ChoiceField(
                    "no_id_reason", "没有身份证号的原因", NO_ID_REASONS, editable=True, hint="没有号码时才填，以后再补"
                ),
                ChoiceField("sex", "性别", SEXES),
                DayField("born_on", "出生日期", today=today),
                ChoiceField("ethnicity", "民族", ETHNICITIES, editable=True),
                TextField("phone", "联系电话", limit=40),
                TextField("contact_name", "联系人", hint="家属或朋友，写上关系更好，如：女儿 吴晓岚", limit=100),
                TextField("contact_phone", "联系人电话", limit=40),
            ],
            remark="＊ 为必填 · 回车到下一格 · Esc 收起并保留草稿",
        )
        self.add_section(
            "住址和居住",
            [
                ChoiceField(
                    "place", "小区", places, editable=True, required=True, hint="名单里没有的直接写，会一起建好"
                ),
                TextField("building", "楼栋", hint="如 2号楼", limit=40),
                TextField("unit", "单元", limit=40),
                TextField("room", "室", limit=40),
                TextField("head_name", "户主", limit=100),
                ChoiceField("relation", "与户主关系", RELATIONS, editable=True),
                ChoiceField("residence_type", "常住类型", RESIDENCE_TYPES, editable=True),
                ChoiceField("dwelling_state", "居住状态", DWELLING_STATES, hint="迁出、去世的也在这里改，档案会留着"),
                DayField("changed_on", "变动日期", hint="迁出或去世的日子", today=today),
                DayField("arrived_on", "迁入日期", hint="不清楚就空着", today=today),
            ],
        )
        self.add_section(
            "标签和备注",
            [
                (TagsField("tags", "人群标签", self._residents.tags.suggestions(), hint=_TAGS_HINT), 2),
                MultilineField("remark", "备注"),
            ],
        )  # fmt: skip

    def _judge(self, _values: dict[str, object]) -> list[Problem]:
        return check_resident(self.draft(), today=self._clock.today())

    def _fill_from_number(self) -> None:
        number = idnumber.tidy_id_number(str(self.field("id_number").value() or ""))
        if idnumber.check_id_number(number, today=self._clock.today()) is not None:
            return
        values = self.values()
        if not values["sex"]:
            self.field("sex").set_value(idnumber.sex_of(number))
        if values["born_on"] is None:
            self.field("born_on").set_value(idnumber.born_on(number))
        draft = self.draft()
        for doubt in number_mismatches(draft.id_number, sex=draft.sex, born_on=draft.born_on):
            self.field(doubt.field).set_hint(f"{doubt.message}。")

    def _look_for_alike(self) -> None:
        draft = self.draft()
        if not squeeze(draft.name):
            self._alike.setVisible(False)
            return
        found = self._residents.lookalikes(draft, self._card.id if self._card else None)
        self._alike.setVisible(bool(found))
        if found:
            self._alike.set_text(
                "可能已经有这个人的档案，请先核对", "；".join(self._describe(row) for row in found[:3])
            )

    def _describe(self, row: ResidentRow) -> str:
        return f"{row.name} {row.sex_and_age(self._clock.today())} {row.address}"

    def saving(self) -> Saving:
        """Return what stores the resident."""
        draft, card = self.draft(), self._card
        if card is None:
            return partial(self._residents.create, draft)
        return partial(self._change, card, draft)

    def done_text(self, result: object) -> str:
        """Return 已修改档案：吴淑珍."""
        return f"{'已修改' if self._card else '已新建'}档案：{self.field('name').value()}"

    def reread(self) -> Mapping[str, object] | None:
        """Return what is stored of this resident now."""
        if self._card is None:
            return None
        try:
            self._card = self._residents.card(self._card.id)
        except InputError:
            return None
        return _values_of(self._card.draft)

    def _change(self, card: ResidentCard, draft: ResidentDraft) -> UUID:
        self._residents.change(card.id, draft, version=card.version)
        return card.id


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _values_of(draft: ResidentDraft) -> dict[str, object]:
    values: dict[str, object] = dict(draft.__dict__)
    values["tags"] = list(draft.tags)
    for name in _CHOICES:
        values[name] = values[name] or None
    return values
