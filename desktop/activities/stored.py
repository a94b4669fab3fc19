"""Between drafts and the stored columns of an activity, the same for forms and for sheets."""

from __future__ import annotations

from typing import Any

from desktop.activities.records import Activity
from desktop.activities.rules import ActivityDraft
from desktop.activities.work import Work, read_work, work_text

LEDGER_MARK = "、"
PLAIN = (
    "held_on", "ends_on", "clock", "name", "category", "place", "in_charge", "partners", "planned_people", "attendance",
    "status", "summary",
)  # fmt: skip
"""Columns that a draft holds under the same name and in the same form."""


def columns_of(draft: ActivityDraft) -> dict[str, Any]:
    """Return column → value of *draft*."""
    return {
        **{name: getattr(draft, name) for name in PLAIN},
        "ledgers": LEDGER_MARK.join(draft.ledgers),
        "work": work_text(draft.work),
    }


def draft_of(activity: Activity) -> ActivityDraft:
    """Return *activity* as a form holds it."""
    plain: dict[str, Any] = {name: getattr(activity, name) for name in PLAIN}
    return ActivityDraft(**plain, ledgers=ledgers_in(activity.ledgers), work=work_in(activity.work))


def ledgers_in(text: str) -> tuple[str, ...]:
    """Return the ledgers a stored cell names, each once."""
    return tuple(dict.fromkeys(name for name in text.split(LEDGER_MARK) if name))


def work_in(text: str) -> tuple[Work, ...]:
    """Return the quantities a stored cell names."""
    return read_work(text)[0]
