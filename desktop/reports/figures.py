"""The figures of a period from every slice the officer may see, and the records they are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Decimal

from sqlmodel import Session

from desktop.foundation.days import Period
from desktop.register.ports import Figure, FigureRow, FigureRowSource, FigureSource
from desktop.register.rights import Officer, Right
from desktop.store.unit import Store

_HUNDREDTH = Decimal("0.01")


class FigureView:
    """The figures of one period as one moment of the file shows them; the rows behind them are read when asked for."""

    def __init__(
        self, session: Session, period: Period, sources: Sequence[FigureSource], row_sources: Sequence[FigureRowSource]
    ) -> None:
        self.period = period
        self.session = session
        self.figures = {figure.key: figure for source in sources for figure in source.figures(session, period)}
        self._row_sources = row_sources
        self._rows: dict[str, Sequence[FigureRow] | None] = {}

    def rows(self, key: str) -> Sequence[FigureRow] | None:
        """Return the records behind *key* in order of days; None if nothing shows them, or not to this officer."""
        if key not in self._rows:
            found = (source.rows_of(self.session, key, self.period) for source in self._row_sources)
            self._rows[key] = next((rows for rows in found if rows is not None), None)
        return self._rows[key]


class FigureService:
    """Asks every source in one reading transaction, so that all figures are of one moment."""

    def __init__(
        self,
        store: Store,
        officer: Officer,
        sources: Sequence[FigureSource],
        row_sources: Sequence[FigureRowSource] = (),
    ) -> None:
        self._store = store
        self._sources = [source for source in sources if officer.may(source.right)]
        self._row_sources = [source for source in row_sources if officer.may(source.right)]

    def of(self, period: Period, *, without: Collection[Right] = ()) -> dict[str, Figure]:
        """Return key → figure, in order of key within each slice.

        Sources that need a right in *without* are left out, so that a page that shows a handful need not wait for all.
        """
        sources = [source for source in self._sources if source.right not in without]
        with self._store.reading() as session:
            return FigureView(session, period, sources, ()).figures

    def rows(self, key: str, period: Period) -> list[FigureRow] | None:
        """Return the records a figure is made of, in order of days; None if it is none that shows its records."""
        with self._store.reading() as session:
            found = (source.rows_of(session, key, period) for source in self._row_sources)
            rows = next((rows for rows in found if rows is not None), None)
        return None if rows is None else list(rows)

    def shows(self, key: str) -> bool:
        """Return whether this officer can see the records behind figure *key*."""
        return any(source.shows(key) for source in self._row_sources)

    @contextmanager
    def views(self, periods: Sequence[Period]) -> Iterator[list[FigureView]]:
        """Yield a view of each period, all of one moment; they are good until the block ends."""
        with self._store.reading() as session:
            yield [FigureView(session, period, self._sources, self._row_sources) for period in periods]


def shown(value: int | Decimal | str | None) -> int | float | str | None:
    """Return *value* as JSON shows it: decimals rounded half up to two places, whole ones without a fraction."""
    if isinstance(value, Decimal):
        rounded = value.quantize(_HUNDREDTH, ROUND_HALF_UP)
        return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)
    return value
