"""The correction of a report on paper: what was handed in, what it should say, and who answers for it."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.foundation.days import plain_day
from desktop.printing.document import Fields, Paragraph, Sheet, Signatures, Subheading, Table
from desktop.reports.frozen import Change, Submission
from desktop.reports.table import change_text, number_text

_SIGNATURES = ("填报单位（盖章）", "填表人", "审核人", "负责人", "更正日期", "联系电话")


def correction_sheet(first: Submission, correction: Submission, changes: Sequence[Change]) -> Sheet:
    """Return the page that corrects *first*, dated and with every line before and after."""
    facts = Fields(
        (
            ("报送单位", correction.recipient),
            ("更正日期", plain_day(correction.submitted_on)),
            ("原上报日期", plain_day(first.submitted_on)),
            ("原编号", first.number or "—"),
            ("经办人", correction.handled_by),
            ("更正表编号", correction.number or "—"),
        )
    )
    rows = [
        (
            change.section, change.label, change.unit, number_text(change.before), number_text(change.after),
            change_text(change.after, change.before),
        )
        for change in changes
    ]  # fmt: skip
    table = Table(("类别", "指标", "单位", "原报数", "更正数", "增减"), rows, (2, 4, 1.4, 2, 2, 2))
    why = (Subheading("更正说明"), Paragraph(correction.remark)) if correction.remark else ()
    return Sheet(
        f"{first.title}更正表",
        (facts, Subheading(f"更正内容（{len(rows)}项）"), table, *why, Signatures(_SIGNATURES)),
        note="未列出的数字与原报表一致。",
    )
