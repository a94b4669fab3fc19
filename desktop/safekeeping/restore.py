"""Restoring: into a new generation that is checked before it is used; what was in use is kept beside it."""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from desktop.foundation.clock import Clock
from desktop.foundation.errors import DamagedFile, EnvironmentFailure, machine_faults
from desktop.foundation.jobs import JobContext
from desktop.safekeeping.arriving import Arrival
from desktop.safekeeping.attachments import bring
from desktop.safekeeping.copies import TORN, facts_of
from desktop.safekeeping.holders import Holder, counts_for
from desktop.safekeeping.last import note_restored
from desktop.safekeeping.manifest import Figures
from desktop.safekeeping.receiving import handover, is_handing, require_director
from desktop.safekeeping.verify import Backup, Inside, look_inside, look_over
from desktop.store.faults import file_faults
from desktop.store.files import sync_folder
from desktop.store.folder import DataFolder, Generation, refuse_risky_place
from desktop.store.keys import Cost
from desktop.store.migrate import SCRIPTS, copy_verified, needs_migration, upgrade
from desktop.store.tries import counted

log = logging.getLogger(__name__)
KEPT = "_恢复前"
_ROUGH = "restoring"
_RETURNED = "returned"
"""A mark in what was in use until the data came back."""

_BLOCK = 1 << 20


@dataclass(frozen=True)
class Restored:
    """What is in use now: living records by table, the figures of the backup's day, and where the old file is.

    *lost_attachments* were named by the backup and are missing or damaged beside it; the records came without them.
    *arrival* says who may write now.
    """

    committee: str
    made_at: datetime | None
    counts: dict[str, int]
    figures: Figures
    migrated: bool
    kept: Path | None
    lost_attachments: int = 0
    arrival: Arrival | None = None


def restore(
    path: Path,
    folder: DataFolder,
    holder: Holder,
    *,
    clock: Clock,
    cost: Cost | None = None,
    scripts: Path = SCRIPTS,
    context: JobContext | None = None,
) -> Restored:
    """Bring the backup at *path* into use in *folder*, which may be empty, and return what it holds.

    *path* may also be what an earlier restore has set aside (…_恢复前): that way back is open. Nothing is overwritten;
    until the last moment a failure, a cancel or a kill leaves in use what was. A copy that gave the data away brings
    the right to write along, a backup does not. Raises the sentences of `look_over`, WrongPassword, InputError,
    NotAllowed, FileBusy while anybody works on the folder, JobCancelled.
    """
    context = context or JobContext()
    refuse_risky_place(folder.path)
    source = set_aside_before(path) or look_over(path, context)
    if not is_handing(source):
        require_director(folder, holder, source.ring())
    with counted(folder.path, holder.slot_in(source.ring()).id, clock.now()):
        data_key = holder.open(source.ring())
    with folder.exclusive():
        passing = handover(source, folder, holder, data_key)
        with machine_faults("恢复"):
            old = _in_use(folder)
            _sweep(folder)
        with folder.new_generation(clock.now()) as new:
            mark = new.folder / _ROUGH
            with machine_faults("恢复"):
                mark.touch()
            brought = copy_checked(source, new, data_key, context)
            migrated = _migrate(new, data_key, scripts)
            if migrated:
                brought = replace(brought, counts=facts_of(new.database, data_key, context, thorough=True).counts)
            lost = _attachments(source, folder, context)
            holder.ring_after(new.ring(), data_key, cost).save(new.keys)
            context.check()
            replaced = passing.settle(new, data_key, clock)
            with machine_faults("恢复"):
                mark.unlink()
        passing.tell(clock)
        kept = set_aside(old)
        if replaced and kept is not None:
            keep_newest_returned(kept)
        try:
            if not passing.arrival.received:
                note_restored(folder.path)
        except EnvironmentFailure:
            # The data are in use already; to say now that restoring failed would be untrue.
            log.warning("automatic backups do not rest")
    log.info("restored, migrated=%s", migrated)
    made_at = source.manifest.made_at if isinstance(source, Backup) else None
    counts = counts_for(holder.slot_in(source.ring()), brought.counts)
    return Restored(
        source.ring().committee, made_at, counts, brought.figures, migrated, kept, lost, passing.arrival
    )  # fmt: skip


def keep_newest_returned(kept: Path) -> None:
    """Mark *kept*, which a return has replaced, and remove what earlier returns have replaced; never raises.

    Nothing was written in it since the data went out, so all it holds is in the copy that came back, and all that an
    earlier one holds is in it. What a restore has set aside stays: there the copy may lack what was in use.
    """
    earlier = [path.parent for path in kept.parent.glob(f"*/{_RETURNED}")]
    try:
        (kept / _RETURNED).touch()
        for folder in earlier:
            if folder != kept and KEPT in folder.name:
                shutil.rmtree(folder)
    except OSError:
        log.warning("a file that an earlier return has replaced is still there")


def set_aside_before(path: Path) -> Generation | None:
    """Return the generation at *path* if a restore has set it aside."""
    folder = path if path.is_dir() else path.parent
    generation = Generation(folder)
    is_one = KEPT in folder.name and folder.parent.name == "generations" and generation.database.is_file()
    return generation if is_one else None


def copy_checked(source: Backup | Generation, new: Generation, data_key: bytes, context: JobContext) -> Inside:
    """Copy *source* into *new* and check everything there; return what it holds. Raises DamagedFile, JobCancelled."""
    if isinstance(source, Generation):
        copy_verified(source.database, new.database, data_key)
        source.ring().save(new.keys)
        return Inside(facts_of(new.database, data_key, context, thorough=True).counts, Figures(""))
    with machine_faults("恢复"):
        for copy, original in ((new.database, source.database), (new.keys, source.keys)):
            if _copy(original, copy, context) != source.manifest.files[copy.name].sha256:
                raise DamagedFile(TORN)
    return look_inside(Backup(new.folder, source.manifest), data_key, context)


def _copy(original: Path, copy: Path, context: JobContext) -> str:
    """Copy a file and return the SHA-256 of what was written."""
    digest, total = sha256(), original.stat().st_size
    with original.open("rb") as reading, copy.open("xb") as writing:
        while block := reading.read(_BLOCK):
            context.check()
            writing.write(block)
            digest.update(block)
            context.report(writing.tell() * 90 // total, 100)
    return digest.hexdigest()


def _attachments(source: Backup | Generation, folder: DataFolder, context: JobContext) -> int:
    """Add the attachments the backup names; return how many are nowhere. A generation set aside has its own still."""
    if isinstance(source, Generation):
        return 0
    with machine_faults("恢复附件"):
        return bring(source, folder.attachments, context)


def _migrate(new: Generation, data_key: bytes, scripts: Path) -> bool:
    if not needs_migration(new.database, data_key):
        return False
    with file_faults("升级资料"):
        upgrade(new.database, data_key, scripts)
    return True


def _in_use(folder: DataFolder) -> Path | None:
    """Return the generation in use even if it is damaged: that is when people restore."""
    if not folder.is_set_up():
        return None
    name = (folder.path / "current").read_bytes().decode("utf-8", errors="replace").strip()
    generation = folder.path / "generations" / name
    is_plain = bool(name) and name.isprintable() and Path(name).name == name
    return generation if is_plain and generation.is_dir() else None


def _sweep(folder: DataFolder) -> None:
    """Remove what a killed restore has left; nothing ever named it."""
    for mark in (folder.path / "generations").glob(f"*/{_ROUGH}"):
        shutil.rmtree(mark.parent, ignore_errors=True)


def set_aside(old: Path | None) -> Path | None:
    """Give what was in use until now a name that says so; where the system refuses, it stays under its old one."""
    if old is None:
        return None
    kept, number = old.with_name(old.name + KEPT), 1
    while kept.exists():
        number += 1
        kept = old.with_name(f"{old.name}{KEPT}{number}")
    try:
        old.rename(kept)
        sync_folder(kept.parent)
    except OSError:
        log.warning("the former file keeps its name")
        return old if old.exists() else kept
    return kept
