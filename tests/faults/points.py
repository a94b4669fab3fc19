"""The process under the shim: does one piece of work per point in a fork, lets the disk fail there, and looks.

Run by test_writes with LD_PRELOAD; prints one JSON line a point.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from desktop.foundation.clock import FixedClock
from desktop.foundation.errors import AppError
from desktop.foundation.jobs import JobContext
from desktop.foundation.pictures import photo_of
from desktop.register.attachments import BEFORE
from desktop.register.office import unlock
from desktop.safekeeping.emergency import PAGE, READ_ME
from desktop.safekeeping.holders import ByPassword
from desktop.safekeeping.installers import FOLDER, check_whole, first_of
from desktop.safekeeping.places import EMERGENCY, PREFIX
from desktop.safekeeping.restore import restore
from desktop.safekeeping.verify import look_inside, look_over
from desktop.shell.backups import backups_of, emergency_of
from desktop.store.check import counts
from desktop.store.folder import DataFolder
from desktop.store.rekey import rekey_current
from tests.conftest import NOW, OFFICERS, PASSWORD
from tests.factories import id_number
from tests.foundation.test_pictures import picture
from tests.inspections.making import finding, places
from tests.register.making import resident
from tests.safekeeping.installing import run_file
from tests.safekeeping.making import back_up, everything_in, signed_in

KINDS = ("bytes", "writes", "flushes", "names")
"""What the shim counts and lets fail: bytes; calls that write, that flush, that make, rename or cut a file."""

NEW = "新来的人"
SHEET = Path(__file__).resolve().parents[1] / "samples" / "residents_messy.xlsx"
PHOTOS = [photo_of(picture((400 + number, 300))) for number in range(2)]
COUNTED = ("resident", "attachment")
DIRECTOR = ByPassword(OFFICERS["主任"], PASSWORD)

Doing = Callable[[], object]


@contextmanager
def save(data: Path, _stick: Path) -> Iterator[Doing]:
    """Store one more resident."""
    with signed_in(DataFolder(data)) as bench:
        yield lambda: resident(bench, name=NEW, id_number=id_number(date(1990, 3, 4), order=401))


@contextmanager
def sheet(data: Path, _stick: Path) -> Iterator[Doing]:
    """Import 32 residents."""
    with signed_in(DataFolder(data)) as bench:
        preview = bench.intake.preview("residents", SHEET)
        yield lambda: bench.intake.confirm(preview)


@contextmanager
def photos(data: Path, _stick: Path) -> Iterator[Doing]:
    """Put two photos beside an inspection that is stored."""
    with signed_in(DataFolder(data)) as bench:
        places(bench)
        found = bench.inspections.record(finding())
        yield lambda: bench.attachments.add("inspection", found.id, BEFORE, PHOTOS)


@contextmanager
def backup(data: Path, stick: Path) -> Iterator[Doing]:
    """Make one more backup, which has two photos that the stick has not."""
    with photos(data, stick) as add:
        add()
    with signed_in(DataFolder(data)) as bench:
        yield lambda: back_up(bench, stick)


@contextmanager
def emergency(data: Path, stick: Path) -> Iterator[Doing]:
    """Make the emergency stick once more, beside one that is there."""
    kept = data.parent / "program" / FOLDER
    kept.mkdir(parents=True)
    run_file(data.parent).rename(kept / "kept.run")
    with signed_in(DataFolder(data)) as bench:
        service = emergency_of(bench, backups_of(bench), kept.parent)
        service.make(stick)
        bench.clock.advance(timedelta(days=1))
        yield lambda: service.make(stick)


@contextmanager
def rekey(data: Path, _stick: Path) -> Iterator[Doing]:
    """Give the file in use a new key."""
    folder = DataFolder(data)
    key = unlock(folder, folder.current().ring().named(OFFICERS["主任"]).id, PASSWORD)
    with folder.exclusive():
        yield lambda: rekey_current(folder, key, NOW, change=lambda _path, _key: None, ring_after=lambda ring: ring)


@contextmanager
def bring_back(data: Path, stick: Path) -> Iterator[Doing]:
    """Bring the backup on the stick into use, which has what the file in use has."""
    (path,) = stick.iterdir()
    yield lambda: restore(path, DataFolder(data), DIRECTOR, clock=FixedClock(NOW))


@dataclass(frozen=True)
class Work:
    """A piece of work made ready, whether it is the stick that fails, and what it adds: residents, photos, backups.

    *in_parts*: a part that is finished when something fails stays.
    """

    ready: Callable[[Path, Path], Any]
    adds: tuple[int, int, int] = (0, 0, 0)
    on_stick: bool = False
    in_parts: bool = False


WORK = {
    "save": Work(save, (1, 0, 0)),
    "sheet": Work(sheet, (32, 0, 0)),
    "photos": Work(photos, (0, 2, 0)),
    "backup": Work(backup, (0, 0, 1), on_stick=True),
    "emergency": Work(emergency, (0, 0, 1), on_stick=True, in_parts=True),
    "rekey": Work(rekey),
    "restore": Work(bring_back),
}


@cache
def shim() -> Any:
    """Return the library this process was started under."""
    library = ctypes.CDLL(None)
    library.fault_arm.argtypes = [ctypes.c_char_p, ctypes.c_int, ctypes.c_longlong, ctypes.c_int]
    library.fault_seen.argtypes = [ctypes.c_int]
    library.fault_seen.restype = ctypes.c_longlong
    return library


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


def attempt(name: str, data: Path, stick: Path, armed: tuple[int, int, int]) -> dict[str, Any]:
    """Make the work ready, arm the shim with (kind, how many pass, reason), do it, and say how it ended."""
    work = WORK[name]
    with work.ready(data, stick) as do:
        shim().fault_arm(str(stick if work.on_stick else data).encode(), *armed)
        try:
            do()
            ended = "done"
        except AppError as error:
            ended = f"said: {error}"
        except BaseException as error:  # noqa: BLE001  that is what is looked for
            ended = f"bug: {type(error).__name__}: {error}"
        seen = [shim().fault_seen(kind) for kind in range(len(KINDS))]
        shim().fault_arm(b"", -1, -1, 0)
        return {"ended": ended, "seen": seen}


def look(data: Path, stick: Path, older: dict[str, bytes], name: str) -> dict[str, Any]:
    """Say whether the file in use and the older backup are as they were, and what there is of new ones."""
    with signed_in(DataFolder(data)) as bench:
        unsound = [line.name for line in bench.check() if not line.ok]
        found = counts(bench.store)
    made = [path for path in stick.iterdir() if path.name.startswith(PREFIX)]
    for one in map(look_over, made):
        look_inside(one, DIRECTOR.open(one.ring()))
    if (data.parent / "program").is_dir() and not any(map(_is_whole_kit, stick.glob(f"{EMERGENCY}*"))):
        unsound.append("应急U盘")
    holds = [*(found.get(table, 0) for table in COUNTED), len(made)]
    return {"unsound": unsound, "holds": holds, "older": everything_in(stick / name) == older}


def _is_whole_kit(folder: Path) -> bool:
    if not all((folder / name).is_file() for name in (PAGE, READ_ME)):
        return False
    installer = first_of([folder])
    if installer is None:
        return False
    check_whole(installer, JobContext())
    return (folder / PAGE).read_bytes().rstrip().endswith(b"%%EOF")


@dataclass(frozen=True)
class Bench:
    """Where the work is tried: a fresh copy of the settled community for every try."""

    template: Path
    scratch: Path

    def attempt(self, name: str, armed: tuple[int, int, int]) -> dict[str, Any]:
        """Try *name* once with the shim *armed* and return how it ended and what there is afterwards."""
        data, stick = self.scratch / "data", self.scratch / "stick"
        shutil.rmtree(self.scratch, ignore_errors=True)
        shutil.copytree(self.template, self.scratch)
        (backup_there,) = stick.iterdir()
        older = everything_in(backup_there)
        said = in_fork(lambda: attempt(name, data, stick, armed))
        return {**said, **in_fork(lambda: look(data, stick, older, backup_there.name))}


def main() -> None:
    """Arguments: the work, how many points of each kind (writes=3,flushes=2; 0 for every call), template, scratch."""
    name, bench = sys.argv[1], Bench(*map(Path, sys.argv[3:5]))
    whole = bench.attempt(name, (-1, -1, 0))
    _tell({"kind": "", "at": -1, **whole})
    for asked in sys.argv[2].split(","):
        kind, _, points = asked.partition("=")
        total = whole["seen"][KINDS.index(kind)]
        wanted = min(int(points), total) or total
        for point in range(wanted):
            at = total * point // wanted
            armed = (KINDS.index(kind), at, errno.ENOSPC if point % 2 else errno.EIO)
            _tell({"kind": kind, "at": at, **bench.attempt(name, armed)})


def _tell(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
