"""Records on their way out: what whole numbers are wanted for, the stamp on the sheet, the step in the history."""

from __future__ import annotations

from datetime import datetime

from desktop.foundation.clock import CHINA, china_day
from desktop.foundation.days import plain_day
from desktop.foundation.errors import InputError, Problem
from desktop.foundation.text import tidy
from desktop.register.rights import Officer
from desktop.store.history import EXPORT
from desktop.store.unit import Store

BY_COMMAND = "命令行导出"
MOST_WORDS = 60
"""Characters of a purpose: what a printed page has room for beside its number."""


def checked_purpose(text: str, *, required: bool) -> str:
    """Return *text* tidied; raise InputError for one that is too long, or missing where it is *required*."""
    purpose = tidy(text)
    over = len(purpose) - MOST_WORDS
    if required and not purpose:
        raise InputError(problems=[Problem("purpose", "required", "请写明完整号码拿去做什么用。")])
    if over > 0:
        message = f"用途最多写{MOST_WORDS}个字，请删去{over}个字。"
        raise InputError(problems=[Problem("purpose", "too_long", message)])
    return purpose


def stamp(officer: Officer, at: datetime, purpose: str) -> str:
    """Return the line on a sheet of whole numbers: who took it, when, and what for."""
    moment = f"{plain_day(china_day(at))} {at.astimezone(CHINA):%H:%M}"
    return f"{officer.name} {moment}导出，含完整号码，用途：{purpose}"


def note_export(
    store: Store, officer: Officer, kind: str, title: str, rows: int, *, unmasked: bool, purpose: str
) -> None:
    """Write down that *rows* of *kind* leave: whose step, when, how many, what for, and nobody's name."""
    what = "完整号码" if unmasked else "号码打星号"
    words = f"导出{title}表：{rows:,}行，{what}" + (f"，用途：{purpose}" if purpose else "")
    with store.writing(words, officer, undoable=False, even_lent=True) as unit:
        unit.note(kind, None, EXPORT, {"rows": rows, "unmasked": unmasked, "purpose": purpose})
