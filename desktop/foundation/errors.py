"""The kinds of expected failure; any other exception is a bug. ``str(error)`` is always a sentence for the user."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one field: a stable *code* for programs, a Chinese *message* for people."""

    field: str
    code: str
    message: str


class AppError(Exception):
    """A failure we expected."""

    exit_status = 1


class InputError(AppError):
    """The user can mend it here and now: a wrong field, a duplicate, a right that is missing."""

    def __init__(self, message: str = "", problems: Sequence[Problem] = ()) -> None:
        super().__init__(message or "；".join(problem.message for problem in problems))
        self.problems = tuple(problems)


class NotAllowed(InputError):
    """The signed-in officer's role does not include this."""


class ChangedMeanwhile(InputError):
    """Somebody else stored a newer version of the same record; *fields* maps name to (theirs, ours)."""

    def __init__(self, message: str, fields: dict[str, tuple[object, object]] | None = None) -> None:
        super().__init__(message)
        self.fields = fields or {}


class EnvironmentFailure(AppError):
    """The machine is at fault: disk full, file locked, damaged, from a newer program; the data are untouched."""

    exit_status = 3


class WrongPassword(EnvironmentFailure):
    """Password or recovery code does not open the file; *wait_s* seconds must pass before the next try."""

    def __init__(self, message: str, wait_s: int = 0) -> None:
        super().__init__(message)
        self.wait_s = wait_s


class TooManyTries(WrongPassword):
    """Nothing was tried: after several wrong passwords *wait_s* seconds are still to pass."""


class DamagedFile(EnvironmentFailure):
    """The file cannot be read as ours."""


class NewerFile(EnvironmentFailure):
    """The file was written by a newer program."""


class FileBusy(EnvironmentFailure):
    """Another process is using the file in a way that excludes us."""


@contextmanager
def machine_faults(doing: str) -> Iterator[None]:
    """Turn an operating-system error while *doing* (a Chinese verb phrase) into an EnvironmentFailure."""
    try:
        yield
    except OSError as error:
        raise EnvironmentFailure(f"{doing}没有成功：{os_reason(error)}") from error


_WINDOWS_FULL = 112
_REASONS: dict[int | None, str] = {
    errno.ENOSPC: "磁盘满了。原来的数据没有动，请清理出空间再试。",
    errno.EFBIG: "这个盘的格式放不下这么大的文件（FAT32最大4 GB）。请换一个盘，或格式化成exFAT。",
    errno.EROFS: "这个位置只能看、不能写，请换一个文件夹。",
    errno.EIO: "这个盘读写出错，可能坏了或没有插好。请换一个盘再试。",
    errno.ENODEV: "这个盘不在了，请看看U盘是否还插着。",
    errno.ENXIO: "这个盘不在了，请看看U盘是否还插着。",
    errno.ENAMETOOLONG: "文件名或文件夹名太长，请改短一些。",
    errno.EMFILE: "打开的文件太多。请关掉一些窗口再试。",
    errno.ENFILE: "打开的文件太多。请关掉一些窗口再试。",
}


def os_reason(error: OSError) -> str:
    """Return a plain Chinese reason and remedy for *error*, without paths or values."""
    number = errno.ENOSPC if getattr(error, "winerror", None) == _WINDOWS_FULL else error.errno
    if number in _REASONS:
        return _REASONS[number]
    if isinstance(error, PermissionError):
        return "没有写入这个位置的权限，或文件正被别的程序打开。请关掉它或换一个文件夹。"
    if isinstance(error, FileNotFoundError):
        return "找不到这个文件或文件夹，请看看U盘是否还插着、名字有没有改过。"
    if isinstance(error, IsADirectoryError | NotADirectoryError):
        return "这里要的是另一种位置（文件或文件夹弄反了），请重新选。"
    return f"电脑不让做（错误{number}号）。请换一个位置再试。" if number else "电脑不让做。请换一个位置再试。"
