"""Derived balances of the stock ledger: made again whenever entries change, refusing what would go below zero."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col

from desktop.foundation.clock import Clock
from desktop.foundation.days import short_day
from desktop.foundation.errors import InputError, Problem
from desktop.pest_control.records import StockBalance, StockEntry
from desktop.pest_control.stock_rules import Move, Shortage, amount, first_shortage, running
from desktop.store.bulk import insert_rows
from desktop.store.models import entered, table_of
from desktop.store.query import among, pick
from desktop.store.unit import Store

BatchKey = tuple[str, str]
"""药品名称 and 批号."""
_IDS_AT_ONCE = 5_000


class BalanceRows:
    """Keeps stock_balance true; the one guard over every way an entry can change: forms, import, bin and undo."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def keep(self, store: Store) -> None:
        """Let *store* call back whenever entries change."""
        store.derive_from(StockEntry, self.derive)

    def derive(self, session: Session, entry_ids: Sequence[UUID]) -> None:
        """Make the balances of these entries' batches again; raise InputError where one would go below zero."""
        keys = _keys_before(session, entry_ids) | _keys_now(session, entry_ids)
        moves = moves_in(session, {agent for agent, _ in keys})
        units = _packages(session, entry_ids)
        rows = []
        for key in sorted(keys):
            mine = moves.get(key, [])
            if (short := first_shortage(mine)) is not None:
                sentence = shortage_sentence(
                    short, units.get(key[0], ""), self._clock.today(), own=short.move.key in set(entry_ids)
                )
                raise InputError(problems=[Problem("quantity", "stock_negative", sentence)])
            rows += [
                {"entry_id": move.key, "agent": key[0], "batch": key[1], "place": place, "balance_milli": after}
                for place, (move, _, after) in enumerate(running(mine))
            ]
        connection = session.connection()
        for agent, batch in keys:
            connection.execute(
                delete(StockBalance).where(col(StockBalance.agent) == agent, col(StockBalance.batch) == batch)
            )
        if rows:
            insert_rows(connection, table_of(StockBalance), rows)


def moves_in(session: Session, agents: Iterable[str]) -> dict[BatchKey, list[Move[object]]]:
    """Return (agent, batch) → living entries of *agents*; their order is that of being stored."""
    found: dict[BatchKey, list[Move[object]]] = defaultdict(list)
    query = pick(
        StockEntry.agent, StockEntry.batch, StockEntry.id, StockEntry.happened_on, StockEntry.movement,
        StockEntry.quantity_milli, entered(StockEntry),
    ).where(among(StockEntry.agent, list(agents)), col(StockEntry.deleted_at).is_(None))  # fmt: skip
    for agent, batch, entry_id, day, movement, milli, place in session.connection().execute(query):
        found[agent, batch].append(Move(entry_id, day, movement, milli, (0, place)))
    return found


def shortage_sentence(short: Shortage[object], package: str, today: date, *, own: bool) -> str:
    """Return 3月12日只剩 8 袋，这里写了 10 袋, or which later entry would lack; and what to do."""
    day, unit = short_day(short.move.day, today), f" {package}" if package else ""
    had, wanted = f"{amount(short.had)}{unit}", f"{amount(short.move.milli)}{unit}"
    if own:
        return f"{day}只剩 {had}，这里写了 {wanted}。请改数量，或先补登入库。"
    return f"这样一来，{day}{short.move.movement} {wanted}就不够了，那时只剩 {had}。请改数量，或先补登入库。"


def _keys_before(session: Session, entry_ids: Sequence[UUID]) -> set[BatchKey]:
    return _keys(session, StockBalance, "entry_id", entry_ids)


def _keys_now(session: Session, entry_ids: Sequence[UUID]) -> set[BatchKey]:
    return _keys(session, StockEntry, "id", entry_ids)


def _keys(
    session: Session, model: type[StockBalance] | type[StockEntry], owner: str, entry_ids: Sequence[UUID]
) -> set[BatchKey]:
    found: set[BatchKey] = set()
    for start in range(0, len(entry_ids), _IDS_AT_ONCE):
        part = entry_ids[start : start + _IDS_AT_ONCE]
        query = pick(model.agent, model.batch).where(among(table_of(model).columns[owner], part)).distinct()
        found.update((agent, batch) for agent, batch in session.connection().execute(query))
    return found


def _packages(session: Session, entry_ids: Sequence[UUID]) -> dict[str, str]:
    query = pick(StockEntry.agent, StockEntry.package).where(among(StockEntry.id, entry_ids[:_IDS_AT_ONCE]))
    return {agent: package for agent, package in session.connection().execute(query) if package}
