"""Everything 今日 shows, read in one go away from the window's thread; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.activities.almanac import DayFacts, day_facts, days_off_in
from desktop.activities.rules import CANCELLED
from desktop.activities.views import ActivityRow
from desktop.foundation.days import Period
from desktop.register.ports import DueLine
from desktop.register.rights import Right
from desktop.register.service.day_entries import Entered
from desktop.register.service.tasks import TaskRow
from desktop.reports.gaps import Gap
from desktop.safekeeping.service import BackupService
from desktop.shell.workbench import Workbench

WEEK = 7
GAPS_OF_MONTHS = 3
"""今日 looks for gaps in this month and so many before it; 台账报表 has those of any period."""
VISITS = "health.visits"
FIGURES = (
    ("inspections.done", "检查", "次"), ("findings.found", "发现问题", "处"), ("findings.closed", "已销号", "处"),
    ("pest.households", "投药", "户"), (VISITS, "健康服务", "人次"), ("activities.held", "活动", "场"),
)  # fmt: skip


@dataclass(frozen=True)
class WeekDay:
    """One day of the strip: what it is, what takes place, and what is due."""

    facts: DayFacts
    activities: tuple[ActivityRow, ...]
    dues: tuple[DueLine, ...]

    @property
    def day(self) -> date:
        """Return the day."""
        return self.facts.day


@dataclass(frozen=True)
class MonthFigure:
    """One number of the month to date."""

    key: str
    label: str
    value: int
    unit: str


@dataclass(frozen=True)
class TodayView:
    """One moment of the committee's work."""

    today: date
    week: tuple[WeekDay, ...]
    late: tuple[DueLine, ...]
    due: tuple[DueLine, ...]
    gaps: tuple[Gap, ...]
    explained: tuple[Gap, ...]
    may_settle: frozenset[str]
    tasks: tuple[TaskRow, ...]
    figures: tuple[MonthFigure, ...]
    entries: tuple[Entered, ...]
    unsaved: int
    backup: str
    backup_late: bool
    is_new: bool


def gather(bench: Workbench, backups: BackupService) -> TodayView:
    """Return what 今日 shows now."""
    today = bench.clock.today()
    monday = today - timedelta(days=today.weekday())
    lines = bench.due.until(monday + timedelta(days=WEEK - 1))
    gaps = bench.gaps.of(_lately(today)) if bench.officer.may(Right.SEE_REGISTER) else []
    newest_first = sorted(gaps, key=lambda gap: (gap.last.toordinal() * -1, gap.duty.key))
    status = backups.status()
    return TodayView(
        today=today,
        week=_week(bench, monday, lines),
        late=tuple(line for line in lines if line.due_on < today),
        due=tuple(line for line in lines if line.due_on == today),
        gaps=tuple(gap for gap in newest_first if not gap.reason),
        explained=tuple(gap for gap in newest_first if gap.reason),
        may_settle=frozenset(line.key for line in lines if bench.due.may_settle(line)),
        tasks=tuple(bench.tasks.all(open_only=True)),
        figures=_figures(bench, today),
        entries=tuple(bench.entries.today()),
        unsaved=bench.entries.since(backups.last_at()),
        backup=status.text,
        backup_late=status.late,
        is_new=_is_new(bench),
    )


def _lately(today: date) -> Period:
    months = today.year * 12 + today.month - 1 - GAPS_OF_MONTHS
    return Period("", date(months // 12, months % 12 + 1, 1), today)


def _week(bench: Workbench, monday: date, lines: Sequence[DueLine]) -> tuple[WeekDay, ...]:
    days = [monday + timedelta(days=number) for number in range(WEEK)]
    may = bench.officer.may(Right.SEE_ACTIVITIES)
    rows = bench.activities.between(days[0], days[-1]) if may else []
    off = days_off_in(edition.content for edition in bench.standards.editions("holidays"))
    # What is late by a whole week stands in the list alone; a plan of the day is a chip already.
    dues = [line for line in lines if line.target.form != "settle"]
    return tuple(
        WeekDay(
            day_facts(day, off),
            tuple(row for row in rows if _takes_place(row, day)),
            tuple(line for line in dues if line.due_on == day),
        )
        for day in days
    )


def _takes_place(row: ActivityRow, day: date) -> bool:
    return row.held_on <= day <= (row.draft.ends_on or row.held_on) and row.draft.status != CANCELLED


def _figures(bench: Workbench, today: date) -> tuple[MonthFigure, ...]:
    """Return the month to date; the figures of the register and of health are long in coming and not shown here."""
    first = today.replace(day=1)
    month = Period(f"{first.isoformat()}..{today.isoformat()}", first, today)
    found = bench.figures.of(month, without=(Right.SEE_REGISTER, Right.SEE_HEALTH))
    values = {key: figure.value for key, figure in found.items()}
    if bench.officer.may(Right.SEE_HEALTH):
        values[VISITS] = len(bench.health.visit_ids(first=first, last=today))
    return tuple(
        MonthFigure(key, word, value, unit) for key, word, unit in FIGURES if isinstance(value := values.get(key), int)
    )


def _is_new(bench: Workbench) -> bool:
    """Return whether nobody has entered anything to work with."""
    return not bench.places.all() and bench.residents.count() == (0, 0)
