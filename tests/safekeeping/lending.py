"""Two computers: an office and a laptop, and what is carried between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from desktop.foundation.clock import FixedClock
from desktop.safekeeping.backup import BackupReport
from desktop.safekeeping.holders import ByPassword, Holder
from desktop.safekeeping.restore import Restored, restore
from desktop.shell.backups import lending_of
from desktop.shell.workbench import Workbench
from desktop.store.baton import SEALED, Baton, baton_in, put_baton
from desktop.store.folder import DataFolder
from desktop.store.keys import Cost
from tests.conftest import NOW, OFFICERS, PASSWORD
from tests.factories import add_place
from tests.safekeeping.making import signed_in

CHEAP = Cost(memory_kib=64, iterations=1, lanes=1)
LATER = FixedClock(NOW + timedelta(hours=1))


def holder(role: str = "主任") -> ByPassword:
    """Return the officer of a role with the password of all tests."""
    return ByPassword(OFFICERS[role], PASSWORD)


def give(folder: DataFolder, target: Path, *, role: str = "卫生专干") -> BackupReport:
    """Give the data of *folder* away into *target*."""
    with signed_in(folder, staff=OFFICERS[role]) as bench:
        return lending_of(bench).give(target)


def receive(path: Path, folder: DataFolder, who: Holder | None = None) -> Restored:
    """Bring the copy at *path* into use in *folder*."""
    return restore(path, folder, who or holder(), clock=LATER, cost=CHEAP)


def baton(folder: DataFolder) -> Baton:
    """Return who holds the data of *folder*."""
    with signed_in(folder) as bench:
        return bench.store.baton()


def take_back(folder: DataFolder, *, role: str = "主任") -> None:
    """Take the data back on the computer of *folder*."""
    with signed_in(folder, staff=OFFICERS[role]) as bench:
        lending_of(bench).take_back()


def enter(folder: DataFolder, name: str) -> None:
    """Store a place called *name*."""
    with signed_in(folder) as bench:
        store(bench, name)


def store(bench: Workbench, name: str) -> None:
    """Store a place called *name*."""
    with bench.store.writing("新建点位", bench.officer) as unit:
        add_place(unit, name=name)


def places(folder: DataFolder) -> set[str]:
    """Return the names of all places."""
    with signed_in(folder) as bench:
        return {row.name for row in bench.places.all()}


def writable(*folders: DataFolder) -> list[bool]:
    """Return of each folder whether it may be written; one that is not set up may not."""
    return [one.is_set_up() and baton(one).is_here for one in folders]


def name_as_unfinished(folder: DataFolder) -> None:
    """Have the file say what it said before the last step of 带出: the copy is verified, its name may be there."""
    with signed_in(folder) as bench, bench.store.writing("", bench.officer, even_lent=True) as unit:
        put_baton(unit.session, replace(baton_in(unit.session), state=SEALED))


def go_on(office: DataFolder, laptop: DataFolder, stick: Path) -> DataFolder:
    """Do what the window offers after a kill, and return the one computer that may write."""
    for folder, other in ((office, laptop), (laptop, office)):
        if not folder.is_set_up() or baton(folder).is_here:
            continue
        if any(writable(other)):
            return other
        with signed_in(folder) as bench:
            lending = lending_of(bench)
            left = lending.left_over()
            if left is not None and left.safe:
                lending.take_back()
                return folder
            if left is not None:
                assert lending.settle(), "the stick is there and yet nobody can tell"
            now = lending.baton()
        if _waits(now, other):
            receive(Path(now.target), other)
            return other
    assert any(writable(office)), "nobody may write"
    return office


def _waits(given: Baton, other: DataFolder) -> bool:
    """Return whether *other* has not taken yet what was given away."""
    return not other.is_set_up() or given.heir is None or given.heir.hex not in baton(other).line


def carry_on(office: DataFolder, laptop: DataFolder, stick: Path, told: Callable[[str], object], first: int) -> None:
    """Enter something and carry the data to the other computer, again and again; tell what was stored."""
    number = first
    while True:
        here = go_on(office, laptop, stick)
        name = f"第{number}个点位"
        enter(here, name)
        told(name)
        number += 1
        copy = give(here, stick).path
        told("given")
        receive(copy, laptop if here is office else office, holder())
        told("received")
