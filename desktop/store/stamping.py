"""What the unit of work does at each flush: fill what every record carries, and note each change once per step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, inspect
from sqlmodel import Session

from desktop.store.records import Record
from desktop.store.values import to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.store.unit import Unit

_KEPT_BY_UNIT = frozenset({"created_at", "updated_at", "created_by", "version"})


class WritingSession(Session):
    """A session whose flush, and nothing else, passes the gate."""

    unit: Unit

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False)

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Stamp what is new or changed and write it; a failed flush spoils the whole unit."""
        if self._is_clean():
            return
        _stamp(self, self.unit)
        try:
            with self.unit.gate.opened():
                super().flush(objects)
        except BaseException:
            # SQLAlchemy rolled the transaction back: whatever was noted so far is no longer in the file.
            self.unit.broken = True
            raise


class ReadingSession(Session):
    """A session that cannot write."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False, autoflush=False)

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Refuse: a change made here would be lost without a word."""
        if not self._is_clean():
            raise RuntimeError("reading() cannot write; use writing()")


def _stamp(session: Session, unit: Unit) -> None:
    if any(isinstance(record, Record) for record in session.deleted):
        raise RuntimeError("records are moved to the bin, never deleted")
    for record in session.new:
        if isinstance(record, Record):
            _stamp_new(unit, record)
    for record in session.dirty:
        if isinstance(record, Record) and session.is_modified(record):
            _stamp_changed(unit, record)


def _stamp_new(unit: Unit, record: Record) -> None:
    if record.id in unit.fresh:
        return
    record.created_at = record.updated_at = unit.at
    record.created_by = unit.actor.staff_id
    record.import_batch = unit.batch_id
    unit.fresh.add(record.id)
    if doer := record.doer():
        unit.doers[doer] = None
    unit.touched[type(record)][record.id] = None
    unit.note(type(record), record.id, "insert", {})


def _stamp_changed(unit: Unit, record: Record) -> None:
    changes = _changes_of(record)
    if not changes:
        return
    record.updated_at = unit.at
    seen = unit.touched[type(record)]
    if record.id in unit.fresh:
        return  # its insert is part of this step, and the row itself holds what it became
    if record.id not in seen:
        record.version += 1
        seen[record.id] = None
    _note_changes(unit, record, changes)


def _note_changes(unit: Unit, record: Record, changes: dict[str, Any]) -> None:
    """Put *changes* into the record's one line of this step, from its first old value to its last new one."""
    entry = unit.changed.get(record.id)
    if entry is None:
        entry = unit.changed[record.id] = unit.note(type(record), record.id, "update", {})
    merged = entry["changes"]
    for name, (old, new) in changes.items():
        first = merged.pop(name)[0] if name in merged else old
        if first != new:
            merged[name] = [first, new]
    entry["action"] = "update"
    if "deleted_at" in merged:
        entry["action"] = "restore" if record.deleted_at is None else "bin"


def _changes_of(record: Record) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for attribute in inspect(record).attrs:
        if attribute.key in _KEPT_BY_UNIT or not attribute.history.has_changes():
            continue
        old = attribute.history.deleted[0] if attribute.history.deleted else None
        new = attribute.history.added[0] if attribute.history.added else None
        if old != new:
            changes[attribute.key] = [to_json(old), to_json(new)]
    return changes
