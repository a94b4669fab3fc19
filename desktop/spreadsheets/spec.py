"""What a kind of sheet consists of: slices declare it once, reading, templates and export all follow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

CellKind = Literal["text", "name", "id_number", "phone", "day", "past_day", "integer", "decimal", "choice", "tags"]
"""How a cell is read; ``past_day`` is a day that may not lie after today, ``name`` a person's name."""


@dataclass(frozen=True)
class SheetColumn:
    """One column: its heading, how its cells are read, and what the template tells the user about it."""

    key: str
    heading: str
    kind: CellKind = "text"
    required: bool = False
    synonyms: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    """A closed list; anything else is ``choice_unknown``."""
    aliases: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What a choice, tags or text cell may say instead, applied before the list is checked: {"1": "男"}."""
    suggestions: tuple[str, ...] = ()
    """An open list: offered in templates, not enforced."""
    hint: str = ""
    width: int = 12
    minimum: Decimal | None = None
    """Least value of a number; a negative one is ``number_negative`` unless the minimum allows it."""
    maximum: Decimal | None = None
    decimals: int = 0
    """Most decimal places of a ``decimal`` cell; more are refused, never rounded behind the user's back."""
    max_length: int = 200
    """Most characters the template lets the user type; reading refuses no text for its length."""
    strip_unit: tuple[str, ...] = ()
    """Units dropped from the end of number and text cells: ("人", "户")."""


@dataclass(frozen=True)
class SheetSpec:
    """One kind of sheet: ``kind`` for programs, ``title`` for tab names and file stems."""

    kind: str
    title: str
    columns: tuple[SheetColumn, ...]
    sum_columns: tuple[str, ...] = ()
    """Keys of number columns that are compared with a 合计 row."""

    def column(self, key: str) -> SheetColumn:
        """Return the column called *key*; KeyError means a slice misspelt its own key."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    @property
    def holds_numbers(self) -> bool:
        """Return whether a column holds identity or telephone numbers, which leave the program starred."""
        return any(column.kind in {"id_number", "phone"} for column in self.columns)

    @property
    def required(self) -> tuple[SheetColumn, ...]:
        """Return the columns that must be there and filled."""
        return tuple(column for column in self.columns if column.required)
