"""An invented year of health services: follow-ups kept and missed, measurings, check-ups, calls about vaccination."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from desktop.foundation.days import age_on
from desktop.health.due_rules import next_visit_on
from desktop.health.rules import (
    BP_SERVICE,
    CHECKUP_SERVICE,
    DIABETES,
    FOLLOWUP_OF,
    HIGH_RISK,
    HYPERTENSION,
    REFERRAL_SERVICE,
    SATISFIED,
    UNSATISFIED,
    Flag,
    flag_of,
    to_umol,
)
from desktop.register.service.standards import Standard

_RECORDERS = ("罗晓梅", "罗晓梅", "周建国")
_YEAR = 365


@dataclass(frozen=True)
class Served:
    """What the year of a resident hangs on."""

    id: UUID
    born_on: date
    tags: frozenset[str]


class Year:
    """Throws the dice for the services of one resident after the other, up to and including *today*."""

    def __init__(self, dice: random.Random, today: date, standard: Standard) -> None:
        self._dice = dice
        self._today = today
        self._standard = standard

    def of(self, person: Served) -> Iterator[dict[str, Any]]:
        """Yield the columns of every visit of *person*."""
        age = age_on(person.born_on, self._today)
        if age < 7:
            yield from self._vaccinations(person)
            return
        for tag in (HYPERTENSION, DIABETES):
            if tag in person.tags:
                yield from self._followups(person, tag)
        if age >= 65 and self._dice.random() < 0.6:
            yield self._visit(person, CHECKUP_SERVICE, self._some_day(300), way="门诊", sugar=True)
        careful = HIGH_RISK in person.tags
        if age >= 35 and HYPERTENSION not in person.tags and self._dice.random() < (0.98 if careful else 0.5):
            yield self._visit(person, BP_SERVICE, self._some_day(180 if careful else 330), way="测量点")
        if "独居" in person.tags:
            for step in range(self._dice.randint(1, 4)):
                yield self._visit(person, "老年人访视", self._some_day(80, step * 80), way="家庭", measured=False)

    def _vaccinations(self, person: Served) -> Iterator[dict[str, Any]]:
        for _ in range(self._dice.choice((0, 1, 1, 2))):
            day = self._some_day(300)
            if day > person.born_on:
                remark = self._dice.choice(("脊灰", "麻疹", "乙肝"))
                yield self._visit(person, "接种通知", day, way="电话", measured=False, remark=f"已通知家长：{remark}")

    def _followups(self, person: Served, tag: str) -> Iterator[dict[str, Any]]:
        """Yield follow-ups some three months apart; one patient in fifty was last seen too long ago."""
        end, late = self._today, self._dice.random() < 0.02
        if late:
            end -= timedelta(days=self._dice.randint(95, 108))
        day = self._today - timedelta(days=self._dice.randint(270, 360))
        while day <= end:
            visit = self._visit(person, FOLLOWUP_OF[tag], working_day(day), sugar=tag == DIABETES)
            following = day + timedelta(days=13 if visit["result"] == UNSATISFIED else self._dice.randint(80, 90))
            if late and following > end:
                visit["next_on"] = self._today - timedelta(days=self._dice.randint(2, 14))
            yield visit
            if visit["flag"] == Flag.URGENT and working_day(day) + timedelta(days=10) < self._today:
                asked = working_day(day + timedelta(days=8))
                yield self._visit(
                    person, REFERRAL_SERVICE, asked, way="电话", measured=False, remark="已到社区医院就诊"
                )
            day = following

    def _visit(
        self, person: Served, service: str, day: date, *, way: str = "", measured: bool = True, sugar: bool = False,
        remark: str = "",
    ) -> dict[str, Any]:  # fmt: skip
        age = age_on(person.born_on, day)
        systolic = diastolic = glucose = None
        if measured:
            middle = 132 if HYPERTENSION in person.tags else 121
            systolic = min(max(round(self._dice.gauss(middle, 11)), 95), 195)
            if HYPERTENSION in person.tags and self._dice.random() < 0.03:
                systolic += 46
            diastolic = min(max(round(systolic * 0.58 + self._dice.gauss(2, 5)), 55), systolic - 25)
        if sugar:
            middle_mmol = 6.3 if DIABETES in person.tags else 5.4
            glucose = Decimal(str(round(min(max(self._dice.gauss(middle_mmol, 0.8), 4.1), 17.2), 1)))
        flag = flag_of(systolic, diastolic, glucose, age=age, values=self._standard)
        followup = service in FOLLOWUP_OF.values()
        result = (SATISFIED if flag == Flag.WITHIN else UNSATISFIED) if followup else ""
        way = way or self._dice.choice(("家庭", "家庭", "门诊"))
        return {
            "resident_id": person.id, "visited_on": day, "service": service, "way": way, "systolic_mmhg": systolic,
            "diastolic_mmhg": diastolic, "pulse_per_min": self._dice.randint(60, 88) if measured else None,
            "glucose_umol_per_l": to_umol(glucose),
            "medication": self._dice.choice(("规律", "规律", "规律", "间断")) if followup else "", "result": result,
            "next_on": next_visit_on(day, service, way, result, flag, values=self._standard),
            "recorded_by": self._dice.choice(_RECORDERS), "remark": remark, "flag": flag.value,
            "standard": self._standard.edition if flag else "",
        }  # fmt: skip

    def _some_day(self, within: int, before: int = 0) -> date:
        return working_day(self._today - timedelta(days=before + self._dice.randrange(min(within, _YEAR))))


def working_day(day: date) -> date:
    """Return *day*, or the Friday before a weekend."""
    return day - timedelta(days=max(day.weekday() - 4, 0))
