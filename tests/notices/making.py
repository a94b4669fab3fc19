"""Notices, postings and records to write them from, for the notices slice's tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.activities.rules import ActivityDraft
from desktop.inspections.rules import InspectionDraft
from desktop.notices.views import NoticeDraft, PostingDraft
from desktop.pest_control.rules import StockDraft, TreatmentDraft
from desktop.register.service.places import PlaceDraft
from desktop.shell.workbench import Workbench

BAIT = {
    "开始日期": "2026-06-15",
    "结束日期": "2026年6月28日",
    "投放范围": "桂花苑1—3号楼楼道、地下室、垃圾桶旁",
    "药物一": "0.005%溴敌隆饵粒",
    "联系人": "邓文斌",
    "联系电话": "0000-5550126",
}


def bait(bench: Workbench, **values: str) -> NoticeDraft:
    """Return a complete notice about laid bait."""
    draft = bench.notices.composing.begin("bait")
    return replace(draft, values={**draft.values, **BAIT, **values})


def posting(**values: Any) -> PostingDraft:
    """Return a posting of 15 June 2026."""
    return PostingDraft(
        **{"title": "灭鼠投药告知书", "posted_on": date(2026, 6, 15), "places": "桂花苑3个公告栏", **values}
    )


def treated(bench: Workbench, *days: date, pest: str = "鼠", place: str = "桂花苑") -> list[Any]:
    """Store the agent in stock, the place, and a treatment on each of *days*; return the treatments' rows."""
    if place not in {one.name for one in bench.places.all()}:
        bench.places.create(PlaceDraft(place, "小区"))
    bench.pest.stock.record(
        StockDraft(
            happened_on=days[0], agent="溴敌隆饵粒", movement="入库", quantity=Decimal(10), ingredient="溴敌隆",
            content="0.005%", registration="WP20080001", package="袋", package_g=Decimal(500),
        )
    )  # fmt: skip
    return [
        bench.pest.treatments.record(
            TreatmentDraft(
                treated_on=day, pest=pest, place=place, agent="溴敌隆饵粒", quantity=Decimal(2), unit="袋",
                way="毒饵站投放",
            )
        )
        for day in days
    ]  # fmt: skip


def lecture(bench: Workbench, **values: Any) -> Any:
    """Store an activity to come and return its row."""
    whole: dict[str, Any] = {
        "held_on": date(2026, 6, 25), "name": "高血压健康讲座", "category": "健康讲座", "place": "老年活动室",
        "clock": "14:30", "in_charge": "罗晓梅", **values,
    }  # fmt: skip
    return bench.activities.record(ActivityDraft(**whole))


def finding(bench: Workbench) -> Any:
    """Store a finding with a deadline on a Friday and return its row."""
    bench.places.create(PlaceDraft("渔村", "小区"))
    return bench.inspections.record(
        InspectionDraft(
            inspected_on=date(2026, 6, 9), category="消防安全", place="渔村", result="不合格", problem="楼道堆放纸箱",
            responsible="安居物业", treatment="整改通知", due_on=date(2026, 6, 12),
        )
    )  # fmt: skip
