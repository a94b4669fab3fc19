"""What the pest control slice puts into the bin."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from sqlmodel import Session, col

from desktop.foundation.days import plain_day
from desktop.pest_control.records import AedesCheck, DensityCheck, StockEntry, Treatment
from desktop.pest_control.stock_rules import amount
from desktop.register.records import Place
from desktop.register.rights import Right
from desktop.register.service.bin import BinKind
from desktop.store.query import pick
from desktop.store.records import Record


def _stock_titles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    query = pick(
        StockEntry.id, StockEntry.agent, StockEntry.happened_on, StockEntry.movement, StockEntry.quantity_milli,
        StockEntry.package,
    ).where(col(StockEntry.id).in_(ids))  # fmt: skip
    return {
        entry: f"{agent}  {plain_day(day)} {movement} {amount(milli)}{package}"
        for entry, agent, day, movement, milli, package in session.connection().execute(query)
    }


def _at_place(model: type[Record], day: str, what: str) -> Callable[[Session, Sequence[UUID]], Mapping[UUID, str]]:
    """Return what titles records of *model* by place, day and the column *what*."""

    def titles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
        columns = model.__table__.c  # type: ignore[attr-defined]
        query = (
            pick(columns.id, Place.name, columns[day], columns[what])
            .outerjoin(Place, col(Place.id) == columns.place_id)
            .where(columns.id.in_(ids))
        )
        return {
            record: f"{place or ''}  {plain_day(when)} {text}".strip()
            for record, place, when, text in session.connection().execute(query)
        }

    return titles


def _kind(model: type[Record], word: str, titles: Callable[[Session, Sequence[UUID]], Mapping[UUID, str]]) -> BinKind:
    return BinKind(model=model, word=word, see=Right.SEE_PEST, edit=Right.EDIT_PEST, titles=titles)


PEST_BIN = (
    _kind(StockEntry, "出入库", _stock_titles),
    _kind(Treatment, "投药", _at_place(Treatment, "treated_on", "agent")),
    _kind(AedesCheck, "伊蚊监测", _at_place(AedesCheck, "checked_on", "container_kind")),
    _kind(DensityCheck, "密度监测", _at_place(DensityCheck, "checked_on", "indicator")),
)
