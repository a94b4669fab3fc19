"""Attachments of backups: once each in a store beside the backups, copied when new, gone when no backup names them."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from desktop.foundation.errors import AppError, DamagedFile, machine_faults
from desktop.foundation.jobs import JobContext
from desktop.safekeeping.copies import digest_of, forget_cached, open_copy
from desktop.safekeeping.manifest import MANIFEST, Part, read_manifest
from desktop.safekeeping.places import PREFIX, counted_when_full, refuse_too_small, sync_names, write_flushed
from desktop.safekeeping.verify import Backup
from desktop.store.blobs import Seal, blob_path, blobs_in, make_shelf
from desktop.store.files import write_atomically
from desktop.store.folder import DATABASE

log = logging.getLogger(__name__)
STORE = "居委工作台附件"
UNREADABLE = "备份写完再读出来不一样，已经删掉了。这个U盘可能坏了或容量是假的，请换一个。正在用的资料没有动。"


@dataclass(frozen=True)
class Carried:
    """What a backup names of the store beside it, and how many files were damaged on this computer and in no backup."""

    parts: Mapping[str, Part]
    damaged: int = 0


def carry(source: Path, rough: Path, data_key: bytes, context: JobContext) -> Carried:
    """Write what lies in *source* and not yet in the store beside the backup *rough* into *rough*; return all of it.

    New files are checked with the key in the backup's database, flushed and read again; of older ones the size is
    compared, `verify` reads them whole. What was damaged on this computer already is left out and counted; what
    belongs to another community, after its backup was restored here, is left out. Raises what writing raises, and
    JobCancelled.
    """
    parts, new = _known_and_new(source, rough.parent)
    if not parts and not new:
        return Carried({})
    need = sum(blob_path(source, name).stat().st_size for name in new)
    refuse_too_small(rough, need)
    with closing(open_copy(rough / DATABASE, data_key)) as raw:
        seal = Seal(raw.execute("SELECT secret FROM blob_key").fetchone()[0])
    damaged = 0
    (rough / STORE).mkdir()
    with counted_when_full(rough / STORE, need):
        for name in new:
            context.check()
            file = blob_path(source, name).read_bytes()
            if _is_sound(seal, name, file):
                parts[name] = _write(blob_path(rough / STORE, name), file)
            else:
                damaged += seal.owns(file)
    for name in new:
        context.check()
        if name in parts:
            _read_again(blob_path(rough / STORE, name), parts[name], context)
    return Carried(dict(sorted(parts.items())), damaged)


def bytes_to_carry(source: Path, target: Path) -> int:
    """Return how much a backup in *target* would have to copy of what lies in *source*. Raises OSError."""
    return sum(blob_path(source, name).stat().st_size for name in _known_and_new(source, target)[1])


def put_into_store(rough: Path) -> None:
    """Move the new files of the backup *rough* into the store beside it, each whole; raises OSError.

    The backup that names them gets its name only afterwards; a kill in between leaves files for `collect`.
    """
    if not (rough / STORE).is_dir():
        return
    store = rough.parent / STORE
    for name in blobs_in(rough / STORE):
        blob_path(store, name).parent.mkdir(parents=True, exist_ok=True)
        blob_path(rough / STORE, name).replace(blob_path(store, name))
    for shelf in list((rough / STORE).iterdir()):
        if (store / shelf.name).is_dir():
            sync_names(store / shelf.name)
        shelf.rmdir()
    (rough / STORE).rmdir()
    if store.is_dir():
        sync_names(store)


def known_parts(target: Path) -> dict[str, Part]:
    """Return every attachment the backups in *target* name; a backup that cannot be read names none."""
    parts: dict[str, Part] = {}
    for path in target.glob(f"{PREFIX}*/{MANIFEST}"):
        with contextlib.suppress(AppError, OSError):
            parts.update(read_manifest(path.read_bytes()).attachments)
    return parts


def look_beside(backup: Backup, context: JobContext | None = None) -> list[str]:
    """Return the attachments *backup* names that are missing or changed in the store beside it; needs no password.

    Records can be restored without them: no reason to refuse the backup, but one to say so. Raises EnvironmentFailure.
    """
    store, parts, context = _store_beside(backup.folder), backup.manifest.attachments, context or JobContext()
    with machine_faults("核对附件"):
        return [name for name, part in parts.items() if not _is_same(blob_path(store, name), part, context)]


def bring(backup: Backup, folder: Path, context: JobContext) -> int:
    """Add to *folder* what *backup* names and is not there, and return how many of them are nowhere to be had.

    Never overwrites a sound file. A failure takes the added ones away again. Raises OSError, JobCancelled.
    """
    store, missing, added = _store_beside(backup.folder), 0, list[str]()
    try:
        for name, part in backup.manifest.attachments.items():
            context.check()
            own = blob_path(folder, name)
            if _is_same(own, part, context):
                continue
            if not _is_same(blob_path(store, name), part, context):
                missing += 1
                continue
            added.append(name)
            make_shelf(own.parent)
            write_atomically(own, blob_path(store, name).read_bytes())
    except BaseException:
        remove(folder, added)
        raise
    return missing


def collect(target: Path) -> int:
    """Remove from *target*'s store what no backup there names any more, and return how many files went.

    Nothing goes while any backup cannot be read, or while one is being made: what it names is not known yet.
    """
    store = target / STORE
    if not store.is_dir() or any(target.glob(f".{PREFIX}*")):
        return 0
    named: set[str] = set()
    for folder in target.glob(f"{PREFIX}*"):
        try:
            named.update(read_manifest((folder / MANIFEST).read_bytes()).attachments)
        except (AppError, OSError):
            log.warning("attachments not collected: a backup cannot be read")
            return 0
    idle = [name for name in blobs_in(store) if name not in named]
    remove(store, idle)
    return len(idle)


def remove(store: Path, names: Iterable[str]) -> None:
    """Take *names* out of *store* as far as the system lets us, and shelves that are empty then."""
    for name in names:
        path = blob_path(store, name)
        with contextlib.suppress(OSError):
            path.unlink()
            path.parent.rmdir()
    with contextlib.suppress(OSError):
        store.rmdir()


def _known_and_new(source: Path, target: Path) -> tuple[dict[str, Part], list[str]]:
    """Return what of *source* lies in the store in *target* already, by its size, and the names of the rest."""
    names, store, known = blobs_in(source), target / STORE, known_parts(target)
    parts = {
        name: known[name] for name in names if name in known and _size(blob_path(store, name)) == known[name].bytes
    }
    return parts, [name for name in names if name not in parts]


def _is_sound(seal: Seal, name: str, file: bytes) -> bool:
    try:
        seal.open(name, file)
    except DamagedFile:
        return False
    return True


def _write(copy: Path, file: bytes) -> Part:
    """Write one file through to the disk and return what it is."""
    copy.parent.mkdir(exist_ok=True)
    write_flushed(copy, file)
    return Part(len(file), sha256(file).hexdigest())


def _read_again(path: Path, part: Part, context: JobContext) -> None:
    """Read a new file from the disk, not from memory; raise DamagedFile if it is not what was written."""
    forget_cached(path)
    if digest_of(path, context) != part.sha256:
        raise DamagedFile(UNREADABLE)


def _store_beside(backup: Path) -> Path:
    return backup.absolute().parent / STORE


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return -2


def _is_same(path: Path, part: Part, context: JobContext) -> bool:
    try:
        return path.stat().st_size == part.bytes and digest_of(path, context) == part.sha256
    except FileNotFoundError:
        return False
