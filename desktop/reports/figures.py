"""The figures of a period from every slice the officer may see."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from desktop.foundation.days import Period
from desktop.register.ports import Figure, FigureSource
from desktop.register.rights import Officer
from desktop.store.unit import Store

_HUNDREDTH = Decimal("0.01")


class FigureService:
    """Asks every source in one reading transaction, so that all figures are of one moment."""

    def __init__(self, store: Store, officer: Officer, sources: Sequence[FigureSource]) -> None:
        self._store = store
        self._officer = officer
        self._sources = sources

    def of(self, period: Period) -> dict[str, Figure]:
        """Return key → figure, in order of key within each slice."""
        with self._store.reading() as session:
            return {
                figure.key: figure
                for source in self._sources
                if self._officer.may(source.right)
                for figure in source.figures(session, period)
            }


def shown(value: int | Decimal | str | None) -> int | float | str | None:
    """Return *value* as JSON shows it: decimals rounded half up to two places, whole ones without a fraction."""
    if isinstance(value, Decimal):
        rounded = value.quantize(_HUNDREDTH, ROUND_HALF_UP)
        return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)
    return value
