"""Findings that come back: the same kind at the same place within the days of the standard, 前清后涂."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlmodel import Session, col

from desktop.foundation.days import Period, plain_day
from desktop.inspections.records import Inspection
from desktop.register.service.standards import editions_in
from desktop.store.query import among, pick

STANDARD, DAYS = "recurrence", "recurring_days"
_ALIKE = 3
"""So many characters in a row that two problems share make them the same kind: 小广告, 堆杂物."""
_WHERE = re.compile(r"[第\d０-９一二三四五六七八九十]*(?:号楼|栋|幢|单元|楼层|层|楼|室|号)")
_NO_WORD = re.compile(r"[^\u4e00-\u9fff]+")


@dataclass(frozen=True)
class Repeat:
    """How often a finding was made with this time, and when it was made before."""

    times: int
    last_on: date

    @property
    def words(self) -> str:
        """Return 反复第3次，上次2026年5月3日."""
        return f"反复第{self.times}次，上次{plain_day(self.last_on)}"


class _Finding(NamedTuple):
    id: UUID
    place_id: UUID
    category: str
    day: date
    problem: str


def same_kind(one: str, other: str) -> bool:
    """Return whether two problems share a run of characters that says what is wrong, not where."""
    runs = [set(_runs(text)) for text in (one, other)]
    return bool(runs[0] & runs[1])


def _runs(problem: str) -> Iterable[str]:
    for part in _NO_WORD.split(_WHERE.sub(" ", problem)):
        yield from (part[at : at + _ALIKE] for at in range(len(part) - _ALIKE + 1))


def recurring_days(session: Session, day: date) -> int:
    """Return within how many days a finding counts as come back, 0 where no edition was in force on *day*."""
    edition = next((one for one in editions_in(session, STANDARD) if one.effective_from <= day), None)
    return edition.number(DAYS) if edition else 0


def repeats_among(session: Session, ids: Sequence[UUID]) -> dict[UUID, Repeat]:
    """Return which of the inspections *ids* found again what had been found before."""
    wanted = _findings(session, among(Inspection.id, ids))
    if not wanted:
        return {}
    days = {day: recurring_days(session, day) for day in {one.day for one in wanted}}
    first = min(one.day - timedelta(days=days[one.day]) for one in wanted)
    known = _findings(
        session, among(Inspection.place_id, list({one.place_id for one in wanted})),
        col(Inspection.inspected_on).between(first, max(one.day for one in wanted)),
    )  # fmt: skip
    return _matched(wanted, known, lambda day: days[day])


def repeats_in(session: Session, period: Period) -> dict[UUID, Repeat]:
    """Return the findings of *period* that had been made before, by id."""
    day = col(Inspection.inspected_on)
    return repeats_among(session, [one.id for one in _findings(session, day.between(period.first, period.last))])


def all_repeats(session: Session) -> dict[UUID, Repeat]:
    """Return every finding that had been made before, by id."""
    known = _findings(session)
    days: dict[date, int] = {}

    def within(day: date) -> int:
        if day not in days:
            days[day] = recurring_days(session, day)
        return days[day]

    return _matched(known, known, within)


def _findings(session: Session, *conditions: object) -> list[_Finding]:
    query = (
        pick(
            Inspection.id, Inspection.place_id, Inspection.category, Inspection.inspected_on, Inspection.problem
        )
        .where(col(Inspection.deleted_at).is_(None), col(Inspection.has_finding).is_(True), *conditions)  # type: ignore[arg-type]
        .order_by(col(Inspection.inspected_on), col(Inspection.id))
    )  # fmt: skip
    return [_Finding(*row) for row in session.connection().execute(query)]


def _matched(
    wanted: Iterable[_Finding], known: Iterable[_Finding], within: Callable[[date], int]
) -> dict[UUID, Repeat]:
    at: dict[tuple[UUID, str], list[_Finding]] = defaultdict(list)
    for one in known:
        at[one.place_id, one.category].append(one)
    found: dict[UUID, Repeat] = {}
    for one in wanted:
        since = one.day - timedelta(days=within(one.day))
        before = [
            other.day
            for other in at[one.place_id, one.category]
            if since <= other.day < one.day and same_kind(one.problem, other.problem)
        ]
        if before:
            found[one.id] = Repeat(len(before) + 1, max(before))
    return found
