"""Finding sticks: by the table of mounts and what the kernel says can be pulled out."""

from __future__ import annotations

import sys

import pytest

from desktop.safekeeping.drives import LinuxDrives, WindowsDrives, this_computers_drives


@pytest.fixture
def computer(tmp_path):
    """A computer with a disk, a stick of two partitions, an empty card reader's mount and a network share."""
    blocks = tmp_path / "block"
    devices = tmp_path / "devices"
    for disk, removable, partitions in (("sda", "0", ["sda1"]), ("sdb", "1", ["sdb1", "sdb2"]), ("sdc", "1", ["sdc1"])):
        (devices / disk).mkdir(parents=True)
        (devices / disk / "removable").write_text(f"{removable}\n", encoding="ascii")
        blocks.mkdir(exist_ok=True)
        (blocks / disk).symlink_to(devices / disk)
        for partition in partitions:
            (devices / disk / partition).mkdir()
            (blocks / partition).symlink_to(devices / disk / partition)
    first, second = tmp_path / "我的 U盘", tmp_path / "备用"
    for point in (first, second):
        point.mkdir()
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n"
        "proc /proc proc rw 0 0\n"
        f"/dev/sdb1 {str(first).replace(' ', chr(92) + '040')} vfat rw 0 0\n"
        f"/dev/sdb2 {second} exfat rw 0 0\n"
        f"/dev/sdc1 {tmp_path}/pulled vfat rw 0 0\n"
        "//server/share /mnt/share cifs rw 0 0\n",
        encoding="utf-8",
    )
    return LinuxDrives(mounts, blocks), first, second


@pytest.mark.skipif(sys.platform == "win32", reason="links and mounts of Linux")
def test_sticks_are_found_by_name_and_others_are_not(computer):
    drives, first, second = computer
    found = drives.sticks()
    assert [(drive.path, drive.label) for drive in found] == [(first, "我的 U盘"), (second, "备用")]
    assert all(drive.free_bytes > 0 for drive in found)


@pytest.mark.skipif(sys.platform == "win32", reason="links and mounts of Linux")
def test_a_folder_on_a_stick_is_known_as_one(computer, tmp_path):
    drives, first, _ = computer
    (first / "备份").mkdir()
    assert drives.is_stick(first / "备份")
    assert not drives.is_stick(tmp_path)


def test_a_system_without_such_a_table_has_no_sticks(tmp_path):
    assert LinuxDrives(tmp_path / "none").sticks() == []
    assert not LinuxDrives(tmp_path / "none").is_stick(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="there it finds what is plugged in")
def test_away_from_windows_its_letters_are_none():
    assert WindowsDrives().sticks() == []


def test_this_computer_answers_without_fail(tmp_path):
    drives = this_computers_drives()
    assert isinstance(drives.sticks(), list)
    assert not drives.is_stick(tmp_path)
