"""The rectification notice of one finding, with its receipt. Declared, not drawn."""

from __future__ import annotations

from desktop.foundation.days import plain_day
from desktop.inspections.rules import InspectionDraft, Stage, stage_of
from desktop.inspections.views import InspectionRow
from desktop.printing.forms import Receipt, RectificationNotice, Shortcoming

_OBJECTION = "对本通知有意见的，请在三日内向本会说明。"


def may_print_notice(draft: InspectionDraft) -> bool:
    """Return whether there is a finding to write a notice of: one that was not mended on the spot."""
    return stage_of(draft) not in {Stage.NO_FINDING, Stage.FIXED}


def rectification_notice(row: InspectionRow, committee: str, phone: str) -> RectificationNotice:
    """Return the notice of the finding in *row*; a number and a day not yet given are left blank."""
    draft = row.draft
    due = plain_day(draft.due_on) if draft.due_on else ""
    inspected = f"{plain_day(draft.inspected_on)}，本会检查人员{draft.inspector}到{row.place}检查，发现下列问题："
    demand = f"把左边写的问题改好，达到{draft.category}的要求"
    closing = f"请{f'在{due}前' if due else '尽快'}改好，改好后告诉本会，本会到现场复查。"
    return RectificationNotice(
        committee=committee,
        number=draft.notice_number,
        addressee=f"{draft.responsible or row.place}：",
        before=(inspected,),
        shortcomings=(Shortcoming(row.place, draft.problem, demand, _until(draft)),),
        after=(f"{closing}到期未改的，报街道办事处和有关部门依法处理。{_OBJECTION}",),
        contact=f"联系人：{draft.inspector or committee}{f'　电话：{phone}' if phone else ''}",
        issued_on=draft.notice_on,
        receipt=Receipt("整改通知书", draft.responsible, row.place),
    )


def _until(draft: InspectionDraft) -> str:
    """Return the deadline as it fits a narrow column; the year only if it is another than that of the inspection."""
    if draft.due_on is None:
        return "尽快"
    same = draft.inspected_on is not None and draft.inspected_on.year == draft.due_on.year
    return f"{'' if same else f'{draft.due_on.year}年'}{draft.due_on.month}月{draft.due_on.day}日"
