"""What can be wrong with a stick, with sticks played by folders: named each time, older backups as they were."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.foundation.errors import DamagedFile, EnvironmentFailure
from desktop.foundation.jobs import JobContext
from desktop.safekeeping import backup as making_backups
from desktop.safekeeping.drives import FAT_LARGEST, Drive, LinuxDrives, file_system_of
from desktop.safekeeping.service import BackupService
from desktop.safekeeping.verify import look_over
from desktop.shell.backups import values
from tests.safekeeping.making import Stopping, everything_in


class Played:
    """Drives by a script: which sticks there are, what they can hold; pulling one out moves its folder away."""

    def __init__(self, *sticks: Path, largest: int | None = None) -> None:
        self.plugged, self._largest = list(sticks), largest

    def sticks(self):
        return [Drive(path, path.name, 1_000_000_000) for path in self.plugged]

    def is_stick(self, path):
        return any(stick in (path, *path.parents) for stick in self.plugged)

    def largest_file(self, _path):
        return self._largest


class PullsOut(JobContext):
    """A context on whose n-th look the stick is pulled out."""

    def __init__(self, stick: Path, after: int) -> None:
        super().__init__()
        self._stick, self._left = stick, after

    def check(self):
        self._left -= 1
        if not self._left:
            self._stick.rename(self._stick.with_name("in somebody's pocket"))
        super().check()


@pytest.fixture
def service(lived_in, stick):
    return make(lived_in, Played(stick))


def make(bench, drives):
    return BackupService(
        bench.store, bench.data_key, bench.store.data_folder,
        clock=bench.clock, figures=lambda period: values(bench, period), drives=drives,
    )  # fmt: skip


def test_a_stick_pulled_out_at_any_moment_is_said_and_older_backups_are_whole_when_it_is_back(service, stick):
    older = service.back_up(stick)
    before = everything_in(older.path)
    looking = Stopping(after=1_000_000)
    service.back_up(stick, looking)
    assert looking.looked >= 3
    for after in range(1, looking.looked + 1):
        with pytest.raises(EnvironmentFailure, match="中途拔掉了"):
            service.back_up(stick, PullsOut(stick, after))
        assert not stick.exists(), "nothing is written where the stick was"
        stick.with_name("in somebody's pocket").rename(stick)
        assert everything_in(older.path) == before
    assert service.back_up(stick).verified
    assert len([path for path in stick.iterdir() if path.name.startswith("居委工作台备份")]) == 3


def test_a_file_too_large_for_fat_is_refused_before_anything_is_written(lived_in, stick):
    size = lived_in.store.path.stat().st_size
    with pytest.raises(EnvironmentFailure, match=r"FAT32.*exFAT"):
        make(lived_in, Played(stick, largest=size)).back_up(stick)
    assert list(stick.iterdir()) == []
    assert make(lived_in, Played(stick, largest=size * 2)).back_up(stick).verified


def test_the_type_of_a_stick_s_file_system_is_read_from_the_mounts(tmp_path):
    table = "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media/我的\\040U盘 vfat rw 0 0\n/dev/sdc1 /media/新 exfat rw 0 0\n"
    assert [file_system_of(Path(path), table) for path in ("/home", "/media/我的 U盘/x", "/media/新")] == [
        "ext4", "vfat", "exfat",
    ]  # fmt: skip
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sdb1 {tmp_path} vfat rw 0 0\n", encoding="utf-8")
    assert LinuxDrives(mounts).largest_file(tmp_path) == FAT_LARGEST
    assert LinuxDrives(mounts).largest_file(Path("/")) is None


def test_a_stick_that_lies_about_its_size_is_found_out_by_reading_again(lived_in, stick, monkeypatch):
    """What such sticks do: they take every byte and give back others."""
    service = make(lived_in, Played(stick))
    older = service.back_up(stick)
    before = everything_in(older.path)

    def forget_the_end(path: Path) -> None:
        raw = path.read_bytes()
        path.write_bytes(raw[: len(raw) // 2].ljust(len(raw), b"\0"))

    monkeypatch.setattr(making_backups, "forget_cached", forget_the_end)
    with pytest.raises(DamagedFile, match="容量是假的"):
        service.back_up(stick)
    assert everything_in(older.path) == before
    assert [path.name for path in stick.iterdir() if "备份_" in path.name] == [older.path.name]


def test_a_read_only_stick_is_named_as_one(lived_in, small_stick):
    from tests.safekeeping.making import mount

    assert mount("-o", "remount,ro", str(small_stick))
    with pytest.raises(EnvironmentFailure, match="锁的小开关"):
        make(lived_in, Played(small_stick)).back_up(small_stick)


def test_a_failure_with_the_stick_still_there_keeps_its_own_sentence(service, stick, monkeypatch):
    def fail(*_):
        raise EnvironmentFailure("磁盘满了，还差 1 MB。")

    monkeypatch.setattr(making_backups, "refuse_too_small", fail)
    with pytest.raises(EnvironmentFailure, match="还差 1 MB"):
        service.back_up(stick)
    shutil.rmtree(stick)
    with pytest.raises(EnvironmentFailure, match="找不到"):
        service.back_up(stick / "tiefer")


def test_older_backups_of_a_stick_can_still_be_looked_over_after_every_fault(service, stick):
    path = service.back_up(stick).path
    with pytest.raises(EnvironmentFailure):
        service.back_up(stick, PullsOut(stick, 2))
    stick.with_name("in somebody's pocket").rename(stick)
    assert look_over(path).manifest.counts["resident"] == 3
