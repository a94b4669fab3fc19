"""What is due on a day: the open lines of every slice, and what the running weeks and months still ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlmodel import Session

from desktop.foundation.clock import Clock
from desktop.foundation.days import Period
from desktop.register.duty import Duty, in_force, window_at
from desktop.register.ports import DueLine, DueSource, DueTarget
from desktop.register.rights import Officer
from desktop.register.service.standards import editions_in
from desktop.register.workdays import DaysOff, days_off_of
from desktop.reports.gaps import allowed
from desktop.store.unit import Store

_THIS: dict[str, str] = {"day": "今天", "week": "本周", "month": "本月", "quarter": "本季", "year": "今年"}


class DueService:
    """Joins the due lines of the slices an officer may see."""

    def __init__(self, store: Store, officer: Officer, clock: Clock, sources: Sequence[DueSource]) -> None:
        self._store = store
        self._officer = officer
        self._clock = clock
        self._sources = sources

    def until(self, day: date) -> list[DueLine]:
        """Return what is open and due by *day*, the longest overdue first, of one day by the hour."""
        today, sources = self._clock.today(), allowed(self._sources, self._officer)
        with self._store.reading() as session:
            lines = [line for source in sources for line in source.due(session, day, today)]
            lines += running(session, sources, day, today)
        return sorted(lines, key=lambda line: (line.due_on, not line.at, line.at.rjust(5, "0"), line.key))

    @property
    def slices(self) -> frozenset[str]:
        """Return the slices whose records duties are held against."""
        return frozenset(source.slice for source in self._sources)

    def target_of(self, duty: Duty, day: date) -> DueTarget | None:
        """Return the form that records *duty* as done on *day*; None if the officer may not write it."""
        source = next((one for one in self._sources if one.slice == duty.slice), None)
        return source.target(duty, day) if source is not None and self._officer.may(source.edit) else None

    def may_settle(self, line: DueLine) -> bool:
        """Return whether the officer may write what settles *line*."""
        return any(one.slice == line.target.slice and self._officer.may(one.edit) for one in self._sources)


def running(session: Session, sources: Sequence[DueSource], until: date, today: date) -> Iterator[DueLine]:
    """Yield the duties whose running window still lacks something that must begin by *until* to be done in time.

    Never late: while the window runs the day is today at the earliest, and what it lacks at its end is a gap.
    """
    calendar = days_off_of(one.content for one in editions_in(session, "holidays"))
    by_slice = {source.slice: source for source in sources}
    for duties, _ in in_force(editions_in(session, "duties"), Period("", today, today)):
        for duty in duties:
            source = by_slice.get(duty.slice)
            window = window_at(duty, today, calendar.is_workday)
            if source is None or window is None or duty.by_person:
                continue
            done = sum(window.first <= day <= today for day in source.done_on(session, duty, window.first, window.last))
            if done < duty.times:
                due_on = max(latest_start(window, duty.times - done, calendar), today)
                if due_on <= until:
                    key = f"duty:{duty.key}:{window.first.isoformat()}"
                    yield _line(duty, source, key=key, due_on=due_on, done=done, today=today)


def latest_start(window: Period, times: int, calendar: DaysOff) -> date:
    """Return the last day on which *times* working days are still left in *window*, its first if there are fewer."""
    day, left = window.last, times
    while day > window.first:
        left -= calendar.is_workday(day)
        if not left:
            break
        day -= timedelta(days=1)
    return day


def _line(duty: Duty, source: DueSource, *, key: str, due_on: date, done: int, today: date) -> DueLine:
    this = _THIS[duty.per]
    state = f"{this}已做{done}次，还差{duty.times - done}次" if done else f"{this}还没有做"
    return DueLine(
        key=key,
        due_on=due_on,
        title=duty.title,
        detail=f"{duty.words.removesuffix('（待核）')}，{state}",
        verb=source.verb,
        target=source.target(duty, today),
    )
