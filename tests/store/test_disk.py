"""A full or read-only disk: the old data stay whole and the officer reads a sentence."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from sqlmodel import select

from desktop.foundation.errors import EnvironmentFailure
from desktop.register.office import opened
from desktop.register.records import Place
from desktop.store.files import write_atomically
from desktop.store.folder import DataFolder
from tests.conftest import OFFICERS, PASSWORD
from tests.factories import add_place, one_step


def mount(*arguments):
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 3 MB of one's own."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    point = tmp_path / "disk"
    point.mkdir()
    if not mount("-t", "tmpfs", "-o", "size=3m", "tmpfs", str(point)):
        pytest.skip("this system does not let root mount a small disk")
    yield point
    subprocess.run(["umount", "-l", str(point)], check=True)


@pytest.fixture
def on_small_disk(small_disk, template_folder):
    shutil.copytree(template_folder, small_disk / "data")
    return DataFolder(small_disk / "data")


def open_it(folder, clock):
    slot = folder.current().ring().named(OFFICERS["主任"])
    return opened(folder, slot_id=slot.id, secret=PASSWORD, clock=clock)


def fill(disk):
    """Leave not one byte free."""
    with (disk / "films").open("wb") as stream:
        try:
            while True:
                stream.write(bytes(65_536))
                stream.flush()
        except OSError:
            return


def test_saving_on_a_full_disk_keeps_the_old_data_and_works_again_with_room(on_small_disk, small_disk, clock):
    with open_it(on_small_disk, clock) as found:
        one_step(found, lambda unit: add_place(unit, name="先存的"))
        fill(small_disk)

        def work(unit):
            for number in range(200):
                add_place(unit, name=f"存不下的{number}", remark="长" * 1500)

        with pytest.raises(EnvironmentFailure, match="磁盘满了") as caught:
            one_step(found, work)
        assert "原来的数据没有动" in str(caught.value)
        with found.store.reading() as session:
            assert session.exec(select(Place.name)).all() == ["先存的"]
        (small_disk / "films").unlink()
        one_step(found, lambda unit: add_place(unit, name="有地方了"))
    with open_it(on_small_disk, clock) as found, found.store.reading() as session:
        assert sorted(session.exec(select(Place.name))) == sorted(["先存的", "有地方了"])


def test_replacing_a_file_on_a_full_disk_keeps_the_old_one(on_small_disk, small_disk):
    keys = on_small_disk.current().keys
    before = keys.read_bytes()
    fill(small_disk)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(keys, bytes(100_000))
    assert keys.read_bytes() == before
    assert sorted(path.name for path in keys.parent.iterdir()) == ["juwei.db", "keys.json"]


def test_a_new_generation_on_a_full_disk_leaves_the_old_one_current(on_small_disk, small_disk, clock):
    before = on_small_disk.current().folder
    fill(small_disk)
    with pytest.raises((EnvironmentFailure, OSError)), on_small_disk.new_generation(clock.now()) as fresh:
        shutil.copytree(before, fresh.folder, dirs_exist_ok=True)
    assert on_small_disk.current().folder == before
    (small_disk / "films").unlink()
    with open_it(on_small_disk, clock):
        pass


def test_a_read_only_disk_is_a_sentence(on_small_disk, small_disk, clock):
    assert mount("-o", "remount,ro", str(small_disk))
    with pytest.raises(EnvironmentFailure, match="只能看"), open_it(on_small_disk, clock):
        pass
