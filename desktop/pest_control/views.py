"""What the pest control slice shows: frozen rows without a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar
from uuid import UUID

Draft = TypeVar("Draft")


@dataclass(frozen=True)
class EntryRow(Generic[Draft]):
    """One stored record with what is computed of it.

    *value* is the balance after a stock entry, the BI of an Aedes check, the index of a density measurement;
    *verdict* the band or grade; *too_few* that too little was checked for a grade to mean anything.
    """

    id: UUID
    version: int
    draft: Draft
    value: Decimal | None = None
    verdict: str = ""
    unit: str = ""
    too_few: bool = False


@dataclass(frozen=True)
class BatchLine:
    """What is left of one product and batch."""

    agent: str
    batch: str
    ingredient: str
    package: str
    package_g: Decimal | None
    expires_on: date | None
    balance: Decimal
    moved_on: date

    def expires_within(self, today: date, days: int) -> bool:
        """Return whether something is left that expires within *days* of *today*, or has expired."""
        return bool(self.balance) and self.expires_on is not None and (self.expires_on - today).days <= days


@dataclass(frozen=True)
class HalfMonth:
    """What was found of Aedes in half a month; *half* 0 is the 1st to the 15th."""

    year: int
    month: int
    half: int
    households: int
    positive_containers: int
    bi: Decimal | None
    band: str | None

    @property
    def title(self) -> str:
        """Return 6月上半月."""
        return f"{self.month}月{'下' if self.half else '上'}半月"
