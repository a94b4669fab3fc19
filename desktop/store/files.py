"""Files that are whole or absent: write to a temporary name, flush to the disk, then replace."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


def write_atomically(path: Path, content: bytes, finished: Callable[[], object] | None = None) -> None:
    """Replace *path* by *content*; a crash or a full disk leaves the old file. Raises OSError.

    *finished* is called when all of it is on the disk but before it has its name; if it raises, there is no file.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if finished is not None:
            finished()
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names inside *folder* durable; Windows does this by itself and has no call for it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Flush what the system still holds of *path* to the disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
