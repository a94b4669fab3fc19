"""How places did in the inspections of a period: who was best, who was worst, by the mean of the scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from sqlmodel import Session, col

from desktop.foundation.days import Period
from desktop.inspections.place_names import PlaceNames
from desktop.inspections.records import Inspection
from desktop.inspections.rules import HUNDREDTHS, ON_SPOT, PASSED
from desktop.store.query import pick

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class PlaceScore:
    """One place over a period; *rank* counts from 1, places with equal means share one, None without any score."""

    place: str
    inspections: int
    passed: int
    findings: int
    settled: int
    mean: Decimal | None
    rank: int | None

    @property
    def mean_text(self) -> str:
        """Return the mean to two places, half up, or a dash."""
        return "—" if self.mean is None else str(self.mean.quantize(_HUNDREDTH, ROUND_HALF_UP))


@dataclass
class _Tally:
    inspections: int = 0
    passed: int = 0
    findings: int = 0
    settled: int = 0
    hundredths: list[int] = field(default_factory=list)


def ranking_in(session: Session, period: Period) -> list[PlaceScore]:
    """Return every place inspected in *period*, the best mean first, those without a score last."""
    query = pick(
        Inspection.place_id, Inspection.result, Inspection.has_finding, Inspection.treatment, Inspection.closed_on,
        Inspection.score_hundredths,
    ).where(
        col(Inspection.deleted_at).is_(None), col(Inspection.inspected_on).between(period.first, period.last)
    )  # fmt: skip
    tallies: dict[UUID, _Tally] = defaultdict(_Tally)
    for place, result, finding, treatment, closed_on, score in session.connection().execute(query):
        tally = tallies[place]
        tally.inspections += 1
        tally.passed += result == PASSED
        tally.findings += finding
        tally.settled += finding and (treatment == ON_SPOT or (closed_on is not None and closed_on <= period.last))
        if score is not None:
            tally.hundredths.append(score)
    names = PlaceNames(session)
    return ranked((names.shown(place), tally) for place, tally in tallies.items())


def ranked(tallies: Iterable[tuple[str, _Tally]]) -> list[PlaceScore]:
    """Return places with their ranks by the unrounded mean: 1, 2, 2, 4."""
    means = [(place, tally, _mean(tally.hundredths)) for place, tally in tallies]
    scored = sorted((mean for _place, _tally, mean in means if mean is not None), reverse=True)
    rows = [
        PlaceScore(
            place, tally.inspections, tally.passed, tally.findings, tally.settled, mean,
            None if mean is None else scored.index(mean) + 1,
        )
        for place, tally, mean in means
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0, row.place))


def _mean(hundredths: list[int]) -> Decimal | None:
    return Decimal(sum(hundredths)) / len(hundredths) / HUNDREDTHS if hundredths else None
