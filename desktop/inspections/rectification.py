"""The rectification notice of one finding, with its receipt. Declared, not drawn."""

from __future__ import annotations

from datetime import date

from desktop.foundation.days import plain_day
from desktop.inspections.rules import NOTICE, InspectionDraft, Stage, stage_of
from desktop.inspections.views import InspectionRow
from desktop.printing.forms import Receipt, RectificationNotice, Shortcoming

NOTICE_NAME = "整改通知书"
_OBJECTION = "对本通知有意见的，请在三日内向本会说明。"


def may_print_notice(draft: InspectionDraft) -> bool:
    """Return whether there is a finding to write a notice of: one that was not mended on the spot."""
    return stage_of(draft) not in {Stage.NO_FINDING, Stage.FIXED}


def is_noticed_unnumbered(draft: InspectionDraft) -> bool:
    """Return whether a notice was sent, or is said to have been, that has no number yet and is still awaited."""
    return not draft.notice_number and stage_of(draft) in {Stage.NOTICED, Stage.RECHECK_FAILED} and (
        draft.treatment == NOTICE or draft.notice_on is not None
    )  # fmt: skip


def rectification_notice(
    row: InspectionRow, committee: str, phone: str, recheck_on: date | None = None
) -> RectificationNotice:
    """Return the notice of the finding in *row*, each line of the problem a line of its own.

    A number and a day not yet given are left blank; *recheck_on* is the day the committee means to come again.
    """
    draft = row.draft
    due = plain_day(draft.due_on) if draft.due_on else ""
    inspected = f"{plain_day(draft.inspected_on)}，本会检查人员{draft.inspector}到{row.place}检查，发现下列问题："
    found = [line.strip() for line in draft.problem.split("\n") if line.strip()]
    again = f"本会定于{plain_day(recheck_on)}复查" if recheck_on else "本会到现场复查"
    closing = f"请{f'在{due}前' if due else '尽快'}改好，改好后告诉本会。{again}。"
    several = f"（{len(found)}个问题）" if len(found) > 1 else ""
    return RectificationNotice(
        committee=committee,
        number=draft.notice_number,
        addressee=f"{draft.responsible or row.place}：",
        before=(inspected,),
        shortcomings=tuple(Shortcoming(row.place, line, demand_of(draft), _until(draft)) for line in found),
        after=(f"{closing}到期未改的，报街道办事处和有关部门依法处理。{_OBJECTION}",),
        contact=f"联系人：{draft.inspector or committee}{f'　电话：{phone}' if phone else ''}",
        issued_on=draft.notice_on,
        receipt=Receipt(f"{NOTICE_NAME}{several}", draft.responsible, row.place),
        title=NOTICE_NAME,
    )


def demand_of(draft: InspectionDraft) -> str:
    """Return what is asked for: the form has no field of its own for it."""
    return f"把检查出的问题改好，达到{draft.category}的要求"


def notice_text(notice: RectificationNotice) -> str:
    """Return the words on the page, by which the archive finds it again."""
    told = (f"{one.place} {one.problem} {one.demand} {one.until}" for one in notice.shortcomings)
    return "\n".join((notice.title, notice.addressee, *notice.before, *told, *notice.after, notice.committee))


def _until(draft: InspectionDraft) -> str:
    """Return the deadline as it fits a narrow column; the year only if it is another than that of the inspection."""
    if draft.due_on is None:
        return "尽快"
    same = draft.inspected_on is not None and draft.inspected_on.year == draft.due_on.year
    return f"{'' if same else f'{draft.due_on.year}年'}{draft.due_on.month}月{draft.due_on.day}日"
