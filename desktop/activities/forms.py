"""The sheet to sign on at an activity, and the month to hang on the wall. Declared, not drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from desktop.activities.almanac import DayFacts, DayOff, day_facts, weeks_of
from desktop.activities.rules import CANCELLED
from desktop.activities.views import ActivityRow
from desktop.foundation.days import long_day, plain_day
from desktop.printing.forms import CalendarCell, SignInSheet, WallCalendar

_SATURDAY = 5
_LINES_PER_PAGE = 38
_EMERGENCY = (("火警", "119"), ("急救", "120"), ("报警", "110"))
_OFF_WORDS = {"休": "放假", "班": "上班"}


def sign_in_sheet(row: ActivityRow, committee: str) -> SignInSheet:
    """Return the sheet to sign on at *row*, with a line for everybody expected."""
    draft = row.draft
    day = f"{plain_day(row.held_on)}起" if draft.ends_on else long_day(row.held_on)
    lines = max(draft.planned_people or 0, _LINES_PER_PAGE)
    return SignInSheet("活动签到表", draft.name, day, draft.clock, draft.place, committee=committee, lines=lines)


def wall_calendar(
    year: int,
    month: int,
    rows: Iterable[ActivityRow],
    days_off: Mapping[date, DayOff],
    *,
    committee: str,
    phone: str,
    printed_on: date,
) -> WallCalendar:
    """Return the month with its activities that were not cancelled, each day in the order of *rows*."""
    shown = [row for row in rows if row.draft.status != CANCELLED]
    days = [day for week in weeks_of(year, month) for day in week if (day.year, day.month) == (year, month)]
    facts = [day_facts(day, days_off) for day in days]
    on = {day: [row for row in shown if row.held_on <= day <= row.last_on] for day in days}
    cells = tuple(_cell(one, on[one.day]) for one in facts)
    return WallCalendar(
        committee=committee.removesuffix("居民委员会").removesuffix("居委会"),
        year=year,
        month=month,
        first_weekday=days[0].weekday(),
        cells=cells,
        lunar=f"农历{facts[0].lunar}至{facts[-1].lunar}",
        contact=f"电话　{phone}" if phone else "",
        phones=(*_EMERGENCY, *((("居委会", phone),) if phone else ())),
        note="红字是双休日和放假的日子；绿字是节气和节日。放假以国务院办公厅通知为准。",
        printed=f"居委工作台　打印 {plain_day(printed_on)}",
    )


def _cell(facts: DayFacts, rows: list[ActivityRow]) -> CalendarCell:
    free = facts.mark == "休" or (facts.day.weekday() >= _SATURDAY and facts.mark != "班")
    name = next(iter((*facts.festivals, facts.term, *facts.theme_days)), "")
    mark = " ".join(filter(None, (_OFF_WORDS.get(facts.mark, ""), name)))
    lunar = f"{facts.lunar_month}{facts.lunar_day}" if facts.lunar_day == "初一" else facts.lunar_day
    return CalendarCell(facts.day.day, lunar, mark, free, tuple(_entry(facts.day, row) for row in rows))


def _entry(day: date, row: ActivityRow) -> str:
    """Return 9:00 健康讲座; the hour stands on the first day only."""
    return f"{row.draft.clock} {row.draft.name}".strip() if day == row.held_on else row.draft.name
