"""The list of places as data: its columns, what a search finds, what the panel says. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop.foundation.text import natural_key, pinyin_keys, squeeze
from desktop.register.service.places import PlaceRow
from desktop.widgets.chips import CellStyle
from desktop.widgets.panel import Fact
from desktop.widgets.table import TableColumn

_NAMED_AT_MOST = 8

COLUMNS = (
    TableColumn[PlaceRow](
        "name", "名称", lambda place: place.name, width=0, style=lambda _: CellStyle(bold=True),
        second=lambda place: "  ".join(part for part in (place.parent, place.address) if part),
    ),
    TableColumn[PlaceRow]("category", "类别", lambda place: place.category, width=100),
    TableColumn[PlaceRow]("parent", "上级点位", lambda place: place.parent, width=120, second_rank=True),
    TableColumn[PlaceRow]("grid", "网格", lambda place: place.grid, width=92),
    TableColumn[PlaceRow]("address", "地址", lambda place: place.address, width=170, second_rank=True),
    TableColumn[PlaceRow]("manager", "负责人", lambda place: place.manager, width=90),
    TableColumn[PlaceRow]("phone", "电话", lambda place: place.phone, width=124, second_rank=True),
    TableColumn[PlaceRow](
        "household_count", "户数",
        lambda place: "" if place.household_count is None else f"{place.household_count:,}", width=72, align="right",
    ),
)  # fmt: skip


def matching(places: Iterable[PlaceRow], typed: str, category: str, sort: tuple[str, bool] | None) -> list[PlaceRow]:
    """Return the places of *category* (any for '') that *typed* finds, by text or by the name's pinyin initials.

    *sort* is (column key, descending): 2号 before 11号, and what is blank behind everything.
    """
    wanted = squeeze(typed).lower()
    found = [place for place in places if (not category or place.category == category) and _is_meant(place, wanted)]
    if sort is None:
        return found
    key, descending = sort
    filled = [place for place in found if getattr(place, key) not in (None, "")]
    filled.sort(key=lambda place: natural_key(str(getattr(place, key))), reverse=descending)
    return [*filled, *(place for place in found if getattr(place, key) in (None, ""))]


def facts_of(place: PlaceRow, inside: Sequence[PlaceRow]) -> list[Fact]:
    """Return what the panel says; what is not known is left out."""
    facts = [
        Fact("上级点位", place.parent),
        Fact("网格", place.grid),
        Fact("地址", place.address),
        Fact("负责人", place.manager),
        Fact("电话", place.phone),
        Fact("户数", "" if place.household_count is None else f"{place.household_count:,}户"),
        Fact("备注", place.remark),
        Fact("里面有", _listed(inside)),
    ]
    return [fact for fact in facts if fact.value] or [Fact("其他", "还没有填，点“修改”补上")]


def _is_meant(place: PlaceRow, wanted: str) -> bool:
    if not wanted:
        return True
    texts = (place.name, place.address, place.manager, place.grid, place.phone, place.parent)
    if any(wanted in squeeze(text).lower() for text in texts):
        return True
    return wanted.isascii() and any(key.startswith(wanted) for pair in pinyin_keys(place.name) for key in pair)


def _listed(inside: Sequence[PlaceRow]) -> str:
    names = "、".join(place.name for place in inside[:_NAMED_AT_MOST])
    return f"{names} 等{len(inside)}处" if len(inside) > _NAMED_AT_MOST else names
