"""Making a backup: copied, flushed, read again from where it lies, and only then given its name."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from desktop import __version__
from desktop.foundation.clock import Clock
from desktop.foundation.errors import DamagedFile, machine_faults
from desktop.foundation.jobs import JobCancelled, JobContext
from desktop.safekeeping.attachments import UNREADABLE, Carried, carry, collect, put_into_store
from desktop.safekeeping.copies import (
    STEPS_BETWEEN_LOOKS,
    Facts,
    digest_of,
    facts_of,
    forget_cached,
    record_tables,
    rows_in,
)
from desktop.safekeeping.manifest import MANIFEST, Figures, Handing, Manifest, Part, Sealed, open_counts
from desktop.safekeeping.opener import OPENER, WORDS
from desktop.safekeeping.places import (
    alone,
    counted_when_full,
    free_name,
    refuse_inside,
    refuse_too_small,
    rough_name,
    sweep,
    sync_names,
    write_flushed,
)
from desktop.safekeeping.verify import ring_in
from desktop.store.engine import connect
from desktop.store.faults import file_faults
from desktop.store.files import sync_file
from desktop.store.folder import ATTACHMENTS, DATABASE, KEYS

log = logging.getLogger(__name__)
_SLACK_BYTES = 200_000  # key slots, manifest, and what a file system needs for names
_COPIED_PERCENT = 60
_NOTE = WORDS.encode("utf-8-sig")  # Windows' editor reads it so


@dataclass(frozen=True)
class Source:
    """The file in use: where it lies, and the key that opens it."""

    database: Path
    data_folder: Path
    data_key: bytes = field(repr=False)


@dataclass(frozen=True)
class GivingAway:
    """A copy with which the data leave this computer: what its manifest says, and what is done before it is named."""

    handing: Handing
    seal: Callable[[Path], object]
    """Gets the name the copy is about to have; raises if the data may not leave after all."""


@dataclass(frozen=True)
class BackupReport:
    """A finished backup: its folder, size and SHA-256 of its main file, living records by table, newest step.

    *attachments* are named by it; *damaged_attachments* were damaged on this computer and could not be kept.
    """

    path: Path
    bytes: int
    sha256: str
    counts: dict[str, int]
    verified: bool
    made_at: datetime
    mark: str
    attachments: int = 0
    damaged_attachments: int = 0


def back_up(
    source: Source,
    target: Path,
    *,
    clock: Clock,
    figures: Callable[[], Figures] = lambda: Figures(""),
    context: JobContext | None = None,
    giving: GivingAway | None = None,
) -> BackupReport:
    """Put a verified backup of *source* into a new folder inside *target* and return what it holds.

    *figures* is asked on another thread while the file is copied. With *giving* it is a copy that carries the right to
    write; nothing anybody could use lies there before that has been sealed. A failure, a cancel or a kill leaves older
    backups as they were and nothing that could be taken for a backup. Raises InputError for a place inside the data
    folder, FileBusy beside another backup of the same data, EnvironmentFailure for the machine's fault, JobCancelled.
    """
    refuse_inside(source.data_folder, target)
    context = context or JobContext()
    with alone(source.data_folder), machine_faults("备份"):
        target.mkdir(exist_ok=True)  # not its parents: of a stick that is not plugged in nothing is there
        sweep(target, source.data_folder)
        work = _Work(source, clock.now(), context)
        final = free_name(target, work.committee, work.made_at)
        rough = rough_name(final, source.data_folder)
        try:
            rough.mkdir()
            manifest = work.write(rough, figures, giving.handing if giving else None)
            context.check()
            put_into_store(rough)
            if giving is not None:
                giving.seal(final)
            rough.rename(final)
            sync_names(target)
        except BaseException:
            for left in (rough, final):
                shutil.rmtree(left, ignore_errors=True)
            raise
        with suppress(OSError):  # the backup is made; what nobody names goes the next time
            collect(target)
    main = manifest.files[DATABASE]
    log.info("backup made and verified, %d bytes", main.bytes)
    return BackupReport(
        path=final,
        bytes=main.bytes,
        sha256=main.sha256,
        counts=work.counts,
        verified=True,
        made_at=work.made_at,
        mark=manifest.mark,
        attachments=len(manifest.attachments),
        damaged_attachments=work.carried.damaged,
    )


@dataclass(frozen=True)
class _Before:
    """The rows of the file in use just before it was copied; *exact* if nobody stored anything meanwhile."""

    rows: dict[str, int]
    growing: frozenset[str]
    exact: bool

    def agrees(self, after: dict[str, int]) -> bool:
        """Return whether a copy with the rows *after* has lost nothing."""
        if self.exact:
            return after == self.rows
        return all(after.get(table, -1) >= self.rows[table] for table in self.growing)


class _Work:
    """One backup in the making."""

    def __init__(self, source: Source, made_at: datetime, context: JobContext) -> None:
        self._source, self._context, self.made_at = source, context, made_at
        self._keys = source.database.with_name(KEYS).read_bytes()
        self.committee = ring_in(source.database.parent).committee
        self.carried, self.counts = Carried({}), dict[str, int]()

    def write(self, rough: Path, figures: Callable[[], Figures], handing: Handing | None = None) -> Manifest:
        """Write the three files and new attachments into *rough*, the manifest last, and read each of them again."""
        with ThreadPoolExecutor(max_workers=1) as beside:
            asked = beside.submit(figures)
            facts, main = self._copy_and_check(rough / DATABASE, beside)
            # Files lie on the disk before a record names them, so that the copy names none that is not there now.
            attachments = self._source.data_folder / ATTACHMENTS
            self.carried = carry(attachments, rough, self._source.data_key, self._context)
        with counted_when_full(rough, main.bytes + _SLACK_BYTES):
            write_flushed(rough / KEYS, self._keys)
            write_flushed(rough / OPENER, _NOTE)
            manifest = Manifest(
                program=__version__,
                schema=facts.schema,
                committee=self.committee,
                made_at=self.made_at,
                files={DATABASE: main, KEYS: _part_of(self._keys), OPENER: _part_of(_NOTE)},
                counts=open_counts(facts.counts),
                rows=open_counts(facts.rows),
                mark=facts.mark,
                attachments=self.carried.parts,
            )
            if handing is not None:
                manifest = manifest.handing_on(handing)
            sealed = Sealed(asked.result(), facts.counts, facts.rows)
            manifest = manifest.sealing(sealed, self._source.data_key)
            write_flushed(rough / MANIFEST, manifest.to_bytes())
            sync_names(rough)
        self.counts = facts.counts
        for name, written in ((KEYS, self._keys), (OPENER, _NOTE), (MANIFEST, manifest.to_bytes())):
            forget_cached(rough / name)
            if (rough / name).read_bytes() != written:
                raise DamagedFile(UNREADABLE)
        self._context.report(100, 100)
        return manifest

    def _copy_and_check(self, copy: Path, beside: ThreadPoolExecutor) -> tuple[Facts, Part]:
        """Copy the database; flush it, and read it again from the disk, not from memory."""
        before = self._copy(copy)
        written = beside.submit(digest_of, copy, self._context)
        sync_file(copy)
        main = Part(copy.stat().st_size, written.result())
        forget_cached(copy)
        read: Future[str] = beside.submit(digest_of, copy, self._context)
        try:
            facts = facts_of(copy, self._source.data_key, self._context)
        except DamagedFile:
            raise DamagedFile(UNREADABLE) from None
        if read.result() != main.sha256 or not before.agrees(facts.rows):
            raise DamagedFile(UNREADABLE)
        self._context.report(95, 100)
        return facts, main

    def _copy(self, copy: Path) -> _Before:
        with file_faults("备份"), closing(connect(self._source.database, self._source.data_key)) as raw:
            pages, free, size = (_number(raw, name) for name in ("page_count", "freelist_count", "page_size"))
            need = (pages - free) * size + _SLACK_BYTES
            refuse_too_small(copy.parent, need)
            rows, growing = rows_in(raw), frozenset([*record_tables(raw), "step", "history_entry"])
            version = _number(raw, "data_version")
            self._follow(raw, copy, need)
            with counted_when_full(copy.parent, need):
                self._vacuum_into(raw, copy)
            raw.set_progress_handler(None, 0)
            exact = _number(raw, "data_version") == version
        return _Before(rows, growing, exact)

    def _vacuum_into(self, raw: sqlcipher.Connection, copy: Path) -> None:
        """Copy one moment of the file with the same key; a writer beside it neither waits nor disturbs."""
        try:
            raw.execute("VACUUM INTO ?", (str(copy.resolve()),))
        except sqlcipher.Error:
            self._context.check()  # our own stop looks like an error of the driver
            raise

    def _follow(self, raw: sqlcipher.Connection, copy: Path, need: int) -> None:
        """Report how far the copy has grown, and have the copying stop once the user asks for it."""

        def look() -> int:
            try:
                self._context.check()
                self._context.report(min(copy.stat().st_size * _COPIED_PERCENT // need, _COPIED_PERCENT), 100)
            except JobCancelled:
                return 1
            except OSError:
                return 0  # not there yet
            return 0

        raw.set_progress_handler(look, STEPS_BETWEEN_LOOKS)


def _part_of(content: bytes) -> Part:
    return Part(len(content), sha256(content).hexdigest())


def _number(raw: sqlcipher.Connection, pragma: str) -> int:
    # The cipher answers some of these with text.
    return int(raw.execute(f"PRAGMA {pragma}").fetchone()[0])
