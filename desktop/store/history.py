"""What was done by whom: the list of steps, the history of one record, and undo as a new step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, func, update
from sqlmodel import Session, SQLModel, col, select

from desktop.foundation.errors import InputError
from desktop.store.records import HistoryEntry, ImportBatch, Record, Step
from desktop.store.unit import Actor, Store, Unit
from desktop.store.values import from_json, to_json

UNDO_STEPS = 100


@dataclass(frozen=True)
class StepRow:
    """One step as the undo list shows it."""

    id: UUID
    label: str
    at: datetime
    staff_id: UUID | None
    staff_name: str
    undone: bool


@dataclass(frozen=True)
class ChangeRow:
    """One entry of a record's history; *changes* maps field to (old, new) as JSON values."""

    at: datetime
    staff_name: str
    label: str
    action: str
    changes: dict[str, Any]


@dataclass(frozen=True)
class Reference:
    """Says which later records stand in the way of undoing an import (count and what they are)."""

    what: str
    count: int


Referrers = Callable[[Session, UUID], Sequence[Reference]]
"""Finds records outside batch that refer to records of the batch."""


class Journal:
    """Reads the history and undoes steps."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._referrers: list[Referrers] = []

    def refer(self, referrers: Referrers) -> None:
        """Ask *referrers* before an import is undone."""
        self._referrers.append(referrers)

    def steps(self, *, staff_id: UUID | None = None, limit: int = UNDO_STEPS) -> list[StepRow]:
        """Return the newest undoable steps first, of everybody or of one officer."""
        query = select(Step).where(col(Step.undoable)).order_by(col(Step.at).desc(), col(Step.id).desc()).limit(limit)
        if staff_id is not None:
            query = query.where(Step.staff_id == staff_id)
        with self._store.reading() as session:
            return [
                StepRow(step.id, step.label, step.at, step.staff_id, step.staff_name, step.undone_by is not None)
                for step in session.exec(query)
            ]

    def last_undoable(self, staff_id: UUID | None) -> StepRow | None:
        """Return the officer's newest step that is neither undone nor itself an undo; None if there is none."""
        query = (
            select(Step)
            .where(col(Step.undoable), col(Step.undone_by).is_(None), col(Step.undoes).is_(None))
            .where(Step.staff_id == staff_id)
            .order_by(col(Step.at).desc(), col(Step.id).desc())
            .limit(1)
        )
        with self._store.reading() as session:
            step = session.exec(query).first()
        return StepRow(step.id, step.label, step.at, step.staff_id, step.staff_name, False) if step else None

    def of_record(self, record_id: UUID) -> list[ChangeRow]:
        """Return everything that happened to one record, newest first."""
        query = (
            select(HistoryEntry, Step)
            .join(Step, col(Step.id) == col(HistoryEntry.step_id))
            .where(HistoryEntry.record_id == record_id)
            .order_by(col(Step.at).desc(), col(HistoryEntry.id).desc())
        )
        with self._store.reading() as session:
            return [
                ChangeRow(step.at, step.staff_name, step.label, entry.action, entry.changes)
                for entry, step in session.exec(query)
            ]

    def undo(self, step_id: UUID, actor: Actor) -> str:
        """Undo one step as a new step and return its label; raise InputError naming what stands in the way."""
        with self._store.reading() as session:
            step = session.get(Step, step_id)
        if step is None or not step.undoable:
            raise InputError("这一步不能撤销。")
        if step.undone_by is not None:
            raise InputError("这一步已经撤销过了。")
        if step.batch_id is not None:
            return self.undo_batch(step.batch_id, actor)
        label = f"撤销：{step.label}"
        with self._store.writing(label, actor) as unit:
            unit.undoes = step.id
            entries = unit.session.exec(
                select(HistoryEntry).where(HistoryEntry.step_id == step.id).order_by(col(HistoryEntry.id).desc())
            )
            for entry in entries:
                _invert(unit, entry)
            _mark_undone(unit, step.id)
        return label

    def undo_batch(self, batch_id: UUID, actor: Actor) -> str:
        """Move the rows of an import to the bin and take back its updates; refuse if later records refer to them."""
        label = "撤销导入"
        with self._store.writing(label, actor) as unit:
            batch = unit.session.get(ImportBatch, batch_id)
            if batch is None:
                raise InputError("没有这一次导入，请核对编号。")
            if batch.undone_at is not None:
                raise InputError("这一次导入已经撤销过了。")
            unit.label = label = f"撤销导入：{batch.file_name}"
            if standing := [found for refer in self._referrers for found in refer(unit.session, batch_id)]:
                what = "、".join(f"{found.what}{found.count}条" for found in standing)
                raise InputError(f"导入之后又有记录用到了这些内容：{what}。请先处理它们，再撤销这次导入。")
            step = unit.session.exec(select(Step).where(Step.batch_id == batch_id, col(Step.undoes).is_(None))).one()
            unit.undoes = step.id
            changed = select(HistoryEntry).where(
                HistoryEntry.step_id == step.id, col(HistoryEntry.action).in_(("update", "bin", "restore"))
            )
            for entry in unit.session.exec(changed.order_by(col(HistoryEntry.id).desc())):
                _invert(unit, entry)
            for model in record_models():
                _bin_rows_of(unit, model, batch_id)
            batch.undone_at = unit.at
            unit.session.add(batch)
            _mark_undone(unit, step.id)
        return label

    def batches(self, limit: int = 50) -> list[ImportBatch]:
        """Return the newest imports first."""
        with self._store.reading() as session:
            return list(session.exec(select(ImportBatch).order_by(col(ImportBatch.at).desc()).limit(limit)))


def _invert(unit: Unit, entry: HistoryEntry) -> None:
    model = _model_of(entry.record_type)
    if model is None or entry.record_id is None:
        return
    record = unit.session.get(model, entry.record_id)
    if record is None:
        raise InputError("这一步里的记录已被彻底清除，不能撤销。")
    if entry.action == "insert":
        if record.version != 1 or record.deleted_at is not None:
            raise InputError(f"这条记录后来又改过（{_who_changed(unit, entry)}），请先撤销后面的修改。")
        unit.move_to_bin(record)
        return
    table: Table = model.__table__  # type: ignore[attr-defined]
    for name, (old, new) in entry.changes.items():
        if to_json(getattr(record, name)) != new:
            raise InputError(f"这条记录后来又改过（{_who_changed(unit, entry)}），请先撤销后面的修改。")
        setattr(record, name, from_json(old, table.columns[name]))


def _who_changed(unit: Unit, entry: HistoryEntry) -> str:
    """Return whose later step touched the record: 罗晓梅，修改居民档案."""
    query = (
        select(Step)
        .join(HistoryEntry, col(HistoryEntry.step_id) == col(Step.id))
        .where(HistoryEntry.record_id == entry.record_id, col(HistoryEntry.id) > entry.id)
        .order_by(col(Step.at).desc())
        .limit(1)
    )
    later = unit.session.exec(query).first()
    return f"{later.staff_name}，{later.label}" if later else "后来的修改"


def _mark_undone(unit: Unit, step_id: UUID) -> None:
    unit.session.flush()
    unit.session.connection().execute(update(Step).where(col(Step.id) == step_id).values(undone_by=unit.step_id))


def _bin_rows_of(unit: Unit, model: type[Record], batch_id: UUID) -> None:
    """Bin every living row of the batch with one statement and one history entry."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    mine = (table.c.import_batch == batch_id) & table.c.deleted_at.is_(None)
    session = unit.session
    session.flush()
    ids = list(session.connection().scalars(select(table.c.id).where(mine)))
    if not ids:
        return
    with unit.gate.opened():
        session.connection().execute(
            update(table).where(mine).values(deleted_at=unit.at, updated_at=unit.at, version=table.c.version + 1)
        )
    unit.touched[model].update(dict.fromkeys(ids))
    unit.note(model, None, "undo_import", {"rows": len(ids)})


def record_models() -> list[type[Record]]:
    """Return every table class that holds records."""
    return [mapper.class_ for mapper in SQLModel._sa_registry.mappers if issubclass(mapper.class_, Record)]


def _model_of(table_name: str) -> type[Record] | None:
    return next((model for model in record_models() if model.__tablename__ == table_name), None)


def count_living(session: Session, model: type[Record]) -> int:
    """Return how many records of *model* are outside the bin."""
    return session.exec(select(func.count()).select_from(model).where(col(model.deleted_at).is_(None))).one()
