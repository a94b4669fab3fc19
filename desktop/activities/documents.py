"""What this slice prints: one ledger per 台账 name, all from the same records. Declared, not drawn."""

from __future__ import annotations

from desktop.activities.rules import HELD
from desktop.activities.views import ActivityRow
from desktop.activities.work import work_text
from desktop.foundation.days import plain_day
from desktop.printing.document import NO_VALUE, Ledger, LedgerColumn

ALL_LEDGERS = "活动登记台账"


def ledger_title(ledger: str = "") -> str:
    """Return 健康教育台账, or 活动登记台账 for activities of any ledger."""
    if not ledger:
        return ALL_LEDGERS
    return ledger if ledger.endswith("台账") else f"{ledger}台账"


def activity_ledger(ledger: str = "") -> Ledger[ActivityRow]:
    """Return the ledger called *ledger*; without a name that of all activities, which says where else each stands."""
    columns: list[LedgerColumn[ActivityRow]] = [
        LedgerColumn("日期", day_text),
        LedgerColumn("活动名称", lambda row: row.draft.name),
        LedgerColumn("类别", lambda row: row.draft.category),
        LedgerColumn("地点", lambda row: row.draft.place),
        LedgerColumn("负责人", lambda row: row.draft.in_charge),
        LedgerColumn("参与单位", lambda row: row.draft.partners),
        LedgerColumn(
            "参加\n人次",
            lambda row: _count(row.draft.attendance),
            align="right",
            value=lambda row: row.draft.attendance,
            summed=True,
        ),
        LedgerColumn("工作量", lambda row: work_text(row.draft.work)),
    ]
    if not ledger:
        columns.append(LedgerColumn("记入台账", lambda row: "、".join(row.draft.ledgers)))
    columns.append(LedgerColumn("小结", _summary))
    return Ledger(ledger_title(ledger), tuple(columns))


def day_text(row: ActivityRow) -> str:
    """Return the day, or both days of a longer activity, with the hour behind."""
    until = f"至{plain_day(row.draft.ends_on)}" if row.draft.ends_on else ""
    return f"{plain_day(row.held_on)}{until} {row.draft.clock}".rstrip()


def _count(number: int | None) -> str:
    return NO_VALUE if number is None else f"{number:,}"


def _summary(row: ActivityRow) -> str:
    """Return the summary; what was not held says so first, so that nobody counts it."""
    state = "" if row.draft.status == HELD else f"（{row.draft.status}）"
    return f"{state}{row.draft.summary}"
