"""Places, drafts and small sheets for the inspections slice's tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from desktop.inspections.rules import InspectionDraft, PledgeDraft
from desktop.register.service.places import PlaceDraft
from desktop.shell.workbench import Workbench
from tests.register.making import sheet

HEADINGS = (
    "日期", "检查类别", "点位", "检查人", "得分", "结果", "问题", "隐患等级", "责任单位", "整改期限", "处理方式",
    "复查日期", "复查结果", "销号日期",
)  # fmt: skip
PLEDGE_HEADINGS = ("类别", "签订对象", "地址", "负责人", "联系电话", "签订日期", "到期日期", "份数")


def places(bench: Workbench, *names: str) -> None:
    """Store 小区 by these names."""
    for name in names or ("渔村",):
        bench.places.create(PlaceDraft(name, "小区"))


def sound(day: date = date(2026, 6, 9), **values: Any) -> InspectionDraft:
    """Return an inspection that found nothing."""
    whole: dict[str, Any] = {"category": "环境卫生", "place": "渔村", "result": "合格", **values}
    return InspectionDraft(inspected_on=day, **whole)


def finding(day: date = date(2026, 6, 9), **values: Any) -> InspectionDraft:
    """Return an inspection that found a problem nobody has treated yet."""
    return sound(day, **{"result": "不合格", "problem": "楼道堆放纸箱", **values})


def pledge(day: date = date(2026, 2, 11), **values: Any) -> PledgeDraft:
    """Return a signed letter."""
    whole: dict[str, Any] = {"category": "门前三包责任书", "party": "便民超市", **values}
    return PledgeDraft(signed_on=day, **whole)


def inspections_sheet(path: Path, *rows: dict[str, object]) -> Path:
    """Write a sheet 检查; every row is a 环境卫生 check of 渔村 on 1 June 2026 unless it says otherwise."""
    usual = {"日期": "2026-06-01", "检查类别": "环境卫生", "点位": "渔村"}
    return sheet(path, HEADINGS, *[{**usual, **row} for row in rows])


def pledges_sheet(path: Path, *rows: dict[str, object]) -> Path:
    """Write a sheet 责任书; every row is a 门前三包责任书 of 11 February 2026 unless it says otherwise."""
    usual = {"类别": "门前三包责任书", "签订对象": "便民超市", "签订日期": "2026-02-11"}
    return sheet(path, PLEDGE_HEADINGS, *[{**usual, **row} for row in rows])
