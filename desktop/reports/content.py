"""Everything a period report says, of one moment: its table, open findings, the year's course, and its texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from desktop.foundation.days import Period
from desktop.register.ports import OPEN_FINDINGS, Figure, FigureRow
from desktop.register.profile_numbers import ProfileNumbers
from desktop.reports.figures import FigureView
from desktop.reports.lines import Value, Views, share
from desktop.reports.periods import MonthRule
from desktop.reports.table import ReportTable, number_text

_SEEN_AT_ONCE = 30


@dataclass(frozen=True)
class Course:
    """The months of the year so far: number of the month and its value, None where nothing was counted."""

    months: tuple[int, ...]
    values: tuple[int | Decimal | None, ...]

    @property
    def says_something(self) -> bool:
        """Return whether any month has a value other than 0."""
        return any(self.values)


@dataclass(frozen=True)
class ReportTexts:
    """What people write themselves; empty parts are written from the records."""

    done: str = ""
    plans: str = ""


@dataclass(frozen=True)
class ReportContent:
    """A report as data; *figures* are those of its period, *ranking* how the places inspected did."""

    period: Period
    title: str
    kind: str
    span: str
    table: ReportTable
    figures: dict[str, Figure] = field(repr=False)
    open_findings: tuple[FigureRow, ...] = field(repr=False)
    inspections: Course
    findings: Course
    breteau: Course
    ranking: tuple[tuple[str, ...], ...]
    ranking_heads: tuple[str, ...]
    texts: ReportTexts = field(repr=False)
    numbers: ProfileNumbers | None = None

    @property
    def listed_findings(self) -> tuple[FigureRow, ...]:
        """Return the open findings a report lists, the earliest deadline first."""
        return self.open_findings[:_SEEN_AT_ONCE]

    @property
    def done(self) -> list[tuple[str, str]]:
        """Return what was done as (words in front, sentence): as people wrote it, else from the figures."""
        if self.texts.done:
            return [("", line) for line in self.texts.done.split("\n") if line.strip()]
        return work_done(self.figures)

    @property
    def plans(self) -> list[str]:
        """Return what is to be done next: as people wrote it, else what the figures ask for."""
        if self.texts.plans:
            return [line for line in self.texts.plans.split("\n") if line.strip()]
        return next_steps(self.figures, self.open_findings, self.period.last)


def open_findings_of(view: FigureView) -> tuple[FigureRow, ...]:
    """Return what was not settled at the period's end, the earliest deadline first, those without one last."""
    rows = view.rows(OPEN_FINDINGS) or ()
    return tuple(sorted(rows, key=lambda row: (row.due_on is None, row.due_on or row.day, row.day)))


def courses_of(views: Views, rule: MonthRule) -> tuple[Course, Course, Course]:
    """Return by month: inspections, findings, and the Breteau index of each month's sums."""
    months = rule.months_to_date(views.now.period)
    numbers = tuple(number for number, _period in months)

    def sums(key: str) -> dict[int, int | Decimal]:
        found: dict[int, int | Decimal] = defaultdict(int)
        for row in views.so_far.rows(key) or ():
            found[rule.name_of(row.day)[1]] += row.amount
        return found

    done, findings = sums("inspections.done"), sums("findings.found")
    households, positive = sums("aedes.households"), sums("aedes.positive_containers")
    indices = tuple(
        share(positive.get(number, 0), households.get(number, 0)) if households.get(number) else None
        for number in numbers
    )
    return (
        Course(numbers, tuple(done.get(number, 0) for number in numbers)),
        Course(numbers, tuple(findings.get(number, 0) for number in numbers)),
        Course(numbers, indices),
    )


def work_done(figures: dict[str, Figure]) -> list[tuple[str, str]]:
    """Return paragraphs about the period's work with their first words, in the order of the table."""
    points = [
        ("检查整改。", _inspections(figures)),
        ("除害防病。", _pest(figures)),
        ("居民健康。", _health(figures)),
        ("宣传和活动。", _activities(figures)),
    ]
    return [(lead, text) for lead, text in points if text]


def next_steps(figures: dict[str, Figure], still_open: Sequence[FigureRow], last: date) -> list[str]:
    """Return what the figures ask for: late findings first, then escalated ones, Aedes, follow-ups."""
    late = [row for row in still_open if row.due_on is not None and row.due_on < last]
    handed = [row for row in still_open if row.state == "已上报"]
    steps = []
    if late:
        places = "、".join(dict.fromkeys(row.what for row in late[:3]))
        more = "等处" if len(late) > 3 else ""
        steps.append(f"对{places}{more}的逾期问题逐处复查，整改合格的及时销号，共{len(late)}处。")
    if handed:
        steps.append(f"已上报还没有办结的{len(handed)}处，每周与街道和责任单位核对一次进度。")
    rest = len(still_open) - len({row.id for row in (*late, *handed)})
    if rest > 0:
        steps.append(f"没有到期的{rest}处按整改期限复查。")
    bi = figures.get("aedes.bi")
    if bi is not None and bi.bands and isinstance(bi.value, Decimal):
        limit = bi.bands[0][2]
        if limit is not None and bi.value > limit:
            steps.append(f"清除积水、翻盆倒罐，再做蚊媒调查，直到布雷图指数不超过{limit:g}。")
    overdue = _whole(figures, "health.followups_overdue")
    if overdue:
        steps.append(f"补做应随访未随访的{overdue:,}次，先做有紧急数值和行动不便的。")
    return steps or ["按月计划继续做好检查、除害、随访和宣传。"]


def _inspections(figures: dict[str, Figure]) -> str:
    done = _whole(figures, "inspections.done")
    if not done:
        return ""
    found = _whole(figures, "findings.found")
    text = f"检查{done:,}次，合格{_whole(figures, 'inspections.passed'):,}次，发现问题{found:,}处"
    ways = [
        (_whole(figures, key), words)
        for key, words in (
            ("findings.fixed_on_spot", "现场整改"), ("findings.notices", "发整改通知"), ("findings.escalated", "上报"),
        )
    ]  # fmt: skip
    told = "、".join(f"{words}{count:,}处" for count, words in ways if count)
    text += f"，其中{told}" if told else ""
    text += f"；本期销号{_whole(figures, 'findings.closed'):,}处。"
    late = _whole(figures, "findings.overdue")
    return f"{text}期末还有{late:,}处逾期没有销号。" if late else text


def _pest(figures: dict[str, Figure]) -> str:
    parts = []
    used = [figure for key, figure in figures.items() if key.startswith("pest.used.")]
    if used:
        agents = "、".join(f"{one.label}{number_text(one.value)}{one.unit}" for one in used)
        homes = _whole(figures, "pest.households")
        parts.append(f"投药{f'{homes:,}户，' if homes else '，'}用{agents}。")
    bi = figures.get("aedes.bi")
    if bi is not None and bi.value is not None:
        band = figures["aedes.band"].value
        checked = _whole(figures, "aedes.households")
        parts.append(f"伊蚊监测查{checked:,}户，布雷图指数{number_text(bi.value)}{f'（{band}）' if band else ''}。")
    return "".join(parts).replace("投药，用", "投药用")


def _health(figures: dict[str, Figure]) -> str:
    if "health.bp35_total" not in figures:
        return ""
    visits = [one for key, one in figures.items() if key.startswith("health.visits.")]
    if not visits:
        return ""
    told = "、".join(f"{one.label}{number_text(one.value)}次" for one in visits)
    text = f"{told}。{figures['health.bp35_measured'].label}{_whole(figures, 'health.bp35_measured'):,}人。"
    due = _whole(figures, "health.followups_due")
    if due:
        text += f"应随访{due:,}次，已随访{_whole(figures, 'health.followups_done'):,}次。"
    urgent = _whole(figures, "health.urgent")
    return f"{text}读数到紧急数值{urgent:,}次。" if urgent else text


def _activities(figures: dict[str, Figure]) -> str:
    held = _whole(figures, "activities.held")
    if not held:
        return ""
    text = f"举办活动{held:,}次，参加{_whole(figures, 'activities.attendance'):,}人次。"
    work = [one for key, one in figures.items() if key.startswith("activities.work.")]
    told = "、".join(f"{one.label}{number_text(one.value)}{one.unit}" for one in work)
    return f"{text}工作量：{told}。" if told else text


def _whole(figures: dict[str, Figure], key: str) -> int:
    value: Value = figures[key].value if key in figures else None
    return int(value) if isinstance(value, int | Decimal) else 0
