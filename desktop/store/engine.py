"""Connections to the encrypted file: one writer with a large cache, two readers that cannot write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.foundation.text import sound_key

APPLICATION_ID = 0x4A555745  # "JUWE", in the file header of every database of ours
BUSY_TIMEOUT_MS = 10_000


def connect(path: Path, data_key: bytes, *, create: bool = False) -> sqlcipher.Connection:
    """Return an open raw connection in autocommit mode; a wrong key or a foreign file raises sqlcipher's error.

    Without *create* a missing or empty file is an error instead of a new file.
    """
    if not create and path.is_file() and not path.stat().st_size:
        # The driver would take it for a new file and begin to write.
        empty = sqlcipher.DatabaseError("an empty file is not a database")
        empty.sqlite_errorcode = sqlcipher.SQLITE_NOTADB
        raise empty
    mode = "rwc" if create else "rw"
    raw = sqlcipher.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_TIMEOUT_MS / 1000,
        check_same_thread=False,
        isolation_level=None,
    )
    try:
        raw.execute("PRAGMA cipher_log_level=NONE")  # it would write its own English lines to stderr
        raw.execute(f"PRAGMA key=\"x'{data_key.hex()}'\"")
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for pragma in (
            "foreign_keys=ON",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "temp_store=MEMORY",
        ):
            raw.execute(f"PRAGMA {pragma}")
        raw.create_function("sound_key", 1, sound_key, deterministic=True)  # sorts Chinese words, see store.sorting
    except BaseException:
        raw.close()
        raise
    return raw


def make_engine(path: Path, data_key: bytes, *, writer: bool) -> Engine:
    """Return the writer's engine (one connection, 64 MB cache) or the readers' (two, 8 MB each, query_only).

    A look-up inside another look-up opens a passing third or fourth reader: waiting for one that a job keeps for
    seconds would stop the window.
    """

    def creator() -> Any:
        raw = connect(path, data_key)
        raw.execute(f"PRAGMA cache_size={-65_536 if writer else -8_192}")
        if not writer:
            raw.execute("PRAGMA query_only=ON")
        return raw

    engine = create_engine(
        "sqlite:///managed.db",
        creator=creator,
        module=sqlcipher,
        poolclass=QueuePool,
        pool_size=1 if writer else 2,
        max_overflow=0 if writer else 2,
        pool_timeout=BUSY_TIMEOUT_MS / 1000,
        hide_parameters=True,
    )
    start = "BEGIN IMMEDIATE" if writer else "BEGIN"

    @event.listens_for(engine, "connect")
    def _no_driver_transactions(raw: Any, _record: Any) -> None:
        raw.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(start)

    return engine
