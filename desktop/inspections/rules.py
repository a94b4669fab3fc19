"""Rules of the inspections slice as pure functions: what a record must say, and how far a finding has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.foundation.errors import Problem

if TYPE_CHECKING:
    from desktop.inspections.checklist import CheckedList

PASSED, FAILED = "合格", "不合格"
RESULTS = (PASSED, FAILED)
MINOR, MAJOR = "一般隐患", "重大隐患"
LEVELS = (MINOR, MAJOR)
ON_SPOT, NOTICE, ESCALATED = "现场整改", "整改通知", "上报"
TREATMENTS = (ON_SPOT, NOTICE, ESCALATED)
CATEGORIES = (
    "环境卫生", "安全检查", "楼道安全", "消防安全", "出租房屋", "门前三包", "食品安全", "五小门店", "除四害检查",
    "二次供水", "防汛检查", "互查互评",
)  # fmt: skip
PLEDGE_CATEGORIES = (
    "门前三包责任书", "门前五包责任书", "房屋出租安全责任书", "安全生产责任书", "市容环境卫生责任书", "消防安全责任书",
    "卫生责任状", "保洁协议书",
)  # fmt: skip
HIGHEST_SCORE = Decimal(1000)
HUNDREDTHS = 100
"""Scores are stored in whole hundredths of a point."""

_DAYS = (
    ("due_on", "整改期限", False),
    ("notice_on", "通知日期", True),
    ("replied_on", "整改完成日期", True),
    ("escalated_on", "上报日期", True),
    ("rechecked_on", "复查日期", True),
    ("closed_on", "销号日期", True),
)
"""(field, what people call it, whether it is a day of something done); none may lie before the inspection."""
_OF_A_FINDING = (
    "level", "responsible", "treatment", "due_on", "notice_on", "notice_number", "replied_on", "reply", "escalated_on",
    "escalated_to", "rechecked_on", "recheck_result", "closed_on",
)  # fmt: skip


@dataclass(frozen=True)
class InspectionDraft:
    """What a form or a sheet row says of one inspection and of the finding it opened, if it found a problem."""

    inspected_on: date | None
    category: str
    place: str
    inspector: str = ""
    score: Decimal | None = None
    result: str = ""
    problem: str = ""
    level: str = ""
    responsible: str = ""
    treatment: str = ""
    due_on: date | None = None
    notice_on: date | None = None
    notice_number: str = ""
    replied_on: date | None = None
    reply: str = ""
    escalated_on: date | None = None
    escalated_to: str = ""
    rechecked_on: date | None = None
    recheck_result: str = ""
    closed_on: date | None = None
    checks: CheckedList | None = None


@dataclass(frozen=True)
class PledgeDraft:
    """What a form or a sheet row says of one signed letter of responsibility."""

    category: str
    party: str
    signed_on: date | None
    address: str = ""
    manager: str = ""
    phone: str = ""
    expires_on: date | None = None
    copies: int | None = 1


class Stage(StrEnum):
    """How far an inspection has come; the order is that of the way from finding to 销号."""

    NO_FINDING = "no finding"
    OPEN = "open"
    NOTICED = "noticed"
    RECHECK_FAILED = "recheck failed"
    ESCALATED = "escalated"
    RECHECK_PASSED = "recheck passed"
    FIXED = "fixed on the spot"
    CLOSED = "closed"


SETTLED = frozenset({Stage.NO_FINDING, Stage.FIXED, Stage.CLOSED})


def check_inspection(draft: InspectionDraft, *, today: date) -> list[Problem]:
    """Return every problem at once, so that a form can mark all fields; whether the place exists is the service's."""
    problems = [
        Problem(name, "required", message)
        for name, message in (
            ("inspected_on", "请填检查日期。"),
            ("category", "请选检查类别。"),
            ("place", "请选点位。"),
            ("result", "请选检查结果。"),
        )
        if not getattr(draft, name)
    ]
    if draft.inspected_on is not None and draft.inspected_on > today:
        problems.append(Problem("inspected_on", "date_future", "这一天还没到，这里只登记已经做的检查。"))
    if draft.score is not None and not 0 <= draft.score <= HIGHEST_SCORE:
        problems.append(Problem("score", "number_invalid", f"得分应在0到{HIGHEST_SCORE}之间。"))
    problems.extend(_check_lists(draft))
    problems.extend(_check_finding(draft))
    problems.extend(_check_days(draft, today))
    return problems


def lacks_problem(draft: InspectionDraft) -> bool:
    """Return whether something is said of a finding while none is written down: it would be counted nowhere."""
    return not draft.problem and any(getattr(draft, name) for name in _OF_A_FINDING)


def _check_lists(draft: InspectionDraft) -> list[Problem]:
    lists = (
        ("result", "检查结果", RESULTS), ("level", "隐患等级", LEVELS), ("treatment", "处理方式", TREATMENTS),
        ("recheck_result", "复查结果", RESULTS),
    )  # fmt: skip
    return [
        Problem(name, "choice_unknown", f"{label}请选：{'、'.join(choices)}。")
        for name, label, choices in lists
        if getattr(draft, name) and getattr(draft, name) not in choices
    ]


def _check_finding(draft: InspectionDraft) -> list[Problem]:
    problems: list[Problem] = []
    if lacks_problem(draft):
        problems.append(Problem("problem", "required", "下面写了整改的内容，请把发现的问题也写上。"))
    if draft.treatment == NOTICE and draft.due_on is None:
        problems.append(Problem("due_on", "required", "发了整改通知，请填整改期限。"))
    if (draft.rechecked_on is None) != (not draft.recheck_result):
        no_day = draft.rechecked_on is None
        blank = ("rechecked_on", "请填复查日期。") if no_day else ("recheck_result", "请选复查结果。")
        problems.append(Problem(blank[0], "required", blank[1]))
    if draft.closed_on is not None and draft.recheck_result == FAILED:
        problems.append(Problem("closed_on", "refused", "复查不合格，还不能销号。请先登记一次合格的复查。"))
    return problems


def _check_days(draft: InspectionDraft, today: date) -> list[Problem]:
    problems: list[Problem] = []
    for name, label, is_past in _DAYS:
        day = getattr(draft, name)
        if day is None:
            continue
        if is_past and day > today:
            problems.append(Problem(name, "date_future", f"{label}还没到，办完再登记。"))
        elif draft.inspected_on is not None and day < draft.inspected_on:
            problems.append(Problem(name, "period_invalid", f"{label}不能早于检查日期。"))
    return problems


def early_days(draft: InspectionDraft) -> list[tuple[str, str]]:
    """Return (field, what people call it) of every day that lies before the inspection."""
    found_on = draft.inspected_on
    return [
        (name, label)
        for name, label, _ in _DAYS
        if found_on is not None and getattr(draft, name) is not None and getattr(draft, name) < found_on
    ]


def stage_of(draft: InspectionDraft) -> Stage:
    """Return how far *draft* has come. A finding mended on the spot is settled even without a day of 销号."""
    escalated = draft.treatment == ESCALATED or draft.escalated_on is not None
    noticed = draft.treatment == NOTICE or draft.notice_on is not None
    stages = (
        (not draft.problem, Stage.NO_FINDING),
        (draft.closed_on is not None, Stage.CLOSED),
        (draft.treatment == ON_SPOT, Stage.FIXED),
        (draft.recheck_result == PASSED, Stage.RECHECK_PASSED),
        (escalated, Stage.ESCALATED),
        (bool(draft.recheck_result), Stage.RECHECK_FAILED),
        (noticed, Stage.NOTICED),
    )
    return next((stage for holds, stage in stages if holds), Stage.OPEN)


def check_pledge(draft: PledgeDraft, *, today: date) -> list[Problem]:
    """Return every problem of a letter of responsibility at once."""
    problems = [
        Problem(name, "required", message)
        for name, message in (
            ("category", "请选责任书类别。"),
            ("party", "请写和谁签订。"),
            ("signed_on", "请填签订日期。"),
        )
        if not getattr(draft, name)
    ]
    if draft.signed_on is not None and draft.signed_on > today:
        problems.append(Problem("signed_on", "date_future", "签订日期还没到，签好再登记。"))
    if draft.expires_on is not None and draft.signed_on is not None and draft.expires_on < draft.signed_on:
        problems.append(Problem("expires_on", "period_invalid", "到期日期不能早于签订日期。"))
    if draft.copies is None:
        problems.append(Problem("copies", "required", "请填份数。"))
    elif draft.copies < 0:
        problems.append(Problem("copies", "number_negative", "份数不能小于0。"))
    return problems
