"""A process that gives the file one new key after another until it is killed."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from desktop.register.office import unlock
from desktop.store.folder import DataFolder
from desktop.store.rekey import rekey_current
from tests.conftest import NOW, OFFICERS, PASSWORD


def rekey_for_ever(parent: Connection, data: Path) -> None:
    """Re-key the folder again and again; say so after each."""
    folder = DataFolder(data)
    slot = folder.current().ring().named(OFFICERS["主任"])
    parent.send("begins")
    while True:
        key = unlock(folder, slot.id, PASSWORD)
        with folder.exclusive():
            rekey_current(folder, key, NOW, change=lambda _path, _key: None, ring_after=lambda ring: ring)
        parent.send("re-keyed")
