"""Small sheets for the register's tests, and residents by what a test is about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from desktop.register.rules import ResidentDraft
from desktop.shell.workbench import Workbench
from desktop.spreadsheets.judging import Verdict
from tests.factories import id_number
from tests.spreadsheets.making import make_xlsx

HEADINGS = (
    "姓名", "身份证号", "无证原因", "性别", "出生日期", "民族", "联系电话", "小区", "楼栋", "单元", "室", "户主",
    "与户主关系", "常住类型", "居住状态", "变动日期", "人群标签", "备注",
)  # fmt: skip
PLACE_HEADINGS = ("名称", "类别", "上级点位", "网格", "地址", "负责人", "联系电话", "户数", "备注")


def draft(**values: Any) -> ResidentDraft:
    """Return a sound draft; a number unless a reason for lacking one is given."""
    whole: dict[str, Any] = {"name": "林桂英", "place": "翠湖苑", "building": "3", "unit": "2", "room": "501", **values}
    if "id_number" not in whole and "no_id_reason" not in whole:
        whole["id_number"] = id_number()
    return ResidentDraft(**whole)


def resident(bench: Workbench, **values: Any) -> UUID:
    """Store a resident and return the id."""
    return bench.residents.create(draft(**values))


def sheet(path: Path, headings: Sequence[str], *rows: dict[str, object]) -> Path:
    """Write rows, heading → cell, as a sheet with these headings."""
    return make_xlsx(path, [list(headings), *[[row.get(heading) for heading in headings] for row in rows]])


def residents_sheet(path: Path, *rows: dict[str, object]) -> Path:
    """Write a sheet 居民; every row has a 小区 unless it says otherwise."""
    return sheet(path, HEADINGS, *[{"小区": "翠湖苑", **row} for row in rows])


def take_in(bench: Workbench, kind: str, path: Path, *, update: bool = False) -> Verdict:
    """Judge and store a sheet."""
    return bench.intake.confirm(bench.intake.preview(kind, path, update=update))


def codes(verdict: Verdict) -> set[tuple[int, str, str]]:
    """Return (row, field, code) of every refusal."""
    return {(issue.row, issue.field, issue.code) for issue in verdict.rejected}


def warned(verdict: Verdict) -> set[tuple[int, str, str]]:
    """Return (row, field, code) of every warning."""
    return {(issue.row, issue.field, issue.code) for issue in verdict.warnings}


def stored(bench: Workbench, kind: str, tmp_path: Path, *, unmasked: bool = True) -> list[dict[str, str]]:
    """Return what an export of *kind* holds, heading → text of the cell."""
    from python_calamine import CalamineWorkbook

    path = bench.intake.export(kind, tmp_path / f"stored-{kind}.xlsx", unmasked=unmasked, purpose="核对")
    head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1 if unmasked else 0 :]
    return [dict(zip(map(str, head), map(str, row), strict=True)) for row in rows]
