"""A colleague leaves: shut out of the file by a new data key, under which everybody else's password still opens it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from sqlmodel import col, select

from desktop.foundation.clock import Clock
from desktop.foundation.errors import InputError
from desktop.register.records import Staff
from desktop.register.rights import Officer, Right, Role
from desktop.register.service.colleagues import LAST_DIRECTOR
from desktop.store.folder import DataFolder
from desktop.store.rekey import rekey_current
from desktop.store.unit import Store


def check_leaving(store: Store, officer: Officer, staff_id: UUID) -> str:
    """Return the name of who would leave; raise InputError if that cannot be, NotAllowed without the right."""
    officer.require(Right.MANAGE)
    if staff_id == officer.staff_id:
        raise InputError("不能办自己的离开手续，请由接任的主任来办。")
    with store.reading() as session:
        staff = list(session.exec(select(Staff).where(col(Staff.deleted_at).is_(None))))
    leaving = next((row for row in staff if row.id == staff_id), None)
    if leaving is None:
        raise InputError("名单里已经没有这位同事了。")
    if all(row.id == staff_id for row in staff if row.role == Role.DIRECTOR.value):
        raise InputError(LAST_DIRECTOR)
    return leaving.name


def shut_out(folder: DataFolder, data_key: bytes, officer: Officer, staff_id: UUID, *, clock: Clock) -> bytes:
    """Take *staff_id*'s slot away and give the file a new data key, which is returned; nobody may have it open.

    Old backups still open with the passwords of their day. Raises the refusals of `check_leaving`, FileBusy while a
    window or command works on the file, EnvironmentFailure; then everything is as it was.
    """
    with folder.exclusive():

        def leave(path: Path, key: bytes) -> None:
            store = Store(path, key, clock=clock)
            try:
                name = check_leaving(store, officer, staff_id)
                with store.writing(f"同事离开：{name}", officer, undoable=False) as unit:
                    unit.move_to_bin(unit.get(Staff, staff_id))
            finally:
                store.close()

        return rekey_current(
            folder, data_key, clock.now(), change=leave, ring_after=lambda ring: ring.without(staff_id.hex)
        )
