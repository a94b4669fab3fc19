"""What is wrong with a posting as it is typed. Pure."""

from __future__ import annotations

from datetime import date

from desktop.foundation.errors import Problem
from desktop.notices.views import PostingDraft

MOST_COPIES = 10_000
_LONGEST = {"title": 200, "places": 1000, "posted_by": 100, "reviewed_by": 100, "checked_by": 100, "remark": 2000}
_WORDS = {
    "title": "张贴的内容", "places": "张贴地点", "posted_by": "张贴人", "reviewed_by": "事前审核人",
    "checked_by": "事后检查人", "remark": "备注",
}  # fmt: skip


def check_posting(draft: PostingDraft, *, today: date) -> list[Problem]:
    """Return every problem of a posting at once: what is missing, and days that cannot be."""
    problems: list[Problem] = []
    if not draft.title:
        problems.append(Problem("title", "required", "请填张贴的是什么。"))
    if draft.posted_on is None:
        problems.append(Problem("posted_on", "required", "请填张贴日期。"))
    elif draft.posted_on > today:
        problems.append(Problem("posted_on", "date_future", "张贴日期还没到，贴好了再登记。"))
    if not draft.places:
        problems.append(Problem("places", "required", "请填贴在哪里，几处用顿号隔开。"))
    if draft.copies is None or not 1 <= draft.copies <= MOST_COPIES:
        problems.append(Problem("copies", "number_invalid", "张贴份数请填1以上的整数。"))
    problems += [
        Problem(name, "too_long", f"{_WORDS[name]}最多{most}个字。")
        for name, most in _LONGEST.items()
        if len(getattr(draft, name)) > most
    ]
    return problems + _days(draft, today)


def _days(draft: PostingDraft, today: date) -> list[Problem]:
    problems: list[Problem] = []
    posted = draft.posted_on
    for name, word in (("down_due_on", "应撤下日期"), ("taken_down_on", "撤下日期"), ("checked_on", "检查日期")):
        day = getattr(draft, name)
        if day is None:
            continue
        if posted is not None and day < posted:
            problems.append(Problem(name, "period_invalid", f"{word}早于张贴日期，请核对。"))
        elif name != "down_due_on" and day > today:
            problems.append(Problem(name, "date_future", f"{word}还没到，请核对。"))
    if draft.checked_on is not None and not draft.checked_by:
        problems.append(Problem("checked_by", "required", "写了检查日期，请填是谁检查的。"))
    return problems
