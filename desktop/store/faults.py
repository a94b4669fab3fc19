"""Sentences for what can go wrong with the file itself, and the one place that turns driver errors into them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.foundation.errors import DamagedFile, EnvironmentFailure, FileBusy, machine_faults

_SENTENCES: tuple[tuple[str, type[EnvironmentFailure], str], ...] = (
    ("disk is full", EnvironmentFailure, "磁盘满了，这一次没有存进去。原来的数据没有动，请清理出空间再试。"),
    ("locked", FileBusy, "资料正被另一个程序占用，这一次没有存进去。请稍等再试。"),
    ("readonly", EnvironmentFailure, "资料所在的文件夹只能看、不能写。请检查文件夹权限，数据没有动。"),
    ("disk i/o error", EnvironmentFailure, "硬盘读写出错，这一次没有存进去。请马上做一次备份，并检查硬盘。"),
    ("unable to open", EnvironmentFailure, "资料文件打不开。请检查文件夹是否还在、有没有权限。"),
    ("not a database", DamagedFile, "资料文件损坏或钥匙不对，打不开。数据没有动，请用最近的备份恢复。"),
    ("malformed", DamagedFile, "资料文件有损坏。数据没有动，请用最近的备份恢复。"),
)


@contextmanager
def file_faults(doing: str) -> Iterator[None]:
    """Turn driver and system errors while *doing* into EnvironmentFailure; constraint errors stay bugs."""
    try:
        with machine_faults(doing):
            yield
    except NoConnectionFree:
        raise FileBusy(f"{doing}要等的别的工作太久了，这一次没有做成。请稍等再试。") from None
    except (DBAPIError, sqlcipher.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if not isinstance(cause, sqlcipher.IntegrityError):
            text = str(cause).lower()
            for fragment, kind, sentence in _SENTENCES:
                if fragment in text:
                    raise kind(sentence) from None
        raise
