"""A database that lies in a backup: opened without changing a byte, looked over, and counted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.foundation.errors import DamagedFile
from desktop.foundation.jobs import JobCancelled, JobContext
from desktop.store.faults import file_faults
from desktop.store.migrate import revision_of

TORN = "这份备份里的资料有损坏，不能用来恢复。请换一份备份。正在用的资料没有动。"
STEPS_BETWEEN_LOOKS = 2_000
_BLOCK = 1 << 20
_CACHE_KIB = 32_768
_INTERRUPTED = 9  # SQLITE_INTERRUPT: our own progress handler said stop


@dataclass(frozen=True)
class Facts:
    """What a sound database holds: its schema, living records and all rows by table, and its newest step."""

    schema: str
    counts: dict[str, int]
    rows: dict[str, int]
    mark: str


def open_copy(path: Path, data_key: bytes) -> sqlcipher.Connection:
    """Return a connection that takes the file as unchangeable: nothing is written beside it, no lock is left."""
    raw = sqlcipher.connect(
        f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False, isolation_level=None
    )
    try:
        raw.execute("PRAGMA cipher_log_level=NONE")
        raw.execute(f"PRAGMA key=\"x'{data_key.hex()}'\"")
        raw.execute("PRAGMA temp_store=MEMORY")
        raw.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")  # pages checked once need not be deciphered again to be counted
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        raw.close()
        raise
    return raw


def facts_of(path: Path, data_key: bytes, context: JobContext, *, thorough: bool = False) -> Facts:
    """Check every page and the structure of the database at *path* and return what it holds.

    *thorough* also follows every reference between records. Raises DamagedFile, JobCancelled.
    """
    with told_as_damage(), ThreadPoolExecutor(max_workers=1) as beside:
        # The driver lets go of the interpreter while it works, so both cores read the file together.
        pages = beside.submit(_bad_pages, path, data_key)
        with closing(open_copy(path, data_key)) as raw:
            stop_on_cancel(raw, context)
            schema = revision_of(raw) or ""
            sound = raw.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            loose = thorough and raw.execute("PRAGMA foreign_key_check").fetchone() is not None
            found = Facts(schema, living_in(raw), rows_in(raw), mark_of(raw)) if sound and not loose else None
        if found is None or pages.result():
            raise DamagedFile(TORN)
    return found


def rows_in(raw: sqlcipher.Connection) -> dict[str, int]:
    """Return how many rows each table holds, records in the bin included; search indexes are left out."""
    return {name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in _tables(raw)}  # noqa: S608


def living_in(raw: sqlcipher.Connection) -> dict[str, int]:
    """Return how many records outside the bin each table of records holds."""
    return {
        name: raw.execute(f'SELECT count(*) FROM "{name}" WHERE deleted_at IS NULL').fetchone()[0]  # noqa: S608
        for name in record_tables(raw)
    }


def record_tables(raw: sqlcipher.Connection) -> list[str]:
    """Return the tables whose rows are never deleted, only moved to the bin."""
    return [
        name
        for name in _tables(raw)
        if any(column[1] == "deleted_at" for column in raw.execute(f'PRAGMA table_info("{name}")'))
    ]


def mark_of(raw: sqlcipher.Connection) -> str:
    """Return the newest step's id as hex digits; empty before the first."""
    row = raw.execute("SELECT id FROM step ORDER BY rowid DESC LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def stop_on_cancel(raw: sqlcipher.Connection, context: JobContext) -> None:
    """Have *raw* give up its statement soon after the user asked to stop."""

    def look() -> int:
        try:
            context.check()
        except JobCancelled:
            return 1
        return 0

    raw.set_progress_handler(look, STEPS_BETWEEN_LOOKS)


@contextmanager
def told_as_damage() -> Iterator[None]:
    """Say of whatever cannot be read that this backup is damaged; a stop that was asked for is JobCancelled."""
    try:
        with file_faults("核对备份"):
            yield
    except DamagedFile:
        raise DamagedFile(TORN) from None
    except sqlcipher.Error as error:
        if getattr(error, "sqlite_errorcode", 0) != _INTERRUPTED:
            raise
        raise JobCancelled from None


def digest_of(path: Path, context: JobContext) -> str:
    """Return the SHA-256 of the file at *path*; raises OSError, JobCancelled."""
    digest = sha256()
    with path.open("rb", buffering=0) as stream:
        while block := stream.read(_BLOCK):
            context.check()
            digest.update(block)
    return digest.hexdigest()


def forget_cached(path: Path) -> None:
    """Have the system read *path* from the disk next time, not from memory; Windows has no call for it."""
    if not hasattr(os, "posix_fadvise"):
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)


def _bad_pages(path: Path, data_key: bytes) -> int:
    with closing(open_copy(path, data_key)) as raw:
        return len(raw.execute("PRAGMA cipher_integrity_check").fetchall())


def _tables(raw: sqlcipher.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    return [name for (name,) in raw.execute(query) if not name.startswith("search_")]
