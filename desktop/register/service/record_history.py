"""What became of one record, or of one person with all that hangs on them: who, when, from what to what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from desktop.foundation.days import plain_day
from desktop.foundation.errors import InputError
from desktop.register.rights import Officer, Right
from desktop.store.models import entered, table_of
from desktop.store.query import pick
from desktop.store.records import HistoryEntry, ImportBatch, Record, Step
from desktop.store.unit import Store

SHOWN_AT_MOST = 300
_EMPTY = "空"


def tell(value: object) -> str:
    """Return a history value as people read it: days in words, nothing as 空."""
    if value in (None, "", []):
        return _EMPTY
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    text = str(value)
    try:
        return plain_day(date.fromisoformat(text))
    except ValueError:
        return text


def changed(_value: object) -> str:
    """Return that there was something, for what cannot be told in a word, such as another place."""
    return "（另一个）"


def scaled(by: int, unit: str = "") -> Callable[[object], str]:
    """Return what tells a whole number kept in small units: hundredths, thousandths, µmol/L."""

    def told(value: object) -> str:
        return f"{int(str(value)) / by:g}{unit}" if value not in (None, "") else _EMPTY

    return told


@dataclass(frozen=True)
class FieldWord:
    """What a column is called, and how its values are told."""

    title: str
    tell: Callable[[object], str] = tell


@dataclass(frozen=True)
class RecordKind:
    """One kind of record: who may see its history, its columns in words, and (kind, column) of what hangs on it."""

    model: type[Record]
    see: Right
    words: Mapping[str, FieldWord]
    parts: tuple[tuple[RecordKind, str], ...] = ()


@dataclass(frozen=True)
class Change:
    """One step that touched the record: *lines* are (field, before, after)."""

    at: datetime
    who: str
    label: str
    lines: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)


class RecordHistoryService:
    """Tells the history of single records, each kind by its own right; parts an officer may not see are left out."""

    def __init__(self, store: Store, officer: Officer, kinds: Mapping[str, RecordKind]) -> None:
        self._store, self._officer, self._kinds = store, officer, kinds

    def of(self, kind: str, record_id: UUID) -> list[Change]:
        """Return what became of the record, newest first; raise InputError for an unknown kind, NotAllowed."""
        known = self._kinds.get(kind)
        if known is None:
            raise InputError("这一类记录没有修改记录。")
        self._officer.require(known.see)
        with self._store.reading() as session:
            owners = {record_id: known}
            for part, column in known.parts:
                if self._officer.may(part.see):
                    owners |= dict.fromkeys(_parts_of(session, part.model, column, record_id), part)
            changes = _changes(session, owners)
            origin = _origin(session, known.model, record_id)
        return [*changes, *([origin] if origin is not None else [])]


def _parts_of(session: Session, model: type[Record], column: str, record_id: UUID) -> list[UUID]:
    table = table_of(model)
    return list(session.connection().scalars(pick(table.c.id).where(table.c[column] == record_id)))


def _changes(session: Session, owners: Mapping[UUID, RecordKind]) -> list[Change]:
    query = (
        select(HistoryEntry, Step)
        .join(Step, col(Step.id) == col(HistoryEntry.step_id))
        .where(col(HistoryEntry.record_id).in_(list(owners)))
        .order_by(entered(HistoryEntry).desc())
        .limit(SHOWN_AT_MOST)
    )
    found: dict[UUID, Change] = {}
    for entry, step in session.exec(query):
        kind = owners.get(entry.record_id) if entry.record_id is not None else None
        lines = _lines(entry.changes, kind.words) if kind is not None else ()
        before = found.get(step.id)
        found[step.id] = Change(step.at, step.who, step.label, (*(before.lines if before else ()), *lines))
    return list(found.values())


def _lines(changes: Mapping[str, Any], words: Mapping[str, FieldWord]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (words[name].title, words[name].tell(values[0]), words[name].tell(values[1]))
        for name, values in changes.items()
        if name in words and isinstance(values, list) and len(values) == 2
    )


def _origin(session: Session, model: type[Record], record_id: UUID) -> Change | None:
    """Return the import a record came with: a batch keeps one entry for all its rows."""
    record = session.get(model, record_id)
    if record is None or record.import_batch is None:
        return None
    batch = session.get(ImportBatch, record.import_batch)
    step = session.exec(select(Step).where(Step.batch_id == record.import_batch)).first()
    if batch is None or step is None:
        return None
    return Change(batch.at, step.who, f"随表导入：{batch.file_name}")


def words_of(titles: Mapping[str, str], **told: Callable[[object], str]) -> dict[str, FieldWord]:
    """Return *titles* (column → what it is called) as words; *told* says how some columns are told."""
    return {name: FieldWord(title, told.get(name, tell)) for name, title in titles.items()}


def masked_by(mask: Callable[[str | None], str]) -> Callable[[object], str]:
    """Return what tells a number with its middle starred."""
    return lambda value: mask(str(value)) if value else _EMPTY
