"""The mark in a copy that gave the data away: which computer has taken them, so that a second one does not."""

from __future__ import annotations

import json
import logging
import platform
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.foundation.errors import EnvironmentFailure
from desktop.safekeeping.places import sync_names, tag_of, write_flushed
from desktop.store.baton import moment

log = logging.getLogger(__name__)
_MARK = "已接收.json"
_CANNOT_MARK = (
    "这份带出的资料要在原来的地方做个记号，免得两台电脑都接着写，可是这里写不进去"
    "（看看U盘侧面有没有锁的小开关）。没有接，资料没有动。"
)


@dataclass(frozen=True)
class Taken:
    """Which data folder took the copy (*tag*), on which computer, when; *void* if it was taken back instead.

    *done* once it was in use there; before that a kill may have come in between, and the same computer tries again.
    """

    tag: str
    device: str
    at: datetime | None
    void: bool
    done: bool = True

    @property
    def sentence(self) -> str:
        """Return why it cannot be taken again."""
        if self.void:
            return f"这份带出的资料已经作废：{moment(self.at)}在办公室收回了。请重新带出一份。"
        return (
            f"这份带出的资料{moment(self.at)}已经在一台电脑（{self.device}）上接着用了，不能再接一次，"
            "免得两台电脑各写各的。要换一台电脑，请从那一台再带出来。"
        )


def taken_by(copy: Path) -> Taken | None:
    """Return who has taken *copy*, None if nobody has; a torn mark counts as taken."""
    try:
        told = json.loads((copy / _MARK).read_text(encoding="utf-8"))
        at = datetime.fromisoformat(told["at"])
        return Taken(str(told["tag"]), str(told["device"]), at, bool(told["void"]), bool(told["done"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        log.warning("the mark of who has taken a copy is unreadable")
        return Taken("", "记号读不出来", None, void=False)


def note_taken(copy: Path, data_folder: Path, at: datetime, *, void: bool = False, done: bool = True) -> None:
    """Mark *copy* as taken by *data_folder*, or as *void*, or as about to be taken (not *done*).

    Raises EnvironmentFailure where nothing can be written.
    """
    told = {
        "tag": tag_of(data_folder),
        "device": platform.node(),
        "at": at.isoformat(),
        "void": void,
        "done": done,
    }
    rough = copy / f".{_MARK}.new"
    try:
        rough.unlink(missing_ok=True)
        write_flushed(rough, json.dumps(told, ensure_ascii=False, indent=1).encode())
        rough.replace(copy / _MARK)
        sync_names(copy)
    except OSError:
        raise EnvironmentFailure(_CANNOT_MARK) from None
