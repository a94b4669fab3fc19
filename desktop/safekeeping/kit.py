"""What lies on the emergency stick made last, and when it should be made again; remembered on this computer."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.foundation.clock import CHINA
from desktop.foundation.errors import machine_faults
from desktop.store.files import write_atomically

log = logging.getLogger(__name__)
_NAME = "emergency.json"
NEVER = 0
"""Days after which nobody is reminded."""


@dataclass(frozen=True)
class Kit:
    """One emergency stick: when, by which version, the stick's name, its folder and backup, what can be restored.

    *installer* is the name of the file, empty if there is none; *systems* and *start* say where it goes and how. *deep*
    names the folder of the stick all of it lies in, if not at the top.
    """

    made_at: datetime
    program: str
    stick: str
    folder: str
    backup: str
    backed_up_at: datetime
    holds: str
    installer: str = ""
    systems: str = ""
    start: str = ""
    deep: str = ""


@dataclass(frozen=True)
class Known:
    """The kit made last, None before the first; *installer* is the file somebody has chosen."""

    kit: Kit | None = None
    installer: str = ""


def known_kit(data_folder: Path) -> Known:
    """Return what is known; a missing or torn note is as good as none, the stick itself holds everything."""
    try:
        stored = json.loads((data_folder / _NAME).read_text(encoding="utf-8"))
        return Known(_kit(stored["kit"]) if stored["kit"] else None, str(stored["installer"]))
    except FileNotFoundError:
        return Known()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        log.warning("what was known of the emergency stick is unreadable")
        return Known()


def note_kit(data_folder: Path, kit: Kit) -> None:
    """Remember a finished stick. Raises EnvironmentFailure."""
    _keep(data_folder, replace(known_kit(data_folder), kit=kit))


def note_installer(data_folder: Path, path: Path) -> None:
    """Remember where somebody has found the installer. Raises EnvironmentFailure."""
    _keep(data_folder, replace(known_kit(data_folder), installer=str(path)))


def last_made(kit: Kit | None, now: datetime) -> str:
    """Return 上次做应急U盘：6月17日 10:42（金士顿），有安装包; with the year if it is another one."""
    if kit is None:
        return "还没有做过应急U盘。"
    then = kit.made_at.astimezone(CHINA)
    year = f"{then.year}年" if then.year != now.astimezone(CHINA).year else ""
    stick = f"（{kit.stick}）" if kit.stick else ""
    what = f"{kit.program} 版的安装包" if kit.installer else "没有安装包"
    return f"上次做应急U盘：{year}{then.month}月{then.day}日 {then:%H:%M}{stick}，{what}。"


def why_again(kit: Kit | None, now: datetime, program: str, after_days: int) -> str:
    """Return why the stick should be made again, empty if it need not be. *after_days* NEVER reminds of no age.

    A clock set back behind the last making is no reason.
    """
    if kit is None:
        return ""
    if kit.program != program:
        return f"程序换成了 {program} 版，U盘上的是 {kit.program} 版，该更新了。"
    if after_days != NEVER and now - kit.made_at > timedelta(days=after_days):
        return f"已经过了{(now - kit.made_at).days}天，该更新了。"
    return ""


def _kit(stored: dict[str, str]) -> Kit:
    texts = {one.name: str(stored[one.name]) for one in fields(Kit) if one.name not in {"made_at", "backed_up_at"}}
    made_at, backed_up_at = (
        datetime.fromisoformat(stored[name]).astimezone(UTC) for name in ("made_at", "backed_up_at")
    )
    return Kit(made_at=made_at, backed_up_at=backed_up_at, **texts)


def _keep(data_folder: Path, known: Known) -> None:
    kit = known.kit
    instants = {"made_at": kit.made_at.isoformat(), "backed_up_at": kit.backed_up_at.isoformat()} if kit else {}
    content = {"kit": {**asdict(kit), **instants} if kit else None, "installer": known.installer}
    with machine_faults("记下应急U盘"):
        write_atomically(data_folder / _NAME, json.dumps(content, ensure_ascii=False, indent=1).encode())
