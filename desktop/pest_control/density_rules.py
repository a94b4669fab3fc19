"""Indices, bands and grades as pure functions; every limit comes in with the standard, none stands here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from desktop.foundation.text import squeeze

BANDS = ("〇级", "一级", "二级", "三级")
BAND_WORDS = {"〇级": "达标", "一级": "低度", "二级": "中度", "三级": "高度"}
GRADES = ("A级", "B级", "C级")
BELOW_C = "低于C级"
UPPER_INCLUDED = "含上限"
# What is counted per kilometre or per person and turn is no share of a hundred (GB/T 23797, 23798).
_PER_UNIT = ("路径指数", "停落指数")


def scale_of(indicator: str) -> int:
    """Return what positives ÷ checked is multiplied by: 100 for rates, 1 for indices per kilometre or person."""
    return 1 if indicator.endswith(_PER_UNIT) else 100


def unit_of(indicator: str) -> str:
    """Return the unit of an index no standard speaks of: %, 处/km or 只/人次."""
    if is_per_km(indicator):
        return "处/km"
    return "只/人次" if scale_of(indicator) == 1 else "%"


def is_per_km(indicator: str) -> bool:
    """Return whether 检查数 is a length in kilometres."""
    return indicator.endswith("路径指数")


def index(positive: Decimal | int, checked: Decimal | int, scale: int = 100) -> Decimal | None:
    """Return positive ÷ checked × scale, unrounded; None where nothing was checked."""
    return Decimal(positive) * scale / Decimal(checked) if checked else None


def band_of(bi: Decimal | None, values: Mapping[str, Any]) -> str | None:
    """Return 〇级 to 三级 for an unrounded Breteau index; on a limit the lower band unless the standard says 含下限."""
    if bi is None:
        return None
    limits = band_limits(values)
    included = values["boundary"]["value"] == UPPER_INCLUDED
    return BANDS[sum(bi > limit if included else bi >= limit for limit in limits)]


def band_limits(values: Mapping[str, Any]) -> tuple[Decimal, Decimal, Decimal]:
    """Return the three limits between the bands."""
    one, two, three = (Decimal(str(values[f"band_{number}_above"]["value"])) for number in (1, 2, 3))
    return one, two, three


def band_ends(values: Mapping[str, Any]) -> tuple[tuple[str, str, Decimal | None], ...]:
    """Return each band's name, its range as charts write it, and its upper end (None for the last)."""
    limits = band_limits(values)
    included = values["boundary"]["value"] == UPPER_INCLUDED
    low, high = (">", "≤") if included else ("≥", "<")
    ranges = [f"{high}{limits[0]:g}", *(f"{low}{below:g}" for below in limits)]
    if included:
        ranges[1:3] = [f">{below:g}—{upto:g}" for below, upto in pairwise(limits)]
    return tuple(zip(BANDS, ranges, (*limits, None), strict=True))


@dataclass(frozen=True)
class Mean:
    """A count per positive room or scoop that a grade asks for as well: 成蝇 ≤3, 小蠊 ≤5."""

    of: str
    limits: tuple[Decimal, ...]
    unit: str


@dataclass(frozen=True)
class Limits:
    """The cut-points A, B, C of one indicator; *at_least* for rates that are good when high."""

    indicator: str
    pest: str
    unit: str
    limits: tuple[Decimal, ...]
    at_least: bool = False
    means: tuple[Mean, ...] = ()
    least_checked: Decimal | None = None
    note: str = ""
    unverified: bool = False
    aliases: tuple[str, ...] = field(default=(), repr=False)

    def grade(self, positive: Decimal | int, checked: Decimal | int, counts: Sequence[int | None] = ()) -> str | None:
        """Return A级 to 低于C级 by the worst of rate and means; None if nothing was checked or a needed count lacks.

        A count is not needed where there was no positive, or where the rate alone is below C already.
        """
        value = index(positive, checked, scale_of(self.indicator))
        if value is None:
            return None
        worst = _place(value, self.limits, at_least=self.at_least)
        if not self.means or not positive or worst == len(self.limits):
            return _named(worst)
        for number, mean in enumerate(self.means):
            count = counts[number] if number < len(counts) else None
            if count is None:
                return None
            worst = max(worst, _place(Decimal(count) / Decimal(positive), mean.limits))
        return _named(worst)

    def too_few(self, checked: Decimal | int) -> bool:
        """Return whether so little was checked that a single positive decides the grade."""
        return self.least_checked is not None and Decimal(checked) < self.least_checked


def limits_in(values: Mapping[str, Any]) -> dict[str, Limits]:
    """Return indicator → limits of one edition."""
    return {name: _limits(name, entry) for name, entry in values.items()}


def indicator_name(written: str, known: Mapping[str, Limits]) -> str:
    """Return the indicator as the standard calls it, or what was written if it is none of them."""
    plain = squeeze(written)
    for name, limits in known.items():
        if plain == squeeze(name) or plain in limits.aliases:
            return name
    return written


def _limits(name: str, entry: Mapping[str, Any]) -> Limits:
    least = entry.get("least_checked")
    return Limits(
        indicator=name,
        pest=entry["pest"],
        unit=entry["unit"],
        limits=_decimals(entry["value"]),
        at_least=bool(entry.get("at_least", False)),
        means=tuple(Mean(one["of"], _decimals(one["value"]), one["unit"]) for one in entry.get("means", ())),
        least_checked=Decimal(least) if least is not None else None,
        note=entry.get("note", ""),
        unverified=bool(entry.get("unverified", False)),
        aliases=tuple(squeeze(alias) for alias in entry.get("aliases", ())),
    )


def _decimals(texts: Sequence[str]) -> tuple[Decimal, ...]:
    return tuple(Decimal(text) for text in texts)


def _place(value: Decimal, limits: Sequence[Decimal], *, at_least: bool = False) -> int:
    return sum(value < limit if at_least else value > limit for limit in limits)


def _named(place: int) -> str:
    return GRADES[place] if place < len(GRADES) else BELOW_C
