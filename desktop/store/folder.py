"""The data folder: generations of the file, the `current` pointer, and the locks between processes.

data folder/
  current            name of the generation in use, replaced atomically
  data.lock          shared by every process that works; exclusive for migrate, restore, re-key
  generations/<name>/juwei.db, keys.json
  attachments/<two digits>/<name>   encrypted files, shared by all generations and only ever added to
"""

from __future__ import annotations

import ctypes
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

from desktop.foundation.clock import CHINA
from desktop.foundation.errors import DamagedFile, EnvironmentFailure, InputError, machine_faults
from desktop.store.files import sync_file, sync_folder, write_atomically
from desktop.store.keys import KeyRing, load_ring
from desktop.store.locks import exclusive_lock, shared_lock

DATABASE = "juwei.db"
KEYS = "keys.json"
ATTACHMENTS = "attachments"
_NETWORK_TYPES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "afs", "ncpfs", "davfs", "fuse.davfs", "fuse.gvfsd-fuse",
     "fuse.rclone", "fuse.smbnetfs"}
)  # fmt: skip
_OCTAL = re.compile(r"\\([0-7]{3})")  # how /proc/mounts writes blanks and the like
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


def attachments_beside(database: Path) -> Path:
    """Return where the attachments lie that belong to a generation's *database*."""
    return database.absolute().parents[2] / ATTACHMENTS


class DataFolder:
    """Finds, makes and switches generations."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._current = path / "current"
        self._generations = path / "generations"
        self.attachments = path / ATTACHMENTS

    def is_set_up(self) -> bool:
        """Return whether somebody has set this folder up."""
        with machine_faults("查看数据文件夹"):
            return self._current.exists()

    def current(self) -> Generation:
        """Return the generation in use; raise InputError before first set-up, DamagedFile if it is gone."""
        if not self.is_set_up():
            raise InputError("这个数据文件夹里还没有资料，请先新建（juwei init）或打开窗口按提示设置。")
        with machine_faults("读取数据文件夹"):
            name = self._current.read_bytes().decode("utf-8", errors="replace").strip()
            generation = Generation(self._generations / name) if _is_plain_name(name) else None
            if generation is None or not generation.database.is_file() or not generation.keys.is_file():
                raise DamagedFile("资料文件不见了。请不要新建，先用最近的备份恢复。")
        return generation

    @contextmanager
    def new_generation(self, at: datetime) -> Iterator[Generation]:
        """Yield an empty generation folder; if the block succeeds it becomes the current one, else it is removed.

        Everything in it reaches the disk before `current` names it. A folder left by a kill is never looked at.
        """
        with machine_faults("新建数据文件夹"):
            self._generations.mkdir(parents=True, exist_ok=True)
            folder = self._free_name(at)
            folder.mkdir()
        try:
            yield Generation(folder)
            with machine_faults("保存资料"):
                for path in folder.iterdir():
                    sync_file(path)
                sync_folder(folder)
                sync_folder(self._generations)
                write_atomically(self._current, folder.name.encode())
        except BaseException:
            # The pointer may have been switched although its folder could not be flushed: then the new one counts.
            if not self._names(folder):
                shutil.rmtree(folder, ignore_errors=True)
            raise

    @contextmanager
    def rough_generation(self, kept: Path) -> Iterator[Path]:
        """Yield an empty folder that gets the name *kept* if the block succeeds, else it is removed; never in use."""
        rough = kept.with_name(f".{kept.name}.new")
        shutil.rmtree(rough, ignore_errors=True)  # a kill may have left one
        try:
            with machine_faults("新建数据文件夹"):
                rough.mkdir(parents=True)
            yield rough
            with machine_faults("保存资料"):
                rough.rename(kept)
        except BaseException:
            shutil.rmtree(rough, ignore_errors=True)
            raise

    def _names(self, folder: Path) -> bool:
        try:
            return self._current.read_bytes() == folder.name.encode()
        except OSError:
            return False

    def _free_name(self, at: datetime) -> Path:
        stamp = at.astimezone(CHINA).strftime("%Y%m%d-%H%M%S")
        folder = self._generations / stamp
        number = 1
        while folder.exists():
            number += 1
            folder = self._generations / f"{stamp}-{number}"
        return folder

    def shared(self) -> AbstractContextManager[None]:
        """Hold the folder together with other working processes; raises FileBusy while one excludes us."""
        return shared_lock(self.path / "data.lock")

    def changing_keys(self) -> AbstractContextManager[None]:
        """Hold the key file alone for a moment, beside windows and commands that work on the records."""
        return exclusive_lock(self.path / "keys.lock")

    def exclusive(self) -> AbstractContextManager[None]:
        """Hold the folder alone; raises FileBusy if anybody else works on it."""
        return exclusive_lock(self.path / "data.lock")


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


def mount_risk(path: Path, mounts: str, block_devices: Path = Path("/sys/class/block")) -> str:
    """Return 网络盘 or U盘 if *path* lies on one according to the text of /proc/mounts, else an empty string."""
    best_point, device, kind = "", "", ""
    for line in mounts.splitlines():
        parts = [_OCTAL.sub(lambda found: chr(int(found.group(1), 8)), part) for part in line.split()]
        if len(parts) < 3:
            continue
        point = parts[1]
        inside = path == Path(point) or Path(point) in path.parents
        if inside and len(point) >= len(best_point):
            best_point, device, kind = point, parts[0], parts[2]
    if kind in _NETWORK_TYPES:
        return "网络盘"
    return "U盘" if device.startswith("/dev/") and _is_removable(Path(device), block_devices) else ""


def _is_removable(device: Path, block_devices: Path) -> bool:
    """Return what the kernel says of *device*, of the disk a partition lies on, and of the disks below a mapping."""
    block = block_devices / device.resolve().name
    if not block.exists():
        return False
    flags = [folder / "removable" for folder in (block, block.resolve().parent)]
    if any(flag.is_file() and flag.read_text(encoding="ascii").strip() == "1" for flag in flags):
        return True
    below = block / "slaves"
    return below.is_dir() and any(_is_removable(Path("/dev") / part.name, block_devices) for part in below.iterdir())


def _is_plain_name(name: str) -> bool:
    return bool(name) and name.isprintable() and Path(name).name == name


def _nearest_existing(path: Path) -> Path:
    resolved = path.absolute()
    while not resolved.exists() and resolved != resolved.parent:
        resolved = resolved.parent
    return resolved.resolve()


def _windows_risk(path: Path) -> str:
    anchor = path.absolute().anchor
    if anchor.startswith("\\\\"):
        return "网络盘"
    kind = 0
    if sys.platform == "win32":
        kind = ctypes.windll.kernel32.GetDriveTypeW(anchor)
    return {_DRIVE_REMOTE: "网络盘", _DRIVE_REMOVABLE: "U盘"}.get(kind, "")
