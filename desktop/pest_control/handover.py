"""What is left of bait and other agents, for whoever takes over the key of the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col

from desktop.foundation.days import plain_day
from desktop.pest_control.records import StockBalance, StockEntry
from desktop.pest_control.stock_rules import amount
from desktop.register.ports import OpenItem
from desktop.register.rights import Right
from desktop.store.models import table_of
from desktop.store.query import pick


class OpenStock:
    """Lists every product and batch of which something is left."""

    title = "除害药品结存"
    right = Right.SEE_PEST

    def open_items(self, session: Session, today: date) -> Sequence[OpenItem]:
        """Return product, batch, balance and expiry; *who* handled it last."""
        last = table_of(StockBalance).alias("last")
        newest = pick(func.max(last.c.place)).where(
            last.c.agent == col(StockBalance.agent), last.c.batch == col(StockBalance.batch)
        )
        entry = table_of(StockEntry).alias("entry")
        expiry = pick(func.max(entry.c.expires_on)).where(
            entry.c.agent == col(StockBalance.agent),
            entry.c.batch == col(StockBalance.batch),
            entry.c.deleted_at.is_(None),
        )
        query = (
            pick(
                StockBalance.agent, StockBalance.batch, StockBalance.balance_milli, StockEntry.package,
                expiry.scalar_subquery(), StockEntry.handler,
            )
            .join(StockEntry, col(StockEntry.id) == col(StockBalance.entry_id))
            .where(col(StockBalance.place) == newest.scalar_subquery(), col(StockBalance.balance_milli) != 0)
            .order_by(StockBalance.agent, StockBalance.batch)
        )  # fmt: skip
        return [
            OpenItem(_line(agent, batch, milli, package, expires_on), who=handler)
            for agent, batch, milli, package, expires_on, handler in session.connection().execute(query)
        ]


def _line(agent: str, batch: str, milli: int, package: str, expires_on: date | None) -> str:
    named = f"{agent}（批号{batch}）" if batch else agent
    expiry = f"，有效期至{plain_day(expires_on)}" if expires_on else ""
    return f"{named}：{amount(milli)}{package}{expiry}"
