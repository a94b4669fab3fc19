"""A period report as a workbook: its table with numbers as numbers, the open findings, the course of the year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop.foundation.days import plain_day
from desktop.printing.document import STANDARD_SIGNATURES
from desktop.register.service.people import ProfileRow
from desktop.reports.content import ReportContent
from desktop.reports.ledgers import signature_line
from desktop.reports.lines import Value
from desktop.reports.table import NOTHING_KEPT, change
from desktop.spreadsheets.pages import PageCell, PageColumn, TablePage, pages_as_bytes, write_pages

_PART_INDENT = "　"


def write_report(path: Path, content: ReportContent, *, profile: ProfileRow, officer: str, made_on: date) -> Path:
    """Write the report as one .xlsx and return *path*; raises as ``write_pages`` does."""
    return write_pages(path, _pages(content, profile, officer, made_on))


def report_as_bytes(content: ReportContent, *, profile: ProfileRow, officer: str, made_on: date) -> bytes:
    """Return the same workbook without a file, to be kept with what was handed in."""
    return pages_as_bytes(_pages(content, profile, officer, made_on))


def _pages(content: ReportContent, profile: ProfileRow, officer: str, made_on: date) -> list[TablePage]:
    line = f"填报单位：{profile.name}　　统计期：{content.span}　　制表 {plain_day(made_on)}　{officer}"
    foot = (signature_line(STANDARD_SIGNATURES),)
    return [_table_page(content, line, foot), _problem_page(content, line), _course_page(content, line)]


def _table_page(content: ReportContent, line: str, foot: tuple[str, ...]) -> TablePage:
    rows: list[tuple[PageCell, ...]] = []
    groups: set[int] = set()
    for section in content.table.sections:
        groups.add(len(rows))
        rows.append((section.name,))
        rows += [
            (
                f"{_PART_INDENT if one.part else ''}{one.label}", one.unit, *map(_cell, one.values),
                change(one.values[0], one.values[2]), one.formula,
            )
            for one in section.lines
        ]  # fmt: skip
        if not section.lines:
            rows.append((NOTHING_KEPT, "", None, None, None, None, ""))
    heads = [PageColumn(title.replace("\n", ""), numeric=True) for title in content.table.heads]
    columns = (PageColumn("指标"), PageColumn("单位"), *heads, PageColumn("怎么算的"))
    return TablePage(
        content.kind, f"{content.title}工作{content.kind}", columns, rows, (line,), foot, groups=frozenset(groups)
    )


def _problem_page(content: ReportContent, line: str) -> TablePage:
    rows = [
        (number, row.detail, row.what, row.who, plain_day(row.due_on), row.state)
        for number, row in enumerate(content.open_findings, start=1)
    ]
    columns = tuple(
        PageColumn(title, numeric=title == "序号")
        for title in ("序号", "问题", "地点", "责任单位", "整改期限", "办理情况")
    )
    return TablePage(
        "存在问题", f"{content.title}期末未销号的问题", columns, rows, (line,), empty="到期末没有未销号的问题"
    )


def _course_page(content: ReportContent, line: str) -> TablePage:
    columns = (
        PageColumn("月"), PageColumn("检查（次）", numeric=True), PageColumn("发现问题（处）", numeric=True),
        PageColumn("布雷图指数BI", numeric=True),
    )  # fmt: skip
    rows = [
        (f"{month}月", *values)
        for month, *values in zip(
            content.inspections.months, content.inspections.values, content.findings.values, content.breteau.values,
            strict=True,
        )
    ]  # fmt: skip
    return TablePage("走势", f"{content.title}各月走势", columns, rows, (line,))


def _cell(value: Value) -> PageCell:
    return value
