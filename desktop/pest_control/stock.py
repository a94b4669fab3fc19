"""The stock ledger: entries with the balance after each, what is left of every batch, and what the law says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from desktop.foundation.errors import Problem
from desktop.pest_control.agent_rules import banned_sentence, doubt_sentence
from desktop.pest_control.cells import STOCK_CELLS, Cell, stored_values
from desktop.pest_control.legal import agents_in
from desktop.pest_control.records import StockBalance, StockEntry
from desktop.pest_control.rules import StockDraft, check_stock
from desktop.pest_control.service import Book, judged
from desktop.pest_control.stock_rules import DISCARDED, from_milli
from desktop.pest_control.views import BatchLine, EntryRow
from desktop.register.rights import Right
from desktop.store.models import table_of
from desktop.store.query import among, pick
from desktop.store.records import Record
from desktop.store.sorting import by_sound


class StockBook(Book[StockDraft]):
    """Stock entries; the balance is guarded by balance.BalanceRows."""

    model, word, day, only_column, has_place = StockEntry, "出入库", "happened_on", "agent", False

    def balances(self) -> list[BatchLine]:
        """Return what is left of every product and batch, in order of name and expiry."""
        self._officer.require(Right.SEE_PEST)
        with self._store.reading() as session:
            return balances_in(session)

    def latest(self, agent: str) -> StockDraft | None:
        """Return the newest entry of *agent*, to fill a form with what stays the same."""
        found = self.ids(only=agent)
        return self.rows(found[:1])[0].draft if found else None

    def has_batch(self, agent: str, batch: str) -> bool:
        """Return whether anything was ever entered of *agent*'s *batch*."""
        self._officer.require(Right.SEE_PEST)
        key = stored_values(STOCK_CELLS, {"agent": agent, "batch": batch})
        query = select(func.count()).where(
            StockEntry.agent == key["agent"], StockEntry.batch == key["batch"], col(StockEntry.deleted_at).is_(None)
        )
        with self._store.reading() as session:
            return session.exec(query).one() > 0

    def advice(self, agent: str, ingredient: str, day: date) -> str:
        """Return what to heed about an agent that may be used: restricted sale, status to be looked up; or ''."""
        self._officer.require(Right.SEE_PEST)
        with self._store.reading() as session:
            agents = agents_in(session)
        if (doubtful := agents.doubtful((agent, ingredient), day)) is not None:
            return f"{doubt_sentence(doubtful)}。"
        if (limited := agents.restricted((agent, ingredient), day)) is not None:
            return f"“{limited.name}”是限制使用农药，请到定点经营处购买，留好票据。"
        return ""

    def _ways(self) -> Mapping[str, Any]:
        left = pick(StockBalance.balance_milli).where(col(StockBalance.entry_id) == col(StockEntry.id))
        return {
            "agent": by_sound(StockEntry.agent),
            "batch": by_sound(StockEntry.batch),
            "movement": by_sound(StockEntry.movement),
            "quantity": col(StockEntry.quantity_milli),
            "left": left.scalar_subquery(),
            "who": by_sound(StockEntry.handler),
        }

    def _cells(self, session: Session) -> tuple[Cell, ...]:
        return STOCK_CELLS

    def _title(self, draft: StockDraft) -> str:
        return f"{draft.agent} {draft.movement}"

    def _problems(self, session: Session, draft: StockDraft, today: date) -> list[Problem]:
        problems = check_stock(draft, today=today)
        if draft.happened_on is None or draft.movement == DISCARDED:
            return problems
        agents = agents_in(session)
        for name, text in (("agent", draft.agent), ("ingredient", draft.ingredient)):
            if (banned := agents.banned([text], draft.happened_on)) is not None:
                problems.append(Problem(name, "banned_agent", banned_sentence(banned)))
        return problems

    def _made(self, values: Mapping[str, Any], record: Record) -> StockDraft:
        return StockDraft(**values)

    def _with_verdicts(
        self, session: Session, rows: list[EntryRow[StockDraft]], records: Sequence[Record]
    ) -> list[EntryRow[StockDraft]]:
        query = pick(StockBalance.entry_id, StockBalance.balance_milli).where(
            among(StockBalance.entry_id, [row.id for row in rows])
        )
        left = {entry: milli for entry, milli in session.connection().execute(query)}  # noqa: C416
        return [judged(row, value=from_milli(left.get(row.id)), unit=row.draft.package) for row in rows]


def balances_in(session: Session) -> list[BatchLine]:
    """Return what is left of every product and batch, in order of name and expiry."""
    last = table_of(StockBalance).alias("last")
    newest = pick(func.max(last.c.place)).where(
        last.c.agent == col(StockBalance.agent), last.c.batch == col(StockBalance.batch)
    )
    query = (
        pick(
            StockBalance.agent, StockBalance.batch, StockEntry.ingredient, StockEntry.package,
            StockEntry.package_mg, StockEntry.expires_on, StockBalance.balance_milli, StockEntry.happened_on,
        )
        .join(StockEntry, col(StockEntry.id) == col(StockBalance.entry_id))
        .where(col(StockBalance.place) == newest.scalar_subquery())
    )  # fmt: skip
    lines = [
        BatchLine(agent, batch, ingredient, package, from_milli(weight), expires, from_milli(milli) or 0, day)  # type: ignore[arg-type]
        for agent, batch, ingredient, package, weight, expires, milli, day in session.connection().execute(query)
    ]
    return sorted(lines, key=lambda line: (line.agent, line.expires_on or date.max, line.batch))
