"""What the search across the program finds here: treatments and surveys by place and product, stock by product."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col

from desktop.pest_control.records import AedesCheck, DensityCheck, StockEntry, Treatment
from desktop.register.ports import Found
from desktop.register.records import Place
from desktop.register.rights import Right
from desktop.store.models import table_of
from desktop.store.query import holding, pick


class _AtPlaces:
    """One book whose records lie at places; columns go by their names, *title* is what a line is called by."""

    right = Right.SEE_PEST
    kind: str
    model: type[Treatment] | type[AedesCheck] | type[DensityCheck]
    day = "checked_on"
    title: str
    told: tuple[str, ...]

    def find(self, session: Session, text: str, limit: int) -> Sequence[Found]:
        """Return records of this book, newest first."""
        column = table_of(self.model).c
        told = [col(Place.name), *(column[name] for name in self.told)]
        query = (
            pick(column.id, column[self.title], Place.name, column[self.day])
            .join(Place, col(Place.id) == column.place_id)
            .where(holding(text, told), column.deleted_at.is_(None))
            .order_by(column[self.day].desc(), column.id.desc())
            .limit(limit)
        )
        rows = session.connection().execute(query)
        return [Found(self.kind, found, f"{place} {title}".rstrip(), "", day) for found, title, place, day in rows]


class TreatmentSearch(_AtPlaces):
    """Treatments, by place, product, pest and operator."""

    kind = "投药登记"
    model, day, title = Treatment, "treated_on", "agent"
    told = ("agent", "pest", "operator", "remark")


class AedesSearch(_AtPlaces):
    """Searches for larvae, by place and containers."""

    kind = "伊蚊监测"
    model, title = AedesCheck, "container_kind"
    told = ("container_kind", "measure", "inspector")


class DensitySearch(_AtPlaces):
    """Density measurements, by place and indicator."""

    kind = "密度监测"
    model, title = DensityCheck, "indicator"
    told = ("indicator", "inspector")


class StockSearch:
    """The stock book, by product, batch and who received it."""

    kind = "药品台账"
    right = Right.SEE_PEST

    def find(self, session: Session, text: str, limit: int) -> Sequence[Found]:
        """Return entries, newest first."""
        told = (StockEntry.agent, StockEntry.batch, StockEntry.handler, StockEntry.receiver, StockEntry.purpose)
        query = (
            pick(StockEntry.id, StockEntry.agent, StockEntry.movement, StockEntry.batch, StockEntry.happened_on)
            .where(holding(text, list(map(col, told))), col(StockEntry.deleted_at).is_(None))
            .order_by(col(StockEntry.happened_on).desc(), col(StockEntry.id).desc())
            .limit(limit)
        )
        return [
            Found(self.kind, found, f"{agent} {movement}", f"批号{batch}" if batch else "", day)
            for found, agent, movement, batch, day in session.connection().execute(query)
        ]
