"""The bin: what was deleted, when and by whom, and the way back; slices say how their records are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import Session, SQLModel, col, select

from desktop.foundation.errors import InputError
from desktop.register.rights import Officer, Right
from desktop.store.models import entered, record_models, table_of
from desktop.store.query import pick
from desktop.store.records import HistoryEntry, ImportBatch, Record, Step, with_represented
from desktop.store.unit import Store, Unit


@dataclass(frozen=True)
class BinKind:
    """How one kind of record is shown in the bin and brought back from it."""

    model: type[Record]
    word: str
    """What people call it: 点位, 居民."""
    see: Right
    edit: Right
    titles: Callable[[Session, Sequence[UUID]], Mapping[UUID, str]]
    """Names records by id, also those whose owners are in the bin."""
    parts: tuple[tuple[type[Record], str], ...] = ()
    """(model, column that names the record) of what left with it and comes back with it."""
    homes: tuple[type[Record], ...] = ()
    """Owners that have no line of their own in the bin and come back silently."""
    refuse: Callable[[Session, Any], str] | None = None
    """Says why a record cannot come back (somebody took its place), '' if it can."""
    only: Callable[[], ColumnElement[bool]] | None = None
    """Narrows the model where several kinds share its table: photos of inspections, photos of treatments."""

    @property
    def binned(self) -> ColumnElement[bool]:
        """Return the condition that a record of the model is of this kind and in the bin."""
        gone = col(self.model.deleted_at).is_not(None)
        return gone if self.only is None else and_(gone, self.only())


@dataclass(frozen=True)
class BinKey:
    """One record in the bin."""

    word: str
    record_id: UUID


@dataclass(frozen=True)
class BinRow:
    """One line of the bin."""

    key: BinKey
    title: str
    at: datetime
    staff_name: str
    may_put_back: bool


class BinService:
    """Lists what is in the bin and puts it back."""

    def __init__(self, store: Store, officer: Officer, kinds: Sequence[BinKind]) -> None:
        self._store = store
        self._officer = officer
        self._kinds = {kind.word: kind for kind in kinds if officer.may(kind.see)}

    @property
    def words(self) -> tuple[str, ...]:
        """Return what kinds of record this officer may see here."""
        return tuple(self._kinds)

    def listed(self, word: str = "") -> list[BinKey]:
        """Return what is in the bin, latest first; only records called *word* if it is given."""
        found: list[tuple[datetime, BinKey]] = []
        with self._store.reading() as session:
            for kind in self._kinds.values():
                if word and kind.word != word:
                    continue
                query = pick(kind.model.id, kind.model.deleted_at).where(kind.binned)
                for record_id, at in session.connection().execute(query):
                    found.append((at, BinKey(kind.word, record_id)))
        found.sort(key=lambda pair: (pair[0], pair[1].record_id), reverse=True)
        return [key for _, key in found]

    def rows(self, keys: Sequence[BinKey]) -> list[BinRow]:
        """Return the lines of *keys* in that order; what has left the bin meanwhile is left out."""
        rows: dict[BinKey, BinRow] = {}
        with self._store.reading() as session:
            for kind in self._kinds.values():
                ids = [key.record_id for key in keys if key.word == kind.word]
                if ids:
                    rows.update({row.key: row for row in self._rows_of(session, kind, ids)})
        return [rows[key] for key in keys if key in rows]

    def put_back(self, key: BinKey) -> str:
        """Bring one record back with what left with it, and return the step's label.

        Raises InputError if its owner is in the bin, its place was taken, or it is not there any more.
        """
        kind = self._kinds.get(key.word)
        if kind is None:
            raise InputError("这里没有这一条。")
        self._officer.require(kind.edit)
        with self._store.writing(f"恢复{kind.word}", self._officer) as unit:
            record = unit.session.get(kind.model, key.record_id)
            if record is None or record.deleted_at is None:
                raise InputError("这一条已经不在回收站里了，可能刚被别人恢复。")
            title = kind.titles(unit.session, [key.record_id]).get(key.record_id, "")
            unit.label = f"恢复{kind.word}：{title}" if title else unit.label
            left_at = record.deleted_at
            self._put_back_owners(unit, kind, record)
            if kind.refuse is not None and (reason := kind.refuse(unit.session, record)):
                raise InputError(reason)
            unit.put_back(record)
            for model, column in kind.parts:
                of_record = select(model).where(
                    table_of(model).columns[column] == record.id, col(model.deleted_at) == left_at
                )
                for part in unit.session.exec(of_record):
                    unit.put_back(part)
            return unit.label

    def _put_back_owners(self, unit: Unit, kind: BinKind, record: Record) -> None:
        """Refuse while an owner with a line of its own is in the bin; bring silent owners back."""
        for owner in _owners_of(unit.session, record):
            if owner.deleted_at is None:
                continue
            listed = next((one for one in self._kinds.values() if one.model is type(owner)), None)
            if type(owner) not in kind.homes:
                title = listed.titles(unit.session, [owner.id]).get(owner.id, "") if listed else ""
                what = f"{listed.word}“{title}”" if listed else "它所属的记录"
                raise InputError(f"{what}也在回收站里，请先恢复它，再恢复这一条。")
            if listed is not None and listed.refuse is not None and (reason := listed.refuse(unit.session, owner)):
                raise InputError(reason)
            self._put_back_owners(unit, kind, owner)
            unit.put_back(owner)

    def _rows_of(self, session: Session, kind: BinKind, ids: Sequence[UUID]) -> list[BinRow]:
        titles = kind.titles(session, ids)
        who = _who_binned(session, kind.model, ids)
        query = pick(kind.model.id, kind.model.deleted_at).where(col(kind.model.id).in_(ids), kind.binned)
        may = self._officer.may(kind.edit)
        return [
            BinRow(BinKey(kind.word, record_id), titles.get(record_id, ""), at, who.get(record_id, ""), may)
            for record_id, at in session.connection().execute(query)
        ]


def living_twin(session: Session, model: type[SQLModel], *conditions: Any) -> bool:
    """Return whether a living record of *model* meets *conditions*; for a BinKind's ``refuse``."""
    query = select(func.count()).select_from(model).where(table_of(model).c.deleted_at.is_(None), *conditions)
    return session.exec(query).one() > 0


def _owners_of(session: Session, record: Record) -> list[Record]:
    """Return the records that *record* refers to by a foreign key."""
    models = {table_of(model): model for model in record_models()}
    owners: list[Record] = []
    for column in table_of(type(record)).columns:
        for key in column.foreign_keys:
            model, value = models.get(key.column.table), getattr(record, column.name)
            owner = session.get(model, value) if model is not None and value is not None else None
            if owner is not None:
                owners.append(owner)
    return owners


def _who_binned(session: Session, model: type[Record], ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return who moved each record to the bin: by itself, or together with an import that was undone."""
    single = (
        pick(HistoryEntry.record_id, Step.staff_name, Step.for_staff_name)
        .join(Step, col(Step.id) == col(HistoryEntry.step_id))
        .where(col(HistoryEntry.record_id).in_(ids), col(HistoryEntry.action) == "bin")
        .order_by(entered(HistoryEntry))
    )
    undoing = table_of(Step).alias("undoing")
    batches = (
        pick(model.id, undoing.c.staff_name, undoing.c.for_staff_name)
        .select_from(table_of(model))
        .join(ImportBatch, col(ImportBatch.id) == col(model.import_batch))
        .join(Step, col(Step.batch_id) == col(ImportBatch.id))
        .join(undoing, undoing.c.id == col(Step.undone_by))
        .where(col(model.id).in_(ids))
    )
    connection = session.connection()
    names: dict[UUID, str] = {row[0]: with_represented(row[1], row[2]) for row in connection.execute(batches)}
    names.update({row[0]: with_represented(row[1], row[2]) for row in connection.execute(single)})
    return names
