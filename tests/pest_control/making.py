"""Drafts and small sheets of pest control for its tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop.pest_control.rules import AedesDraft, DensityDraft, StockDraft, TreatmentDraft
from desktop.register.service.places import PlaceDraft
from desktop.register.service.standards import shipped_standards
from desktop.shell.workbench import Workbench
from tests.register.making import sheet

STOCK_HEADINGS = (
    "日期", "药品名称", "有效成分", "含量", "剂型", "登记证号", "批号", "有效期至", "每包装克数", "包装单位", "类型",
    "数量", "经手人", "领药人", "用途",
)  # fmt: skip
TREATMENT_HEADINGS = (
    "日期", "防制对象", "点位", "药品名称", "数量", "单位", "投药方式", "户数", "点数", "面积平方米", "操作人",
    "死鼠只数", "备注",
)  # fmt: skip
AEDES_HEADINGS = (
    "日期", "点位", "检查户数", "积水容器数", "阳性容器数", "阳性户数", "容器类型", "处理措施", "检查人",
)  # fmt: skip
DENSITY_HEADINGS = ("日期", "指标", "点位", "检查数", "阳性数", "检查人", "备注")
BAIT = "0.005%溴敌隆饵粒"


def values_of(standard: str) -> dict[str, Any]:
    """Return the values of a shipped standard."""
    return next(dict(one.content["values"]) for one in shipped_standards() if one.standard == standard)


def place(bench: Workbench, name: str = "渔村", category: str = "小区", **values: Any) -> None:
    """Store a place."""
    bench.places.create(PlaceDraft(name, category, **values))


def stock(day: int, movement: str, quantity: str, month: int = 3, **values: Any) -> StockDraft:
    """Return a stock line of the bait in March 2026."""
    whole: dict[str, Any] = {"agent": BAIT, "batch": "201101", "package": "袋", "package_g": Decimal(1000), **values}
    return StockDraft(date(2026, month, day), movement=movement, quantity=Decimal(quantity), **whole)


def treated(day: date, quantity: str = "11", **values: Any) -> TreatmentDraft:
    """Return a treatment with the bait in 渔村."""
    whole: dict[str, Any] = {"pest": "鼠", "place": "渔村", "agent": BAIT, "unit": "袋", **values}
    return TreatmentDraft(day, quantity=Decimal(quantity), **whole)


def aedes(day: date, households: int, positive: int, **values: Any) -> AedesDraft:
    """Return an Aedes check in 渔村."""
    return AedesDraft(day, "渔村", households, positive, **values)


def density(day: date, checked: str, positive: int, indicator: str = "室内鼠迹阳性率", **values: Any) -> DensityDraft:
    """Return a density measurement."""
    return DensityDraft(day, indicator, Decimal(checked), positive, **values)


def stock_sheet(path: Path, *rows: dict[str, object]) -> Path:
    """Write a sheet 药品台账; every row is of one bait and batch unless it says otherwise."""
    usual = {"药品名称": BAIT, "批号": "201101", "包装单位": "袋", "每包装克数": 1000}
    return sheet(path, STOCK_HEADINGS, *[{**usual, **row} for row in rows])


def treatment_sheet(path: Path, *rows: dict[str, object]) -> Path:
    """Write a sheet 投药."""
    usual = {"防制对象": "鼠", "点位": "渔村", "药品名称": BAIT, "数量": 11, "单位": "袋"}
    return sheet(path, TREATMENT_HEADINGS, *[{**usual, **row} for row in rows])
