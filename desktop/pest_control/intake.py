"""The four sheets against what is stored: places, agents, balances, and rows stored already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from desktop.pest_control.agent_rules import AgentList, banned_sentence, doubt_sentence
from desktop.pest_control.balance import moves_in, shortage_sentence
from desktop.pest_control.cells import (
    AEDES_CELLS,
    STOCK_CELLS,
    TREATMENT_CELLS,
    Cell,
    density_cells,
    into_name,
    shown_values,
    stored_values,
)
from desktop.pest_control.density_rules import scale_of
from desktop.pest_control.legal import Places, agents_in, indicators_in, ingredients_in
from desktop.pest_control.records import AedesCheck, DensityCheck, StockEntry, Treatment
from desktop.pest_control.rules import exceeds
from desktop.pest_control.sheets import AEDES, DENSITY, STOCK, TREATMENTS
from desktop.pest_control.stock_rules import DISCARDED, FIRST_OF_DAY, Move, refusals
from desktop.register.ports import Plan
from desktop.register.records import Place
from desktop.register.rights import Right
from desktop.spreadsheets.judging import ReadRow, ReadSheet
from desktop.spreadsheets.spec import SheetSpec
from desktop.store.models import entered, table_of
from desktop.store.query import pick
from desktop.store.records import Record
from desktop.store.unit import Unit


@dataclass
class _Found:
    """What judging has found: row number → what will be stored, and rows that are stored already."""

    columns: dict[int, dict[str, Any]] = field(default_factory=dict)
    same: set[int] = field(default_factory=set)


class _Sheet:
    """What the four sheets share: values as stored, places, rows stored already, export by day and entry."""

    spec: SheetSpec
    right = Right.SEE_PEST
    dated = True
    model: type[Record]
    day: str
    has_place = True

    def cells(self, session: Session) -> tuple[Cell, ...]:
        """Return how this sheet's cells stand in the table."""
        raise NotImplementedError

    def check(self, session: Session, rows: Sequence[ReadRow], today: date) -> None:
        """Add what only this sheet knows to be wrong or doubtful with single rows."""

    def check_together(self, session: Session, rows: Sequence[ReadRow], found: _Found, today: date) -> None:
        """Add what is wrong with the new *rows* taken together with what is stored."""

    def judge(self, session: Session, sheet: ReadSheet, *, update: bool, today: date) -> Plan:
        """Find places, refuse what may not be, warn of rows stored already."""
        found = _Found()
        places = Places(session) if self.has_place else None
        where: dict[int, UUID | None] = {row.number: _place(row, places) for row in sheet.rows} if places else {}
        self.check(session, sheet.rows, today)
        cells = self.cells(session)
        stored = self._stored(session, sheet.accepted, cells)
        for row in sheet.accepted:
            columns = stored_values(cells, row.values)
            if self.has_place:
                columns["place_id"] = where[row.number]
            found.columns[row.number] = columns
            if tuple(columns.values()) in stored:
                found.same.add(row.number)
                row.warn(self.day, "row_exists", "这一条已经登记过，内容一样，不再存")
        fresh = [row for row in sheet.accepted if row.number not in found.same]
        self.check_together(session, fresh, found, today)
        return Plan(details={"found": found})

    def store(self, unit: Unit, sheet: ReadSheet, plan: Plan, *, today: date) -> None:
        """Insert the rows in bulk, in the order of the file."""
        found = plan.details["found"]
        assert isinstance(found, _Found)  # noqa: S101  made by judge
        unit.insert_many(
            self.model, [found.columns[row.number] for row in sheet.accepted if row.number not in found.same]
        )

    def rows(
        self, session: Session, first: date | None, last: date | None, *, unmasked: bool, today: date
    ) -> Iterable[Mapping[str, object]]:
        """Yield records in order of day and entry."""
        cells, table = self.cells(session), table_of(self.model)
        names = _place_names(session) if self.has_place else {}
        query = select(self.model).where(col(self.model.deleted_at).is_(None))
        if first is not None:
            query = query.where(table.c[self.day] >= first)
        if last is not None:
            query = query.where(table.c[self.day] <= last)
        query = query.order_by(table.c[self.day], entered(self.model))
        for record in session.exec(query.execution_options(yield_per=2000)):
            values = shown_values(cells, record)
            yield {**values, "place": names.get(record.place_id, "")} if self.has_place else values  # type: ignore[attr-defined]

    def _stored(self, session: Session, rows: Sequence[ReadRow], cells: tuple[Cell, ...]) -> set[tuple[object, ...]]:
        """Return what is stored of the rows' days, as their columns tell it."""
        days = [day for row in rows if isinstance(day := row.values[self.day], date)]
        if not days:
            return set()
        table = table_of(self.model)
        names = [*(cell.column for cell in cells), *(("place_id",) if self.has_place else ())]
        query = pick(*(table.c[name] for name in names)).where(
            table.c.deleted_at.is_(None), table.c[self.day].between(min(days), max(days))
        )
        return {tuple(row) for row in session.connection().execute(query)}


class StockSheet(_Sheet):
    """How the sheet 药品台账 becomes stock entries."""

    spec, model, day, has_place = STOCK, StockEntry, "happened_on", False

    def cells(self, session: Session) -> tuple[Cell, ...]:
        """Return the cells of a stock entry."""
        return STOCK_CELLS

    def check(self, session: Session, rows: Sequence[ReadRow], today: date) -> None:
        """Refuse banned agents, except where they are written off."""
        agents = agents_in(session)
        for row in rows:
            if row.values.get("movement") != DISCARDED:
                _check_agent(row, agents, ("agent", "ingredient"), "happened_on", ())

    def check_together(self, session: Session, rows: Sequence[ReadRow], found: _Found, today: date) -> None:
        """Refuse the row with which the balance of its product and batch first goes below zero."""
        fresh: dict[tuple[str, str], list[Move[object]]] = defaultdict(list)
        by_number = {row.number: row for row in rows}
        for row in rows:
            columns = found.columns[row.number]
            fresh[columns["agent"], columns["batch"]].append(
                Move(
                    row.number, columns["happened_on"], columns["movement"], columns["quantity_milli"], (1, row.number)
                )
            )
        stored = moves_in(session, {agent for agent, _ in fresh})
        for key, moves in fresh.items():
            for move, short in refusals(stored.get(key, []), moves):
                row = by_number[int(str(move.key))]
                package = found.columns[row.number]["package"]
                sentence = shortage_sentence(short, package, today, own=short.move is move).rstrip("。")
                if not stored.get(key) and not any(one.movement in FIRST_OF_DAY for one in moves):
                    sentence += "。这个批号还没有登记过结存，以前就有的药，请在前面加一行“期初”"
                row.fail("quantity", "stock_negative", sentence)


class TreatmentSheet(_Sheet):
    """How the sheet 投药 becomes treatments; stock is not moved."""

    spec, model, day = TREATMENTS, Treatment, "treated_on"

    def cells(self, session: Session) -> tuple[Cell, ...]:
        """Return the cells of a treatment."""
        return TREATMENT_CELLS

    def check(self, session: Session, rows: Sequence[ReadRow], today: date) -> None:
        """Refuse banned agents, by name and by what the stock ledger says is in them."""
        agents = agents_in(session)
        ingredients = ingredients_in(session, (into_name(row.values.get("agent")) for row in rows))
        for row in rows:
            inside = sorted(ingredients.get(into_name(row.values.get("agent")), ()))
            _check_agent(row, agents, ("agent",), "treated_on", inside)


class AedesSheet(_Sheet):
    """How the sheet 伊蚊监测 becomes Aedes checks."""

    spec, model, day = AEDES, AedesCheck, "checked_on"

    def cells(self, session: Session) -> tuple[Cell, ...]:
        """Return the cells of an Aedes check."""
        return AEDES_CELLS

    def check(self, session: Session, rows: Sequence[ReadRow], today: date) -> None:
        """Warn where more is positive than was looked at."""
        for row in rows:
            _check_part(row, "positive_containers", "water_containers", "阳性容器数比积水容器数还多，请核对")
            _check_part(row, "positive_households", "households", "阳性户数比检查户数还多，请核对")


class DensitySheet(_Sheet):
    """How the sheet 密度监测 becomes density checks."""

    spec, model, day = DENSITY, DensityCheck, "checked_on"

    def cells(self, session: Session) -> tuple[Cell, ...]:
        """Return the cells of a density check, with the indicators' own names."""
        return density_cells(indicators_in(session))

    def check(self, session: Session, rows: Sequence[ReadRow], today: date) -> None:
        """Warn where more is positive than was checked; indices per kilometre or person may exceed one."""
        known = density_cells(indicators_in(session))
        name = next(cell for cell in known if cell.key == "indicator")
        for row in rows:
            if scale_of(name.into(row.values.get("indicator"))) != 1:
                _check_part(row, "positive", "checked", "阳性数比检查数还多，请核对")


def _place_names(session: Session) -> dict[UUID, str]:
    return {place: name for place, name in session.connection().execute(pick(Place.id, Place.name))}  # noqa: C416


def _place(row: ReadRow, places: Places) -> UUID | None:
    name = str(row.values.get("place") or "")
    if not name:
        return None
    found, why = places.find(name)
    if why:
        row.fail("place", "place_unknown", why)
    return found


def _check_agent(row: ReadRow, agents: AgentList, keys: Sequence[str], day_key: str, inside: Sequence[str]) -> None:
    day = row.values.get(day_key)
    if not isinstance(day, date):
        return
    for key in keys:
        texts = [str(row.values.get(key) or ""), *(inside if key == keys[0] else ())]
        if (banned := agents.banned(texts, day)) is not None:
            row.fail(key, "banned_agent", banned_sentence(banned).rstrip("。"))
    texts = [str(row.values.get(key) or "") for key in keys]
    if (doubtful := agents.doubtful([*texts, *inside], day)) is not None:
        row.warn(keys[0], "agent_check", doubt_sentence(doubtful))


def _check_part(row: ReadRow, part: str, whole: str, message: str) -> None:
    some, every = row.values.get(part), row.values.get(whole)
    if exceeds(_number(some), _number(every)):
        row.warn(part, "sum_mismatch", message)


def _number(value: object) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | Decimal) else None
