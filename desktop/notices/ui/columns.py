"""What the two lists show: an issued notice, and a posting with the day it must come down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop.foundation.days import days_left, short_day
from desktop.notices.views import PostingRow
from desktop.register.service.issued import IssuedRow
from desktop.widgets.chips import CellStyle, Chip
from desktop.widgets.paging import TableColumn


def issued_columns(today: Callable[[], date]) -> list[TableColumn[IssuedRow]]:
    """Return the columns of 已发."""
    return [
        TableColumn("number", "编号", lambda row: row.number, 236, style=_number_style, sortable=False),
        TableColumn("title", "标题", lambda row: row.title, 0, second=lambda row: row.kind, sortable=False),
        TableColumn("kind", "模板", lambda row: row.kind, 180, second_rank=True, sortable=False),
        TableColumn("layout", "版式", lambda row: row.layout, 90, second_rank=True, sortable=False),
        TableColumn("day", "发文日期", lambda row: short_day(row.issued_on, today()), 120, sortable=False),
        TableColumn("by", "发文人", lambda row: row.issued_by, 90, second_rank=True, sortable=False),
    ]


def posting_columns(today: Callable[[], date]) -> list[TableColumn[PostingRow]]:
    """Return the columns of 张贴登记."""
    return [
        TableColumn("day", "张贴日期", lambda row: short_day(row.draft.posted_on, today()), 112, sortable=False),
        TableColumn("title", "内容", lambda row: row.draft.title, 220, second=lambda row: row.number, sortable=False,
                    style=lambda _row: CellStyle(bold=True)),
        TableColumn("places", "张贴地点", lambda row: row.draft.places.replace("\n", "、"), 0, sortable=False),
        TableColumn("down", "应撤下", lambda row: _down_text(row, today()), 220, sortable=False,
                    style=lambda row: _down_style(row, today())),
        TableColumn("checked", "事后检查", lambda row: row.draft.checked_by or "—", 96, second_rank=True,
                    sortable=False),
    ]  # fmt: skip


def down_words(row: PostingRow, today: date) -> str:
    """Return 逾期2天没撤, 今天要撤下, 还有5天撤下, or nothing."""
    due = row.draft.down_due_on
    if row.draft.taken_down_on is not None or due is None:
        return ""
    if due == today:
        return "今天要撤下"
    return f"{days_left(due, today)}{'没撤' if due < today else '撤下'}"


def _down_text(row: PostingRow, today: date) -> str:
    draft = row.draft
    if draft.taken_down_on is not None:
        return f"{short_day(draft.taken_down_on, today)}撤下"
    return short_day(draft.down_due_on, today) if draft.down_due_on else "长期"


def _down_style(row: PostingRow, today: date) -> CellStyle:
    if row.draft.taken_down_on is not None:
        return CellStyle(tone="secondary")
    words = down_words(row, today)
    return CellStyle(status=words, status_tone="danger" if row.is_due(today) else "secondary") if words else CellStyle()


def _number_style(row: IssuedRow) -> CellStyle:
    return CellStyle(tone="secondary", chips=(Chip("作废", "red"),)) if row.voided_on else CellStyle(bold=True)
