"""Reports that were handed in, in the history: what columns are called."""

from __future__ import annotations

from desktop.register.rights import Right
from desktop.register.service.record_history import RecordKind, words_of
from desktop.reports.records import ReportSubmission

SUBMISSIONS = RecordKind(
    ReportSubmission,
    Right.SEE_REGISTER,
    words_of(
        {
            "title": "报表", "submitted_on": "上报日期", "recipient": "报给", "handled_by": "经办人", "number": "编号",
            "remark": "备注",
        }
    ),
)  # fmt: skip
