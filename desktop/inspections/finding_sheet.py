"""The sheet of one finding, from 发现 to 销号, with photos before and after. Declared, not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.foundation.days import plain_day
from desktop.inspections.rectification import demand_of
from desktop.inspections.rules import LEVELS, PASSED, RESULTS, InspectionDraft
from desktop.inspections.views import InspectionRow
from desktop.printing.forms import Choice, FindingSheet, Shot
from desktop.register.attachments import AFTER, PrintedPhoto

TITLE = "检查问题整改单"
_WEEKDAYS = "一二三四五六日"
_OPINION = "复查意见"


def finding_sheet(
    row: InspectionRow, photos: Sequence[PrintedPhoto], *, committee: str, printed_by: str, printed_on: date
) -> FindingSheet:
    """Return the sheet of the finding in *row*; what is not known yet is left blank to be written in."""
    draft = row.draft
    facts: list[tuple[tuple[str, str | Choice], ...]] = [
        (("检查日期", _day(draft.inspected_on)), ("检查类型", draft.category), ("检查人", draft.inspector)),
        (("地点", row.place), ("责任单位", draft.responsible)),
        (("问题", draft.problem),),
        (("整改要求", demand_of(draft)), ("整改期限", _plain(draft.due_on))),
        (("程度", Choice(LEVELS, draft.level)), ("处理方式", draft.treatment)),
        (
            ("得分", "" if draft.score is None else str(draft.score)), ("检查结果", draft.result),
            ("通知日期", _plain(draft.notice_on)),
        ),
    ]  # fmt: skip
    if draft.checks is not None:
        checks = draft.checks
        facts.append((("检查表", f"{checks.title}（{checks.edition}版）：{checks.words}，逐项结果另附"),))
    if draft.escalated_on is not None or draft.escalated_to:
        facts.append((("上报", draft.escalated_to), ("上报日期", _plain(draft.escalated_on))))
    return FindingSheet(
        title=TITLE, committee=committee, number=draft.notice_number, facts=tuple(facts),
        before=tuple(_shot(one) for one in photos if one.role != AFTER),
        after=tuple(_shot(one) for one in photos if one.role == AFTER),
        outcome=(
            (("整改情况", _mended(draft)),),
            (("复查结果", Choice(RESULTS, draft.recheck_result)), ("复查日期", _plain(draft.rechecked_on))),
            ((_OPINION, _opinion(draft)),),
        ),
        signatures=(
            (("责任人签字", ""), ("复查人签字（两人）", ""), ("负责人", "")),
            (("销号日期", _plain(draft.closed_on)), ("从发现到销号", _days(draft)), ("归档号", "")),
        ),
        room=_OPINION,
        printed=f"居委工作台　打印 {plain_day(printed_on)}　操作人 {printed_by}",
    )  # fmt: skip


def _shot(photo: PrintedPhoto) -> Shot:
    return Shot(photo.jpeg, photo.taken, photo.words)


def _day(day: date | None) -> str:
    return f"{plain_day(day)} 周{_WEEKDAYS[day.weekday()]}" if day else ""


def _plain(day: date | None) -> str:
    return plain_day(day) if day else ""


def _mended(draft: InspectionDraft) -> str:
    done = f"{plain_day(draft.replied_on)}　" if draft.replied_on else ""
    return f"{done}{draft.reply}".strip()


def _opinion(draft: InspectionDraft) -> str:
    """Return what the records say of the recheck; most of it is written by hand."""
    if draft.closed_on is not None and draft.recheck_result == PASSED:
        return "复查合格，予以销号。"
    if draft.recheck_result and draft.recheck_result != PASSED and draft.due_on:
        return f"复查不合格，限{plain_day(draft.due_on)}前改好，再查。"
    return ""


def _days(draft: InspectionDraft) -> str:
    if draft.closed_on is None or draft.inspected_on is None:
        return ""
    return f"{(draft.closed_on - draft.inspected_on).days}天"
