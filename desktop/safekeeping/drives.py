"""Where a backup may go: the sticks plugged in right now. A port, so that the window can be tried without any."""

from __future__ import annotations

import ctypes
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.store.folder import mount_risk

_REMOVABLE = 2  # DRIVE_REMOVABLE of GetDriveTypeW
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LABEL_LENGTH = 261
_STICK = "U盘"
_FAT = frozenset({"vfat", "msdos", "fat", "fat32", "fat16"})
FAT_LARGEST = (1 << 32) - 1
"""Bytes of the largest file FAT can hold."""
_OCTAL = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True)
class Drive:
    """One stick: where it can be written to, what it is called, how much room it has."""

    path: Path
    label: str
    free_bytes: int


class Drives(Protocol):
    """Finds sticks."""

    def sticks(self) -> list[Drive]:
        """Return the sticks plugged in, in a steady order; those that cannot be read are left out."""
        ...

    def is_stick(self, path: Path) -> bool:
        """Return whether *path* lies on a stick."""
        ...

    def largest_file(self, path: Path) -> int | None:
        """Return how large one file may be there, in bytes; None where the file system sets no limit we would meet."""
        ...


class LinuxDrives:
    """Sticks according to the table of mounts and the kernel's word on what can be pulled out."""

    def __init__(self, mounts: Path = Path("/proc/mounts"), block_devices: Path = Path("/sys/class/block")) -> None:
        self._mounts, self._block_devices = mounts, block_devices

    def sticks(self) -> list[Drive]:
        """Return every mounted stick by the order of its mount."""
        table = self._table()
        points = [_unescaped(parts[1]) for line in table.splitlines() if len(parts := line.split()) > 2]
        found = dict.fromkeys(point for point in points if self._risk(Path(point), table) == _STICK)
        return [drive for point in found if (drive := _drive(Path(point), Path(point).name)) is not None]

    def is_stick(self, path: Path) -> bool:
        """Return whether *path* lies on a mounted stick."""
        return self._risk(path.resolve(), self._table()) == _STICK

    def largest_file(self, path: Path) -> int | None:
        """Return the limit of FAT, by the table of mounts."""
        return FAT_LARGEST if file_system_of(path.resolve(), self._table()) in _FAT else None

    def _risk(self, path: Path, table: str) -> str:
        return mount_risk(path, table, self._block_devices)

    def _table(self) -> str:
        try:
            return self._mounts.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""  # a system without such a table: then folders are chosen by hand


class WindowsDrives:
    """Sticks according to Windows: letters whose drive can be pulled out."""

    def sticks(self) -> list[Drive]:
        """Return the sticks by letter."""
        letters = 0
        if sys.platform == "win32":
            letters = ctypes.windll.kernel32.GetLogicalDrives()
        roots = [Path(f"{letter}:\\") for place, letter in enumerate(_LETTERS) if letters >> place & 1]
        return [
            drive
            for root in roots
            if self.is_stick(root) and (drive := _drive(root, _windows_label(str(root)))) is not None
        ]

    def is_stick(self, path: Path) -> bool:
        """Return whether *path* lies on a drive that can be pulled out."""
        kind = 0
        if sys.platform == "win32":
            kind = ctypes.windll.kernel32.GetDriveTypeW(path.absolute().anchor)
        return kind == _REMOVABLE

    def largest_file(self, path: Path) -> int | None:
        """Return the limit of FAT, as Windows calls the volume."""
        name = ""
        if sys.platform == "win32":
            buffer = ctypes.create_unicode_buffer(_LABEL_LENGTH)
            root = path.absolute().anchor
            ctypes.windll.kernel32.GetVolumeInformationW(root, None, 0, None, None, None, buffer, _LABEL_LENGTH)
            name = buffer.value.lower()
        return FAT_LARGEST if name in _FAT else None


def file_system_of(path: Path, table: str) -> str:
    """Return the type of the file system *path* lies on according to the text of /proc/mounts."""
    best, kind = "", ""
    for line in table.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = _unescaped(parts[1])
        if (path == Path(point) or Path(point) in path.parents) and len(point) >= len(best):
            best, kind = point, parts[2]
    return kind


def this_computers_drives() -> Drives:
    """Return what finds sticks on this system."""
    return WindowsDrives() if sys.platform == "win32" else LinuxDrives()


def _drive(path: Path, label: str) -> Drive | None:
    try:
        return Drive(path, label or _STICK, shutil.disk_usage(path).free)
    except OSError:
        return None  # pulled out this moment, or an empty card reader


def _windows_label(root: str) -> str:
    letter = root.rstrip("\\")
    if sys.platform != "win32":
        return letter
    buffer = ctypes.create_unicode_buffer(_LABEL_LENGTH)
    ctypes.windll.kernel32.GetVolumeInformationW(root, buffer, _LABEL_LENGTH, None, None, None, None, 0)
    return f"{buffer.value}（{letter}）" if buffer.value else letter


def _unescaped(point: str) -> str:
    """Return *point* as it is called; the table writes a blank as \\040."""
    return _OCTAL.sub(lambda found: chr(int(found.group(1), 8)), point)
