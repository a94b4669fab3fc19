"""What other processes do to the same data folder; started by the tests, most of them never allowed to end."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from desktop.foundation.clock import FixedClock
from desktop.register.office import NewOfficer, Opened, opened, set_up
from desktop.register.records import Place, Resident
from desktop.register.rights import Role
from desktop.store.blobs import Blobs
from desktop.store.folder import DataFolder
from desktop.store.keys import Cost
from desktop.store.migrate import migrate_current
from tests.conftest import COMMITTEE, NOW, OFFICERS, PASSWORD, RECOVERY_CODE
from tests.factories import add_household, resident_values


def open_as_health(path: Path) -> Any:
    """Sign in as the health officer of the folder at *path*."""
    folder = DataFolder(path)
    slot = folder.current().ring().named(OFFICERS["卫生专干"])
    return opened(folder, slot_id=slot.id, secret=PASSWORD, clock=FixedClock(NOW))


def save_for_ever(path: Path, parent: Connection) -> None:
    """Store one place after another and say each name once it is stored."""
    with open_as_health(path) as found:
        number = 0
        while True:
            number += 1
            name = f"第{number}个点位"
            with found.store.writing("新建点位", found.officer) as unit:
                unit.add(Place(name=name, category="小区"))
            parent.send(name)


def import_for_ever(path: Path, parent: Connection, rows: int) -> None:
    """Import *rows* residents again and again; say when each import begins and when it is stored."""
    with open_as_health(path) as found:
        while True:
            parent.send("begins")
            import_once(found, rows)
            parent.send("stored")


def import_once(found: Opened, rows: int) -> None:
    """Import *rows* residents in one step."""
    with found.store.writing("导入居民", found.officer) as unit:
        unit.start_batch("residents", "居民.xlsx", rows)
        home = add_household(unit)
        unit.session.flush()
        unit.insert_many(Resident, [{**resident_values(home.id), "id_number": None} for _ in range(rows)])


def set_up_once(path: Path, parent: Connection) -> None:
    """Set the folder at *path* up."""
    parent.send("begins")
    set_up(
        DataFolder(path),
        committee=COMMITTEE,
        region="",
        officers=[NewOfficer(OFFICERS["卫生专干"], Role.DIRECTOR, PASSWORD)],
        recovery_code=RECOVERY_CODE,
        clock=FixedClock(NOW),
        cost=Cost(memory_kib=64, iterations=1, lanes=1),
    )
    parent.send("done")


def migrate_for_ever(path: Path, parent: Connection, scripts: Path, key: bytes) -> None:
    """Upgrade the folder into one new generation after another."""
    folder = DataFolder(path)
    while True:
        with folder.exclusive():
            migrate_current(folder, key, NOW, scripts=scripts)
        parent.send("upgraded")


def hold(path: Path, parent: Connection, how: str) -> None:
    """Hold the folder, "alone" or "shared", until the parent says anything."""
    folder = DataFolder(path)
    with folder.exclusive() if how == "alone" else folder.shared():
        parent.send("held")
        parent.recv()
    parent.send("free")


def work_beside(path: Path, parent: Connection) -> None:
    """Open the folder, store a place whenever the parent names one, until it sends an empty name."""
    with open_as_health(path) as found:
        parent.send("open")
        while name := parent.recv():
            with found.store.writing("新建点位", found.officer) as unit:
                unit.add(Place(name=name, category="小区"))
            parent.send(name)
    parent.send("closed")


def numbered_content(number: int) -> bytes:
    """Return the content of the file *number*."""
    return f"照片{number}".encode() * 20_000


def keep_files_for_ever(path: Path, parent: Connection, first: int) -> None:
    """Keep one file after another, from number *first* on, and say each name once it is kept."""
    with open_as_health(path) as found:
        files = Blobs(found.store, DataFolder(path).attachments)
        number = first
        while True:
            parent.send(files.put(numbered_content(number)))
            number += 1
