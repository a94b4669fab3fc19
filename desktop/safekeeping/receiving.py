"""Who holds the data once a copy is in use: found out before anything is copied, written before it counts."""

from __future__ import annotations

import logging
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.foundation.clock import Clock
from desktop.foundation.errors import AppError, NotAllowed
from desktop.register.rights import RIGHTS, Right, Role
from desktop.safekeeping.arriving import (
    Arrival,
    NotTaken,
    after_receiving,
    after_restoring,
    refuse_other_office,
    refuse_readers,
)
from desktop.safekeeping.carrying import carry_over
from desktop.safekeeping.copies import open_copy, told_as_damage
from desktop.safekeeping.holders import Holder
from desktop.safekeeping.places import tag_of
from desktop.safekeeping.taken import note_taken, taken_by
from desktop.safekeeping.verify import Backup
from desktop.store.actor import Actor
from desktop.store.baton import Baton, baton_of, note_baton, noted_baton, put_baton
from desktop.store.engine import connect
from desktop.store.folder import DataFolder, Generation
from desktop.store.keys import RECOVERY, KeyRing, Slot
from desktop.store.unit import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Handover:
    """What bringing *source* into use does to the baton of *folder*; *old_key* opens *old*, in use until then."""

    source: Backup | Generation
    folder: DataFolder
    slot: Slot
    arrival: Arrival
    old: Path | None
    old_key: bytes | None

    def settle(self, new: Generation, data_key: bytes, clock: Clock) -> bool:
        """Write the baton into *new*, which is not in use yet, and mark the copy as taken. Raises AppError.

        Return whether the former file holds nothing that *new* lacks.
        """
        arrival, received = self.arrival, self.arrival.received
        replaced = arrival.returns
        if arrival.returns and self.old is not None and self.old_key is not None:
            try:
                carry_over(self.old, self.old_key, new.database, data_key)
            except AppError:
                log.warning("what was looked at meanwhile stays in the former file alone")
                replaced = False
        store = Store(new.database, data_key, clock=clock)
        who = Actor(None, "恢复码") if self.slot.id == RECOVERY else Actor(UUID(hex=self.slot.id), self.slot.name)
        try:
            label = "带回数据" if arrival.returns and not arrival.baton.away else "接过数据"
            with store.writing(label, who, undoable=False, even_lent=True) as unit:
                put_baton(unit.session, arrival.baton)
                if received:
                    unit.note("baton", None, "receive", {"from": arrival.baton.device})
        finally:
            store.close()
        if not arrival.baton.is_here:
            note_baton(self.folder.path, arrival.baton)
        if received and isinstance(self.source, Backup):
            note_taken(self.source.folder, self.folder.path, clock.now(), done=False)
        return replaced

    def tell(self, clock: Clock) -> None:
        """Note beside the file, which is in use now, who holds the data, and in the copy that it is; never raises."""
        try:
            note_baton(self.folder.path, self.arrival.baton)
            if self.arrival.received and isinstance(self.source, Backup):
                note_taken(self.source.folder, self.folder.path, clock.now())
        except AppError:
            log.warning("the note of who holds the data is old")


def handover(
    source: Backup | Generation,
    folder: DataFolder,
    holder: Holder,
    data_key: bytes,
    *,
    current_key: bytes | None = None,
) -> Handover:
    """Return what bringing *source* into use in *folder* would do to the baton; changes nothing.

    Raises NotTaken for a copy that gave the data away and does not belong here, NotAllowed.
    """
    ring, slot = source.ring(), holder.slot_in(source.ring())
    set_up = folder.is_set_up()
    old, old_key, present = _present(folder, holder, [current_key, data_key]) if set_up else (None, None, None)
    theirs = _baton_in_copy(source, data_key)
    if not (isinstance(source, Backup) and source.manifest.handing is not None and theirs is not None):
        require_director(folder, holder, ring)
        return Handover(source, folder, slot, after_restoring(present, theirs, set_up=set_up), old, old_key)
    if slot.id != RECOVERY and Right.CARRY not in RIGHTS[Role(slot.role)]:
        refuse_readers(slot.name)
    taken = taken_by(source.folder)
    mine = taken is not None and taken.tag == tag_of(folder.path) and (set_up or not taken.done)
    if taken is not None and (taken.void or not mine):
        raise NotTaken(taken.sentence)
    arrival = after_receiving(present, theirs, set_up=set_up)
    if set_up and not arrival.returns:
        refuse_other_office(_committee(folder) or ring.committee, ring.committee)
        require_director(folder, holder, ring)
    return Handover(source, folder, slot, arrival, old, old_key)


def is_handing(source: Backup | Generation) -> bool:
    """Return whether *source* was made to give the data away."""
    return isinstance(source, Backup) and source.manifest.handing is not None


def require_director(folder: DataFolder, holder: Holder, ring: KeyRing) -> None:
    """Raise NotAllowed unless a director of the backup's day, or the code, exchanges data that are in use.

    Where nothing is in use yet, as on a new computer, every officer of the backup may bring it.
    """
    slot = holder.slot_in(ring)
    if folder.is_set_up() and slot.id != RECOVERY and slot.role != Role.DIRECTOR.value:
        raise NotAllowed(f"这台电脑上已有资料，换成备份要用主任的密码或恢复码；{slot.name}是{slot.role}。资料没有动。")


def _present(
    folder: DataFolder, holder: Holder, keys: list[bytes | None]
) -> tuple[Path | None, bytes | None, Baton | None]:
    """Return the file in use, the key that opens it, and its baton; of a file that cannot be read what was noted."""
    try:
        generation = folder.current()
    except AppError:
        return None, None, noted_baton(folder.path)
    tried = [key for key in keys if key is not None]
    with suppress(AppError):
        tried.append(holder.open(generation.ring()))
    for key in tried:
        with suppress(sqlcipher.Error), closing(_looked_at(generation.database, key)) as raw:
            if (found := baton_of(raw)) is not None:
                return generation.database, key, found
    return generation.database, None, noted_baton(folder.path)


def _committee(folder: DataFolder) -> str:
    """Return whose data are in use; nothing if that cannot be read, which is when people fetch another copy."""
    try:
        return folder.current().ring().committee
    except AppError:
        return ""


def _baton_in_copy(source: Backup | Generation, data_key: bytes) -> Baton | None:
    with told_as_damage():
        if isinstance(source, Backup):
            with closing(open_copy(source.database, data_key)) as raw:
                return baton_of(raw)
        with closing(connect(source.database, data_key)) as raw:
            return baton_of(raw)


def _looked_at(path: Path, key: bytes) -> sqlcipher.Connection:
    """Return a connection that leaves the file and a log beside it as they are: the file may be a damaged one."""
    if not path.with_name(f"{path.name}-wal").exists():
        return open_copy(path, key)
    raw = sqlcipher.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    raw.execute("PRAGMA cipher_log_level=NONE")
    raw.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    return raw
