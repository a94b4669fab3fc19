"""reading() and writing(): one `with` is one transaction; leaving it commits with its history, an error rolls back."""

from __future__ import annotations

import platform
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import event, insert, inspect
from sqlmodel import Session, col, select

from desktop.foundation.clock import Clock
from desktop.foundation.errors import ChangedMeanwhile, InputError
from desktop.foundation.ids import new_id
from desktop.store.engine import make_engine
from desktop.store.faults import file_faults
from desktop.store.gate import Gate
from desktop.store.records import HistoryEntry, ImportBatch, Record, Step
from desktop.store.values import to_json

R = TypeVar("R", bound=Record)
Deriver = Callable[[Session, Sequence[UUID]], None]
"""Makes derived rows again for the given records of one type, inside the transaction that changed them."""

_KEPT_BY_UNIT = frozenset({"created_at", "updated_at", "created_by", "version"})
_ROWS_AT_ONCE = 2_000


@dataclass(frozen=True)
class Actor:
    """Who writes: goes into every step."""

    staff_id: UUID | None
    name: str


@dataclass
class Unit:
    """One unit of work: the session, and what has changed in it so far."""

    session: Session
    label: str
    actor: Actor
    at: datetime
    device: str
    undoable: bool
    gate: Gate
    step_id: UUID = field(default_factory=new_id)
    batch_id: UUID | None = None
    undoes: UUID | None = None
    entries: list[dict[str, Any]] = field(default_factory=list)
    touched: dict[type[Record], dict[UUID, None]] = field(default_factory=lambda: defaultdict(dict))

    def get(self, model: type[R], record_id: UUID, *, version: int | None = None) -> R:
        """Return the living record *record_id*; raise ChangedMeanwhile if *version* is no longer its version."""
        record = self.session.get(model, record_id)
        if record is None or record.deleted_at is not None:
            raise InputError("这条记录已经不在了，可能刚被别人删除。请到回收站看看。")
        if version is not None and record.version != version:
            raise ChangedMeanwhile("别人刚改过这条记录，请看看两边的内容再保存。")
        return record

    def add(self, record: R) -> R:
        """Add a new record to this unit and return it."""
        self.session.add(record)
        return record

    def move_to_bin(self, record: Record) -> None:
        """Take *record* out of every list; it can be put back from the bin."""
        record.deleted_at = self.at

    def put_back(self, record: Record) -> None:
        """Bring *record* back from the bin."""
        record.deleted_at = None

    def start_batch(self, kind: str, file_name: str, row_count: int) -> UUID:
        """Begin an import batch; records written from now on belong to it."""
        batch = ImportBatch(
            kind=kind, file_name=file_name, row_count=row_count, at=self.at, staff_id=self.actor.staff_id
        )
        self.session.add(batch)
        self.session.flush()
        self.batch_id = batch.id
        return batch.id

    def insert_many(self, model: type[R], rows: Iterable[Mapping[str, Any]]) -> list[UUID]:
        """Insert *rows* (column → value) fast, with one history entry for all; return their ids in order.

        Belongs to the import batch begun before, so that the rows can be found and undone together.
        """
        if self.batch_id is None:
            raise RuntimeError("insert_many needs start_batch first")
        self.session.flush()
        common = {
            "created_at": self.at,
            "updated_at": self.at,
            "created_by": self.actor.staff_id,
            "version": 1,
            "deleted_at": None,
            "import_batch": self.batch_id,
        }
        blank = dict.fromkeys(model.__table__.columns.keys())  # type: ignore[attr-defined]  # noqa: SIM118
        complete = [{**blank, **row, **common, "id": row.get("id") or new_id()} for row in rows]
        if not complete:
            return []
        statement = insert(model.__table__)  # type: ignore[attr-defined]
        with self.gate.opened():
            connection = self.session.connection()
            for start in range(0, len(complete), _ROWS_AT_ONCE):
                connection.execute(statement, complete[start : start + _ROWS_AT_ONCE])
        ids = [row["id"] for row in complete]
        self.touched[model].update(dict.fromkeys(ids))
        self.note(model, None, "import", {"rows": len(ids)})
        return ids

    def note(self, model: type[Record] | str, record_id: UUID | None, action: str, changes: dict[str, Any]) -> None:
        """Put one line into the history of this step."""
        name = model if isinstance(model, str) else str(model.__tablename__)
        self.entries.append({"record_type": name, "record_id": record_id, "action": action, "changes": changes})


class Store:
    """One opened file. Holds the only writer; every write in this process waits its turn there."""

    def __init__(self, path: Path, data_key: bytes, *, clock: Clock, device: str | None = None) -> None:
        self.path = path
        self._clock = clock
        self._device = device or platform.node()
        self._writer = make_engine(path, data_key, writer=True)
        self._gate = Gate(self._writer)
        self._reader = make_engine(path, data_key, writer=False)
        self._turn = threading.RLock()
        self._derivers: dict[type[Record], list[Deriver]] = defaultdict(list)

    def derive_from(self, model: type[Record], deriver: Deriver) -> None:
        """Call *deriver* at the end of every unit of work that changed records of *model*."""
        self._derivers[model].append(deriver)

    @property
    def derivers(self) -> Mapping[type[Record], Sequence[Deriver]]:
        """Return who makes derived rows, for checks and rebuilding."""
        return self._derivers

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that sees one moment of the file and cannot write."""
        with file_faults("读取资料"), Session(self._reader, expire_on_commit=False, autoflush=False) as session:
            session.info["read_only"] = True
            yield session

    @contextmanager
    def writing(self, label: str, actor: Actor, *, undoable: bool = True) -> Iterator[Unit]:
        """Yield a unit of work named *label* (as the user will read it behind 撤销：).

        Leaving the block commits records, derived rows, history and step together; an exception undoes all of it.
        """
        with (
            self._turn,
            file_faults("保存"),
            Session(self._writer, expire_on_commit=False) as session,
        ):
            unit = Unit(session, label, actor, self._clock.now(), self._device, undoable, self._gate)
            _watch(session, unit)
            try:
                yield unit
                session.flush()
                self._derive(unit)
                _write_history(unit)
                session.commit()
            finally:
                self._gate.reset()

    @contextmanager
    def keeping(self) -> Iterator[Session]:
        """Yield a session for derived tables only (drafts, learned headings): no history, no step."""
        with self._turn, file_faults("保存"), Session(self._writer, expire_on_commit=False) as session:
            yield session
            session.commit()

    def change_mark(self) -> UUID | None:
        """Return the newest step's id: it differs once anybody, here or in another process, has stored records."""
        with self.reading() as session:
            return session.exec(select(Step.id).order_by(col(Step.at).desc(), col(Step.id).desc()).limit(1)).first()

    def newest_step_at(self) -> datetime | None:
        """Return when the newest step was written; a clock before it has been set back."""
        with self.reading() as session:
            return session.exec(select(Step.at).order_by(col(Step.at).desc()).limit(1)).first()

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        with self._turn:
            raw = self._writer.raw_connection()
            try:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                raw.close()
            self._writer.dispose()
            self._reader.dispose()

    def _derive(self, unit: Unit) -> None:
        for model, ids in list(unit.touched.items()):
            for deriver in self._derivers.get(model, ()):
                deriver(unit.session, list(ids))


def _watch(session: Session, unit: Unit) -> None:
    """Fill what every record carries, note each change, and open the gate for the flush alone."""

    @event.listens_for(session, "before_flush")
    def _before(_session: Session, _context: Any, _instances: Any) -> None:
        if any(isinstance(record, Record) for record in session.deleted):
            raise RuntimeError("records are moved to the bin, never deleted")
        for record in session.new:
            if isinstance(record, Record):
                _stamp_new(unit, record)
        for record in session.dirty:
            if isinstance(record, Record) and session.is_modified(record):
                _stamp_changed(unit, record)
        unit.gate.open()

    @event.listens_for(session, "after_flush")
    def _after(_session: Session, _context: Any) -> None:
        unit.gate.close()


def _stamp_new(unit: Unit, record: Record) -> None:
    record.created_at = record.updated_at = unit.at
    record.created_by = unit.actor.staff_id
    record.import_batch = unit.batch_id
    unit.touched[type(record)][record.id] = None
    unit.note(type(record), record.id, "insert", {})


def _stamp_changed(unit: Unit, record: Record) -> None:
    changes = _changes_of(record)
    if not changes:
        return
    record.updated_at = unit.at
    record.version += 1
    unit.touched[type(record)][record.id] = None
    action = "update"
    if "deleted_at" in changes:
        action = "restore" if record.deleted_at is None else "bin"
    unit.note(type(record), record.id, action, changes)


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


def _write_history(unit: Unit) -> None:
    if not unit.entries:
        return
    connection = unit.session.connection()
    step = {
        "id": unit.step_id,
        "label": unit.label,
        "at": unit.at,
        "staff_id": unit.actor.staff_id,
        "staff_name": unit.actor.name,
        "device": unit.device,
        "undoable": unit.undoable,
        "batch_id": unit.batch_id,
        "undoes": unit.undoes,
        "undone_by": None,
    }
    connection.execute(insert(Step), step)
    rows = [{"id": new_id(), "step_id": unit.step_id, **entry} for entry in unit.entries]
    connection.execute(insert(HistoryEntry), rows)
