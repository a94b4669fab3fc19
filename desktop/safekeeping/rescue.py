"""When the file in use is damaged: a new one with all that can still be read, the damaged one kept beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop.foundation.clock import Clock
from desktop.foundation.errors import AppError, NotAllowed
from desktop.foundation.jobs import JobContext
from desktop.register.rights import Role
from desktop.safekeeping.restore import set_aside
from desktop.safekeeping.words import contents
from desktop.store.actor import Actor
from desktop.store.baton import noted_baton, put_baton
from desktop.store.folder import DataFolder
from desktop.store.keys import RECOVERY, open_slot
from desktop.store.migrate import create_schema, verify_file
from desktop.store.salvage import Salvaged, salvage_into
from desktop.store.tries import counted
from desktop.store.unit import Store

Finish = Callable[[Path, bytes, str], dict[str, int]]
"""Makes the derived rows of the new file (path, key, slot id) again and returns its living records by table."""

_WORDS = {
    "resident": "居民", "visit": "随访", "household": "住户", "place": "点位", "activity": "活动", "inspection": "检查",
    "pledge": "责任书", "stock_entry": "药品出入库", "treatment": "投药", "aedes_check": "蚊媒检查",
    "density_check": "密度监测", "resident_tag": "人群标签", "staff": "工作人员", "step": "操作记录",
    "history_entry": "修改记录",
}  # fmt: skip


@dataclass(frozen=True)
class Rescued:
    """What is in use now, what was lost (name, rows at most), and where the damaged file is kept."""

    counts: dict[str, int]
    lost: tuple[tuple[str, int], ...]
    kept: Path | None

    @property
    def sentences(self) -> list[str]:
        """Return the report, a sentence a line."""
        said = [f"抢救出来的：{contents(self.counts)}。"]
        if self.lost:
            told = "、".join(f"{what}最多{count:,}条" for what, count in self.lost)
            said.append(f"读不出来、丢了的：{told}。请对照最近的备份和纸质台账补上。")
        else:
            said.append("没有发现丢失的记录。")
        return said


def rescue(
    folder: DataFolder,
    slot_id: str,
    secret: str,
    *,
    clock: Clock,
    finish: Finish,
    context: JobContext | None = None,
) -> Rescued:
    """Bring all that can still be read of the damaged file into a new generation and into use.

    A director or the recovery code may. Until the last moment a failure or a kill leaves everything as it was; the
    damaged file is kept. Raises WrongPassword, NotAllowed, DamagedFile if nothing can be read, FileBusy, JobCancelled.
    """
    context = context or JobContext()
    old = folder.current()
    slot = old.ring().of(slot_id)
    if slot_id != RECOVERY and slot.role != Role.DIRECTOR.value:
        raise NotAllowed("抢救资料要由主任来做，或用恢复码。资料没有动。")
    with counted(folder.path, slot_id, clock.now()):
        data_key = open_slot(slot, secret)
    with folder.exclusive():
        with folder.new_generation(clock.now()) as new:
            create_schema(new.database, data_key)
            found = salvage_into(old.database, new.database, data_key, context)
            old.ring().save(new.keys)
            counts = finish(new.database, data_key, slot_id)
            if not found.copied.get("baton"):
                _as_noted(folder, new.database, data_key, clock)
            verify_file(new.database, data_key)
            context.check()
        kept = set_aside(old.folder)
    return Rescued(counts, _spoken(found), kept)


def _as_noted(folder: DataFolder, database: Path, data_key: bytes, clock: Clock) -> None:
    """Where the file can no longer tell who holds the data, go by the note beside it: they may be out."""
    noted = noted_baton(folder.path)
    if noted is None:
        return
    store = Store(database, data_key, clock=clock)
    try:
        with store.writing("抢救资料", Actor(None, "程序"), undoable=False, even_lent=True) as unit:
            put_baton(unit.session, noted)
    finally:
        store.close()


def last_change(folder: DataFolder) -> datetime | None:
    """Return when the file in use was last written, which even a damaged one tells."""
    try:
        database = folder.current().database
        files = (database, database.with_name(f"{database.name}-wal"))
        times = [path.stat().st_mtime for path in files if path.exists()]
    except (AppError, OSError):
        return None
    return datetime.fromtimestamp(max(times), UTC)


def _spoken(found: Salvaged) -> tuple[tuple[str, int], ...]:
    named = {table: count for table, count in found.lost.items() if count}
    spoken = [(_WORDS[table], count) for table, count in named.items() if table in _WORDS]
    rest = sum(count for table, count in named.items() if table not in _WORDS)
    return (*spoken, *((("其他", rest),) if rest else ()))
