"""Inspections and letters of responsibility in the history: what columns are called."""

from __future__ import annotations

from desktop.foundation.text import mask_phone
from desktop.inspections.checklist import checked_of
from desktop.inspections.records import Inspection, Pledge
from desktop.register.rights import Right
from desktop.register.service.record_history import RecordKind, changed, masked_by, scaled, words_of


def _judged(value: object) -> str:
    checked = checked_of(value) if isinstance(value, dict) else None
    return checked.words if checked else "空"


INSPECTIONS = RecordKind(
    Inspection,
    Right.SEE_INSPECTIONS,
    words_of(
        {
            "inspected_on": "日期", "category": "检查类别", "place_id": "点位", "inspector": "检查人",
            "score_hundredths": "得分", "result": "结果", "problem": "问题", "level": "隐患等级",
            "responsible": "责任单位", "treatment": "处理方式", "due_on": "整改期限", "notice_on": "通知日期",
            "notice_number": "通知编号", "replied_on": "回复日期", "reply": "回复", "escalated_on": "上报日期",
            "escalated_to": "上报给", "rechecked_on": "复查日期", "recheck_result": "复查结果", "closed_on": "销号日期",
            "checks": "检查表",
        },
        place_id=changed, score_hundredths=scaled(100), checks=_judged,
    ),
)  # fmt: skip
PLEDGES = RecordKind(
    Pledge,
    Right.SEE_INSPECTIONS,
    words_of(
        {
            "category": "类别", "party": "签订对象", "address": "地址", "manager": "负责人", "phone": "联系电话",
            "signed_on": "签订日期", "expires_on": "到期日期", "copies": "份数",
        },
        phone=masked_by(mask_phone),
    ),
)  # fmt: skip
