"""Looking a backup over: without a password its sizes and checksums, with one everything that is in it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from desktop.foundation.errors import DamagedFile, EnvironmentFailure, NewerFile, machine_faults
from desktop.foundation.jobs import JobContext
from desktop.safekeeping.copies import TORN, digest_of, facts_of
from desktop.safekeeping.manifest import MANIFEST, NEWER, Figures, Manifest, read_manifest
from desktop.safekeeping.opener import OPENER
from desktop.store.folder import DATABASE, KEYS
from desktop.store.keys import KeyRing, load_ring
from desktop.store.migrate import HEAD

UNFINISHED = ".未完成"
_WHAT = {DATABASE: "资料文件", KEYS: "登录名单文件"}
_NO_BACKUP = "这里没有居委工作台的备份。请选名字以“居委工作台备份_”开头的文件夹。"
_HALF = "这份备份没有做完，不能用来恢复。请换一份备份。"
_NOTE_CHANGED = (
    f"备份里的“{OPENER}”内容变了，这份备份可能坏了，或被人改过。请换一份备份；"
    "只有这一份的，把这个文件删掉再试，别的文件照样逐个核对。"
)
_KEYS_TORN = "备份里的登录名单（keys.json）损坏，打不开这份备份。请换一份备份。"


@dataclass(frozen=True)
class Backup:
    """One backup whose files are as large and hold the same bytes as on the day it was made."""

    folder: Path
    manifest: Manifest

    @property
    def database(self) -> Path:
        """Return its main file."""
        return self.folder / DATABASE

    @property
    def keys(self) -> Path:
        """Return the file that says who can open it."""
        return self.folder / KEYS

    def ring(self) -> KeyRing:
        """Return who can open it; raise DamagedFile."""
        return ring_in(self.folder)


@dataclass(frozen=True)
class Inside:
    """What was found inside a backup with its key."""

    counts: dict[str, int]
    figures: Figures


def look_over(path: Path, context: JobContext | None = None) -> Backup:
    """Return the backup at *path* (its folder or a file in it) after comparing every size and checksum.

    Needs no password. Raises DamagedFile with what is wrong, NewerFile, EnvironmentFailure if it cannot be read.
    """
    context = context or JobContext()
    backup = glance(path)
    folder, manifest = backup.folder, backup.manifest
    with machine_faults("核对备份"):
        for name in (KEYS, DATABASE):
            if digest_of(folder / name, context) != manifest.files[name].sha256:
                raise DamagedFile(f"备份里的{_WHAT[name]}（{name}）内容变了，不能用来恢复。请换一份备份。")
        # Somebody may take the note away, it holds no data; but one that is there is the one that was put there.
        note = manifest.files.get(OPENER)
        if note and (folder / OPENER).exists() and digest_of(folder / OPENER, context) != note.sha256:
            raise DamagedFile(_NOTE_CHANGED)
    backup.ring()
    return backup


def glance(path: Path) -> Backup:
    """Return the backup at *path* after comparing sizes alone, which is quick; raises what `look_over` raises."""
    folder = _folder_of(path)
    manifest = _manifest_in(folder)
    if manifest.schema > HEAD:
        raise NewerFile(NEWER)
    for name in (DATABASE, KEYS):
        _compare_size(folder, manifest, name)
    return Backup(folder, manifest)


def look_inside(backup: Backup, data_key: bytes, context: JobContext | None = None) -> Inside:
    """Check everything that needs the key: every page, structure, references, counts, and who made the manifest."""
    manifest = backup.manifest
    sealed = manifest.opened(data_key)
    facts = facts_of(backup.database, data_key, context or JobContext(), thorough=True)
    if (facts.schema, facts.counts, facts.rows, facts.mark) != (
        manifest.schema, dict(sealed.counts), dict(sealed.rows), manifest.mark,
    ):  # fmt: skip
        raise DamagedFile(TORN)
    return Inside(facts.counts, sealed.figures)


def ring_in(folder: Path) -> KeyRing:
    """Return who can open the backup in *folder*; raise DamagedFile."""
    try:
        return load_ring(folder / KEYS)
    except DamagedFile:
        raise DamagedFile(_KEYS_TORN) from None


def _folder_of(path: Path) -> Path:
    with machine_faults("查看备份"):
        if path.is_dir():
            return path
        if not path.exists():
            raise EnvironmentFailure("找不到这份备份，请看看U盘是否还插着、名字有没有改过。")
        if path.name not in {DATABASE, KEYS, MANIFEST, OPENER}:
            raise DamagedFile(_NO_BACKUP)
        return path.parent


def _manifest_in(folder: Path) -> Manifest:
    with machine_faults("读取备份清单"):
        if folder.name.endswith(UNFINISHED):
            raise DamagedFile(_HALF)
        with contextlib.suppress(FileNotFoundError):
            return read_manifest((folder / MANIFEST).read_bytes())
        raise DamagedFile(_HALF if (folder / DATABASE).exists() else _NO_BACKUP)


def _compare_size(folder: Path, manifest: Manifest, name: str) -> None:
    what = _WHAT[name]
    if name not in manifest.files:
        raise DamagedFile(f"备份的清单里没有{what}，这份备份不能用来恢复。请换一份备份。")
    with machine_faults("核对备份"):
        try:
            found = (folder / name).stat().st_size
        except FileNotFoundError:
            raise DamagedFile(f"备份里缺了{what}（{name}），不能用来恢复。请换一份备份。") from None
    wanted = manifest.files[name].bytes
    if not found:
        raise DamagedFile(f"备份里的{what}（{name}）是空的，不能用来恢复。请换一份备份。")
    if found < wanted:
        raise DamagedFile(f"备份里的{what}（{name}）不完整，少了{wanted - found:,}字节，不能用来恢复。请换一份备份。")
    if found > wanted:
        raise DamagedFile(f"备份里的{what}（{name}）比备份时大，不能用来恢复。请换一份备份。")
