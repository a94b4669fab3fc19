"""What the four lists show of a row, and what the panel says of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import get_args

from desktop.foundation.days import long_day, plain_day, short_day
from desktop.pest_control.documents import (
    AedesRow,
    DensityRow,
    StockRow,
    TreatmentRow,
    band_text,
    grade_text,
    index_text,
    number,
    rounded,
    signed,
)
from desktop.widgets.chips import CellStyle, Chip, ChipKind
from desktop.widgets.paging import TableColumn
from desktop.widgets.panel import Fact

Today = Callable[[], date]
_KINDS: dict[str, ChipKind] = {
    "〇级": "green", "一级": "amber", "二级": "red", "三级": "red",
    "A级": "green", "B级": "green", "C级": "amber", "低于C级": "red", "样本不足": "grey",
    "领用": "blue", "发放到户": "blue", "入库": "green", "期初": "green", "退回": "green",
}  # fmt: skip
PEST_KINDS: dict[str, ChipKind] = dict(zip("鼠蚊蝇蟑", get_args(ChipKind), strict=False))


def verdict_chip(verdict: str, text: str = "") -> Chip:
    """Return a band, grade or movement as a chip; never by colour alone."""
    return Chip(text or verdict, _KINDS.get(verdict, "grey"), bold=True)


def stock_columns(today: Today) -> list[TableColumn[StockRow]]:
    """Return the columns of 药品台账."""
    return [
        TableColumn("day", "日期", lambda row: short_day(row.draft.happened_on, today()), 124, newest_first=True),
        TableColumn("agent", "药品名称", lambda row: row.draft.agent, 0, style=_bold,
                    second=lambda row: f"批号 {row.draft.batch}" if row.draft.batch else ""),
        TableColumn("batch", "批号", lambda row: row.draft.batch or "—", 96, second_rank=True),
        TableColumn("movement", "类型", lambda row: "", 100,
                    style=lambda row: CellStyle(chips=(verdict_chip(row.draft.movement),))),
        TableColumn("quantity", "数量", lambda row: f"{signed(row.draft)} {row.draft.package}".strip(), 100, "right"),
        TableColumn("left", "结存", lambda row: number(row.value), 90, "right", style=_bold),
        TableColumn("who", "经手人", lambda row: row.draft.handler or "—", 90, second_rank=True),
    ]  # fmt: skip


def stock_facts(row: StockRow, today: date) -> list[Fact]:
    """Return what the panel says of a stock entry."""
    draft = row.draft
    return [
        Fact("日期", long_day(draft.happened_on) if draft.happened_on else ""),
        Fact("数量", f"{signed(draft)} {draft.package}".strip()),
        Fact("之后结存", f"{number(row.value)} {draft.package}".strip()),
        Fact("有效成分", f"{draft.ingredient} {draft.content}".strip()),
        Fact("剂型", draft.form),
        Fact("登记证号", draft.registration),
        Fact("批号", draft.batch),
        Fact("有效期至", plain_day(draft.expires_on)),
        Fact("每包装", f"{number(draft.package_g)} 克" if draft.package_g is not None else ""),
        Fact("经手人", draft.handler),
        Fact("领药人", draft.receiver),
        Fact("用途", draft.purpose),
    ]


def treatment_columns(today: Today) -> list[TableColumn[TreatmentRow]]:
    """Return the columns of 投药登记."""
    return [
        TableColumn("day", "日期", lambda row: short_day(row.draft.treated_on, today()), 136, newest_first=True),
        TableColumn("pest", "对象", lambda row: "", 62,
                    style=lambda row: CellStyle(chips=(Chip(row.draft.pest, PEST_KINDS.get(row.draft.pest, "grey")),))),
        TableColumn("place", "点位", lambda row: row.draft.place, 150, style=_bold),
        TableColumn("agent", "药品名称", lambda row: row.draft.agent, 0,
                    second=lambda row: row.draft.way),
        TableColumn("quantity", "数量", lambda row: f"{number(row.draft.quantity)} {row.draft.unit}", 92, "right"),
        TableColumn("households", "户数", lambda row: number(row.draft.households), 70, "right"),
        TableColumn("way", "投药方式", lambda row: row.draft.way or "—", 118, second_rank=True),
        TableColumn("who", "操作人", lambda row: row.draft.operator or "—", 90, second_rank=True),
    ]  # fmt: skip


def treatment_facts(row: TreatmentRow, today: date) -> list[Fact]:
    """Return what the panel says of a treatment."""
    draft = row.draft
    return [
        Fact("日期", long_day(draft.treated_on) if draft.treated_on else ""),
        Fact("防制对象", draft.pest),
        Fact("药品名称", draft.agent),
        Fact("数量", f"{number(draft.quantity)} {draft.unit}"),
        Fact("投药方式", draft.way),
        Fact("户数", f"{number(draft.households)} 户"),
        Fact("点数", f"{number(draft.points)} 点"),
        Fact("面积", f"{number(draft.area_m2)} 平方米"),
        Fact("死鼠", f"{number(draft.dead_rats)} 只"),
        Fact("操作人", draft.operator),
        Fact("备注", draft.remark),
    ]


def aedes_columns(today: Today) -> list[TableColumn[AedesRow]]:
    """Return the columns of 伊蚊监测."""
    return [
        TableColumn("day", "日期", lambda row: short_day(row.draft.checked_on, today()), 136, newest_first=True),
        TableColumn("place", "点位", lambda row: row.draft.place, 0, style=_bold),
        TableColumn("households", "检查户数", lambda row: number(row.draft.households), 92, "right"),
        TableColumn("containers", "阳性容器", lambda row: number(row.draft.positive_containers), 92, "right"),
        TableColumn("homes", "阳性户数", lambda row: number(row.draft.positive_households), 92, "right",
                    second_rank=True),
        TableColumn("bi", "BI", lambda row: rounded(row.value), 80, "right", style=_bold),
        TableColumn("band", "等级", lambda row: "" if row.verdict else "—", 116,
                    style=lambda row: _chip(row.verdict, band_text(row))),
    ]  # fmt: skip


def aedes_facts(row: AedesRow, today: date) -> list[Fact]:
    """Return what the panel says of an Aedes check."""
    draft = row.draft
    return [
        Fact("日期", long_day(draft.checked_on) if draft.checked_on else ""),
        Fact("检查户数", f"{number(draft.households)} 户"),
        Fact("积水容器", f"{number(draft.water_containers)} 个"),
        Fact("阳性容器", f"{number(draft.positive_containers)} 个"),
        Fact("阳性户数", f"{number(draft.positive_households)} 户"),
        Fact("布雷图指数", f"{rounded(row.value)}"),
        Fact("容器类型", draft.container_kind),
        Fact("处理措施", draft.measure),
        Fact("检查人", draft.inspector),
    ]


def density_columns(today: Today) -> list[TableColumn[DensityRow]]:
    """Return the columns of 密度监测."""
    return [
        TableColumn("day", "日期", lambda row: short_day(row.draft.checked_on, today()), 136, newest_first=True),
        TableColumn("indicator", "指标", lambda row: row.draft.indicator, 0, style=_bold,
                    second=lambda row: row.draft.place),
        TableColumn("place", "点位", lambda row: row.draft.place or "—", 130, second_rank=True),
        TableColumn("share", "阳性/检查", lambda row: f"{number(row.draft.positive)}/{number(row.draft.checked)}", 104,
                    "right"),
        TableColumn("value", "密度", index_text, 118, "right", style=_bold),
        TableColumn("grade", "等级", lambda row: "" if _has_grade(row) else "—", 104, sortable=False,
                    style=lambda row: _chip(grade_text(row)) if _has_grade(row) else CellStyle()),
    ]  # fmt: skip


def density_facts(row: DensityRow, today: date) -> list[Fact]:
    """Return what the panel says of a density measurement."""
    draft = row.draft
    counts = "、".join(number(one) for one in (draft.count, draft.count_large) if one is not None)
    return [
        Fact("日期", long_day(draft.checked_on) if draft.checked_on else ""),
        Fact("点位", draft.place),
        Fact("检查数", number(draft.checked)),
        Fact("阳性数", number(draft.positive)),
        Fact("只数", counts),
        Fact("密度", index_text(row)),
        Fact("检查人", draft.inspector),
        Fact("备注", draft.remark),
    ]


def _has_grade(row: DensityRow) -> bool:
    return bool(row.verdict or row.too_few)


def _chip(verdict: str, text: str = "") -> CellStyle:
    return CellStyle(chips=(verdict_chip(verdict, text),)) if verdict else CellStyle()


def _bold(_row: object) -> CellStyle:
    return CellStyle(bold=True)
