"""工作量: what an activity brought about, as `名称 数量 单位` with the 余, 多 or 约 that stood at the number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from desktop.foundation.errors import Problem
from desktop.foundation.text import fold_width, tidy

MILLI = 1000
"""Thousandths in one unit; amounts are stored in whole thousandths."""
LARGEST = Decimal(10) ** 12
NAME_LENGTH, UNIT_LENGTH = 100, 20

_TEN_THOUSAND = 10_000
_BREAK = re.compile(r"[;；\n]+")
# The unit holds no digit but the last of m2 and m3, so that in "A4传单 500 份" only 500 can be the number.
_ITEM = re.compile(
    r"(?P<name>\S.*?)\s*(?P<about>约)?\s*(?P<number>(?<![\d.,])[+-]?\d+(?:,\d{3})*(?:\.\d+)?)\s*(?P<wan>万)?"
    r"\s*(?P<more>[余多])?\s*(?P<unit>[^\d\s.,%+-]+[23]?)",
    re.ASCII,
)
_BLANKS = re.compile(r"\s+")
_UNITS = {"m2": "平方米", "㎡": "平方米", "m²": "平方米", "m3": "立方米", "m³": "立方米", "平米": "平方米"}


@dataclass(frozen=True)
class Work:
    """One thing done or handed out; *qualifier* is what the number was called: 约, 余, 多, or 约 with one of them."""

    name: str
    amount: Decimal
    unit: str
    qualifier: str = ""

    @property
    def number(self) -> str:
        """Return the number as people write it: 600, 约600, 600余."""
        plain = format(self.amount.normalize(), "f")
        return f"{'约' if '约' in self.qualifier else ''}{plain}{self.qualifier.replace('约', '')}"

    @property
    def text(self) -> str:
        """Return 清理杂草 600余 平方米."""
        return f"{self.name} {self.number} {self.unit}"


def work_text(work: Iterable[Work]) -> str:
    """Return *work* as one cell."""
    return "；".join(item.text for item in work)


def read_work(text: str) -> tuple[tuple[Work, ...], list[Problem]]:
    """Return what *text* says item by item, and for every item that says nothing a problem with code and sentence."""
    work: list[Work] = []
    problems: list[Problem] = []
    for piece in _BREAK.split(tidy(text)):
        if not piece.strip(" ，,。、"):
            continue
        item = _read_item(piece.strip())
        if isinstance(item, Problem):
            problems.append(item)
        else:
            work.append(item)
    return tuple(work), problems


def check_work(item: Work) -> Problem | None:
    """Return what keeps *item* from being stored; a form says it beside the line, a sheet in its cell."""
    verdicts = (
        (not item.name, "required", "工作量要写做了什么，如“清理杂草”。"),
        (not item.unit, "required", f"“{item.name}”要写单位，如“平方米”。"),
        (_is_long(item), "number_invalid", "工作量的名称或单位太长，请写短些。"),
        (item.amount < 0, "number_negative", f"“{item.name}”的数量不能小于0。"),
        (_is_large(item), "number_invalid", f"“{item.name}”的数量太大，或小数多于3位，请核对。"),
        (not _reads_again(item), "number_invalid",
         f"“{_shortened(item.text)}”分不清名称和数量，名称里请不要用分号。"),
    )  # fmt: skip
    return next((Problem("work", code, message) for bad, code, message in verdicts if bad), None)


def _is_long(item: Work) -> bool:
    return len(item.name) > NAME_LENGTH or len(item.unit) > UNIT_LENGTH


def _is_large(item: Work) -> bool:
    return item.amount >= LARGEST or item.amount * MILLI != (item.amount * MILLI).to_integral_value()


def _reads_again(item: Work) -> bool:
    """Return whether *item* reads again as the same once it is written, in the sheet and for the figures."""
    found = _ITEM.fullmatch(fold_width(item.text))
    return found is not None and not _BREAK.search(item.text) and _item(found) == item


def read_number(text: str) -> tuple[Decimal, str] | None:
    """Return (number, qualifier) of what stands in a number box: 600, 约600, 1.2万余; None if it is no number."""
    # With a name before and a unit behind it reads as in a sheet.
    found = _ITEM.fullmatch(f"甲 {fold_width(tidy(text))} 个")
    return (_amount(found), _qualifier(found)) if found and found["name"] == "甲" and found["unit"] == "个" else None


def known_unit(text: str) -> str:
    """Return the unit as figures name it: 平方米 for m2."""
    return _UNITS.get(text, text)


def to_milli(amount: Decimal) -> int:
    """Return whole thousandths."""
    return int(amount * MILLI)


def from_milli(milli: int) -> Decimal:
    """Return the amount without needless zeros."""
    return Decimal(format((Decimal(milli) / MILLI).normalize(), "f"))


def _read_item(piece: str) -> Work | Problem:
    found = _ITEM.fullmatch(fold_width(piece))
    if found is None:
        return Problem(
            "work", "number_invalid", f"工作量“{_shortened(piece)}”要写成“名称 数量 单位”，如“清理杂草 600 平方米”。"
        )
    item = _item(found)
    return check_work(item) or item


def _item(found: re.Match[str]) -> Work:
    unit = found["unit"]
    name = _BLANKS.sub(" ", found["name"]).strip(" ：:，,、")
    return Work(name, _amount(found), known_unit(unit), _qualifier(found))


def _amount(found: re.Match[str]) -> Decimal:
    number = Decimal(found["number"].replace(",", "")) * (_TEN_THOUSAND if found["wan"] else 1)
    return Decimal(format(number.normalize(), "f"))


def _qualifier(found: re.Match[str]) -> str:
    return f"{found['about'] or ''}{found['more'] or ''}"


def _shortened(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"
