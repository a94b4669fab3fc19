"""The committee's own numbers as of a day: area, buildings, shops, cleaners; lines as people write them, and shares."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from desktop.foundation.text import fold_width, tidy

MOST_NUMBERS = 80
_LINE = re.compile(
    r"^(?P<name>\S+)\s+(?P<amount>[\d,]+(?:\.\d+)?|[—－-]+)\s*(?P<unit>[^\s\d占目.,][^\s]*)"
    r"(?:\s+占\s*(?P<of>\S+))?(?:\s+目标\s*(?P<target>\d+(?:\.\d+)?)\s*%?)?$"
)
_HUNDREDTH = Decimal("0.01")
_LONGEST = {"name": 40, "unit": 20, "of": 40}


@dataclass(frozen=True)
class ProfileNumber:
    """One number; without *amount* the report looks for a line of that name. *of* names the number it is a share of.

    *target* is what the plan wants: per cent where *of* is given or the unit is %, else in the unit itself.
    """

    name: str
    amount: Decimal | None
    unit: str
    of: str = ""
    target: Decimal | None = None

    @property
    def words(self) -> str:
        """Return 面积0.28平方公里."""
        return f"{self.name}{plain(self.amount)}{self.unit}"

    @property
    def line(self) -> str:
        """Return the number as it is typed: 卫生厕所 12433 户 占 农户 目标 90."""
        of = f" 占 {self.of}" if self.of else ""
        target = f" 目标 {plain(self.target)}" if self.target is not None else ""
        return f"{self.name} {plain(self.amount)} {self.unit}{of}{target}"


@dataclass(frozen=True)
class ProfileNumbers:
    """All numbers as of one day, in the order they were written."""

    as_of: date
    numbers: tuple[ProfileNumber, ...]

    @property
    def words(self) -> str:
        """Return the numbers that have an amount in one sentence, without its full stop."""
        return "，".join(one.words for one in self.numbers if one.amount is not None)

    @property
    def text(self) -> str:
        """Return the lines to be edited."""
        return "\n".join(one.line for one in self.numbers)

    def amount(self, name: str, found: Callable[[str], Decimal | None] = lambda _name: None) -> Decimal | None:
        """Return the amount called *name*; what has none is looked for by *found*."""
        one = next((one for one in self.numbers if one.name == name), None)
        return one.amount if one is not None and one.amount is not None else found(name)

    def share(self, one: ProfileNumber, found: Callable[[str], Decimal | None] = lambda _name: None) -> Decimal | None:
        """Return the per cent *one* makes of the number it is a share of, rounded; None where either is unknown."""
        part, whole = self.amount(one.name, found), self.amount(one.of, found) if one.of else None
        if part is None or not whole:
            return None
        return (part * 100 / whole).quantize(_HUNDREDTH, ROUND_HALF_UP)


def plain(amount: Decimal | None) -> str:
    """Return a number without needless zeros, a dash for none."""
    return "—" if amount is None else format(amount.normalize(), "f")


def read_numbers(text: str) -> tuple[list[ProfileNumber], list[str]]:
    """Return the numbers of *text*, one a line, and what is wrong with it in sentences."""
    numbers: list[ProfileNumber] = []
    told: list[str] = []
    for place, line in enumerate(text.splitlines(), start=1):
        if not (words := tidy(line)):
            continue
        found = _LINE.match(" ".join(fold_width(words).split()))
        if found is None:
            told.append(f"第{place}行“{words[:20]}”看不懂，请写成“面积 0.28 平方公里”或“卫生厕所 12433 户 占 农户”。")
            continue
        one = ProfileNumber(
            found["name"], _decimal(found["amount"]), found["unit"], found["of"] or "", _decimal(found["target"])
        )
        told += [f"第{place}行太长了。" for name, most in _LONGEST.items() if len(getattr(one, name)) > most]
        if any(one.name == before.name for before in numbers):
            told.append(f"“{one.name}”写了两次。")
        numbers.append(one)
    names = {one.name for one in numbers}
    told += [
        f"“{one.name}”说占“{one.of}”，可是没有“{one.of}”这一行。" for one in numbers if one.of and one.of not in names
    ]
    if len(numbers) > MOST_NUMBERS:
        told.append(f"最多{MOST_NUMBERS}行，现在是{len(numbers)}行。")
    return numbers, told


def stored_of(numbers: Sequence[ProfileNumber]) -> list[dict[str, Any]]:
    """Return *numbers* as an edition keeps them; decimals are texts."""
    return [
        {
            "name": one.name, "unit": one.unit,
            **({"amount": plain(one.amount)} if one.amount is not None else {}),
            **({"of": one.of} if one.of else {}),
            **({"target": plain(one.target)} if one.target is not None else {}),
        }
        for one in numbers
    ]  # fmt: skip


def numbers_of(as_of: date, content: Mapping[str, Any]) -> ProfileNumbers:
    """Return what ``stored_of`` kept."""
    return ProfileNumbers(
        as_of,
        tuple(
            ProfileNumber(
                one["name"], _decimal(one.get("amount")), one["unit"], one.get("of", ""), _decimal(one.get("target"))
            )
            for one in content["numbers"]
        ),
    )


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text.replace(",", "")) if text and text[0].isdigit() else None
