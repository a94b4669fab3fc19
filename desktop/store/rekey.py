"""A new data key for the whole file: copied, enciphered anew and checked in a new generation, then switched to."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.foundation.errors import DamagedFile, EnvironmentFailure, machine_faults
from desktop.store.engine import connect
from desktop.store.faults import file_faults
from desktop.store.folder import DataFolder, Generation
from desktop.store.keys import KeyRing, new_data_key, reseal
from desktop.store.migrate import copy_verified, verify_file

log = logging.getLogger(__name__)
_REPLACES = "replaces"
"""A file in the new generation that names the one it replaces, until that one is removed."""


def rekey_current(
    folder: DataFolder,
    data_key: bytes,
    at: datetime,
    *,
    change: Callable[[Path, bytes], None],
    ring_after: Callable[[KeyRing], KeyRing],
) -> bytes:
    """Give the current file a new data key and return it; the file under the old key is removed.

    *change* may write into the new file (path, key) before it counts; *ring_after* says who may open it. Nobody's
    password is needed: what stays is sealed again to each public key. The caller holds the folder exclusively; until
    the last moment a failure or a kill leaves the old file in use.
    """
    old = folder.current()
    fresh = new_data_key()
    with folder.new_generation(at) as new:
        copy_verified(old.database, new.database, data_key)
        with file_faults("换钥匙"):
            _encipher_anew(new.database, data_key, fresh)
            change(new.database, fresh)
            verify_file(new.database, fresh)
            ring = ring_after(old.ring())
            KeyRing(ring.committee, tuple(reseal(slot, fresh) for slot in ring.slots)).save(new.keys)
            (new.folder / _REPLACES).write_text(old.folder.name, encoding="utf-8")
    finish_rekey(new)
    log.info("the file has a new key")
    return fresh


def finish_rekey(generation: Generation) -> None:
    """Remove what *generation* has replaced, if a kill left it there: whoever was shut out could still open that."""
    mark = generation.folder / _REPLACES
    if not mark.is_file():
        return
    try:
        name = mark.read_text(encoding="utf-8").strip()
        replaced = generation.folder.parent / name
        if name and Path(name).name == name and replaced != generation.folder and replaced.is_dir():
            shutil.rmtree(replaced)
        mark.unlink()
    except OSError:
        log.warning("the file under the old key is still there; tried again at the next sign-in")


def _encipher_anew(path: Path, data_key: bytes, fresh: bytes) -> None:
    with machine_faults("换钥匙"), closing(connect(path, data_key)) as raw:
        raw.execute("PRAGMA journal_mode=DELETE")  # a change of key is not logged page by page
        try:
            raw.execute(f"PRAGMA rekey=\"x'{fresh.hex()}'\"")
        except sqlcipher.OperationalError:
            # SQLCipher says the same of a full disk, a failing one and a bad key; the key has opened the copy already.
            raise EnvironmentFailure(
                "换钥匙没有做成：磁盘满了，或者硬盘读写出错。原来的资料没有动，请清理出空间再试。"
            ) from None
    with closing(connect(path, fresh)) as raw:
        bad_pages = raw.execute("PRAGMA cipher_integrity_check").fetchall()
    if bad_pages:
        raise DamagedFile("换过钥匙的资料没有通过核对，已经丢弃。原来的资料没有动。")
