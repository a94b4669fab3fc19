"""Trying a backup out: restored to a passing place, its figures computed there and held against its manifest."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.foundation.clock import Clock
from desktop.foundation.days import Period, parse_period
from desktop.foundation.errors import machine_faults
from desktop.foundation.jobs import JobContext
from desktop.safekeeping.attachments import look_beside
from desktop.safekeeping.copies import open_copy
from desktop.safekeeping.manifest import MANIFEST, Value, open_counts
from desktop.safekeeping.verify import Backup, look_inside, look_over
from desktop.safekeeping.words import contents
from desktop.store.faults import file_faults
from desktop.store.folder import DATABASE, KEYS
from desktop.store.migrate import needs_migration, upgrade
from desktop.store.unit import Store

FiguresOf = Callable[[Store, Period], Mapping[str, Value]]
"""Computes the figures of a period from another file than the one in use."""

SCRATCH = "drill"


@dataclass(frozen=True)
class Drill:
    """What came of it: a sentence, and whether all was well."""

    text: str
    ok: bool


def drill(
    path: Path,
    data_key: bytes,
    data_folder: Path,
    *,
    clock: Clock,
    figures_of: FiguresOf,
    context: JobContext | None = None,
) -> Drill:
    """Restore the backup at *path* below *data_folder*, compute its month again, compare, and clear it all away.

    Nothing in use is touched. Raises DamagedFile and the other sentences of `look_over`, EnvironmentFailure,
    JobCancelled.
    """
    context = context or JobContext()
    backup = look_over(path, context)
    if not _opens(backup.database, data_key):
        # Its bytes are those of the day it was made, so it is sound; it only has another key.
        return Drill("最近的备份是换钥匙以前做的，请再做一次备份。", ok=False)
    scratch = data_folder / SCRATCH
    shutil.rmtree(scratch, ignore_errors=True)  # a kill may have left one
    place = scratch / "generations" / "drill"  # as in a data folder: services look for what lies around the file
    try:
        with machine_faults("演练恢复"):
            place.mkdir(parents=True)
            for name in (DATABASE, KEYS, MANIFEST):
                shutil.copyfile(backup.folder / name, place / name)
        inside = look_inside(Backup(place, backup.manifest), data_key, context)
        database = place / DATABASE
        if needs_migration(database, data_key):
            with file_faults("升级资料"):
                upgrade(database, data_key)
        store = Store(database, data_key, clock=clock)
        try:
            now = figures_of(store, parse_period(inside.figures.period)) if inside.figures.values else {}
        finally:
            store.close()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    then = inside.figures.values
    both = then.keys() & now.keys()
    different = [key for key in sorted(both) if then[key] != now[key]]
    if different:
        return Drill(f"有{len(different)}个数字和备份那天不一样，请告诉维护人员。", ok=False)
    if lost := len(look_beside(backup, context)):
        return Drill(f"记录都对，但照片和存档文件缺了或损坏了{lost}个，请再做一次备份。", ok=False)
    return Drill(f"能恢复：{contents(open_counts(inside.counts))}，{len(both)}个数字和备份那天一样。", ok=True)


def _opens(database: Path, data_key: bytes) -> bool:
    try:
        open_copy(database, data_key).close()
    except sqlcipher.DatabaseError:
        return False
    return True
