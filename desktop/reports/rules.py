"""What handing in a report and setting up reports must say; pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.foundation.errors import Problem
from desktop.reports.periods import LATEST_FIRST_DAY

LONGEST_NAME, LONGEST_NUMBER, LONGEST_REMARK, LONGEST_TEXT = 100, 60, 2000, 4000


@dataclass(frozen=True)
class SubmissionDraft:
    """What the form of 标为已上报 or of a correction holds."""

    submitted_on: date | None
    recipient: str
    handled_by: str
    number: str = ""
    remark: str = ""


def check_submission(draft: SubmissionDraft, *, last: date, today: date) -> list[Problem]:
    """Return every problem: the day of handing in lies after the period has begun to end and not ahead."""
    problems = []
    if draft.submitted_on is None:
        problems.append(Problem("submitted_on", "required", "请填上报日期。"))
    elif draft.submitted_on > today:
        problems.append(Problem("submitted_on", "date_future", "上报日期还没有到，请检查。"))
    elif draft.submitted_on < last.replace(day=1):
        problems.append(Problem("submitted_on", "period_invalid", "上报日期早于这个期间，请检查。"))
    for name, value, sentence in (
        ("recipient", draft.recipient, "请写报给谁，如街道办事处。"),
        ("handled_by", draft.handled_by, "请写经办人。"),
    ):
        if not value:
            problems.append(Problem(name, "required", sentence))
    for name, value, most in (
        ("recipient", draft.recipient, LONGEST_NAME), ("handled_by", draft.handled_by, LONGEST_NAME),
        ("number", draft.number, LONGEST_NUMBER), ("remark", draft.remark, LONGEST_REMARK),
    ):  # fmt: skip
        if len(value) > most:
            problems.append(Problem(name, "too_long", f"最多{most}个字，请缩短。"))
    return problems


def check_setup(first_day: int | None, recipient: str) -> list[Problem]:
    """Return every problem with the committee's reporting rule."""
    problems = []
    if first_day is None or not 1 <= first_day <= LATEST_FIRST_DAY:
        problems.append(Problem("first_day", "number_invalid", f"请填1到{LATEST_FIRST_DAY}之间的日子。"))
    if len(recipient) > LONGEST_NAME:
        problems.append(Problem("recipient", "too_long", f"最多{LONGEST_NAME}个字，请缩短。"))
    return problems


def check_texts(done: str, plans: str) -> list[Problem]:
    """Return every problem with the texts of a report."""
    return [
        Problem(name, "too_long", f"最多{LONGEST_TEXT}个字，请缩短。")
        for name, text in (("done", done), ("plans", plans))
        if len(text) > LONGEST_TEXT
    ]
