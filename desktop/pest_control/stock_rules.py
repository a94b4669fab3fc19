"""The balance of one 药品+批号 as pure functions: in which order entries count, and which one takes too much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

OPENING, RECEIVED, DRAWN, HANDED_OUT = "期初", "入库", "领用", "发放到户"
RETURNED, COLLECTED, DISCARDED, COUNTED = "退回", "回收", "报废", "盘点"
MOVEMENTS = (OPENING, RECEIVED, DRAWN, HANDED_OUT, RETURNED, COLLECTED, DISCARDED, COUNTED)
FIRST_OF_DAY = frozenset({OPENING, RECEIVED})
OUTWARD = frozenset({DRAWN, HANDED_OUT, DISCARDED})
# What is collected from homes (余药, 空瓶) goes to disposal: it is written down but never issued again.
UNCHANGED = frozenset({COLLECTED})
MILLI = 1000
"""Thousandths of a package, metre or gram in one; quantities are stored as whole thousandths."""

Key = TypeVar("Key")


@dataclass(frozen=True)
class Move(Generic[Key]):
    """One entry of one product and batch; *key* tells it apart, *order* is its place among those of the same day."""

    key: Key
    day: date
    movement: str
    milli: int
    order: tuple[int, ...]

    @property
    def place(self) -> tuple[date, bool, tuple[int, ...]]:
        """Return where the entry counts: by day, what comes in first, then as entered."""
        return self.day, self.movement not in FIRST_OF_DAY, self.order

    def after(self, balance: int) -> int:
        """Return the balance after this entry, in thousandths."""
        if self.movement == COUNTED:
            return self.milli
        if self.movement in UNCHANGED:
            return balance
        return balance - self.milli if self.movement in OUTWARD else balance + self.milli


@dataclass(frozen=True)
class Shortage(Generic[Key]):
    """An entry that takes more than there was: *had* thousandths before it."""

    move: Move[Key]
    had: int


def running(moves: Iterable[Move[Key]]) -> Iterator[tuple[Move[Key], int, int]]:
    """Yield each entry in order with the balance before and after it."""
    balance = 0
    for move in sorted(moves, key=lambda one: one.place):
        before, balance = balance, move.after(balance)
        yield move, before, balance


def first_shortage(moves: Iterable[Move[Key]]) -> Shortage[Key] | None:
    """Return the entry that first goes below zero, or None."""
    return next((Shortage(move, before) for move, before, after in running(moves) if after < 0), None)


def refusals(stored: Sequence[Move[Key]], fresh: Sequence[Move[Key]]) -> list[tuple[Move[Key], Shortage[Key]]]:
    """Return which of *fresh* cannot be added to *stored*, each with the shortage it makes.

    The entry that first goes below zero is refused. Where that is a stored one, the last fresh entry before it that
    lowered the balance is; what is refused no longer counts for the entries after it.
    """
    kept, found = list(fresh), list[tuple[Move[Key], Shortage[Key]]]()
    while (short := first_shortage([*stored, *kept])) is not None:
        culprit = _culprit(short, kept)
        if culprit is None:
            break
        kept.remove(culprit)
        found.append((culprit, short))
    return found


def _culprit(short: Shortage[Key], kept: Sequence[Move[Key]]) -> Move[Key] | None:
    if short.move in kept:
        return short.move
    lowering = [
        move
        for move in kept
        if move.place < short.move.place and (move.movement in OUTWARD or move.movement == COUNTED)
    ]
    return max(lowering, key=lambda move: move.place, default=None)


def to_milli(value: Decimal | int) -> int:
    """Return whole thousandths."""
    return int((Decimal(value) * MILLI).to_integral_value())


def from_milli(milli: int | None) -> Decimal | None:
    """Return the number without needless zeros; None stays None."""
    if milli is None:
        return None
    return Decimal(format((Decimal(milli) / MILLI).normalize(), "f"))


def amount(milli: int) -> str:
    """Return thousandths as people write them: 8, 2.5, 1,800."""
    return f"{from_milli(milli):,}"
