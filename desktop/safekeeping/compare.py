"""What restoring a backup would lose: counts side by side, and the steps done since it was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.foundation.clock import Clock
from desktop.foundation.errors import AppError
from desktop.foundation.jobs import JobContext
from desktop.safekeeping.arriving import Arrival, NotTaken
from desktop.safekeeping.copies import facts_of, living_in, mark_of, open_copy
from desktop.safekeeping.holders import Holder, counts_for, sees_all
from desktop.safekeeping.receiving import handover, is_handing, require_director
from desktop.safekeeping.restore import set_aside_before
from desktop.safekeeping.verify import Backup, look_inside, look_over
from desktop.store.engine import connect
from desktop.store.faults import file_faults
from desktop.store.folder import DataFolder, Generation
from desktop.store.tries import counted

LABELS_SHOWN = 8


@dataclass(frozen=True)
class LaterStep:
    """One step the backup does not hold."""

    at: datetime
    staff: str
    label: str


@dataclass(frozen=True)
class Comparison:
    """What the backup holds, what is in use now, and what was done in between, newest first.

    *now* is None if there is nothing in use, *closed* then says why it could not be read. *related* is False if the
    backup's newest step is not in the file in use: then it is of another or of a later state.

    *only_there* are the newest steps of an unrelated copy that the file in use does not hold.

    *refused* says why a copy that gave the data away is not taken here; else *arrival* what bringing it does.
    """

    then: Mapping[str, int]
    now: Mapping[str, int] | None = None
    closed: str = ""
    related: bool = True
    later: tuple[LaterStep, ...] = ()
    later_count: int = 0
    only_there: tuple[LaterStep, ...] = ()
    only_there_count: int = 0
    arrival: Arrival | None = None
    refused: str = ""


def compare(
    path: Path,
    folder: DataFolder,
    holder: Holder,
    *,
    clock: Clock,
    current_key: bytes | None = None,
    context: JobContext | None = None,
) -> Comparison:
    """Check the backup at *path* through and through and hold it against the file in use; changes nothing.

    The file in use is opened by *current_key*, or else by *holder* too. Raises the sentences of `look_over`,
    WrongPassword, InputError, JobCancelled.
    """
    context = context or JobContext()
    kept = set_aside_before(path)
    source = kept or look_over(path, context)
    if not is_handing(source):
        require_director(folder, holder, source.ring())
    with counted(folder.path, holder.slot_in(source.ring()).id, clock.now()):
        data_key = holder.open(source.ring())
    arrival, refused = None, ""
    try:
        arrival = handover(source, folder, holder, data_key, current_key=current_key).arrival
    except NotTaken as error:
        refused = str(error)
    if isinstance(source, Generation):
        then = facts_of_live(source.database, data_key, context)
        mark = _mark_of_live(source.database, data_key)
    else:
        then, mark = look_inside(source, data_key, context).counts, source.manifest.mark
    then = counts_for(holder.slot_in(source.ring()), then)
    found = _against(folder, holder, current_key, _Theirs(then, mark, partial(_opened, source, data_key)))
    if not sees_all(holder.slot_in(source.ring())):
        found = replace(found, later=(), later_count=0, only_there=(), only_there_count=0)
    return replace(found, arrival=arrival, refused=refused)


def facts_of_live(path: Path, data_key: bytes, context: JobContext) -> Mapping[str, int]:
    """Return the living records by table of a file that may still have a log beside it."""
    if not path.with_name(f"{path.name}-wal").exists():
        return facts_of(path, data_key, context).counts
    with file_faults("查看资料"), closing(connect(path, data_key)) as raw:
        return living_in(raw)


def _mark_of_live(path: Path, data_key: bytes) -> str:
    with file_faults("查看资料"), closing(connect(path, data_key)) as raw:
        return mark_of(raw)


@dataclass(frozen=True)
class _Theirs:
    """What is known of the backup: living records by table, its newest step, and how its steps are read."""

    then: Mapping[str, int]
    mark: str
    open: Callable[[], sqlcipher.Connection]


def _against(folder: DataFolder, holder: Holder, current_key: bytes | None, theirs: _Theirs) -> Comparison:
    then = theirs.then
    if not folder.is_set_up():
        return Comparison(then)
    try:
        with folder.shared():
            generation = folder.current()
            key = current_key or holder.open(generation.ring())
            with file_faults("查看资料"), closing(connect(generation.database, key)) as raw:
                found = _since(raw, then, theirs.mark)
                if found.related:
                    return found
                with closing(theirs.open()) as copy:
                    return _with_steps_only_there(found, raw, copy)
    except AppError as error:
        return Comparison(then, closed=str(error))


def _since(raw: sqlcipher.Connection, then: Mapping[str, int], mark: str) -> Comparison:
    now = living_in(raw)
    place = raw.execute("SELECT rowid FROM step WHERE id = ?", (mark,)).fetchone() if mark else (0,)
    if place is None:
        return Comparison(then, now, related=False)
    count = raw.execute("SELECT count(*) FROM step WHERE rowid > ?", place).fetchone()[0]
    query = "SELECT at, staff_name, label FROM step WHERE rowid > ? ORDER BY rowid DESC LIMIT ?"
    later = tuple(
        LaterStep(datetime.fromisoformat(at).replace(tzinfo=UTC), staff, label)
        for at, staff, label in raw.execute(query, (*place, LABELS_SHOWN))
    )
    return Comparison(then, now, later=later, later_count=count)


def _opened(source: Backup | Generation, data_key: bytes) -> sqlcipher.Connection:
    return open_copy(source.database, data_key) if isinstance(source, Backup) else connect(source.database, data_key)


def _with_steps_only_there(
    found: Comparison, ours: sqlcipher.Connection, theirs: sqlcipher.Connection
) -> Comparison:  # fmt: skip
    """Return *found* with the steps *theirs* holds and *ours* does not: the two have gone apart."""
    known = {one for (one,) in ours.execute("SELECT id FROM step")}
    steps = theirs.execute("SELECT id, at, staff_name, label FROM step ORDER BY rowid DESC").fetchall()
    alone = [
        LaterStep(datetime.fromisoformat(at).replace(tzinfo=UTC), staff, text)
        for one, at, staff, text in steps
        if one not in known
    ]
    return replace(found, only_there=tuple(alone[:LABELS_SHOWN]), only_there_count=len(alone))
