"""reading() and writing(): one `with` is one transaction; leaving it commits with its history, an error rolls back."""

from __future__ import annotations

import logging
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

from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlcipher3 import dbapi2 as sqlcipher
from sqlmodel import Session, col, select

from desktop.foundation.clock import Clock
from desktop.foundation.errors import ChangedMeanwhile, InputError
from desktop.foundation.ids import new_id, new_ids
from desktop.store.actor import Actor, Represented
from desktop.store.baton import Baton, baton_in, refuse_unless_here
from desktop.store.bulk import insert_rows
from desktop.store.engine import make_engine
from desktop.store.faults import SAVING, file_faults
from desktop.store.gate import Gate
from desktop.store.models import entered, table_of
from desktop.store.records import HistoryEntry, ImportBatch, Record, Step
from desktop.store.stamping import ReadingSession, WritingSession

log = logging.getLogger(__name__)
R = TypeVar("R", bound=Record)
Deriver = Callable[[Session, Sequence[UUID]], None]
"""Makes derived rows again for the given records of one type, inside the transaction that changed them."""

_FOLDING_WAIT_MS = 200


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
    broken: bool = False
    entries: list[dict[str, Any]] = field(default_factory=list)
    touched: dict[type[Record], dict[UUID, None]] = field(default_factory=lambda: defaultdict(dict))
    fresh: set[UUID] = field(default_factory=set)
    doers: dict[str, None] = field(default_factory=dict)
    changed: dict[UUID, dict[str, Any]] = field(default_factory=dict)

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
        """Bring *record* back from the bin; raise InputError if another record has taken its place meanwhile."""
        record.deleted_at = None
        self.flush_unique()

    def flush_unique(self) -> None:
        """Write what is pending; raise InputError if a living record already holds what must be unique."""
        with self.unique_refusals():
            self.session.flush()

    @contextmanager
    def unique_refusals(self) -> Iterator[None]:
        """Turn a broken uniqueness inside the block into an InputError."""
        try:
            yield
        except IntegrityError as error:
            if "UNIQUE" not in str(error.orig):
                raise
            raise InputError(
                "恢复不了：已有另一条记录占用了同样的内容（如同一个身份证号、同一户）。请先处理那一条，再恢复。"
            ) from None

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
        wanted = list(rows)
        if not wanted:
            return []
        fresh = iter(new_ids(len(wanted)))
        complete = [row if row.get("id") else {**row, "id": next(fresh)} for row in wanted]
        with self.gate.opened():
            insert_rows(self.session.connection(), table_of(model), complete, common)
        ids = [row["id"] for row in complete]
        self.fresh.update(ids)
        self.touched[model].update(dict.fromkeys(ids))
        self.note(model, None, "import", {"rows": len(ids)})
        return ids

    def note(
        self, model: type[Record] | str, record_id: UUID | None, action: str, changes: dict[str, Any]
    ) -> dict[str, Any]:
        """Put one line into the history of this step and return it."""
        name = model if isinstance(model, str) else str(model.__tablename__)
        entry = {"record_type": name, "record_id": record_id, "action": action, "changes": changes}
        self.entries.append(entry)
        return entry


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
        self._in_unit = False
        self._derivers: dict[type[Record], list[Deriver]] = defaultdict(list)

    @property
    def data_folder(self) -> Path:
        """Return the folder of everything that belongs to the file, which lies in generations/<name>/ there."""
        return self.path.parents[2]

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
        with file_faults("读取资料"), ReadingSession(self._reader) as session:
            yield session

    @contextmanager
    def writing(self, label: str, actor: Actor, *, undoable: bool = True, even_lent: bool = False) -> Iterator[Unit]:
        """Yield a unit of work named *label* (as the user will read it behind 撤销：).

        Leaving the block commits records, derived rows, history and step together; an exception undoes all of it.
        Raises LentOut while another computer holds the data, unless the unit changes no record (*even_lent*).
        """
        with self._one_unit(), file_faults(SAVING), WritingSession(self._writer) as session:
            unit = Unit(session, label, actor, self._clock.now(), self._device, undoable, self._gate)
            session.unit = unit
            if not even_lent:
                # The first statement takes the writer's place: nobody gives the data away before this unit has ended.
                refuse_unless_here(session)
            yield unit
            if unit.broken:
                raise RuntimeError("a flush failed inside this unit of work; nothing of it may be stored")
            session.flush()
            self._derive(unit)
            _write_history(unit)
            with self._gate.committing():
                session.commit()

    @contextmanager
    def keeping(self) -> Iterator[Session]:
        """Yield a session for free tables only (drafts, learned headings): no history, no step.

        Works while another computer holds the data, too: what is half typed must not be lost.
        """
        with self._one_unit(), file_faults(SAVING), Session(self._writer, expire_on_commit=False) as session:
            yield session
            with self._gate.committing():
                session.commit()

    def baton(self) -> Baton:
        """Return which computer holds the data, and since when."""
        with self.reading() as session:
            return baton_in(session)

    def change_mark(self) -> UUID | None:
        """Return the newest step's id: it differs once anybody, here or in another process, has stored records."""
        with self.reading() as session:
            return session.exec(select(Step.id).order_by(entered(Step).desc()).limit(1)).first()

    def oldest_step_at(self) -> datetime | None:
        """Return when the first step was stored: when people began to work with this file."""
        with self.reading() as session:
            return session.exec(select(Step.at).order_by(col(Step.at)).limit(1)).first()

    def newest_step_at(self) -> datetime | None:
        """Return the latest time any step carries; a clock before it has been set back."""
        with self.reading() as session:
            return session.exec(select(Step.at).order_by(col(Step.at).desc()).limit(1)).first()

    def close(self) -> None:
        """Fold the write-ahead log into the file, unless somebody is reading it, and let go of it. Never raises."""
        with self._turn:
            try:
                raw = self._writer.raw_connection()
                try:
                    raw.cursor().execute(f"PRAGMA busy_timeout={_FOLDING_WAIT_MS}")
                    # What SQLite learns of the tables' sizes decides which index it takes; cheap, as it samples.
                    raw.cursor().execute("PRAGMA analysis_limit=400")
                    raw.cursor().execute("PRAGMA optimize=0x10002")
                    raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
                finally:
                    raw.close()
            except (DBAPIError, sqlcipher.Error, OSError):
                # Whatever is wrong with the file has been said by the work before; the log is folded at next opening.
                log.warning("write-ahead log not folded")
            self._writer.dispose()
            self._reader.dispose()

    @contextmanager
    def _one_unit(self) -> Iterator[None]:
        with self._turn:
            if self._in_unit:
                raise RuntimeError("one unit of work at a time: this thread is inside another one")
            self._in_unit = True
            try:
                yield
            finally:
                self._in_unit = False

    def _derive(self, unit: Unit) -> None:
        for model, ids in list(unit.touched.items()):
            for deriver in self._derivers.get(model, ()):
                deriver(unit.session, list(ids))


def _write_history(unit: Unit) -> None:
    entries = [entry for entry in unit.entries if entry["action"] != "update" or entry["changes"]]
    if not entries:
        return
    connection = unit.session.connection()
    represented = _represented(unit)
    step = {
        "id": unit.step_id,
        "label": unit.label,
        "at": unit.at,
        "staff_id": unit.actor.staff_id,
        "staff_name": unit.actor.name,
        "for_staff_id": represented.staff_id if represented else None,
        "for_staff_name": represented.name if represented else "",
        "device": unit.device,
        "undoable": unit.undoable,
        "batch_id": unit.batch_id,
        "undoes": unit.undoes,
        "undone_by": None,
    }
    with unit.gate.opened():
        connection.execute(insert(Step), step)
        rows = [{"id": new_id(), "step_id": unit.step_id, **entry} for entry in entries]
        connection.execute(insert(HistoryEntry), rows)


def _represented(unit: Unit) -> Represented | None:
    """Return for whom this step is typed: imports, undoing and what cannot be undone are nobody's but the actor's."""
    if not unit.undoable or unit.batch_id is not None or unit.undoes is not None:
        return None
    return unit.actor.stands_for(list(unit.doers))
