"""The gate before every write: a record may be written only by a flush or by insert_many, both of which leave history.

Two guards, because one can be walked around: statements that pass through SQLAlchemy are looked at before they run
and refused with the table's name; SQLite's own authorizer refuses whatever reaches the driver in another way. The
authorizer is asked when a statement is compiled, and the driver keeps compiled statements; so each time the gate shuts,
the authorizer is set anew, which makes SQLite compile again whatever was compiled while it stood open.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Engine, event
from sqlcipher3 import dbapi2 as sqlcipher
from sqlmodel import SQLModel

_VERB = r"(?:insert\s+(?:or\s+\w+\s+)?into|replace\s+into|update(?:\s+or\s+\w+)?|delete\s+from)"
# Action codes of sqlite3_set_authorizer.
_CHANGES_ROWS = frozenset({9, 18, 23})  # DELETE, INSERT, UPDATE; the table comes first
_CHANGES_SCHEMA = frozenset({5, 7, 11, 26})  # CREATE_TEMP_TRIGGER, CREATE_TRIGGER, DROP_TABLE, ALTER_TABLE
_TRANSACTION = 22
_SQLITE_OK, _SQLITE_DENY = 0, 1


class WriteWithoutHistory(RuntimeError):
    """A bug: somebody tried to change records past the session's flush and insert_many."""


class Gate:
    """Open only while the unit of work itself writes records."""

    def __init__(self, engine: Engine) -> None:
        self._depth = 0
        self._committing = False
        self._raw: Any = None
        event.listen(engine, "before_cursor_execute", self._look)
        event.listen(engine, "connect", self._authorize)

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Let record writes pass inside the block."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if not self._depth:
                self._ask_again()

    @contextmanager
    def committing(self) -> Iterator[None]:
        """Let the transaction end inside the block; a unit stored in two halves would have lost its history."""
        self._committing = True
        try:
            yield
        finally:
            self._committing = False
            self._ask_again()

    def _look(
        self, _connection: Any, _cursor: Any, statement: str, _parameters: Any, _context: Any, _many: bool
    ) -> None:
        if not self._depth and (found := _write_to(guarded_tables()).search(statement)):
            raise WriteWithoutHistory(f"a write to {found.group(1)} must go through the session or insert_many")

    def _authorize(self, raw: Any, _record: Any) -> None:
        self._raw = raw
        self._ask_again()

    def _ask_again(self) -> None:
        if self._raw is None:
            return  # not connected yet
        with suppress(sqlcipher.ProgrammingError):  # a connection that broke meanwhile asks nobody any more
            self._raw.set_authorizer(self._decide)

    def _decide(self, action: int, what: str | None, *_rest: Any) -> int:
        # Schemas change in migrations only; a trigger would write later, when nobody looks.
        refused = (
            action in _CHANGES_SCHEMA
            or (action in _CHANGES_ROWS and not self._depth and what in guarded_tables())
            or (action == _TRANSACTION and what == "COMMIT" and not self._committing)
        )
        return _SQLITE_DENY if refused else _SQLITE_OK


def guarded_tables() -> frozenset[str]:
    """Return the names of all tables that hold records or the journal (everything not marked as free)."""
    return frozenset(name for name, table in SQLModel.metadata.tables.items() if not table.info.get("free"))


@functools.lru_cache(maxsize=4)
def _write_to(tables: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern that finds a write to one of *tables*, also behind WITH."""
    return re.compile(rf"\b{_VERB}\s+[\"`\[]?({'|'.join(sorted(tables))})\b", re.IGNORECASE)
