"""One campaign of treatments over an estate: how many packages, is there enough, how far it has come; pure rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


def amount_text(value: Decimal) -> str:
    """Return a number of packages as people write it: 1,800, 2.5."""
    return f"{value.normalize():,f}"


@dataclass(frozen=True)
class Bait:
    """What is laid out: against which pest, what, in which unit, and how much for one household."""

    pest: str
    agent: str
    unit: str
    per_household: Decimal | None

    def packages(self, households: int | None) -> Decimal | None:
        """Return what *households* get, None where either number is missing."""
        if households is None or self.per_household is None:
            return None
        return self.per_household * households


@dataclass(frozen=True)
class Laid:
    """What was typed of one building: households meant and done, and the packages of each bait."""

    due: int | None
    done: int | None
    packages: tuple[Decimal | None, ...]

    @property
    def is_filled(self) -> bool:
        """Return whether anything was done there."""
        return self.done is not None or any(one is not None for one in self.packages)


@dataclass(frozen=True)
class Need:
    """Whether the stock suffices for one bait: packages typed, those the remaining households would take, the stock."""

    bait: Bait
    used: Decimal
    households_left: int
    ahead: Decimal
    balance: Decimal

    @property
    def total(self) -> Decimal:
        """Return the packages of the whole campaign."""
        return self.used + self.ahead

    @property
    def missing(self) -> Decimal:
        """Return what the stock lacks, 0 if it suffices."""
        return max(self.total - self.balance, Decimal(0))

    @property
    def sentence(self) -> str:
        """Return 还有264户，约需528袋，够用, or how much is missing."""
        unit = self.bait.unit
        parts = [f"填了的要{amount_text(self.used)}{unit}"] if self.used else []
        if self.households_left and self.bait.per_household is not None:
            parts.append(f"还有{self.households_left:,}户，约需{amount_text(self.ahead)}{unit}")
        parts.append(f"差{amount_text(self.missing)}{unit}" if self.missing else "够用")
        return "，".join(parts)


@dataclass(frozen=True)
class Course:
    """How far a campaign has come: buildings, households and packages, over what was typed."""

    buildings: int
    filled: int
    due: int
    done: int
    packages: tuple[Decimal, ...]

    @property
    def left(self) -> int:
        """Return how many households are still without."""
        return max(self.due - self.done, 0)

    @property
    def coverage(self) -> Decimal | None:
        """Return the per cent of households done, unrounded; None where no household is known."""
        return Decimal(self.done * 100) / self.due if self.due else None


def course_of(rows: Sequence[Laid], baits: int) -> Course:
    """Return the sums over *rows*; households count as due only where their number is known."""
    sums = tuple(
        sum((row.packages[place] or Decimal(0) for row in rows if place < len(row.packages)), Decimal(0))
        for place in range(baits)
    )
    return Course(
        buildings=len(rows),
        filled=sum(row.is_filled for row in rows),
        due=sum(row.due or 0 for row in rows),
        done=sum(row.done or 0 for row in rows),
        packages=sums,
    )


def need_of(bait: Bait, place: int, rows: Sequence[Laid], balance: Decimal) -> Need:
    """Return the need of the bait in column *place*; buildings not filled yet count by their households."""
    used = course_of(rows, place + 1).packages[place]
    left = sum(row.due or 0 for row in rows if not row.is_filled)
    return Need(bait, used, left, bait.packages(left) or Decimal(0), balance)
