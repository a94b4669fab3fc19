"""Visits and small sheets of visits for the health slice's tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop.health.rules import VisitDraft
from tests.register.making import sheet

HEADINGS = (
    "日期", "姓名", "身份证号", "服务类别", "方式", "收缩压", "舒张压", "空腹血糖", "服药情况", "结果",
    "下次日期", "记录人", "备注",
)  # fmt: skip


def bp(day: date, systolic: int | None = 120, diastolic: int | None = 80, **values: Any) -> VisitDraft:
    """Return a measured pressure."""
    return VisitDraft(day, "血压测量", systolic_mmhg=systolic, diastolic_mmhg=diastolic, **values)


def sugar(day: date, mmol: str, **values: Any) -> VisitDraft:
    """Return a measured glucose."""
    return VisitDraft(day, "血糖测量", glucose_mmol=Decimal(mmol), **values)


def visits_sheet(path: Path, *rows: dict[str, object]) -> Path:
    """Write a sheet 随访; every row is a 血压测量 unless it says otherwise."""
    return sheet(path, HEADINGS, *[{"服务类别": "血压测量", **row} for row in rows])
