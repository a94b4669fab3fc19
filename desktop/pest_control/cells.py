"""How drafts and sheet cells stand in the tables: one list per record for forms, import and export alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from desktop.foundation.text import squeeze, tidy, tidy_name
from desktop.pest_control.density_rules import Limits, indicator_name
from desktop.pest_control.rules import PEST_ALIASES
from desktop.pest_control.stock_rules import from_milli, to_milli
from desktop.store.records import Record

_DM2_IN_M2 = 100


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Cell:
    """One value: its name in drafts and sheets, its column in the table, and the way there and back."""

    key: str
    column: str
    into: Callable[[Any], Any] = _same
    out: Callable[[Any], Any] = _same


def _into_text(value: Any) -> str:
    return tidy(str(value or ""))


def into_name(value: Any) -> str:
    """Return a product's name as stored: full-width signs folded, blanks between characters gone."""
    return tidy_name(str(value or ""))


def into_pest(value: Any) -> str:
    """Return the pest by its short name, or as written if it is none of the four."""
    text = _into_text(value)
    return PEST_ALIASES.get(squeeze(text), text)


def _into_milli(value: Any) -> int | None:
    return None if value is None else to_milli(value)


def _into_dm2(value: Any) -> int | None:
    return None if value is None else int((Decimal(value) * _DM2_IN_M2).to_integral_value())


def from_dm2(dm2: int | None) -> Decimal | None:
    """Return square metres without needless zeros."""
    return None if dm2 is None else Decimal(format((Decimal(dm2) / _DM2_IN_M2).normalize(), "f"))


def _texts(*names: str) -> tuple[Cell, ...]:
    return tuple(Cell(name, name, _into_text) for name in names)


def _plain(*names: str) -> tuple[Cell, ...]:
    return tuple(Cell(name, name) for name in names)


STOCK_CELLS = (
    Cell("happened_on", "happened_on"),
    Cell("agent", "agent", into_name),
    *_texts("ingredient", "content", "form", "registration"),
    Cell("batch", "batch", lambda value: squeeze(str(value or ""))),
    Cell("expires_on", "expires_on"),
    Cell("package_g", "package_mg", _into_milli, from_milli),
    *_texts("package", "movement"),
    Cell("quantity", "quantity_milli", _into_milli, from_milli),
    *_texts("handler", "receiver", "purpose"),
)
TREATMENT_CELLS = (
    Cell("treated_on", "treated_on"),
    Cell("pest", "pest", into_pest),
    Cell("agent", "agent", into_name),
    Cell("quantity", "quantity_milli", _into_milli, from_milli),
    *_texts("unit", "way"),
    *_plain("households", "points"),
    Cell("area_m2", "area_dm2", _into_dm2, from_dm2),
    *_texts("operator"),
    *_plain("dead_rats"),
    *_texts("remark"),
)
AEDES_CELLS = (
    *_plain("checked_on", "households", "water_containers", "positive_containers", "positive_households"),
    *_texts("container_kind", "measure", "inspector"),
)


def density_cells(known: Mapping[str, Limits]) -> tuple[Cell, ...]:
    """Return the cells of a density measurement; *known* gives indicators their one name."""
    return (
        *_plain("checked_on"),
        Cell("indicator", "indicator", lambda value: indicator_name(_into_text(value), known)),
        Cell("checked", "checked_milli", _into_milli, from_milli),
        *_plain("positive"),
        *_texts("inspector", "remark"),
    )


def stored_values(cells: tuple[Cell, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return column → value as the table holds it."""
    return {cell.column: cell.into(values.get(cell.key)) for cell in cells}


def shown_values(cells: tuple[Cell, ...], record: Record) -> dict[str, Any]:
    """Return key → value as drafts and sheets hold it."""
    return {cell.key: cell.out(getattr(record, cell.column)) for cell in cells}
