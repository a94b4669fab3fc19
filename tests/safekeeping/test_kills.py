"""Processes that die in the middle, and processes that work beside a backup."""

from __future__ import annotations

import random
import shutil
import time

import pytest

from desktop.foundation.errors import FileBusy
from desktop.foundation.jobs import JobContext
from desktop.safekeeping.emergency import PAGE, READ_ME
from desktop.safekeeping.found import find_backups
from desktop.safekeeping.holders import ByPassword
from desktop.safekeeping.installers import FOLDER, check_whole, first_of
from desktop.safekeeping.places import EMERGENCY
from desktop.safekeeping.restore import restore
from desktop.safekeeping.verify import look_inside, look_over
from desktop.shell.backups import backups_of, emergency_of
from desktop.store.check import counts
from tests.conftest import OFFICERS, PASSWORD
from tests.factories import add_place
from tests.safekeeping import children
from tests.safekeeping.children import SLOW
from tests.safekeeping.installing import run_file
from tests.safekeeping.making import back_up, everything_in, figures, settle, signed_in


@pytest.fixture
def peopled(folder):
    with signed_in(folder) as bench:
        settle(bench)
    return folder


def test_an_emergency_stick_is_whole_whenever_its_maker_is_killed(peopled, tmp_path, child):
    stick, kept = tmp_path / "stick", tmp_path / "program" / FOLDER
    stick.mkdir()
    kept.mkdir(parents=True)
    run_file(tmp_path, size=3_000_000).rename(kept / "kept.run")
    chance, told = random.Random(20260618), ""
    for round_ in range(4):
        worker = child(children.make_emergency_for_ever, peopled.path, stick, kept.parent, round_ * 1_000)
        assert worker.next_word() == "begins"
        told = worker.next_word()
        time.sleep(chance.uniform(0, 0.5))
        told = [told, *worker.kill()][-1]
        whole = [path for path in stick.iterdir() if path.name.startswith(EMERGENCY) and (path / PAGE).is_file()]
        assert whole, "the stick was left without one"
        assert max(path.name for path in whole) >= told
        newest = max(whole)
        assert (newest / READ_ME).is_file()
        found = first_of([newest])
        assert found is not None
        check_whole(found, JobContext())
        for one in find_backups([(stick, "U盘")]):
            assert one.problem == ""
    with signed_in(peopled) as bench:
        assert emergency_of(bench, backups_of(bench), kept.parent).make(stick).kit.installer
    assert not any(path.name.startswith(".") for path in stick.iterdir())


def kill_while_backing_up(folder, stick, child, rounds):
    chance = random.Random(20260617)
    acknowledged, rough = 0, 0
    lasts_s = children.seconds_of(child(children.back_up_for_ever, folder.path, stick))
    for path in stick.iterdir():
        shutil.rmtree(path)
    for _ in range(rounds):
        worker = child(children.back_up_for_ever, folder.path, stick)
        assert worker.next_word() == "begins"
        time.sleep(chance.uniform(0, 2.5 * lasts_s))
        made = worker.kill()
        acknowledged += len(made)
        left = {path.name for path in stick.iterdir()}
        rough += any(name.startswith(".") for name in left)
        whole = {name for name in left if not name.startswith(".")}
        assert whole >= set(made), "an acknowledged backup is gone"
        for name in whole:
            assert look_over(stick / name).manifest.counts["resident"] == 3
        with signed_in(folder) as bench:
            for name in whole - set(made):  # killed between naming and telling
                look_inside(look_over(stick / name), bench.data_key)
            assert all(line.ok for line in bench.check())
        for name in whole:
            shutil.rmtree(stick / name)
    return acknowledged, rough


def test_a_backup_killed_anywhere_is_there_whole_or_not_at_all(peopled, stick, child):
    acknowledged, rough = kill_while_backing_up(peopled, stick, child, 20)
    assert acknowledged > 0
    assert rough > 0, "no kill hit the middle of a backup"
    with signed_in(peopled) as bench:
        made = back_up(bench, stick)
    assert [path.name for path in stick.iterdir()] == [made.path.name]


@pytest.mark.slow
@SLOW
def test_a_backup_survives_two_hundred_kills(peopled, stick, child):
    assert kill_while_backing_up(peopled, stick, child, 200)[0] > 20


def kill_while_restoring(folder, stick, child, rounds):
    with signed_in(folder) as bench:
        first, small = back_up(bench, stick).path, figures(bench)
        with bench.store.writing("新建点位", bench.officer) as unit:
            add_place(unit, name="后来建的小区")
        second = back_up(bench, stick).path
    chance = random.Random(617)
    before, restored = everything_in(stick), 0
    lasts_s = children.seconds_of(child(children.restore_for_ever, folder.path, [first, second]))
    for _ in range(rounds):
        worker = child(children.restore_for_ever, folder.path, [first, second])
        assert worker.next_word() == "begins"
        time.sleep(chance.uniform(0, 2.5 * lasts_s))
        restored += len(worker.kill())
        with signed_in(folder) as bench:
            assert figures(bench) == small  # a place is in no figure
            assert counts(bench.store)["place"] in {1, 2}
            assert all(line.ok for line in bench.check())
        for path in (folder.path / "generations").iterdir():
            if path.name.partition("_")[2].startswith("恢复前"):
                shutil.rmtree(path)
    assert everything_in(stick) == before
    return restored


def test_a_restore_killed_anywhere_leaves_a_whole_file_in_use(peopled, stick, child):
    assert kill_while_restoring(peopled, stick, child, 20) > 0


@pytest.mark.slow
@SLOW
def test_a_restore_survives_two_hundred_kills(peopled, stick, child):
    assert kill_while_restoring(peopled, stick, child, 200) > 20


def test_a_backup_beside_a_writing_process_is_of_one_moment_and_loses_nothing(peopled, stick, child):
    worker = child(children.save_for_ever, peopled.path)
    for _ in range(5):
        worker.next_word()
    with signed_in(peopled) as bench:
        for _ in range(5):
            before = counts(bench.store)["place"]
            report = back_up(bench, stick)
            assert before <= report.counts["place"] <= counts(bench.store)["place"]
            look_inside(look_over(report.path), bench.data_key)
    assert len(worker.kill()) > 0


def test_two_processes_that_back_up_to_one_stick_take_turns_or_are_told(peopled, stick, child, monkeypatch):
    monkeypatch.setattr("desktop.store.locks._WAIT_EXCLUSIVE_S", 0.05)
    worker = child(children.back_up_for_ever, peopled.path, stick)
    assert worker.next_word() == "begins"
    outcomes = []
    with signed_in(peopled) as bench:
        service = backups_of(bench)
        for _ in range(10):
            try:
                outcomes.append(f"verified: {service.back_up(stick).verified}")
            except FileBusy as busy:
                outcomes.append(str(busy))
    assert set(outcomes) <= {"verified: True", "另一个窗口或命令正在备份，请等它做完再试。"}
    worker.kill()
    for path in stick.iterdir():
        if not path.name.startswith("."):
            look_over(path)


def test_nobody_restores_under_another_process(peopled, stick, child, monkeypatch):
    monkeypatch.setattr("desktop.store.locks._WAIT_EXCLUSIVE_S", 0.1)
    with signed_in(peopled) as bench:
        path = back_up(bench, stick).path
        clock = bench.clock
    worker = child(children.save_for_ever, peopled.path)
    worker.next_word()
    with pytest.raises(FileBusy, match="另一个窗口或命令"):
        restore(path, peopled, ByPassword(OFFICERS["主任"], PASSWORD), clock=clock)
    worker.next_word()
    worker.kill()
    assert restore(path, peopled, ByPassword(OFFICERS["主任"], PASSWORD), clock=clock).counts["resident"] == 3
