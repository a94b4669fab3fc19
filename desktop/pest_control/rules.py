"""What is written of stock, treatments and monitoring: drafts, words offered, and checks as pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.foundation.errors import Problem
from desktop.pest_control.stock_rules import MOVEMENTS

PESTS = ("鼠", "蚊", "蝇", "蟑")
PEST_ALIASES = {
    "老鼠": "鼠", "鼠类": "鼠", "灭鼠": "鼠", "鼠害": "鼠",
    "蚊子": "蚊", "蚊虫": "蚊", "蚊类": "蚊", "灭蚊": "蚊", "伊蚊": "蚊",
    "苍蝇": "蝇", "蝇类": "蝇", "灭蝇": "蝇",
    "蟑螂": "蟑", "蜚蠊": "蟑", "灭蟑": "蟑", "小强": "蟑",
}  # fmt: skip
WAYS = ("入户投放", "毒饵站投放", "外环境投放", "外环境喷洒", "热烟雾", "滞留喷洒")
PACKAGES = ("袋", "包", "瓶", "支", "盒", "桶", "罐", "千克", "克")
FORMS = ("饵粒", "饵剂", "蜡块", "胶饵", "悬浮剂", "乳油", "可湿性粉剂", "气雾剂", "粉剂")
CONTAINERS = ("贮水容器", "盆景/水生植物", "闲置容器", "竹头树洞石穴", "轮胎", "假山/明渠", "绿化带垃圾")
MEASURES = ("翻盆倒罐", "投药", "宣传", "清理")
GRAMS = {
    "克": Decimal(1), "g": Decimal(1), "G": Decimal(1), "千克": Decimal(1000), "公斤": Decimal(1000),
    "kg": Decimal(1000), "KG": Decimal(1000), "Kg": Decimal(1000), "斤": Decimal(500),
}  # fmt: skip
"""Units that are weights themselves, in grams."""
LARGEST = Decimal(1_000_000)


@dataclass(frozen=True)
class StockDraft:
    """One line of the stock ledger."""

    happened_on: date | None
    agent: str
    movement: str
    quantity: Decimal | None
    ingredient: str = ""
    content: str = ""
    form: str = ""
    registration: str = ""
    batch: str = ""
    expires_on: date | None = None
    package_g: Decimal | None = None
    package: str = ""
    handler: str = ""
    receiver: str = ""
    purpose: str = ""


@dataclass(frozen=True)
class TreatmentDraft:
    """One treatment at one place."""

    treated_on: date | None
    pest: str
    place: str
    agent: str
    quantity: Decimal | None
    unit: str
    way: str = ""
    households: int | None = None
    points: int | None = None
    area_m2: Decimal | None = None
    operator: str = ""
    dead_rats: int | None = None
    remark: str = ""


@dataclass(frozen=True)
class AedesDraft:
    """One search for Aedes larvae at one place."""

    checked_on: date | None
    place: str
    households: int | None
    positive_containers: int | None
    water_containers: int | None = None
    positive_households: int | None = None
    container_kind: str = ""
    measure: str = ""
    inspector: str = ""


@dataclass(frozen=True)
class DensityDraft:
    """One density measurement; *counts* are what some grades ask for as well (flies, small and large cockroaches)."""

    checked_on: date | None
    indicator: str
    checked: Decimal | None
    positive: int | None
    place: str = ""
    inspector: str = ""
    remark: str = ""
    count: int | None = None
    count_large: int | None = None


def check_stock(draft: StockDraft, *, today: date) -> list[Problem]:
    """Return every problem of a stock line at once; banned agents and the balance are the service's to check."""
    problems = _day("happened_on", draft.happened_on, today)
    problems += _required(("agent", "药品名称", draft.agent))
    if draft.movement not in MOVEMENTS:
        problems.append(Problem("movement", "choice_unknown", f"请选类型：{'、'.join(MOVEMENTS)}。"))
    problems += _number("quantity", "数量", draft.quantity)
    if draft.package_g is not None:
        problems += _number("package_g", "每包装克数", draft.package_g)
    return problems


def check_treatment(draft: TreatmentDraft, *, today: date) -> list[Problem]:
    """Return every problem of a treatment at once; the place and banned agents are the service's to check."""
    problems = _day("treated_on", draft.treated_on, today)
    problems += _required(
        ("pest", "防制对象", draft.pest),
        ("place", "点位", draft.place),
        ("agent", "药品名称", draft.agent),
        ("unit", "单位", draft.unit),
    )
    problems += _number("quantity", "数量", draft.quantity)
    for name, label in (("households", "户数"), ("points", "点数"), ("area_m2", "面积"), ("dead_rats", "死鼠只数")):
        if (value := getattr(draft, name)) is not None:
            problems += _number(name, label, value)
    return problems


def check_aedes(draft: AedesDraft, *, today: date) -> list[Problem]:
    """Return every problem of an Aedes search at once."""
    problems = _day("checked_on", draft.checked_on, today)
    problems += _required(("place", "点位", draft.place))
    problems += _number("households", "检查户数", draft.households)
    problems += _number("positive_containers", "阳性容器数", draft.positive_containers)
    for name, label in (("water_containers", "积水容器数"), ("positive_households", "阳性户数")):
        if (value := getattr(draft, name)) is not None:
            problems += _number(name, label, value)
    if exceeds(draft.positive_containers, draft.water_containers):
        problems.append(Problem("positive_containers", "sum_mismatch", "阳性容器比积水容器还多，请核对。"))
    if exceeds(draft.positive_households, draft.households):
        problems.append(Problem("positive_households", "sum_mismatch", "阳性户数比检查户数还多，请核对。"))
    return problems


def check_density(draft: DensityDraft, *, today: date, per_unit: bool = False) -> list[Problem]:
    """Return every problem of a density measurement at once; *per_unit* for counts per kilometre or person."""
    problems = _day("checked_on", draft.checked_on, today)
    problems += _required(("indicator", "指标", draft.indicator))
    problems += _number("checked", "检查数", draft.checked)
    problems += _number("positive", "阳性数", draft.positive)
    for name in ("count", "count_large"):
        if (value := getattr(draft, name)) is not None:
            problems += _number(name, "只数", value)
    if not per_unit and exceeds(draft.positive, draft.checked):
        problems.append(Problem("positive", "sum_mismatch", "阳性数比检查数还多，请核对。"))
    return problems


def exceeds(part: Decimal | int | None, whole: Decimal | int | None) -> bool:
    """Return whether a part that cannot be more than its whole is more."""
    return part is not None and whole is not None and part > whole


def grams_of(unit: str, package_g: Decimal | None) -> Decimal | None:
    """Return the grams in one *unit*: a weight itself, else what the stock says of the package, else None."""
    return GRAMS.get(unit, package_g)


def _day(name: str, day: date | None, today: date) -> list[Problem]:
    if day is None:
        return [Problem(name, "required", "请填日期。")]
    return [Problem(name, "date_future", "日期还没到，这里只登记已经做的。")] if day > today else []


def _required(*fields: tuple[str, str, str]) -> list[Problem]:
    return [Problem(name, "required", f"请填{label}。") for name, label, value in fields if not value]


def _number(name: str, label: str, value: Decimal | int | None) -> list[Problem]:
    if value is None:
        return [Problem(name, "required", f"请填{label}。")]
    if value < 0:
        return [Problem(name, "number_negative", f"{label}不能小于0。")]
    return [Problem(name, "number_invalid", f"{label}太大，请看看有没有输错。")] if value > LARGEST else []
