"""Activities and small sheets of activities for the slice's tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from desktop.activities.rules import ActivityDraft
from desktop.activities.views import ActivityRow
from desktop.activities.work import read_work
from desktop.shell.workbench import Workbench
from tests.register.making import sheet

HEADINGS = (
    "日期", "结束日期", "时间", "名称", "类别", "地点", "负责人", "参与单位", "计划人数", "参加人次", "状态", "台账",
    "工作量", "小结",
)  # fmt: skip
HOUHUAN = Path(__file__).parents[1] / "samples" / "houhuan"


def draft(held_on: date | None = date(2026, 6, 10), name: str = "健康讲座", **values: Any) -> ActivityDraft:
    """Return a sound draft; *work* may be given as a sheet writes it."""
    if isinstance(work := values.get("work"), str):
        values["work"] = read_work(work)[0]
    return ActivityDraft(held_on, name, values.pop("category", "健康讲座"), **values)


def activity(bench: Workbench, held_on: date = date(2026, 6, 10), name: str = "健康讲座", **values: Any) -> ActivityRow:
    """Store an activity and return it."""
    return bench.activities.record(draft(held_on, name, **values))


def activities_sheet(path: Path, *rows: dict[str, object]) -> Path:
    """Write a sheet 活动; every row is a 健康讲座 unless it says otherwise."""
    return sheet(path, HEADINGS, *[{"名称": "健康讲座", "类别": "健康讲座", **row} for row in rows])
