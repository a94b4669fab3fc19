"""The duties as a committee changes them: each change is a new edition from a day on, the old ones keep their days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.foundation.clock import Clock
from desktop.foundation.errors import InputError, Problem
from desktop.foundation.ids import new_id
from desktop.foundation.text import fold_width, tidied_texts
from desktop.register.duty import PER_WORDS, Duty, Per, duties_of
from desktop.register.rights import Officer, Right
from desktop.register.service.standards import Standard, StandardService

STANDARD = "duties"
SLICES = {
    "inspections": "检查记录", "activities": "活动日历", "pest_control": "除害投药", "health": "居民健康档案",
    "notices": "通知告示", "reports": "台账报表",
}  # fmt: skip
PERS: tuple[tuple[Per, str], ...] = (
    ("day", PER_WORDS["day"]), ("week", PER_WORDS["week"]), ("month", PER_WORDS["month"]),
    ("quarter", PER_WORDS["quarter"]), ("year", PER_WORDS["year"]),
)  # fmt: skip
_DECEMBER = 12
MOST_TIMES = {"day": 10, "week": 7, "month": 31, "quarter": 92, "year": 366}


@dataclass(frozen=True)
class DutyDraft:
    """What a form says of one duty; *from_on* is the day from which it is asked so."""

    title: str
    slice: str
    category: str
    times: int | None
    per: str
    from_on: date | None
    source: str = ""
    unverified: bool = False
    name_has: str = ""
    months: str = ""
    """The months of a yearly duty, in a row: 3、4、5."""


def check_duty(draft: DutyDraft) -> list[Problem]:
    """Return every problem at once."""
    problems = [
        Problem(name, "required", message)
        for name, message in (
            ("title", "请写要做什么。"),
            ("slice", "请选记在哪里。"),
            ("category", "请写记在哪一类里，程序按它数。"),
            ("per", "请选多久一轮。"),
            ("from_on", "请填从哪天起这样要求。"),
        )
        if not getattr(draft, name)
    ]
    if draft.times is None:
        problems.append(Problem("times", "required", "请填几次；不要求了填0。"))
    elif draft.times < 0:
        problems.append(Problem("times", "number_negative", "次数不能小于0。"))
    elif draft.per in MOST_TIMES and draft.times > MOST_TIMES[draft.per]:
        problems.append(
            Problem("times", "number_invalid", f"{PER_WORDS[draft.per]}最多{MOST_TIMES[draft.per]}次：一天只算一次。")
        )
    if draft.slice and draft.slice not in SLICES:
        problems.append(Problem("slice", "choice_unknown", f"请从这些里选：{'、'.join(SLICES.values())}。"))
    if draft.per and draft.per not in PER_WORDS:
        problems.append(Problem("per", "choice_unknown", f"请从这些里选：{'、'.join(PER_WORDS.values())}。"))
    if draft.months:
        problems += _month_problems(draft)
    problems += [
        Problem(name, "too_long", f"最多{limit}个字。")
        for name, limit in (("title", 60), ("category", 100), ("source", 200), ("name_has", 100))
        if len(getattr(draft, name)) > limit
    ]
    return problems


def _month_problems(draft: DutyDraft) -> list[Problem]:
    months = months_in(draft.months)
    if draft.per != "year":
        return [Problem("months", "choice_unknown", "只有“每年”的事才写月份，请空着。")]
    if not months or months[0] < 1 or months[-1] > _DECEMBER:
        return [Problem("months", "number_invalid", "月份写成 4 或 3、4、5 这样。")]
    if months != list(range(months[0], months[-1] + 1)):
        return [Problem("months", "number_invalid", "请写连着的几个月，如 3、4、5；隔开的分成两件事。")]
    return []


def months_in(text: str) -> list[int]:
    """Return the months a text names, sorted; nothing if it is not numbers alone."""
    parts = [part for part in re.split(r"[、,，\s月]+", fold_width(text)) if part]
    return sorted({int(part) for part in parts}) if all(part.isascii() and part.isdigit() for part in parts) else []


class DutyService:
    """Reads the duties in force and adds editions; changing needs the right to manage."""

    def __init__(self, standards: StandardService, officer: Officer, clock: Clock) -> None:
        self._standards = standards
        self._officer = officer
        self._clock = clock

    def all(self) -> list[Duty]:
        """Return the duties in force today, in the order of the edition."""
        standard = self._in_force(self._clock.today())
        return duties_of(standard) if standard else []

    def since(self) -> date | None:
        """Return the day the edition in force began."""
        standard = self._in_force(self._clock.today())
        return standard.effective_from if standard else None

    def change(self, key: str, draft: DutyDraft) -> str:
        """Ask for the duty *key* (a new one for '') as *draft* says, from its day on; return its title.

        Raises InputError with every problem, storing nothing.
        """
        self._officer.require(Right.MANAGE)
        draft = tidied_texts(draft)
        if problems := check_duty(draft):
            raise InputError(problems=problems)
        assert draft.from_on is not None  # noqa: S101  check_duty has refused such a draft
        base = self._in_force(draft.from_on)
        if base is None:
            raise InputError(problems=[Problem("from_on", "date_invalid", "这一天太早了，程序还没有那时的要求。")])
        values: dict[str, Any] = {name: dict(value) for name, value in base.content["values"].items()}
        values[key or f"own_{new_id().hex[-12:]}"] = {**values.get(key, {}), **_value_of(draft)}
        self._standards.add_edition(
            {
                "standard": STANDARD,
                "edition": f"{draft.from_on.isoformat()} {new_id().hex[-6:]}",
                "title": "该做的事",
                "effective_from": draft.from_on.isoformat(),
                "source": "本居委会自己改的",
                "values": values,
            },
            self._officer,
            label=f"{'修改' if key else '新增'}该做的事：{draft.title}",
        )
        return draft.title

    def _in_force(self, day: date) -> Standard | None:
        return self._standards.in_force(STANDARD, day)


def draft_of(duty: Duty, from_on: date) -> DutyDraft:
    """Return *duty* as a form holds it."""
    return DutyDraft(
        duty.title, duty.slice, duty.category, duty.times, duty.per, from_on, duty.source, duty.unverified,
        "、".join(duty.name_has), "、".join(str(month) for month in duty.months),
    )  # fmt: skip


def _value_of(draft: DutyDraft) -> Mapping[str, object]:
    return {
        "title": draft.title, "slice": draft.slice, "category": draft.category, "times": draft.times, "per": draft.per,
        "source": draft.source, "unverified": draft.unverified,
        "name_has": [word for word in draft.name_has.split("、") if word], "months": months_in(draft.months),
    }  # fmt: skip
