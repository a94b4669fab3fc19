"""Where a finding stands, in words: the state on the list, the five steps, and the one thing to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from desktop.foundation.days import days_left, short_day
from desktop.inspections.rules import NOTICE, ON_SPOT, PASSED, InspectionDraft, Stage, stage_of

Tone = Literal["red", "amber", "blue", "green", "grey"]


class NextStep(StrEnum):
    """What the panel's one filled button does; the value is its text."""

    NOTICE = "发整改通知"
    RECHECK = "登记复查"
    CLOSE = "销号"


@dataclass(frozen=True)
class State:
    """The state as a word and the colour that goes with it."""

    word: str
    tone: Tone


@dataclass(frozen=True)
class Step:
    """One of the five steps: done, the open one (late or not), or still to come."""

    name: str
    text: str
    mark: Literal["done", "open", "late", "waiting"]


def is_overdue(draft: InspectionDraft, today: date) -> bool:
    """Return whether the recheck is late: the deadline has passed and nothing settles or escalates the finding."""
    waiting = stage_of(draft) in {Stage.OPEN, Stage.NOTICED, Stage.RECHECK_FAILED}
    return waiting and draft.due_on is not None and draft.due_on < today


def state_of(draft: InspectionDraft, today: date) -> State:
    """Return the state shown on lists and paper: 复查逾期3天, 限期还有5天, 已上报, 合格, 现场已整改, 已销号."""
    stage = stage_of(draft)
    if stage is Stage.NO_FINDING:
        tone: Tone = "green" if draft.result == PASSED else "amber" if draft.result else "grey"
        return State(draft.result or "没写结果", tone)
    plain: dict[Stage, State] = {
        Stage.CLOSED: State("现场已整改" if draft.treatment == ON_SPOT else "已销号", "green"),
        Stage.FIXED: State("现场已整改", "green"),
        Stage.RECHECK_PASSED: State("合格待销号", "amber"),
        Stage.ESCALATED: State(f"已上报{draft.escalated_to}", "blue"),
    }
    if stage in plain:
        return plain[stage]
    if draft.due_on is None:
        return {
            Stage.OPEN: State("还没处理", "amber"),
            Stage.NOTICED: State("没定期限", "amber"),
        }.get(stage, State("复查不合格", "red"))
    if is_overdue(draft, today):
        return State(f"复查{days_left(draft.due_on, today)}", "red")
    return State("限期今天到" if draft.due_on == today else f"限期{days_left(draft.due_on, today)}", "amber")


def next_step(draft: InspectionDraft) -> NextStep | None:
    """Return the one thing to do next, or None where nothing is left to do."""
    return {
        Stage.OPEN: NextStep.NOTICE,
        Stage.NOTICED: NextStep.RECHECK,
        Stage.RECHECK_FAILED: NextStep.RECHECK,
        Stage.RECHECK_PASSED: NextStep.CLOSE,
        Stage.ESCALATED: NextStep.CLOSE,
    }.get(stage_of(draft))


def may_escalate(draft: InspectionDraft) -> bool:
    """Return whether the finding can be handed to a superior: it is open and has not been yet."""
    return stage_of(draft) in {Stage.OPEN, Stage.NOTICED, Stage.RECHECK_FAILED}


def steps_of(draft: InspectionDraft, today: date) -> list[Step]:
    """Return 发现, 通知 (or 上报), 整改, 复查, 销号; the first that is not done is the open one.

    Once the recheck is late it is marked so, whatever else is still missing. Without a finding there are no steps.
    """
    stage = stage_of(draft)
    if stage is Stage.NO_FINDING:
        return []
    done = [
        ("发现", True, _joined(_day(draft.inspected_on, today), draft.inspector, draft.level)),
        _told(draft, stage, today),
        _mended(draft, stage, today),
        _rechecked(draft, stage, today),
        ("销号", stage is Stage.CLOSED, _day(draft.closed_on, today) or _before_closing(stage)),
    ]
    late = is_overdue(draft, today) or stage is Stage.RECHECK_FAILED
    steps: list[Step] = []
    for name, is_done, text in done:
        is_first = not is_done and all(step.mark == "done" for step in steps)
        mark: Literal["done", "open", "late", "waiting"] = "done" if is_done else "waiting"
        if is_first or (late and not is_done and name == "复查"):
            mark = "late" if late else "open"
        steps.append(Step(name, text, mark))
    return steps


def _told(draft: InspectionDraft, stage: Stage, today: date) -> tuple[str, bool, str]:
    if draft.escalated_on is not None or stage is Stage.ESCALATED:
        return "上报", True, _joined(_day(draft.escalated_on, today), draft.escalated_to) or "已上报"
    if stage is Stage.FIXED or (stage is Stage.CLOSED and not draft.notice_on and draft.treatment != NOTICE):
        return "通知", True, "现场说明，没有另发通知"
    if draft.notice_on is not None or draft.treatment == NOTICE:
        return "通知", True, _joined(_day(draft.notice_on, today), draft.notice_number, draft.responsible) or "已通知"
    return "通知", False, "还没有通知责任单位"


def _mended(draft: InspectionDraft, stage: Stage, today: date) -> tuple[str, bool, str]:
    if draft.replied_on is not None:
        return "整改", True, _joined(_day(draft.replied_on, today), draft.reply or "已整改")
    if draft.recheck_result == PASSED:
        return "整改", True, "复查时已整改"
    if stage in {Stage.FIXED, Stage.CLOSED}:
        return "整改", True, "已整改"
    waiting = {Stage.ESCALATED: "等上级处理", Stage.RECHECK_FAILED: "复查时还没有整改好"}
    until = f"期限{_day(draft.due_on, today)}" if draft.due_on else "还没有定期限"
    late = "，没有收到回复" if is_overdue(draft, today) else ""
    return "整改", False, waiting.get(stage, f"{until}{late}")


def _rechecked(draft: InspectionDraft, stage: Stage, today: date) -> tuple[str, bool, str]:
    if draft.recheck_result:
        passed = draft.recheck_result == PASSED
        again = "" if passed or draft.due_on is None else f"，{_day(draft.due_on, today)}前再查"
        return "复查", passed, f"{_joined(_day(draft.rechecked_on, today), draft.recheck_result)}{again}"
    if stage in {Stage.FIXED, Stage.CLOSED}:
        return "复查", True, "没有另行复查"
    if is_overdue(draft, today):
        return "复查", False, f"应在{_day(draft.due_on, today)}，还没有登记"
    if stage is Stage.ESCALATED:
        return "复查", False, "等上级处理的结果"
    return "复查", False, f"{_day(draft.due_on, today)}到期" if draft.due_on else "整改以后复查"


def _before_closing(stage: Stage) -> str:
    if stage is Stage.FIXED:
        return "现场已整改"
    return "处理好以后销号" if stage is Stage.ESCALATED else "复查合格后销号"


def _day(day: date | None, today: date) -> str:
    return short_day(day, today) if day else ""


def _joined(first: str, *others: str) -> str:
    rest = "，".join(other for other in others if other)
    return f"{first} {rest}".strip()
