"""Sentences for what can go wrong with the file itself, and the one place that turns driver errors into them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.foundation.errors import DamagedFile, EnvironmentFailure, FileBusy, machine_faults

SAVING = "保存"
_DISK_FAILS = 10
_OWN_DISK_FAILS = "硬盘读写出错，{}。请马上做一次备份，并检查硬盘。"
# SQLite's primary result codes; see https://www.sqlite.org/rescode.html. {} says what did not come about.
_SENTENCES: dict[int, tuple[type[EnvironmentFailure], str]] = {
    5: (FileBusy, "资料正被另一个程序占用，{}。请稍等再试。"),
    6: (FileBusy, "资料正被另一个程序占用，{}。请稍等再试。"),
    8: (EnvironmentFailure, "资料所在的文件夹只能看、不能写。请检查文件夹权限，数据没有动。"),
    _DISK_FAILS: (EnvironmentFailure, "这个盘读写出错，{}。请检查硬盘或U盘，换一个位置再试。"),
    11: (DamagedFile, "资料文件有损坏。数据没有动，请用最近的备份恢复。"),
    13: (EnvironmentFailure, "磁盘满了，{}。原来的数据没有动，请清理出空间再试。"),
    14: (EnvironmentFailure, "资料文件打不开。请检查文件夹是否还在、有没有权限。"),
    26: (DamagedFile, "资料文件损坏或钥匙不对，打不开。数据没有动，请用最近的备份恢复。"),
}


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
        # The low byte is the primary code; extended codes only say which lock or which read it was.
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        if code not in _SENTENCES:
            raise
        kind, sentence = _SENTENCES[code]
        if code == _DISK_FAILS and doing == SAVING:
            sentence = _OWN_DISK_FAILS
        failed = "这一次没有存进去" if doing == SAVING else f"{doing}没有做成"
        raise kind(sentence.format(failed)) from None
