"""The gate before every write: a record may be written only by a flush or by insert_many, both of which leave history.

Two guards, because one can be walked around: statements that pass through SQLAlchemy are looked at before they run
and refused with the table's name; SQLite's own authorizer refuses whatever reaches the driver in another way.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import SQLModel

_VERB = r"(?:insert\s+(?:or\s+\w+\s+)?into|replace\s+into|update(?:\s+or\s+\w+)?|delete\s+from)"
_SQLITE_DELETE, _SQLITE_INSERT, _SQLITE_UPDATE = 9, 18, 23
_SQLITE_OK, _SQLITE_DENY = 0, 1


class WriteWithoutHistory(RuntimeError):
    """A bug: somebody tried to change records past the session's flush and insert_many."""


class Gate:
    """Open only while the unit of work itself writes records."""

    def __init__(self, engine: Engine) -> None:
        self._depth = 0
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

    def open(self) -> None:
        """Let record writes pass until close()."""
        self._depth += 1

    def close(self) -> None:
        """End what open() began."""
        self._depth = max(self._depth - 1, 0)

    def reset(self) -> None:
        """Shut the gate whatever happened inside, at the end of a unit of work."""
        self._depth = 0

    def _look(
        self, _connection: Any, _cursor: Any, statement: str, _parameters: Any, _context: Any, _many: bool
    ) -> None:
        if not self._depth and (found := _write_to(record_tables()).search(statement)):
            raise WriteWithoutHistory(f"a write to {found.group(1)} must go through the session or insert_many")

    def _authorize(self, raw: Any, _record: Any) -> None:
        protected = record_tables()

        def decide(action: int, table: str | None, *_rest: Any) -> int:
            if action in (_SQLITE_INSERT, _SQLITE_UPDATE, _SQLITE_DELETE) and not self._depth and table in protected:
                return _SQLITE_DENY
            return _SQLITE_OK

        raw.set_authorizer(decide)


def record_tables() -> frozenset[str]:
    """Return the names of all tables that hold records (everything not marked as derived)."""
    return frozenset(name for name, table in SQLModel.metadata.tables.items() if not table.info.get("derived"))


@functools.lru_cache(maxsize=4)
def _write_to(tables: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern that finds a write to one of *tables*, also behind WITH."""
    return re.compile(rf"\b{_VERB}\s+[\"`\[]?({'|'.join(sorted(tables))})\b", re.IGNORECASE)
