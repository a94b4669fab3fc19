"""The gaps of a period on paper: an internal sheet, never part of a report."""

from __future__ import annotations

from datetime import date

from desktop.printing.document import Ledger, LedgerColumn
from desktop.reports.gaps import Gap


def gap_ledger(today: date) -> Ledger[Gap]:
    """Return the internal list of gaps."""
    return Ledger(
        "缺项清单（内部）",
        (
            LedgerColumn("该做的事", lambda gap: gap.duty.title),
            LedgerColumn("什么时候", lambda gap: gap.when(today)),
            LedgerColumn("应做", lambda gap: f"{gap.expected}{gap.unit}", align="right"),
            LedgerColumn("已做", lambda gap: f"{gap.done}{gap.unit}", align="right"),
            LedgerColumn(
                "还缺", lambda gap: f"{gap.missing}{gap.unit}", align="right", strong=lambda gap: not gap.reason
            ),
            LedgerColumn("原因", lambda gap: gap.reason),
        ),
        signatures=("填表人", "主任", "日期"),
        note="只供居委会内部核对，不随报表上报。",
    )
