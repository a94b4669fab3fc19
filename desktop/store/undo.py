"""Undoing a step as a new step: only where the file still holds what the step left, and nothing is left dangling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, update
from sqlmodel import col, select

from desktop.foundation.errors import InputError
from desktop.store.models import entered, model_of, record_models, table_of
from desktop.store.query import pick
from desktop.store.records import HistoryEntry, ImportBatch, Record, Step
from desktop.store.unit import Unit
from desktop.store.values import from_json, to_json

_CHANGES = ("update", "bin", "restore")
_IDS_AT_ONCE = 5_000


def undo_changes(unit: Unit, step: Step) -> None:
    """Take back every change to single records of *step*; raise InputError naming what stands in the way."""
    entries = unit.session.exec(
        select(HistoryEntry)
        .where(HistoryEntry.step_id == step.id, col(HistoryEntry.action).in_(("insert", *_CHANGES)))
        .order_by(entered(HistoryEntry).desc())
    )
    for entry in entries.all():
        _invert(unit, entry)
    if step.undoes is not None:
        _stand_again(unit, step)
    _settle(unit, step)


def undo_import(unit: Unit, step: Step, batch: ImportBatch) -> None:
    """Take back the updates of an import and move what it brought to the bin."""
    changed = select(HistoryEntry).where(HistoryEntry.step_id == step.id, col(HistoryEntry.action).in_(_CHANGES))
    for entry in unit.session.exec(changed.order_by(entered(HistoryEntry).desc())).all():
        _invert(unit, entry)
    for model in record_models():
        _move_rows(unit, model, batch.id, before=None, after=unit.at)
    batch.undone_at = unit.at
    unit.session.add(batch)
    _settle(unit, step)


def _stand_again(unit: Unit, undoing: Step) -> None:
    """Undoing an undo: its step counts again, and an import's rows come back from the bin."""
    _set_undone_by(unit, undoing.undoes, None)
    original = unit.session.get(Step, undoing.undoes)
    batch = unit.session.get(ImportBatch, original.batch_id) if original and original.batch_id else None
    if batch is None:
        return
    for model in record_models():
        _move_rows(unit, model, batch.id, before=undoing.at, after=None)
    batch.undone_at = None
    unit.session.add(batch)


def _settle(unit: Unit, step: Step) -> None:
    unit.flush_unique()
    _refuse_loose_ends(unit)
    unit.undoes = step.id
    _set_undone_by(unit, step.id, unit.step_id)


def _set_undone_by(unit: Unit, step_id: UUID | None, undone_by: UUID | None) -> None:
    unit.flush_unique()
    with unit.gate.opened():
        unit.session.connection().execute(update(Step).where(col(Step.id) == step_id).values(undone_by=undone_by))


def _invert(unit: Unit, entry: HistoryEntry) -> None:
    model = model_of(entry.record_type)
    record = unit.session.get(model, entry.record_id) if model is not None else None
    if model is None or record is None:
        raise InputError("这一步里的记录已被彻底清除，不能撤销。")
    if entry.action == "insert":
        later = _later_step(unit, entry)
        if later is not None or record.deleted_at is not None:
            raise InputError(_changed_later(later))
        unit.move_to_bin(record)
        return
    columns = table_of(model).columns
    for name, (old, new) in entry.changes.items():
        if to_json(getattr(record, name)) != new:
            raise InputError(_changed_later(_later_step(unit, entry)))
        setattr(record, name, from_json(old, columns[name]))


def _later_step(unit: Unit, entry: HistoryEntry) -> Step | None:
    """Return the newest step after *entry* that changed the same record and still counts."""
    query = (
        select(Step)
        .join(HistoryEntry, col(HistoryEntry.step_id) == col(Step.id))
        .where(HistoryEntry.record_id == entry.record_id, col(HistoryEntry.action).in_(_CHANGES))
        .where(col(Step.id) != entry.step_id, entered(HistoryEntry) > _place_of(entry))
        .where(col(Step.undone_by).is_(None), col(Step.undoes).is_(None))
        .order_by(entered(HistoryEntry).desc())
        .limit(1)
    )
    return unit.session.exec(query).first()


def _place_of(entry: HistoryEntry) -> object:
    table = table_of(HistoryEntry).alias("earlier")
    return pick(entered(HistoryEntry, "earlier")).select_from(table).where(table.c.id == entry.id).scalar_subquery()


def _changed_later(later: Step | None) -> str:
    who = f"{later.staff_name}，{later.label}" if later else "后来的修改"
    return f"这条记录后来又改过（{who}），请先撤销后面的修改。"


def _move_rows(
    unit: Unit, model: type[Record], batch_id: UUID, *, before: datetime | None, after: datetime | None
) -> None:
    """Move every row of the batch whose bin mark is *before* with one statement and one history entry."""
    table = table_of(model)
    session = unit.session
    unit.flush_unique()
    mine = (table.c.import_batch == batch_id) & table.c.deleted_at.is_not_distinct_from(before)
    ids = list(session.connection().scalars(pick(table.c.id).where(mine)))
    if not ids:
        return
    values = {"deleted_at": after, "updated_at": unit.at, "version": table.c.version + 1}
    with unit.gate.opened(), unit.unique_refusals():
        session.connection().execute(update(table).where(mine).values(values))
    unit.touched[model].update(dict.fromkeys(ids))
    unit.note(model, None, "undo_import" if after else "redo_import", {"rows": len(ids)})


def _refuse_loose_ends(unit: Unit) -> None:
    """Raise InputError if a living record would refer to one in the bin because of this unit."""
    using = sum(_living_users(unit, model, ids) for model, ids in unit.touched.items())
    if using:
        raise InputError(f"后来又有记录用到了这些内容：其他记录{using}条。请先处理它们，再撤销这一步。")
    if any(_has_binned_owner(unit, model, ids) for model, ids in unit.touched.items()):
        raise InputError("它所属的记录（如住户、小区）还在回收站里，请先恢复那一条，再撤销这一步。")


def _living_users(unit: Unit, model: type[Record], ids: dict[UUID, None]) -> int:
    """Return how many living records refer to those of *ids* that are in the bin."""
    owner = table_of(model)
    count = 0
    for user in map(table_of, record_models()):
        for key in user.foreign_keys:
            if key.column.table is not owner:
                continue
            # The same table may stand on both sides: a place lies in a place.
            other = owner.alias("owner")
            for part in _parts(list(ids)):
                count += unit.session.connection().scalar(
                    pick(func.count())
                    .select_from(user.join(other, key.parent == other.c.id))
                    .where(other.c.id.in_(part), other.c.deleted_at.is_not(None), user.c.deleted_at.is_(None))
                )
    return count


def _has_binned_owner(unit: Unit, model: type[Record], ids: dict[UUID, None]) -> bool:
    """Return whether one of the living records of *ids* refers to a record in the bin."""
    user = table_of(model)
    for key in user.foreign_keys:
        owner = key.column.table.alias("owner")
        for part in _parts(list(ids)):
            query = (
                pick(user.c.id)
                .select_from(user.join(owner, key.parent == owner.c.id))
                .where(user.c.id.in_(part), user.c.deleted_at.is_(None), owner.c.deleted_at.is_not(None))
                .limit(1)
            )
            if unit.session.connection().scalar(query) is not None:
                return True
    return False


def _parts(ids: Sequence[UUID]) -> list[Sequence[UUID]]:
    return [ids[start : start + _IDS_AT_ONCE] for start in range(0, len(ids), _IDS_AT_ONCE)]
