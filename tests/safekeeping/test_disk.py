"""A disk that is full or may only be read: older backups and the file in use stay, and a sentence says it."""

from __future__ import annotations

import re
import shutil

import pytest

from desktop.foundation.errors import EnvironmentFailure
from desktop.safekeeping import backup as making_backups
from desktop.safekeeping.holders import ByPassword
from desktop.safekeeping.restore import restore
from desktop.safekeeping.verify import look_over
from desktop.store.folder import DataFolder
from tests.conftest import OFFICERS, PASSWORD
from tests.safekeeping.making import back_up, everything_in, figures, fill, mount, signed_in

DIRECTOR = ByPassword(OFFICERS["主任"], PASSWORD)


def test_too_little_room_is_said_before_anything_is_written(lived_in, small_stick):
    older = back_up(lived_in, small_stick)
    before = everything_in(older.path)
    fill(small_stick, free=65_536)
    with pytest.raises(EnvironmentFailure) as caught:
        back_up(lived_in, small_stick)
    assert re.fullmatch(
        r"磁盘满了，还差 [1-9]\d* MB。原来的备份没有动。请换一个U盘，或删掉不要的旧备份再试。", str(caught.value)
    )
    assert everything_in(older.path) == before
    assert sorted(path.name for path in small_stick.iterdir()) == sorted([older.path.name, "films"])
    (small_stick / "films").unlink()
    assert back_up(lived_in, small_stick).verified


@pytest.mark.parametrize("room", [0, 100_000, 400_000, 700_000])
def test_a_disk_that_fills_up_meanwhile_leaves_only_the_older_backup(lived_in, small_stick, monkeypatch, room):
    older = back_up(lived_in, small_stick)
    before = everything_in(older.path)
    fill(small_stick, free=room)
    monkeypatch.setattr(making_backups, "refuse_too_small", lambda *_: None)  # somebody else took the room just now
    if room < older.bytes:
        with pytest.raises(EnvironmentFailure, match="磁盘满了，还差 1 MB。原来的备份没有动。"):
            back_up(lived_in, small_stick)
        assert sorted(path.name for path in small_stick.iterdir()) == sorted([older.path.name, "films"])
    assert everything_in(older.path) == before
    assert look_over(older.path)
    assert all(line.ok for line in lived_in.check())


def test_a_write_protected_stick_is_a_sentence(lived_in, small_stick):
    assert mount("-o", "remount,ro", str(small_stick))
    with pytest.raises(EnvironmentFailure, match="只能看、不能写"):
        back_up(lived_in, small_stick)


def test_a_write_protected_stick_restores(lived_in, small_stick, tmp_path):
    path, then = back_up(lived_in, small_stick).path, figures(lived_in)
    assert mount("-o", "remount,ro", str(small_stick))
    fresh = DataFolder(tmp_path / "fresh")
    restore(path, fresh, DIRECTOR, clock=lived_in.clock)
    with signed_in(fresh) as bench:
        assert figures(bench) == then


@pytest.mark.parametrize("room", [0, 100_000, 400_000])
def test_restoring_onto_a_full_disk_leaves_in_use_what_was(lived_in, small_stick, stick, template_folder, room):
    path = back_up(lived_in, stick).path
    shutil.copytree(template_folder, small_stick / "data")
    folder = DataFolder(small_stick / "data")
    (folder.path / "data.lock").touch()
    before = folder.path.joinpath("current").read_bytes(), everything_in(folder.current().folder)
    fill(small_stick, free=room)
    with pytest.raises(EnvironmentFailure, match="磁盘满了"):
        restore(path, folder, DIRECTOR, clock=lived_in.clock)
    assert (folder.path.joinpath("current").read_bytes(), everything_in(folder.current().folder)) == before
    assert len(list((folder.path / "generations").iterdir())) == 1
    (small_stick / "films").unlink()
    assert restore(path, folder, DIRECTOR, clock=lived_in.clock).counts["resident"] == 3
