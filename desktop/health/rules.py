"""Rules of the health slice as pure functions; every threshold comes in with the standard, none stands here.

The program reminds and counts for a committee. It flags readings, it never diagnoses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from desktop.foundation.errors import Problem

HYPERTENSION, DIABETES, HIGH_RISK = "高血压", "糖尿病", "高危人群"
BP_SERVICE, CHECKUP_SERVICE, REFERRAL_SERVICE = "血压测量", "健康体检", "转诊追踪"
FOLLOWUP_OF = {HYPERTENSION: "高血压随访", DIABETES: "糖尿病随访"}
SERVICES = (
    BP_SERVICE,
    "血糖测量",
    *FOLLOWUP_OF.values(),
    CHECKUP_SERVICE,
    "接种通知",
    "孕产妇随访",
    "老年人访视",
    REFERRAL_SERVICE,
)
WAYS = ("门诊", "家庭", "电话", "测量点")
FACE_TO_FACE = frozenset({"门诊", "家庭", "测量点", ""})
MEDICATIONS = ("规律", "间断", "不服药")
SATISFIED, UNSATISFIED, REACTION, COMPLICATION, REFERRED = "控制满意", "控制不满意", "不良反应", "并发症", "建议转诊"
RESULTS = (SATISFIED, UNSATISFIED, REACTION, COMPLICATION, REFERRED)
SYSTOLIC_RANGE, DIASTOLIC_RANGE = (40, 320), (20, 220)
GLUCOSE_RANGE = (Decimal("0.1"), Decimal(60))
UMOL = 1000
"""µmol/L in one mmol/L; glucose is stored in whole µmol/L."""


class Flag(StrEnum):
    """What a reading says against the standard; the value is stored with the visit."""

    NONE = ""
    WITHIN = "参考范围内"
    ABOVE = "高于参考范围"
    BELOW = "低于参考范围"
    URGENT = "紧急转诊数值"


BY_URGENCY = (Flag.URGENT, Flag.ABOVE, Flag.BELOW, Flag.WITHIN)


class Values(Protocol):
    """The part of a standard the rules read (register's Standard fits)."""

    def number(self, name: str) -> int:
        """Return a whole number."""
        ...

    def decimal(self, name: str) -> Decimal:
        """Return a decimal."""
        ...


@dataclass(frozen=True)
class VisitDraft:
    """What a form, a grid line or a sheet row says of one visit; glucose in mmol/L, pressures in mmHg."""

    visited_on: date | None
    service: str
    way: str = ""
    systolic_mmhg: int | None = None
    diastolic_mmhg: int | None = None
    pulse_per_min: int | None = None
    glucose_mmol: Decimal | None = None
    medication: str = ""
    result: str = ""
    next_on: date | None = None
    recorded_by: str = ""
    remark: str = ""


def check_visit(draft: VisitDraft, *, today: date) -> list[Problem]:
    """Return every problem at once, so that a form can mark all fields."""
    problems: list[Problem] = []
    if draft.visited_on is None:
        problems.append(Problem("visited_on", "required", "请填日期。"))
    elif draft.visited_on > today:
        problems.append(Problem("visited_on", "date_future", "日期还没到，这里只登记已经做的。"))
    if not draft.service:
        problems.append(Problem("service", "required", "请选服务类别。"))
    problems.extend(check_readings(draft))
    if draft.next_on is not None and draft.visited_on is not None and draft.next_on <= draft.visited_on:
        problems.append(Problem("next_on", "period_invalid", "下次日期要晚于这次的日期。"))
    return problems


def check_readings(draft: VisitDraft) -> list[Problem]:
    """Return what is wrong with the readings of *draft*: out of any human range, or systolic not above diastolic."""
    problems = [
        Problem(name, "number_invalid", f"{label}一般在{low}到{high}之间，请看看有没有输错。")
        for name, label, value, (low, high) in (
            ("systolic_mmhg", "收缩压", draft.systolic_mmhg, SYSTOLIC_RANGE),
            ("diastolic_mmhg", "舒张压", draft.diastolic_mmhg, DIASTOLIC_RANGE),
            ("pulse_per_min", "脉搏", draft.pulse_per_min, (20, 250)),
            ("glucose_mmol", "血糖", draft.glucose_mmol, GLUCOSE_RANGE),
        )
        if value is not None and not low <= value <= high
    ]
    if draft.systolic_mmhg is not None and draft.diastolic_mmhg is not None:
        if draft.systolic_mmhg <= draft.diastolic_mmhg:
            problems.append(Problem("systolic_mmhg", "number_invalid", "收缩压要大于舒张压，请看看是不是写反了。"))
    elif (draft.systolic_mmhg is None) != (draft.diastolic_mmhg is None):
        blank = "systolic_mmhg" if draft.systolic_mmhg is None else "diastolic_mmhg"
        problems.append(Problem(blank, "required", "收缩压和舒张压要一起填。"))
    return problems


def flag_of(
    systolic: int | None, diastolic: int | None, glucose: Decimal | None, *, age: int | None, values: Values
) -> Flag:
    """Return what the readings say against *values* ; an unknown age is taken as under 65.

    Urgent: SBP or DBP or glucose at or over its limit, or glucose at or under the low one. The reference is strict:
    a pressure equal to it is above.
    """
    if systolic is None and diastolic is None and glucose is None:
        return Flag.NONE
    urgent = (
        (systolic is not None and systolic >= values.number("urgent_systolic"))
        or (diastolic is not None and diastolic >= values.number("urgent_diastolic"))
        or (glucose is not None and glucose >= values.decimal("urgent_glucose_high"))
        or (glucose is not None and glucose <= values.decimal("urgent_glucose_low"))
    )
    if urgent:
        return Flag.URGENT
    limit_systolic, limit_diastolic = reference(age, values)
    above = (
        (systolic is not None and systolic >= limit_systolic)
        or (diastolic is not None and diastolic >= limit_diastolic)
        or (glucose is not None and glucose >= values.decimal("reference_glucose"))
    )
    return Flag.ABOVE if above else Flag.WITHIN


def reference(age: int | None, values: Values) -> tuple[int, int]:
    """Return the reference pressures in mmHg for *age*; readings below both are within."""
    elder = age is not None and age >= values.number("elder_from_age")
    suffix = "_elder" if elder else ""
    return values.number(f"reference_systolic{suffix}"), values.number(f"reference_diastolic{suffix}")


def to_umol(glucose_mmol: Decimal | None) -> int | None:
    """Return whole µmol/L for a glucose in mmol/L."""
    return None if glucose_mmol is None else int((glucose_mmol * UMOL).to_integral_value())


def to_mmol(glucose_umol: int | None) -> Decimal | None:
    """Return mmol/L, without needless zeros, for a glucose in µmol/L."""
    if glucose_umol is None:
        return None
    return Decimal(format((Decimal(glucose_umol) / UMOL).normalize(), "f"))
