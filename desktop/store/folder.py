"""The data folder: generations of the file, the `current` pointer, and the locks between processes.

data folder/
  current            name of the generation in use, replaced atomically
  data.lock          shared by every process that works; exclusive for migrate, restore, re-key
  generations/<name>/juwei.db, keys.json
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import fasteners

from desktop.foundation.clock import CHINA
from desktop.foundation.errors import DamagedFile, EnvironmentFailure, FileBusy, InputError, machine_faults
from desktop.store.files import sync_folder, write_atomically
from desktop.store.keys import KeyRing, load_ring

DATABASE = "juwei.db"
KEYS = "keys.json"
_NETWORK_TYPES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "afs", "ncpfs", "davfs", "fuse.davfs"}
)
_DRIVE_REMOVABLE, _DRIVE_REMOTE = 2, 4


class Generation:
    """One folder with a database and the keys that open it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / DATABASE
        self.keys = folder / KEYS

    def ring(self) -> KeyRing:
        """Return who can open this generation."""
        return load_ring(self.keys)


class DataFolder:
    """Finds, makes and switches generations."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._current = path / "current"
        self._generations = path / "generations"

    def is_set_up(self) -> bool:
        """Return whether somebody has set this folder up."""
        with machine_faults("查看数据文件夹"):
            return self._current.exists()

    def current(self) -> Generation:
        """Return the generation in use; raise InputError before first set-up, DamagedFile if it is gone."""
        if not self.is_set_up():
            raise InputError("这个数据文件夹里还没有资料，请先新建（juwei init）或打开窗口按提示设置。")
        with machine_faults("读取数据文件夹"):
            name = self._current.read_text(encoding="utf-8").strip()
        generation = Generation(self._generations / name)
        if not name or not generation.database.is_file():
            raise DamagedFile("资料文件不见了。请不要新建，先用最近的备份恢复。")
        return generation

    @contextmanager
    def new_generation(self, at: datetime) -> Iterator[Generation]:
        """Yield an empty generation folder; if the block succeeds it becomes the current one, else it is removed."""
        with machine_faults("新建数据文件夹"):
            self._generations.mkdir(parents=True, exist_ok=True)
            folder = self._free_name(at)
            folder.mkdir()
        try:
            yield Generation(folder)
            with machine_faults("保存资料"):
                sync_folder(folder)
                sync_folder(self._generations)
                write_atomically(self._current, folder.name.encode())
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def _free_name(self, at: datetime) -> Path:
        stamp = at.astimezone(CHINA).strftime("%Y%m%d-%H%M%S")
        folder = self._generations / stamp
        number = 1
        while folder.exists():
            number += 1
            folder = self._generations / f"{stamp}-{number}"
        return folder

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Hold the folder together with other working processes; raise FileBusy while one excludes us."""
        lock = self._lock()
        with machine_faults("打开数据文件夹"):
            held = lock.acquire_read_lock(blocking=True, timeout=5, delay=0.05, max_delay=0.2)
        if not held:
            raise FileBusy("资料正在升级、恢复或换钥匙，请等它做完再打开。数据没有动。")
        try:
            yield
        finally:
            lock.release_read_lock()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the folder alone; raise FileBusy if anybody else works on it."""
        lock = self._lock()
        with machine_faults("打开数据文件夹"):
            held = lock.acquire_write_lock(blocking=True, timeout=2, delay=0.05, max_delay=0.2)
        if not held:
            raise FileBusy("这份资料正在另一个窗口或命令里打开，请先关掉它再试。数据没有动。")
        try:
            yield
        finally:
            lock.release_write_lock()

    def _lock(self) -> fasteners.InterProcessReaderWriterLock:
        with machine_faults("打开数据文件夹"):
            self.path.mkdir(parents=True, exist_ok=True)
            # fasteners opens its file at once; a read-only folder must answer here, with our sentence.
            (self.path / "data.lock").touch()
        return fasteners.InterProcessReaderWriterLock(self.path / "data.lock")


def refuse_risky_place(path: Path) -> None:
    """Raise EnvironmentFailure if *path* lies on a network share or a removable stick: a live file is lost there."""
    if sys.platform == "win32":
        risky = _windows_risk(path)
    else:
        with machine_faults("查看数据文件夹"):
            mounts = Path("/proc/mounts")
            table = mounts.read_text(encoding="utf-8", errors="replace") if mounts.exists() else ""
            risky = mount_risk(_nearest_existing(path), table)
    if risky:
        raise EnvironmentFailure(
            f"资料不能放在{risky}上使用，拔掉或断网会损坏。请放在这台电脑的硬盘上，{risky}只用来备份。"
        )


def mount_risk(path: Path, mounts: str, removable: Path = Path("/sys/class/block")) -> str:
    """Return 网络盘 or U盘 if *path* lies on one according to the text of /proc/mounts, else an empty string."""
    best_point, device, kind = "", "", ""
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ")
        inside = path == Path(point) or Path(point) in path.parents
        if inside and len(point) >= len(best_point):
            best_point, device, kind = point, parts[0], parts[2]
    if kind in _NETWORK_TYPES:
        return "网络盘"
    block = removable / Path(device).name
    for folder in (block, block.resolve().parent):
        flag = folder / "removable"
        if device.startswith("/dev/") and flag.is_file():
            return "U盘" if flag.read_text(encoding="ascii").strip() == "1" else ""
    return ""


def _nearest_existing(path: Path) -> Path:
    resolved = path.absolute()
    while not resolved.exists() and resolved != resolved.parent:
        resolved = resolved.parent
    return resolved.resolve()


def _windows_risk(path: Path) -> str:
    anchor = path.absolute().anchor
    if anchor.startswith("\\\\"):
        return "网络盘"
    kind = ctypes.windll.kernel32.GetDriveTypeW(anchor) if os.name == "nt" else 0
    return {_DRIVE_REMOTE: "网络盘", _DRIVE_REMOVABLE: "U盘"}.get(kind, "")
