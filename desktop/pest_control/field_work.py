"""Treatments and monitoring: what was done and found at places, with bands and grades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col

from desktop.foundation.errors import Problem
from desktop.pest_control.agent_rules import banned_sentence
from desktop.pest_control.cells import AEDES_CELLS, TREATMENT_CELLS, Cell, density_cells, into_name
from desktop.pest_control.density_rules import Limits, band_of, index, limits_in, scale_of, unit_of
from desktop.pest_control.legal import aedes_values_in, agents_in, density_edition_in, indicators_in, ingredients_in
from desktop.pest_control.records import AedesCheck, DensityCheck, Treatment
from desktop.pest_control.rules import (
    AedesDraft,
    DensityDraft,
    TreatmentDraft,
    check_aedes,
    check_density,
    check_treatment,
)
from desktop.pest_control.service import Book, judged
from desktop.pest_control.views import EntryRow, HalfMonth
from desktop.register.rights import Right
from desktop.register.service.orders import by_place
from desktop.store.query import pick
from desktop.store.records import Record
from desktop.store.sorting import by_sound

_HALF_FROM_DAY = 16


class TreatmentBook(Book[TreatmentDraft]):
    """Treatments; they never move stock."""

    model, word, day, only_column = Treatment, "投药", "treated_on", "pest"

    def banned(self, agent: str, day: date | None) -> str:
        """Return why *agent*, or what the stock ledger says is in it, must not be used on *day* (today); or ''."""
        self._officer.require(Right.SEE_PEST)
        with self._store.reading() as session:
            found = _banned(session, agent, day or self._clock.today())
        return found[0].message if found else ""

    def _ways(self) -> Mapping[str, Any]:
        return {
            "pest": by_sound(Treatment.pest),
            "place": by_place(col(Treatment.place_id)),
            "agent": by_sound(Treatment.agent),
            "quantity": col(Treatment.quantity_milli),
            "households": col(Treatment.households),
            "way": by_sound(Treatment.way),
            "who": by_sound(Treatment.operator),
        }

    def _cells(self, session: Session) -> tuple[Cell, ...]:
        return TREATMENT_CELLS

    def _title(self, draft: TreatmentDraft) -> str:
        return f"{draft.place} 灭{draft.pest}"

    def _problems(self, session: Session, draft: TreatmentDraft, today: date) -> list[Problem]:
        problems = check_treatment(draft, today=today)
        if draft.treated_on is not None:
            problems += _banned(session, draft.agent, draft.treated_on)
        return problems

    def _made(self, values: Mapping[str, Any], record: Record) -> TreatmentDraft:
        return TreatmentDraft(**values)

    def _with_verdicts(
        self, session: Session, rows: list[EntryRow[TreatmentDraft]], records: Sequence[Record]
    ) -> list[EntryRow[TreatmentDraft]]:
        return rows


class AedesBook(Book[AedesDraft]):
    """Aedes checks, each with its Breteau index and band."""

    model, word, day, only_column = AedesCheck, "伊蚊监测", "checked_on", "container_kind"

    def bands(self) -> Mapping[str, Any]:
        """Return the values of the bands in force today: limits, 边界口径, days to clear."""
        self._officer.require(Right.SEE_PEST)
        with self._store.reading() as session:
            return aedes_values_in(session, self._clock.today())

    def half_months(self, year: int) -> list[HalfMonth]:
        """Return what was found in each half month of *year* that had a check, in order; indices of the sums."""
        self._officer.require(Right.SEE_PEST)
        query = pick(AedesCheck.checked_on, AedesCheck.households, AedesCheck.positive_containers).where(
            col(AedesCheck.deleted_at).is_(None),
            col(AedesCheck.checked_on).between(date(year, 1, 1), date(year, 12, 31)),
        )
        sums: dict[tuple[int, int], list[int]] = {}
        with self._store.reading() as session:
            values = aedes_values_in(session, min(date(year, 12, 31), self._clock.today()))
            for day, households, positive in session.connection().execute(query):
                mine = sums.setdefault((day.month, int(day.day >= _HALF_FROM_DAY)), [0, 0])
                mine[0] += households
                mine[1] += positive
        return [
            HalfMonth(
                year, month, half, checked, positive, bi := index(positive, checked), band_of(bi, values)
            )
            for (month, half), (checked, positive) in sorted(sums.items())
        ]  # fmt: skip

    def _ways(self) -> Mapping[str, Any]:
        bi = col(AedesCheck.positive_containers) * 1.0 / func.nullif(AedesCheck.households, 0)
        return {
            "place": by_place(col(AedesCheck.place_id)),
            "households": col(AedesCheck.households),
            "containers": col(AedesCheck.positive_containers),
            "homes": col(AedesCheck.positive_households),
            "bi": bi,
            "band": bi,
        }

    def _cells(self, session: Session) -> tuple[Cell, ...]:
        return AEDES_CELLS

    def _title(self, draft: AedesDraft) -> str:
        return draft.place

    def _problems(self, session: Session, draft: AedesDraft, today: date) -> list[Problem]:
        return check_aedes(draft, today=today)

    def _made(self, values: Mapping[str, Any], record: Record) -> AedesDraft:
        return AedesDraft(**values)

    def _with_verdicts(
        self, session: Session, rows: list[EntryRow[AedesDraft]], records: Sequence[Record]
    ) -> list[EntryRow[AedesDraft]]:
        found = []
        for row in rows:
            draft = row.draft
            bi = index(draft.positive_containers or 0, draft.households or 0)
            values = aedes_values_in(session, draft.checked_on or self._clock.today())
            found.append(judged(row, value=bi, verdict=band_of(bi, values) or ""))
        return found


class DensityBook(Book[DensityDraft]):
    """Density measurements, each with its index and grade."""

    model, word, day, only_column = DensityCheck, "密度监测", "checked_on", "indicator"

    def indicators(self) -> dict[str, Limits]:
        """Return every indicator the newest edition grades."""
        self._officer.require(Right.SEE_PEST)
        with self._store.reading() as session:
            return indicators_in(session)

    def latest(self) -> list[EntryRow[DensityDraft]]:
        """Return the newest measurement of every indicator."""
        found: dict[str, EntryRow[DensityDraft]] = {}
        for name in self.words("indicator"):
            newest = self.ids(only=name)[:1]
            found.update({row.draft.indicator: row for row in self.rows(newest)})
        return list(found.values())

    def _ways(self) -> Mapping[str, Any]:
        return {
            "indicator": by_sound(DensityCheck.indicator),
            "place": by_place(col(DensityCheck.place_id)),
            "share": col(DensityCheck.positive),
            "value": col(DensityCheck.positive) * 1.0 / func.nullif(DensityCheck.checked_milli, 0),
        }

    def _cells(self, session: Session) -> tuple[Cell, ...]:
        return density_cells(indicators_in(session))

    def _title(self, draft: DensityDraft) -> str:
        return draft.indicator

    def _problems(self, session: Session, draft: DensityDraft, today: date) -> list[Problem]:
        return check_density(draft, today=today, per_unit=scale_of(draft.indicator) == 1)

    def _checked(self, session: Session, draft: DensityDraft) -> dict[str, Any]:
        columns = super()._checked(session, draft)
        limits = indicators_in(session).get(columns["indicator"])
        wanted = len(limits.means) if limits is not None else 0
        # What was counted for an indicator that was typed before the one that is stored says nothing.
        return {
            **columns,
            "count": draft.count if wanted > 0 else None,
            "count_large": draft.count_large if wanted > 1 else None,
        }

    def _made(self, values: Mapping[str, Any], record: Record) -> DensityDraft:
        assert isinstance(record, DensityCheck)  # noqa: S101  this book's model
        return DensityDraft(**values, count=record.count, count_large=record.count_large)

    def _with_verdicts(
        self, session: Session, rows: list[EntryRow[DensityDraft]], records: Sequence[Record]
    ) -> list[EntryRow[DensityDraft]]:
        return [_graded(session, row) for row in rows]


def _banned(session: Session, agent: str, day: date) -> list[Problem]:
    name = into_name(agent)
    texts = [name, *sorted(ingredients_in(session, [name]).get(name, ()))]
    banned = agents_in(session).banned(texts, day) if name else None
    return [] if banned is None else [Problem("agent", "banned_agent", banned_sentence(banned))]


def _graded(session: Session, row: EntryRow[DensityDraft]) -> EntryRow[DensityDraft]:
    draft = row.draft
    checked, positive = draft.checked or Decimal(0), draft.positive or 0
    value, unit = index(positive, checked, scale_of(draft.indicator)), unit_of(draft.indicator)
    edition = density_edition_in(session, draft.checked_on) if draft.checked_on else None
    limits = limits_in(edition.content["values"]).get(draft.indicator) if edition else None
    if limits is None:
        return judged(row, value=value, unit=unit)
    grade = limits.grade(positive, checked, (draft.count, draft.count_large))
    return judged(row, value=value, unit=limits.unit, verdict=grade or "", too_few=limits.too_few(checked))
