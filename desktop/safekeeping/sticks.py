"""What can be wrong with a stick, named: pulled out mid-way, a format too old for a file this large, read-only."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from desktop.foundation.errors import AppError, EnvironmentFailure
from desktop.safekeeping.drives import Drives

T = TypeVar("T")
_NEAR = 0.95
PULLED = "U盘在备份中途拔掉了，或接触不好。这一份没有做成，以前的备份没有动。请重新插好再按F9。"
_READ_ONLY = "这个U盘只能看、不能写（看看侧面有没有锁的小开关）。没有备份，以前的备份没有动。请换一个U盘。"


def guarded(target: Path, size: int, drives: Drives, work: Callable[[], T], *, pulled: str = PULLED) -> T:
    """Return what *work* returns, a backup of *size* bytes in *target*; what is wrong with the stick is named.

    A stick that went meanwhile is the reason for whatever failed, not the error it left behind: *pulled* says so.
    """
    place = target if target.exists() else target.parent
    there = _device(place)
    _refuse_read_only(place)
    _refuse_too_large(size, place, drives)
    try:
        return work()
    except (AppError, OSError) as error:
        if there is not None and _device(place) != there:
            raise EnvironmentFailure(pulled) from error
        raise


def _refuse_too_large(size: int, target: Path, drives: Drives) -> None:
    """Raise EnvironmentFailure if a file of *size* bytes comes near the largest *target*'s file system can hold."""
    largest = drives.largest_file(target)
    if largest is not None and size > largest * _NEAR:
        raise EnvironmentFailure(
            f"资料有{size / 1e9:.1f} GB了，这个U盘的格式（FAT32）放不下超过4 GB的文件。"
            "请换一个U盘，或先把里面的东西拷走、格式化成exFAT再备份。以前的备份没有动。"
        )


def _refuse_read_only(place: Path) -> None:
    if hasattr(os, "statvfs") and place.exists() and os.statvfs(place).f_flag & os.ST_RDONLY:
        raise EnvironmentFailure(_READ_ONLY)


def _device(place: Path) -> tuple[int, int] | None:
    """Return which folder *place* is: another one at the same place means that the stick is gone."""
    try:
        found = place.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
