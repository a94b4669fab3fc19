"""Gaps: what the duties asked for in a period and no record shows, with the reason where somebody wrote one.

Only windows that have ended count, and none that began before the committee kept such records: see
docs/decisions/0012.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from desktop.foundation.clock import Clock, china_day
from desktop.foundation.days import Period
from desktop.register.duty import Duty, in_force, missing, windows
from desktop.register.ports import DueSource, Figure, PersonDutySource
from desktop.register.records import Profile
from desktop.register.rights import Officer, Right
from desktop.register.service.gap_reasons import Reason, reasons_in
from desktop.register.service.standards import editions_in
from desktop.register.workdays import DaysOff, days_off_of
from desktop.store.unit import Store

_BY_MONTH = frozenset({"day", "week"})
"""Their windows are many; what they lack in a month is one gap."""
_QUARTER = 3


@dataclass(frozen=True)
class Gap:
    """What one duty lacks in one month, quarter or year; *reason* is empty while nobody has explained all of it.

    Counted in times, for duties asked of every patient in residents. *lacking* are the windows that lack something.
    """

    duty: Duty
    first: date
    last: date
    expected: int
    missing: int
    lacking: tuple[Period, ...]
    reason: str = ""
    reason_id: UUID | None = None
    by: str = ""

    @property
    def done(self) -> int:
        """Return what was done, never more than was asked for in any window."""
        return self.expected - self.missing

    @property
    def unit(self) -> str:
        """Return 次, or 人 for duties asked of every patient."""
        return "人" if self.duty.by_person else "次"

    @property
    def title(self) -> str:
        """Return 环境卫生检查少2次."""
        if self.duty.by_person:
            return f"{self.duty.title}不满{self.duty.times}次 {self.missing}人"
        return f"{self.duty.title}少{self.missing}次"

    @property
    def counts(self) -> str:
        """Return 应8次，已6次."""
        return f"应{self.expected}{self.unit}，已{self.done}{self.unit}"

    def when(self, today: date) -> str:
        """Return 5月, 第2季度, 2025年, with the year in front of another year's month."""
        year = "" if self.last.year == today.year else f"{self.last.year}年"
        if self.duty.per == "year" and not self.duty.months:
            return f"{self.last.year}年"
        if len(self.duty.months) > 1:
            return f"{year}{min(self.duty.months)}–{max(self.duty.months)}月"
        if self.duty.per == "quarter":
            return f"{year}第{(self.last.month + _QUARTER - 1) // _QUARTER}季度"
        return f"{year}{self.last.month}月"


class GapService:
    """Finds the gaps of a period, as far as the officer may see the records."""

    def __init__(self, store: Store, officer: Officer, clock: Clock, sources: Sequence[DueSource]) -> None:
        self._store = store
        self._officer = officer
        self._clock = clock
        self._sources = sources

    def of(self, period: Period) -> list[Gap]:
        """Return the gaps of *period* in order of time, explained ones among them."""
        with self._store.reading() as session:
            return gaps_in(session, period, self._clock.today(), allowed(self._sources, self._officer))

    def open(self, period: Period) -> list[Gap]:
        """Return those that nobody has explained."""
        return [gap for gap in self.of(period) if not gap.reason]


class GapFigures:
    """Computes gaps.count; health duties count for those alone who may see health."""

    right = Right.SEE_REGISTER

    def __init__(self, officer: Officer, clock: Clock, sources: Sequence[DueSource]) -> None:
        self._officer = officer
        self._clock = clock
        self._sources = sources

    def figures(self, session: Session, period: Period) -> Sequence[Figure]:
        """Return how many gaps nobody has explained."""
        found = gaps_in(session, period, self._clock.today(), allowed(self._sources, self._officer))
        return [
            Figure(
                "gaps.count", sum(not gap.reason for gap in found), "项", "缺项",
                "该做的事里，本期已经结束、记录少于要求的次数，又没有写明原因的项数（每周的事按月算一项）",
            )
        ]  # fmt: skip


def allowed(sources: Sequence[DueSource], officer: Officer) -> list[DueSource]:
    """Return the sources *officer* may see."""
    return [source for source in sources if officer.may(source.right)]


def gaps_in(session: Session, period: Period, today: date, sources: Sequence[DueSource]) -> list[Gap]:
    """Return the gaps of *period* seen on *today*, in order of time."""
    ended = Period(period.text, period.first, min(period.last, today - timedelta(days=1)))
    if ended.last < ended.first:
        return []
    calendar = days_off_of(one.content for one in editions_in(session, "holidays"))
    by_slice = {source.slice: source for source in sources}
    begun = {source.slice: kept_since(session, source) for source in sources}
    reasons = reasons_in(session)
    found: list[Gap] = []
    for duties, part in in_force(editions_in(session, "duties"), ended):
        for duty in duties:
            if (source := by_slice.get(duty.slice)) is not None:
                asked = [one for one in windows(duty, part, calendar.is_workday) if one.first >= begun[duty.slice]]
                found += _gaps_of(session, duty, asked, source, calendar)
    return sorted((_explained(gap, reasons) for gap in found), key=lambda gap: (gap.last, gap.first))


def kept_since(session: Session, source: DueSource) -> date:
    """Return the day since which a slice's records are kept.

    The first of the month of the earliest record, or the day the file was set up, whichever is earlier.
    """
    made = session.exec(select(Profile.created_at).order_by(col(Profile.created_at)).limit(1)).one()
    first = source.begun_on(session)
    set_up = china_day(made)
    return set_up if first is None else min(set_up, first.replace(day=1))


def _gaps_of(
    session: Session, duty: Duty, asked: Sequence[Period], source: DueSource, calendar: DaysOff
) -> Iterator[Gap]:
    if not asked:
        return
    if duty.by_person:
        if isinstance(source, PersonDutySource):
            for window in asked:
                people, full = source.short_of(session, duty, window)
                if full < people:
                    yield Gap(duty, window.first, window.last, people, people - full, (window,))
        return
    done = source.done_on(session, duty, asked[0].first, asked[-1].last)
    groups: dict[tuple[int, int], list[Period]] = defaultdict(list)
    for window in asked:
        by_month = duty.per in _BY_MONTH
        groups[(window.last.year, window.last.month) if by_month else (window.last.toordinal(), 0)].append(window)
    for group in groups.values():
        span = Period("", group[0].last, group[-1].last)
        lacking = missing(duty, span, done, calendar.is_workday)
        if lacking:
            yield Gap(
                duty, group[0].first, group[-1].last, duty.times * len(group), sum(times for _, times in lacking),
                tuple(window for window, _ in lacking),
            )  # fmt: skip


def _explained(gap: Gap, reasons: Sequence[Reason]) -> Gap:
    """Return *gap* with its reason if every window that lacks something lies in the span of one."""
    mine = [reason for reason in reasons if reason.duty == gap.duty.key]
    covering = [
        next((reason for reason in mine if reason.covers(window.first, window.last)), None) for window in gap.lacking
    ]
    found = [reason for reason in covering if reason is not None]
    if not found or len(found) < len(covering):
        return gap
    text = "；".join(dict.fromkeys(reason.text for reason in found))
    return Gap(
        gap.duty, gap.first, gap.last, gap.expected, gap.missing, gap.lacking, text, found[-1].id, found[-1].by
    )  # fmt: skip
