"""The records behind one figure on paper."""

from __future__ import annotations

from desktop.foundation.days import plain_day
from desktop.printing.document import Ledger, LedgerColumn
from desktop.register.ports import FigureRow
from desktop.reports.table import number_text


def row_ledger(title: str, *, counted: bool) -> Ledger[FigureRow]:
    """Return the list called *title*; with *counted* each row says how much it adds to the figure."""
    columns = [
        LedgerColumn[FigureRow]("日期", lambda row: plain_day(row.day)),
        LedgerColumn[FigureRow]("什么", lambda row: row.what),
        LedgerColumn[FigureRow]("内容", lambda row: row.detail),
        LedgerColumn[FigureRow]("状态", lambda row: row.state, strong=lambda row: row.bad),
    ]
    if counted:
        columns.insert(3, LedgerColumn("数量", lambda row: number_text(row.amount), align="right"))
    return Ledger(title, tuple(columns))
