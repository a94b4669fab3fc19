"""The lock between processes that work on one data folder: shared by all who work, exclusive for the one who swaps it.

POSIX file locks belong to the process, and closing any handle of the file drops all of them. So each process holds at
most one lock per folder and counts here who of its own stands behind it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import fasteners

from desktop.foundation.errors import FileBusy, machine_faults

_WAIT_SHARED_S = 5
_WAIT_EXCLUSIVE_S = 2
_DOING = "打开数据文件夹"
_SWAPPING = "资料正在升级、恢复或换钥匙，请等它做完再打开。数据没有动。"
_IN_USE = "这份资料正在另一个窗口或命令里打开，请先关掉它再试。数据没有动。"


@dataclass
class _Held:
    """The one lock of this process on a folder; *sharers* is 0 while it is exclusive."""

    lock: fasteners.InterProcessReaderWriterLock
    sharers: int


_guard = threading.Lock()
_held: dict[Path, _Held] = {}


@contextmanager
def shared_lock(path: Path) -> Iterator[None]:
    """Hold the lock file *path* together with others; raise FileBusy while somebody holds it alone."""
    key = path.resolve()
    with _guard:
        held = _held.get(key)
        if held is None:
            lock = _lock_file(path)
            with machine_faults(_DOING):
                mine = lock.acquire_read_lock(blocking=True, timeout=_WAIT_SHARED_S, delay=0.05, max_delay=0.2)
            if not mine:
                _close(lock)
                raise FileBusy(_SWAPPING)
            held = _held[key] = _Held(lock, 0)
        elif not held.sharers:
            raise FileBusy(_SWAPPING)
        held.sharers += 1
    try:
        yield
    finally:
        with _guard:
            held.sharers -= 1
            if not held.sharers:
                del _held[key]
                held.lock.release_read_lock()


@contextmanager
def exclusive_lock(path: Path) -> Iterator[None]:
    """Hold the lock file *path* alone; raise FileBusy if anybody else, here or in another process, holds it."""
    key = path.resolve()
    with _guard:
        if key in _held:
            raise FileBusy(_IN_USE)
        lock = _lock_file(path)
        with machine_faults(_DOING):
            mine = lock.acquire_write_lock(blocking=True, timeout=_WAIT_EXCLUSIVE_S, delay=0.05, max_delay=0.2)
        if not mine:
            _close(lock)
            raise FileBusy(_IN_USE)
        _held[key] = _Held(lock, 0)
    try:
        yield
    finally:
        with _guard:
            del _held[key]
            lock.release_write_lock()


def _lock_file(path: Path) -> fasteners.InterProcessReaderWriterLock:
    with machine_faults(_DOING):
        path.parent.mkdir(parents=True, exist_ok=True)
        # fasteners opens its file late; a read-only folder must answer here, with our sentence.
        path.touch()
    return fasteners.InterProcessReaderWriterLock(path)


def _close(lock: fasteners.InterProcessReaderWriterLock) -> None:
    """Close what a vain attempt left open; this process holds nothing on the file, so nothing is dropped."""
    if lock.lockfile is not None:
        lock.lockfile.close()
        lock.lockfile = None
