"""Pest control in the history: what columns are called, quantities in the units people write."""

from __future__ import annotations

from desktop.pest_control.records import AedesCheck, DensityCheck, StockEntry, Treatment
from desktop.register.rights import Right
from desktop.register.service.record_history import RecordKind, changed, scaled, words_of

STOCK = RecordKind(
    StockEntry,
    Right.SEE_PEST,
    words_of(
        {
            "happened_on": "日期", "agent": "药品名称", "ingredient": "有效成分", "content": "含量", "form": "剂型",
            "registration": "登记证号", "batch": "批号", "expires_on": "有效期至", "package_mg": "每包装克数",
            "package": "包装单位", "movement": "类型", "quantity_milli": "数量", "handler": "经手人",
            "receiver": "领药人", "purpose": "用途",
        },
        package_mg=scaled(1000), quantity_milli=scaled(1000),
    ),
)  # fmt: skip
TREATMENTS = RecordKind(
    Treatment,
    Right.SEE_PEST,
    words_of(
        {
            "treated_on": "日期", "pest": "防制对象", "place_id": "点位", "agent": "药品名称", "quantity_milli": "数量",
            "unit": "单位", "way": "投药方式", "households": "户数", "points": "点数", "area_dm2": "面积",
            "operator": "操作人", "dead_rats": "死鼠只数", "remark": "备注",
        },
        place_id=changed, quantity_milli=scaled(1000), area_dm2=scaled(100, "平方米"),
    ),
)  # fmt: skip
AEDES = RecordKind(
    AedesCheck,
    Right.SEE_PEST,
    words_of(
        {
            "checked_on": "日期", "place_id": "点位", "households": "检查户数", "water_containers": "积水容器数",
            "positive_containers": "阳性容器数", "positive_households": "阳性户数", "container_kind": "容器类型",
            "measure": "处理措施", "inspector": "检查人",
        },
        place_id=changed,
    ),
)  # fmt: skip
DENSITY = RecordKind(
    DensityCheck,
    Right.SEE_PEST,
    words_of(
        {
            "checked_on": "日期", "indicator": "指标", "place_id": "点位", "checked_milli": "检查数",
            "positive": "阳性数", "inspector": "检查人", "remark": "备注",
        },
        place_id=changed, checked_milli=scaled(1000),
    ),
)  # fmt: skip
