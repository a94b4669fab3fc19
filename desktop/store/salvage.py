"""Copying out of a damaged file whatever can still be read, row by row, into a new sound one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher
from sqlmodel import SQLModel

from desktop.foundation.errors import DamagedFile
from desktop.foundation.jobs import JobContext
from desktop.store.engine import connect

_NOTHING = "资料文件坏得太厉害，一行也读不出来。请用备份恢复。坏了的文件没有动。"
_ROWS_AT_ONCE = 512
_BLIND_BLOCKS = 2
"""So many unreadable blocks beyond the last readable row are looked at where the number of rows cannot be read."""
_PATIENCE = 3_000
"""So many failed reads a table is worth; after that an unreadable range is given up whole. Each costs an opening."""

_OWN = ("sqlite_", "search_", "alembic_")


@dataclass
class Salvaged:
    """Rows copied by table, and how many at most were lost: unreadable, or of no use without one that is."""

    copied: dict[str, int] = field(default_factory=dict)
    lost: dict[str, int] = field(default_factory=dict)

    @property
    def total_lost(self) -> int:
        """Return the sum over all tables."""
        return sum(self.lost.values())


def salvage_into(damaged: Path, fresh: Path, data_key: bytes, context: JobContext | None = None) -> Salvaged:
    """Fill *fresh*, a new file with the present schema, from *damaged*; derived tables are left empty.

    Neither stops at a page that cannot be read nor changes a byte of *damaged*. Raises DamagedFile if not even the list
    of its tables can be read, JobCancelled.
    """
    context = context or JobContext()
    source = _Source(damaged, data_key)
    found = Salvaged()
    with closing(connect(fresh, data_key)) as raw:
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("BEGIN IMMEDIATE")
        tables = _tables(raw)
        for number, table in enumerate(tables):
            context.check()
            context.report(number, len(tables))
            _copy_table(source, raw, table, found, context)
        _drop_orphans(raw, found)
        raw.execute("COMMIT")
    if not any(found.copied.values()):
        raise DamagedFile(_NOTHING)
    return found


class _Source:
    """The damaged file: after a page that fails its check the driver serves nothing more, so it is opened anew."""

    def __init__(self, path: Path, data_key: bytes) -> None:
        self._path, self._key = path, data_key
        self._raw: sqlcipher.Connection | None = None
        self.patience = _PATIENCE
        if self.ask("SELECT name FROM sqlite_master") is None:
            raise DamagedFile(_NOTHING)

    def ask(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]] | None:
        """Return the rows, or None if any page they need cannot be read."""
        try:
            if self._raw is None:
                # The log beside it may hold what was saved last; a read-only look at the file alone would miss it.
                self._raw = connect(self._path, self._key)
            return list(self._raw.execute(query, values).fetchall())
        except (sqlcipher.Error, UnicodeDecodeError):
            if self._raw is not None:
                with suppress(sqlcipher.Error):
                    self._raw.close()
            self._raw = None
            self.patience -= 1
            return None


def _tables(raw: sqlcipher.Connection) -> list[str]:
    derived = {name for name, table in SQLModel.metadata.tables.items() if table.info.get("derived")}
    names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")]
    return [name for name in names if name not in derived and not name.startswith(_OWN)]


def _copy_table(source: _Source, raw: sqlcipher.Connection, table: str, found: Salvaged, context: JobContext) -> None:
    columns = _common_columns(source, raw, table)
    if not columns:
        return
    names = ", ".join(f'"{name}"' for name in columns)
    into = f'INSERT OR REPLACE INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})'  # noqa: S608
    query = f'SELECT {names} FROM "{table}" WHERE rowid BETWEEN ? AND ?'  # noqa: S608
    found.copied[table] = found.lost[table] = 0
    if table == "blob_key" and source.ask(query, (0, 1 << 40)):
        raw.execute('DELETE FROM "blob_key"')  # the one the new file was made with opens nothing
    source.patience = _PATIENCE
    for low, high in _blocks(source, table):
        context.check()
        for rows in _readable(source, query, low, high):
            if isinstance(rows, int):
                found.lost[table] += rows
                continue
            for row in rows:
                if _has_gap(row):
                    found.lost[table] += 1
                    continue
                try:
                    raw.execute(into, row)
                    found.copied[table] += 1
                except sqlcipher.Error:
                    found.lost[table] += 1


def _has_gap(row: tuple[Any, ...]) -> bool:
    """Return whether a page that only continues a long text was bad: the driver hands zeros over in its place."""
    return any(isinstance(value, str) and "\0" in value for value in row)


def _common_columns(source: _Source, raw: sqlcipher.Connection, table: str) -> list[str]:
    there = source.ask(f'PRAGMA table_info("{table}")') or []
    old = {row[1] for row in there}
    return [row[1] for row in raw.execute(f'PRAGMA table_info("{table}")') if row[1] in old]


def _blocks(source: _Source, table: str) -> Iterator[tuple[int, int]]:
    """Yield ranges of row numbers that together hold every row."""
    last = source.ask(f'SELECT max(rowid) FROM "{table}"')  # noqa: S608
    if last is None:
        # Rows are hardly ever deleted, so their number, which an index tells too, is that of the last one.
        last = source.ask(f'SELECT count(*) FROM "{table}"')  # noqa: S608
    if last is not None:
        for low in range(1, (last[0][0] or 0) + 1, _ROWS_AT_ONCE):
            yield low, min(low + _ROWS_AT_ONCE - 1, last[0][0])
        return
    low, blind = 1, 0
    while blind < _BLIND_BLOCKS:
        high = low + _ROWS_AT_ONCE - 1
        rows = source.ask(f'SELECT rowid FROM "{table}" WHERE rowid BETWEEN ? AND ? LIMIT 1', (low, high))  # noqa: S608
        blind = 0 if rows else blind + 1
        yield low, high
        low = high + 1


def _readable(source: _Source, query: str, low: int, high: int) -> Iterator[list[tuple[Any, ...]] | int]:
    """Yield what can be read between two row numbers, and how many rows at a time cannot."""
    rows = source.ask(query, (low, high))
    if rows is not None:
        yield rows
    elif low == high or source.patience <= 0:
        yield high - low + 1
    else:
        middle = (low + high) // 2
        yield from _readable(source, query, low, middle)
        yield from _readable(source, query, middle + 1, high)


def _drop_orphans(raw: sqlcipher.Connection, found: Salvaged) -> None:
    """Take out what refers to a row that was lost, and what refers to that, until everything fits together."""
    while orphans := {(table, row) for table, row, *_ in raw.execute("PRAGMA foreign_key_check").fetchall()}:
        for table, row in orphans:
            raw.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row,))  # noqa: S608
            found.copied[table] = found.copied.get(table, 0) - 1
            found.lost[table] = found.lost.get(table, 0) + 1
