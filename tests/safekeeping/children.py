"""Processes that back up or restore until they are killed."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from desktop.foundation.clock import FixedClock
from desktop.safekeeping.holders import ByPassword
from desktop.safekeeping.restore import restore
from desktop.shell.backups import backups_of, emergency_of
from desktop.store.folder import DataFolder
from tests.conftest import NOW, OFFICERS, PASSWORD
from tests.factories import add_place
from tests.safekeeping.lending import carry_on
from tests.safekeeping.making import back_up, signed_in

SLOW = pytest.mark.skipif("JUWEI_SLOW" not in os.environ, reason="takes minutes; set JUWEI_SLOW to run it")
START_S = 60
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.store.children", "tests.safekeeping.children"])


class Child:
    """A process started for one test, with a line to it."""

    def __init__(self, work: Callable[..., None], *arguments: Any) -> None:
        self.line, theirs = _context.Pipe()
        self._process = _context.Process(target=work, args=(theirs, *arguments), daemon=True)
        self._process.start()
        theirs.close()

    def next_word(self) -> str:
        """Wait for a word of the child and return it."""
        assert self.line.poll(START_S), "the child said nothing"
        return str(self.line.recv())

    def kill(self) -> list[str]:
        """Kill -9; return every word it had said."""
        self._process.kill()
        self._process.join()
        words = []
        try:
            while self.line.poll():
                words.append(self.line.recv())
        except EOFError:
            pass
        self.line.close()
        return words


def seconds_of(worker: Child, *, until: str = "") -> float:
    """Return how long one piece of work lasts on this computer just now, up to the word *until*; then end *worker*.

    Kills that come at times known beforehand all come too early, or too late, where a computer is slow or quick.
    """
    assert worker.next_word() == "begins"
    begun, word = time.monotonic(), worker.next_word()
    while until and word != until:
        word = worker.next_word()
    lasted = time.monotonic() - begun
    worker.kill()
    return lasted


def back_up_for_ever(parent: Connection, data: Path, stick: Path) -> None:
    """Make one backup after another and name each once it is made."""
    with signed_in(DataFolder(data)) as bench:
        parent.send("begins")
        while True:
            parent.send(back_up(bench, stick).path.name)


def make_emergency_for_ever(parent: Connection, data: Path, stick: Path, program: Path, first: int) -> None:
    """Make an emergency stick a day, from day *first* on, and tell the name of each folder.

    *program* keeps an installer.
    """
    with signed_in(DataFolder(data)) as bench:
        bench.clock.advance(timedelta(days=first))
        service = emergency_of(bench, backups_of(bench), program)
        parent.send("begins")
        while True:
            bench.clock.advance(timedelta(days=1))
            parent.send(service.make(stick).kit.folder)


def restore_for_ever(parent: Connection, data: Path, backups: list[Path]) -> None:
    """Restore one backup after another and name each once it is in use."""
    holder = ByPassword(OFFICERS["主任"], PASSWORD)
    parent.send("begins")
    while True:
        for path in backups:
            restore(path, DataFolder(data), holder, clock=FixedClock(NOW))
            parent.send(path.name)


def save_for_ever(parent: Connection, data: Path) -> None:
    """Store one place after another."""
    with signed_in(DataFolder(data)) as bench:
        number = 0
        while True:
            number += 1
            with bench.store.writing("新建点位", bench.officer) as unit:
                add_place(unit, name=f"第{number}个点位")
            parent.send(str(number))


def back_up_with_pictures_for_ever(parent: Connection, data: Path, stick: Path, first: int) -> None:
    """Keep another picture before each backup, and name each backup once it is made."""
    with signed_in(DataFolder(data)) as bench:
        parent.send("begins")
        number = first
        while True:
            bench.blobs.put(f"照片{number}".encode() * 20_000)
            number += 1
            parent.send(back_up(bench, stick).path.name)


def carry_for_ever(parent: Connection, office: Path, laptop: Path, stick: Path, first: int) -> None:
    """Enter something, give the data away, fetch them on the other computer, and so on; say each as it is done."""
    parent.send("begins")
    carry_on(DataFolder(office), DataFolder(laptop), stick, parent.send, first)
