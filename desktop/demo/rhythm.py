"""The sample community's duties: done month by month, a few left out of the last month so that gaps can be seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.activities.rules import ActivityDraft
from desktop.demo.services import working_day
from desktop.foundation.days import Period
from desktop.inspections.rules import PASSED, InspectionDraft
from desktop.pest_control.rules import TreatmentDraft
from desktop.shell.workbench import Workbench

MONTHS = 12
_SPRAY = "5%高效氯氰菊酯悬浮剂"
_APRIL = 4


@dataclass(frozen=True)
class _Habit:
    """What takes place on one day of a month."""

    day: int
    name: str
    category: str
    ledgers: tuple[str, ...]
    people: int


_PARTY_DAY = _Habit(25, "党员统一活动日", "党员活动", ("党建",), 23)
_BOARD = _Habit(10, "宣传栏更换", "宣传", ("健康教育",), 2)
_CLEANING = _Habit(12, "爱国卫生月大扫除", "环境整治", ("爱国卫生", "环境整治"), 85)


def store_rhythm(bench: Workbench, estates: list[str]) -> None:
    """Record what the duties ask for besides the rounds of sanitation, up to yesterday.

    Of the last month one treatment against mosquitoes is left out; the oldest open gap is explained.
    """
    today = bench.clock.today()
    months = list(_months(today))
    for number, first in enumerate(months):
        estate, last_month = estates[number % len(estates)], number == len(months) - 2
        rating = working_day(first.replace(day=20))
        if rating < today:
            bench.inspections.record(
                InspectionDraft(
                    inspected_on=rating, category="互查互评", place=estate, inspector="沈玉琴", score=Decimal(94),
                    result=PASSED,
                )
            )  # fmt: skip
        _hold(bench, first, _PARTY_DAY)
        if first.month % 3 == 2:
            _hold(bench, first, _BOARD)
        if first.month == _APRIL:
            _hold(bench, first, _CLEANING)
        treated_on = working_day(first.replace(day=15))
        if not last_month and treated_on < today:
            bench.pest.treatments.record(
                TreatmentDraft(
                    treated_on=treated_on, pest="蚊", place=estate, agent=_SPRAY, quantity=Decimal(2), unit="瓶",
                    way="外环境喷洒", area_m2=Decimal(1800), operator="周建国",
                )
            )  # fmt: skip
    _explain_oldest(bench, months)


def _months(today: date) -> Iterator[date]:
    start = today.year * 12 + today.month - MONTHS
    for number in range(start, start + MONTHS):
        yield date(number // 12, number % 12 + 1, 1)


def _hold(bench: Workbench, month: date, habit: _Habit) -> None:
    held_on = working_day(month.replace(day=habit.day))
    if held_on < bench.clock.today():
        bench.activities.record(
            ActivityDraft(
                held_on=held_on, name=habit.name, category=habit.category, place="老年活动室", clock="9:00",
                in_charge="沈玉琴", planned_people=habit.people, attendance=habit.people, status="已办",
                ledgers=habit.ledgers,
            )
        )  # fmt: skip


def _explain_oldest(bench: Workbench, months: list[date]) -> None:
    """Write the reason for what the weeks of three months ago lack."""
    found = bench.gaps.of(Period("", months[-4], bench.clock.today()))
    gap = next((one for one in found if one.duty.per == "week"), None)
    if gap is not None:
        first, last = gap.lacking[0].first, gap.lacking[-1].last
        bench.gap_reasons.explain(gap.duty.key, gap.duty.title, first, last, "连续阴雨，户外巡查停了")
