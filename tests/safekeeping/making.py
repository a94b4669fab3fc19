"""A small community worth keeping, and backups of it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from desktop.app import assemble
from desktop.foundation.clock import FixedClock
from desktop.foundation.days import parse_period
from desktop.foundation.jobs import JobContext
from desktop.register.office import opened
from desktop.safekeeping.backup import BackupReport
from desktop.safekeeping.manifest import Value
from desktop.shell.backups import backups_of, values
from desktop.shell.workbench import Workbench
from desktop.store.folder import DataFolder
from tests.conftest import NOW, OFFICERS, PASSWORD
from tests.factories import id_number
from tests.health.making import bp
from tests.register.making import resident

PEOPLE = (
    ("欧阳雪梅", "13927251604", id_number(order=482)),
    ("王阿婆", "13900005217", id_number(date(1948, 11, 23), order=23)),
    ("赵铁柱", "13700006328", id_number(date(1961, 2, 3), order=87)),
)


def settle(bench: Workbench) -> None:
    """Store three residents, one visit each and a second one for the last of them."""
    for name, phone, number in PEOPLE:
        person = resident(bench, name=name, phone=phone, id_number=number)
        bench.health.record(person, bp(date(2026, 5, 20), 138, 82))
    bench.health.record(person, bp(date(2026, 6, 2), 182, 95))


@contextmanager
def signed_in(folder: DataFolder, *, staff: str = OFFICERS["主任"], password: str = PASSWORD) -> Iterator[Workbench]:
    """Sign in and yield the services."""
    clock = FixedClock(NOW)
    slot = folder.current().ring().named(staff)
    with opened(folder, slot_id=slot.id, secret=password, clock=clock) as found:
        yield assemble(found, clock)


def back_up(bench: Workbench, target: Path, context: JobContext | None = None) -> BackupReport:
    """Back up as window and command do."""
    return backups_of(bench).back_up(target, context)


def figures(bench: Workbench) -> dict[str, Value]:
    """Return every figure of three periods."""
    return {
        f"{period}:{key}": value
        for period in ("2026-05", "2026-06", "2026")
        for key, value in values(bench, parse_period(period)).items()
    }


def names(bench: Workbench) -> set[str]:
    """Return who is in the register, found by searching."""
    return {row.name for name, _phone, _number in PEOPLE for row in bench.residents.search(name)}


def everything_in(folder: Path) -> dict[str, bytes]:
    """Return path below *folder* → bytes."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def mount(*arguments: str) -> bool:
    """Mount something and return whether the system let us."""
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


def fill(disk: Path, *, free: int) -> None:
    """Leave only *free* bytes on *disk*."""
    room = shutil.disk_usage(disk).free
    with (disk / "films").open("wb") as stream:
        stream.write(bytes(max(room - free, 0)))


class Stopping(JobContext):
    """A context whose job is asked to stop after so many looks."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self._after = after
        self.looked = 0

    def check(self) -> None:
        """Count, then stop."""
        if self.looked >= self._after:
            self.cancel()
        self.looked += 1
        super().check()
