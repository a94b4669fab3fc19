"""A report's content as chapters on paper: figures, courses, work done, open problems, next steps, sign-off."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desktop.foundation.days import plain_day
from desktop.printing.document import NO_VALUE, Table
from desktop.printing.report_document import (
    Band,
    Chapter,
    Chart,
    ChartRow,
    Cover,
    FigureGroup,
    FigureLine,
    FigureTable,
    Numbered,
    Opinions,
    Point,
    Report,
    ReportBlock,
    Series,
)
from desktop.register.profile_numbers import ProfileNumbers, plain
from desktop.register.service.people import ProfileRow
from desktop.reports.content import Course, ReportContent
from desktop.reports.lines import TableLine
from desktop.reports.table import NOTHING_KEPT, TableSection, change_text, number_text

SMALL_TITLE = "社区爱国卫生与居民健康"
_OPINIONS = ("居民委员会审核意见", "街道办事处核收意见")
_NOTE = (
    "注：“人次”按次数计，“人”不重复计。比率由合计数重新计算，不取各月平均。"
    "居民、户数、各人群等是期末的数，没有累计；没有数的写“—”。"
)
_LEFT_OUT = "您的分工看不到健康情况，这份报表不含这一部分。"


def report_of(
    content: ReportContent, *, profile: ProfileRow, officer: str, made_on: date, recipient: str = "", number: str = ""
) -> Report:
    """Return *content* as a document with cover, contents and chapters."""
    chapters = [
        Chapter(f"本{_unit_of(content)}数字", (_figure_table(content),), f"统计期　{content.span}"),
        Chapter("走势", (ChartRow(_charts(content)),)),
        Chapter("主要工作", tuple(Point(lead, text) for lead, text in content.done) or (_nothing_done(content),)),
        Chapter("存在问题", _problems(content)),
        Chapter("下步打算", (Numbered(content.plans), _sign_off(profile, officer, made_on))),
    ]
    if content.ranking:
        table = Table(content.ranking_heads, content.ranking, (1, 4, 1.3, 1.3, 1.6, 1.5, 1.8))
        chapters.insert(3, Chapter("检查评比", (table,)))
    if not _has_courses(content):
        del chapters[1]
    if content.numbers is not None:
        chapters.insert(1, _basic_numbers(content, content.numbers))
    cover = Cover(
        SMALL_TITLE,
        f"工作{content.kind}",
        content.title,
        (
            ("填报单位", profile.name), ("报送单位", recipient), ("填报人", officer), ("审核人", ""),
            ("填报日期", plain_day(made_on)), ("联系电话", profile.phone),
        ),
        number,
    )  # fmt: skip
    numbered = tuple(
        Chapter(f"{'一二三四五六七'[place]}、{chapter.title}", chapter.blocks, chapter.aside)
        for place, chapter in enumerate(chapters)
    )
    running = f"{profile.name}　{content.title}工作{content.kind}"
    return Report(cover, running, numbered, author=profile.name, title=running)


def figure_line(line: TableLine) -> FigureLine:
    """Return a line of the table as paper shows it."""
    now, so_far, before = line.values
    texts = (number_text(now), number_text(so_far), number_text(before), change_text(now, before))
    return FigureLine(line.label, line.unit, texts, line.part, line.bad)


def _unit_of(content: ReportContent) -> str:
    return {"月报": "月", "季报": "季度", "半年报": "半年", "年报": "年"}.get(content.kind, "期")


def _figure_table(content: ReportContent) -> FigureTable:
    groups = tuple(FigureGroup(section.name, _lines(section)) for section in content.table.sections)
    return FigureTable(content.table.heads, groups, _NOTE + (_LEFT_OUT if content.table.left_out else ""))


def _lines(section: TableSection) -> tuple[FigureLine, ...]:
    if section.lines:
        return tuple(figure_line(line) for line in section.lines)
    return (FigureLine(NOTHING_KEPT, "", (NO_VALUE,) * 4),)


def _basic_numbers(content: ReportContent, numbers: ProfileNumbers) -> Chapter:
    """Return the committee's own numbers with shares and targets; what has no amount is taken from the figures."""

    def counted(name: str) -> Decimal | None:
        lines = (line for section in content.table.sections for line in section.lines if line.label == name)
        line = next(lines, None)
        # Of the year so far, where that has a sense: a month alone says little of a year's target.
        found = None if line is None else line.values[0] if line.values[1] is None else line.values[1]
        return Decimal(found) if isinstance(found, int | Decimal) else None

    rows = []
    for one in numbers.numbers:
        share = numbers.share(one, counted)
        told = f"占{one.of}{number_text(share)}%" if share is not None else ""
        goal = f"{plain(one.target)}{'%' if one.of else one.unit}" if one.target is not None else ""
        amount = number_text(counted(one.name)) if one.amount is None else f"{one.amount.normalize():,f}"
        rows.append((one.name, amount, one.unit, told, goal))
    table = Table(("项目", "数量", "单位", "占比", "目标"), rows, (3, 1.6, 1.2, 2.6, 1.4))
    return Chapter("辖区基本情况", (table,), f"截至　{plain_day(numbers.as_of)}")


def _has_courses(content: ReportContent) -> bool:
    return content.inspections.says_something or any(value is not None for value in content.breteau.values)


def _charts(content: ReportContent) -> tuple[Chart, ...]:
    """Return inspections and findings as bars, the Breteau index as a line; each only where it says something."""
    charts: list[Chart] = []
    if content.inspections.says_something:
        series = (Series("检查（次）", content.inspections.values), Series("发现问题（处）", content.findings.values))
        charts.append(Chart("bars", "检查次数与发现问题", _labels(content.inspections), series))
    bi = content.figures.get("aedes.bi")
    if bi is not None and any(value is not None for value in content.breteau.values):
        bands = tuple(Band(name, said, upto) for name, said, upto in bi.bands)
        line = (Series("BI", content.breteau.values),)
        charts.append(Chart("line", "蚊媒布雷图指数BI", _labels(content.breteau), line, bands))
    return tuple(charts)


def _labels(course: Course) -> tuple[str, ...]:
    return tuple(f"{month}月" for month in course.months)


def _nothing_done(content: ReportContent) -> Point:
    return Point("", f"{content.title}没有登记工作。")


def _problems(content: ReportContent) -> tuple[ReportBlock, ...]:
    if not content.open_findings:
        return (Point("", "到期末没有未销号的问题。"),)
    rows = [
        (
            str(number), row.detail, row.what, row.who or NO_VALUE,
            plain_day(row.due_on), row.state,
        )
        for number, row in enumerate(content.listed_findings, start=1)
    ]  # fmt: skip
    table = Table(("序号", "问题", "地点", "责任单位", "整改期限", "办理情况"), rows, (1, 4.4, 3.6, 3.2, 3.1, 3.2))
    rest = len(content.open_findings) - len(rows)
    if rest > 0:
        return (table, Point("", f"另有{rest}处，见整改未销号台账。"))
    return (table,)


def _sign_off(profile: ProfileRow, officer: str, made_on: date) -> Opinions:
    fields = (
        ("填报单位（盖章）", ""), ("填表人", officer), ("审核人", ""),
        ("填报日期", plain_day(made_on)), ("负责人", ""), ("联系电话", profile.phone),
    )  # fmt: skip
    return Opinions(_OPINIONS, fields)
