"""The process under the shim: does one piece of work per point in a fork, lets a write or flush fail there, and looks.

Run by test_writes with LD_PRELOAD; prints one JSON line a point.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.foundation.errors import AppError
from desktop.safekeeping.verify import look_inside, look_over
from desktop.shell.workbench import Workbench
from desktop.store.check import counts
from desktop.store.folder import DataFolder
from tests.factories import id_number
from tests.register.making import resident
from tests.safekeeping.making import back_up, everything_in, signed_in

SHIM = ctypes.CDLL(None)
SHIM.fault_arm.argtypes = [ctypes.c_char_p, ctypes.c_longlong, ctypes.c_long, ctypes.c_int]
SHIM.fault_bytes.restype = ctypes.c_longlong
SHIM.fault_flushes.restype = ctypes.c_long
NEW = "新来的人"


def save(bench: Workbench, _stick: Path) -> None:
    """Store one more resident."""
    resident(bench, name=NEW, id_number=id_number(order=401))


def backup(bench: Workbench, stick: Path) -> None:
    """Make one more backup."""
    back_up(bench, stick)


WORK: dict[str, Callable[[Workbench, Path], None]] = {"save": save, "backup": backup}


def in_fork(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return what *work* says in a process of its own, which ends without tidying up."""
    there, here = os.pipe()
    child = os.fork()
    if not child:
        os.close(there)
        said = work()
        os.write(here, json.dumps(said).encode())
        os._exit(0)
    os.close(here)
    with os.fdopen(there, "rb") as line:
        said = json.loads(line.read() or b"{}")
    os.waitpid(child, 0)
    return dict(said)


def attempt(name: str, data: Path, stick: Path, limit: tuple[int, int, int]) -> dict[str, Any]:
    """Sign in, arm the shim, do the work, and say how it ended and what it wrote."""
    watched = data if name == "save" else stick
    with signed_in(DataFolder(data)) as bench:
        SHIM.fault_arm(str(watched).encode(), *limit)
        try:
            WORK[name](bench, stick)
            ended = "done"
        except AppError as error:
            ended = f"said: {error}"
        except BaseException as error:  # noqa: BLE001  that is what is looked for
            ended = f"bug: {type(error).__name__}: {error}"
        written, flushed = SHIM.fault_bytes(), SHIM.fault_flushes()
        SHIM.fault_arm(b"", -1, -1, 0)
        return {"ended": ended, "bytes": written, "flushes": flushed}


def look(data: Path, stick: Path, older: dict[str, bytes], name: str) -> dict[str, Any]:
    """Say whether the file in use and the older backup are as they were, and what there is of new ones."""
    with signed_in(DataFolder(data)) as bench:
        sound = all(line.ok for line in bench.check())
        people = counts(bench.store)["resident"]
        made = [path for path in stick.iterdir() if path.name.startswith("居委工作台备份_")]
        for path in made:
            look_inside(look_over(path), bench.data_key)
    kept = everything_in(stick / name)
    return {"sound": sound, "people": people, "backups": len(made), "older": kept == older}


def main() -> None:
    """Arguments: work, kind (bytes or flushes), how many points, template folder, scratch folder."""
    name, kind, points, template, scratch = sys.argv[1], sys.argv[2], int(sys.argv[3]), *map(Path, sys.argv[4:6])
    data, stick = scratch / "data", scratch / "stick"

    def fresh() -> tuple[dict[str, bytes], str]:
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        shutil.copytree(template / "data", data)
        shutil.copytree(template / "stick", stick)
        (older,) = stick.iterdir()
        return everything_in(older), older.name

    fresh()
    whole = in_fork(lambda: attempt(name, data, stick, (-1, -1, 0)))
    total = whole["bytes"] if kind == "bytes" else whole["flushes"]
    for point in range(points):
        at = total * point // points
        reason = errno.ENOSPC if point % 2 else errno.EIO
        limit = (at, -1, reason) if kind == "bytes" else (-1, at, reason)
        older, older_name = fresh()
        said = in_fork(lambda limit=limit: attempt(name, data, stick, limit))  # type: ignore[misc]
        found = in_fork(lambda older=older, older_name=older_name: look(data, stick, older, older_name))  # type: ignore[misc]
        sys.stdout.write(json.dumps({"at": at, **said, **found}, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
