"""A readable copy: every sheet as .xlsx in one AES zip with a password of its own; so the data outlive the program.

Nothing of it lies in the clear anywhere, not even for a moment: sheets are made in memory, one after the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from itertools import islice
from pathlib import Path

import pyzipper
from python_calamine import CalamineWorkbook

from desktop.foundation.clock import CHINA, Clock
from desktop.foundation.errors import DamagedFile, InputError, Problem, machine_faults
from desktop.foundation.jobs import JobContext
from desktop.register.intake.whole import Rows, WholeExport
from desktop.register.service.people import check_password
from desktop.safekeeping.automatic import is_readable_due
from desktop.safekeeping.copies import forget_cached
from desktop.safekeeping.drives import Drives, this_computers_drives
from desktop.safekeeping.last import note_readable, remembered
from desktop.safekeeping.places import alone, refuse_inside, refuse_too_small, series, sync_names, write_flushed
from desktop.safekeeping.sticks import guarded
from desktop.spreadsheets.spec import SheetSpec
from desktop.spreadsheets.writing import table_bytes
from desktop.store.unit import Store

PREFIX = "居委工作台可读表格"
README = "怎么打开.txt"
ROWS_A_FILE = 20_000
"""About 70 MB of memory while a file is made; longer sheets go on in another file."""
_HEAD_LINES = 2  # who took it, and the headings
_UNFINISHED = ".未完成"
_COMMENT = "居委工作台的全部记录。用 7-Zip、WinRAR 或 Bandizip 打开，要输单独记下的密码。"
_PULLED = "U盘在中途拔掉了，或接触不好。这一份没有存成，别的文件没有动。请重新插好再来一次。"


@dataclass(frozen=True)
class ReadableCopy:
    """Where a readable copy lies, when it was made, and how many rows of each sheet it holds, by the sheet's title."""

    path: Path
    made_at: datetime
    rows: Mapping[str, int]

    @property
    def sentence(self) -> str:
        """Return what is said once it is made and read again."""
        held = "、".join(f"{title}{count:,}行" for title, count in self.rows.items() if count)
        return f"可读的表格存好了，也重新读过：{held or '现在还没有记录'}。"


class ReadableService:
    """Makes readable copies of one opened file, for those who may take whole numbers out."""

    def __init__(
        self, whole: WholeExport, store: Store, committee: str, clock: Clock, drives: Drives | None = None
    ) -> None:
        self._whole, self._store, self._committee, self._clock = whole, store, committee, clock
        self._data_folder = store.data_folder
        self._drives = drives or this_computers_drives()

    def check(self, password: str, again: str, purpose: str) -> None:
        """Raise InputError with everything that is wrong with what was typed, NotAllowed."""
        problems = check_password(password)
        if not problems and password != again:
            problems = [Problem("again", "password_again", "两次输入的密码不一样，请重新输入。")]
        try:
            self._whole.check(purpose)
        except InputError as error:
            problems += error.problems
        if problems:
            raise InputError(problems=problems)

    def write(self, folder: Path, password: str, purpose: str, context: JobContext | None = None) -> ReadableCopy:
        """Put a readable copy into *folder* and read it again; it is in the log of exports before it has its name.

        Raises InputError, NotAllowed, EnvironmentFailure, JobCancelled; then nothing of it is left.
        """
        job = context or JobContext()
        self.check(password, password, purpose)
        refuse_inside(self._data_folder, folder)
        final = _free_name(folder, self._committee, self._clock.now())
        rough = final.with_name(f".{final.name}{_UNFINISHED}")
        with alone(self._data_folder):
            for left in folder.glob(f".{PREFIX}*{_UNFINISHED}"):
                left.unlink(missing_ok=True)  # of one that was killed
            write = partial(self._write, rough, final, password, purpose, job)
            return guarded(folder, 0, self._drives, write, pulled=_PULLED)

    def last_at(self) -> datetime | None:
        """Return when the last readable copy was made here, None before the first."""
        return remembered(self._data_folder).readable_at

    def is_due(self) -> bool:
        """Return whether a year has gone since the last one, or since the first record if there is none yet."""
        begun_at = self._store.oldest_step_at()
        return is_readable_due(now=self._clock.now(), last_at=self.last_at(), begun_at=begun_at)

    def _write(self, rough: Path, final: Path, password: str, purpose: str, job: JobContext) -> ReadableCopy:
        made_at = self._clock.now()
        archive, parts = self._archive(password, purpose, job)
        with machine_faults("存可读的表格"):
            refuse_too_small(final.parent, len(archive))
            try:
                write_flushed(rough, archive)
                _read_again(rough, password, parts, job)
                self._whole.note(_by(parts, lambda part: part.kind), purpose)
                rough.replace(final)
                sync_names(final.parent)
            except BaseException:
                rough.unlink(missing_ok=True)
                raise
        note_readable(self._data_folder, made_at)
        return ReadableCopy(final, made_at, _by(parts, lambda part: part.title))

    def _archive(self, password: str, purpose: str, job: JobContext) -> tuple[bytes, list[_Part]]:
        """Return the zip, put together in memory, and what is in it."""
        stream, parts = BytesIO(), []
        options = {"compression": pyzipper.ZIP_DEFLATED, "encryption": pyzipper.WZ_AES}
        with self._whole.opened(purpose) as whole, pyzipper.AESZipFile(stream, "w", **options) as archive:
            archive.setpassword(password.encode())
            archive.comment = _COMMENT.encode()
            archive.writestr(README, _readme(self._committee, self._clock.now()).encode("utf-8-sig"))
            for spec, rows in whole.sheets:
                for name, chunk in _files(spec, rows):
                    job.check()
                    content = table_bytes(spec, chunk, note=whole.note, context=job)
                    archive.writestr(name, content)
                    parts.append(_Part(name, spec.kind, spec.title, len(chunk), hashlib.sha256(content).hexdigest()))
        return stream.getvalue(), parts


@dataclass(frozen=True)
class _Part:
    """One file of the zip: the rows it holds and the SHA-256 of what was put in."""

    name: str
    kind: str
    title: str
    rows: int
    digest: str


def _files(spec: SheetSpec, rows: Rows) -> Iterator[tuple[str, list[Mapping[str, object]]]]:
    """Yield (name, rows) of each file a sheet takes; a sheet without rows is a file too."""
    number, chunk = 1, list(islice(rows, ROWS_A_FILE))
    following = list(islice(rows, ROWS_A_FILE))
    many = bool(following)
    while True:
        yield f"{spec.title}{f'_{number}' if many else ''}.xlsx", chunk
        if not following:
            return
        number, chunk, following = number + 1, following, list(islice(rows, ROWS_A_FILE))


def _read_again(rough: Path, password: str, parts: list[_Part], job: JobContext) -> None:
    """Read the zip from the disk and hold every file against what was put in; raise DamagedFile if one differs."""
    forget_cached(rough)
    torn = DamagedFile("写到盘上的和电脑里的不一样，这一份没有留。请换一个U盘或文件夹再试。")
    try:
        with pyzipper.AESZipFile(rough) as archive:
            archive.setpassword(password.encode())
            for part in parts:
                job.check()
                content = archive.read(part.name)
                table = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
                if hashlib.sha256(content).hexdigest() != part.digest or table.height != part.rows + _HEAD_LINES:
                    raise torn
    except (pyzipper.BadZipFile, RuntimeError, KeyError):
        raise torn from None


def _by(parts: list[_Part], key: Callable[[_Part], str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for part in parts:
        counts[key(part)] = counts.get(key(part), 0) + part.rows
    return counts


def _free_name(folder: Path, committee: str, made_at: datetime) -> Path:
    stem = f"{series(committee, PREFIX)}{made_at.astimezone(CHINA):%Y%m%d-%H%M}"
    path, number = folder / f"{stem}.zip", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.zip"
    return path


def _readme(committee: str, now: datetime) -> str:
    day = now.astimezone(CHINA)
    return "\r\n".join(
        (
            f"{committee}的全部记录，{day.year}年{day.month}月{day.day}日从居委工作台导出。",
            "",
            "一张表一个文件，用 Excel 或 WPS 打开。身份证号和电话是完整的，看完请关好，不要另存到别处。",
            "这些表也能再导入居委工作台。照片和发过的文件不在里面，它们在备份里。",
        )
    )
