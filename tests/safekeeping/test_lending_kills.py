"""Programs killed anywhere while data are carried to and fro: never two that may write, never anything lost."""

from __future__ import annotations

import random
import shutil
import time

import pytest

from desktop.store.baton import LentOut
from desktop.store.folder import DataFolder
from tests.safekeeping import children
from tests.safekeeping.children import SLOW
from tests.safekeeping.lending import baton, enter, give, go_on, places, receive, writable
from tests.safekeeping.making import figures, settle, signed_in


@pytest.fixture
def office(folder):
    with signed_in(folder) as bench:
        settle(bench)
    return folder


def kill_while_carrying(office, laptop, stick, child, rounds):
    """Return how many names, givings and fetchings were acknowledged, and in how many rounds nobody could write."""
    chance = random.Random(20260617)
    with signed_in(office) as bench:
        then = figures(bench)
    told, known, between = [], set(), 0
    first = child(children.carry_for_ever, office.path, laptop.path, stick, 900_000)
    lasts_s = children.seconds_of(first, until="received")
    _tidy(office, laptop, stick, go_on(office, laptop, stick))
    for number in range(rounds):
        worker = child(children.carry_for_ever, office.path, laptop.path, stick, 100 * number)
        assert worker.next_word() == "begins"
        time.sleep(chance.uniform(0, 1.6 * lasts_s))
        words = worker.kill()
        told += words
        known |= {word for word in words if word.startswith("第")}
        able = sum(writable(office, laptop))
        assert able <= 1, "two computers may write"
        between += not able
        here = go_on(office, laptop, stick)
        assert writable(office, laptop).count(True) == 1
        assert known <= places(here), "something that was stored is gone"
        with signed_in(here) as bench:
            assert figures(bench) == then
            assert all(line.ok for line in bench.check())
        _tidy(office, laptop, stick, here)
    return told, between


def _tidy(office, laptop, stick, here):
    """Throw away what earlier rounds have left, so that the disk of the test does not fill up."""
    for folder in (office, laptop):
        if folder.is_set_up():
            for path in (folder.path / "generations").iterdir():
                if "恢复前" in path.name:
                    shutil.rmtree(path)
    if baton(here).is_here:
        for path in stick.iterdir():
            shutil.rmtree(path)


def test_killed_anywhere_on_the_way_to_and_fro_one_computer_writes_and_nothing_is_lost(office, tmp_path, stick, child):
    told, _ = kill_while_carrying(office, DataFolder(tmp_path / "laptop"), stick, child, 8)
    assert "given" in told
    assert "received" in told


@pytest.mark.slow
@SLOW
def test_the_data_survive_a_hundred_kills_on_the_way(office, tmp_path, stick, child):
    told, between = kill_while_carrying(office, DataFolder(tmp_path / "laptop"), stick, child, 100)
    assert told.count("given") > 20
    assert told.count("received") > 20
    assert between > 5, "no kill hit the moments in which nobody may write"


def test_another_process_stores_nothing_from_the_moment_the_data_leave(office, stick, child):
    worker = child(children.save_for_ever, office.path)
    for _ in range(3):
        worker.next_word()
    path = give(office, stick).path
    stored = set()
    while worker.line.poll(children.START_S):  # a full line would keep it from storing, and from being refused
        try:
            stored.add(f"第{worker.line.recv()}个点位")
        except EOFError:
            break
    worker._process.join(children.START_S)
    assert worker._process.exitcode == 1, "it went on storing"
    there = places(office)
    assert stored <= there
    laptop = DataFolder(stick.parent / "laptop")
    receive(path, laptop)
    assert places(laptop) == there, "something was stored after the copy was made"
    with pytest.raises(LentOut):
        enter(office, "太晚了")
