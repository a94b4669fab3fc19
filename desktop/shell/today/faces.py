"""From what is due and missing to the lines of 今日: badge, words, button, and what each does. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop.foundation.days import days_left
from desktop.register.ports import DueLine
from desktop.reports.gaps import Gap
from desktop.shell.today.line_row import Deed, LineFace
from desktop.shell.today.lines_card import Part
from desktop.shell.today.view import TodayView

LATE, DUE, GAPS = "late", "due", "gaps"
_OFFICE_ONLY = "只在办公室里显示，不印在对外材料上"
Settle = Callable[[DueLine], object]
Act = Callable[[Gap], object]
Ask = Callable[[Gap], bool]


def parts_of(
    view: TodayView, *, settle: Settle, enter: Act, explain: Act, withdraw: Act, may_explain: bool, may_enter: Ask
) -> tuple[Part, ...]:
    """Return the three parts of the left card."""

    def line(due: DueLine) -> LineFace:
        late = due.due_on < view.today
        badge = days_left(due.due_on, view.today) if late else due.at or "今天"
        may = due.key in view.may_settle
        return LineFace(
            due.key, badge, "red" if late else "amber", due.title, due.detail, due.verb if may else "",
            (lambda: settle(due)) if may else None,
        )  # fmt: skip

    def gap(found: Gap) -> LineFace:
        later = enter if may_enter(found) else None
        return _gap_face(found, view.today, enter=later, explain=explain, withdraw=withdraw, may=may_explain)

    late, due = tuple(line(one) for one in view.late), tuple(line(one) for one in view.due)
    gaps, explained = tuple(gap(one) for one in view.gaps), tuple(gap(one) for one in view.explained)
    calm = "今天没有到期的事。" if late else "今天没有到期的事，也没有拖着的。"
    return (
        Part(LATE, "逾期", "red", late),
        Part(DUE, "今天到期", "amber", due, calm=calm),
        Part(GAPS, "缺项", "grey", gaps, remark=_OFFICE_ONLY, later=explained),
    )


def _gap_face(gap: Gap, today: date, *, enter: Act | None, explain: Act, withdraw: Act, may: bool) -> LineFace:
    key = f"gap:{gap.duty.key}:{gap.first.isoformat()}"
    badge = gap.when(today)
    if gap.reason:
        detail = f"已写明原因：{gap.reason}" + (f"（{gap.by}）" if gap.by else "")
        back: tuple[tuple[str, Deed], ...] = (("收回原因", lambda: withdraw(gap)),)
        return LineFace(
            key, badge, "grey", gap.title, detail, "改原因" if may else "", (lambda: explain(gap)) if may else None,
            back if may else (),
        )  # fmt: skip
    if not may:
        return LineFace(key, badge, "grey", gap.title, gap.counts)
    why: tuple[str, Deed] = ("写明原因", lambda: explain(gap))
    if enter is None:
        return LineFace(key, badge, "grey", gap.title, gap.counts, *why)
    return LineFace(key, badge, "grey", gap.title, gap.counts, "补登记", lambda: enter(gap), (why,))
