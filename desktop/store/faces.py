"""Who may sign in, read from the key file alone: the login window shows it before any cryptography is loaded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from desktop.foundation.errors import DamagedFile, NewerFile, machine_faults

_KEYS_VERSION = 1
_RECOVERY = "recovery"
_GONE = "资料文件不见了。请不要新建，先用最近的备份恢复。"
_DAMAGED = "登录名单文件损坏，读不出来。资料没有动，请用最近的备份恢复。"
_NEWER = "这份资料是更新版本的程序写的，请先安装新版程序。资料没有动。"


@dataclass(frozen=True)
class Face:
    """One officer as the login window shows it; *id* names the key slot."""

    id: str
    name: str
    role: str


@dataclass(frozen=True)
class Faces:
    """The committee and its officers, in the order they were set up."""

    committee: str
    people: tuple[Face, ...]


def read_faces(folder: Path) -> Faces | None:
    """Return who may sign in to the data in *folder*; None if nobody has set it up.

    Raises DamagedFile, NewerFile, or EnvironmentFailure if the disk cannot be read. What is read here is only shown;
    opening the file reads it again with every check.
    """
    with machine_faults("查看数据文件夹"):
        if not (folder / "current").exists():
            return None
        name = (folder / "current").read_bytes().decode("utf-8", errors="replace").strip()
        keys = folder / "generations" / name / "keys.json"
        if not name.isprintable() or Path(name).name != name or not keys.is_file():
            raise DamagedFile(_GONE)
        raw = keys.read_bytes()
    try:
        content = json.loads(raw)
        if content["format"] != "juwei-keys":
            raise KeyError("format")
        if content["version"] > _KEYS_VERSION:
            raise NewerFile(_NEWER)
        slots = [Face(str(slot["id"]), str(slot["name"]), str(slot["role"])) for slot in content["slots"]]
        return Faces(str(content["committee"]), tuple(face for face in slots if face.id != _RECOVERY))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DamagedFile(_DAMAGED) from None
