"""The list of what was handed in, on paper. Declared only."""

from __future__ import annotations

from desktop.foundation.days import plain_day
from desktop.printing.document import Ledger, LedgerColumn
from desktop.reports.frozen import Submission


def submission_ledger() -> Ledger[Submission]:
    """Return the register of reports and corrections that left the office."""
    return Ledger(
        "上报登记台账",
        (
            LedgerColumn("上报日期", lambda one: plain_day(one.submitted_on)),
            LedgerColumn("报表", lambda one: f"{one.title}{'更正表' if one.corrects else ''}"),
            LedgerColumn("编号", lambda one: one.number),
            LedgerColumn("报给", lambda one: one.recipient),
            LedgerColumn("经办人", lambda one: one.handled_by),
            LedgerColumn("页数", lambda one: str(one.pages or ""), align="right", value=lambda one: one.pages or None),
            LedgerColumn("备注", lambda one: one.remark),
        ),
    )
