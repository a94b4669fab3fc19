"""Postings in the history: what columns are called."""

from __future__ import annotations

from desktop.notices.records import Posting
from desktop.register.rights import Right
from desktop.register.service.record_history import RecordKind, words_of

POSTINGS = RecordKind(
    Posting,
    Right.SEE_NOTICES,
    words_of(
        {
            "title": "张贴的内容", "posted_on": "张贴日期", "places": "张贴地点", "copies": "份数",
            "posted_by": "张贴人", "reviewed_by": "事前审核", "down_due_on": "应撤下日期", "taken_down_on": "撤下日期",
            "checked_by": "事后检查", "checked_on": "检查日期", "remark": "备注",
        }
    ),
)  # fmt: skip
