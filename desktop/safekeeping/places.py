"""Where a backup goes: its name, the room it needs, what a kill has left behind, and who may write there now."""

from __future__ import annotations

import errno
import hashlib
import math
import os
import platform
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.foundation.clock import CHINA
from desktop.foundation.errors import EnvironmentFailure, FileBusy, InputError
from desktop.safekeeping.verify import UNFINISHED
from desktop.store.files import sync_folder
from desktop.store.locks import exclusive_lock

PREFIX = "居委工作台备份"
EMERGENCY = "居委工作台应急"
_MB = 1_000_000
_SQLITE_FULL = 13
_WINDOWS_FULL = 112
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_LONGEST_NAME = 30
# File systems of sticks that cannot flush a folder say so with one of these; the files themselves are flushed.
_CANNOT_FLUSH_FOLDERS = frozenset({errno.EINVAL, errno.ENOTSUP})


def refuse_inside(data_folder: Path, target: Path) -> None:
    """Raise InputError if *target* is the data folder or lies in it: what takes one away would take both."""
    inner, outer = target.resolve(), data_folder.resolve()
    if inner == outer or outer in inner.parents:
        raise InputError("备份不能放在资料自己的文件夹里，电脑坏了会一起丢。请选U盘，或另一个硬盘上的文件夹。")


@contextmanager
def alone(data_folder: Path, work: str = "backup", doing: str = "备份") -> Iterator[None]:
    """Hold the right to do *work* with the data in *data_folder*; raise FileBusy while another window or command does.

    *doing* is what that is called.
    """
    with ExitStack() as held:
        try:
            held.enter_context(exclusive_lock(data_folder / f"{work}.lock"))
        except FileBusy:
            raise FileBusy(f"另一个窗口或命令正在{doing}，请等它做完再试。") from None
        yield


def refuse_too_small(target: Path, need: int) -> None:
    """Raise EnvironmentFailure saying how much is missing if *need* bytes do not fit into *target*."""
    if (room := shutil.disk_usage(target).free) < need:
        raise EnvironmentFailure(_full(need - room))


@contextmanager
def counted_when_full(rough: Path, need: int) -> Iterator[None]:
    """Turn a disk that fills up while *rough* is written into a sentence saying how much is missing of *need*."""
    try:
        yield
    except (OSError, sqlcipher.Error) as error:
        if not _is_full(error):
            raise
        written = sum(path.stat().st_size for path in rough.rglob("*") if path.is_file())
        missing = need - written - shutil.disk_usage(rough).free
        raise EnvironmentFailure(_full(missing)) from None


def series(committee: str, prefix: str = PREFIX) -> str:
    """Return how the names of all folders of *committee* begin, as 居委工作台备份_后环社区居民委员会_."""
    safe = _NOT_IN_NAMES.sub("", committee).strip(" .")[:_LONGEST_NAME]
    return "".join(f"{part}_" for part in (prefix, safe) if part)


def free_name(target: Path, committee: str, made_at: datetime, prefix: str = PREFIX) -> Path:
    """Return a folder that does not exist yet, named by committee and China's time."""
    name = f"{series(committee, prefix)}{made_at.astimezone(CHINA):%Y%m%d-%H%M%S}"
    folder, number = target / name, 1
    while folder.exists():
        number += 1
        folder = target / f"{name}-{number}"
    return folder


def rough_name(final: Path, data_folder: Path) -> Path:
    """Return the name a backup has until it is verified; it says whose it is, for `sweep`."""
    return final.with_name(f".{final.name}.{tag_of(data_folder)}{UNFINISHED}")


def sweep(target: Path, data_folder: Path, prefix: str = PREFIX) -> None:
    """Remove what killed backups of this very data folder left in *target*; the caller is `alone`."""
    for left in target.glob(f".{prefix}*.{tag_of(data_folder)}{UNFINISHED}"):
        shutil.rmtree(left, ignore_errors=True)


def write_flushed(path: Path, content: bytes) -> None:
    """Write a new file through to the disk."""
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def sync_names(folder: Path) -> None:
    """Make the names in *folder* durable where its file system can."""
    try:
        sync_folder(folder)
    except OSError as error:
        if error.errno not in _CANNOT_FLUSH_FOLDERS:
            raise


def tag_of(data_folder: Path) -> str:
    """Return eight hex digits that stand for this data folder on this computer."""
    return hashlib.sha256(f"{platform.node()}\n{data_folder.resolve()}".encode()).hexdigest()[:8]


def _is_full(error: OSError | sqlcipher.Error) -> bool:
    if isinstance(error, OSError):
        return error.errno == errno.ENOSPC or getattr(error, "winerror", None) == _WINDOWS_FULL
    return bool(getattr(error, "sqlite_errorcode", 0) & 0xFF == _SQLITE_FULL)


def _full(missing: int) -> str:
    megabytes = max(1, math.ceil(missing / _MB))
    return f"磁盘满了，还差 {megabytes:,} MB。原来的备份没有动。请换一个U盘，或删掉不要的旧备份再试。"
