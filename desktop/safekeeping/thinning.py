"""Automatic backups have a folder of their own, in which old ones make room by the rules of `retention`."""

from __future__ import annotations

import logging
import shutil
from datetime import datetime
from pathlib import Path

from desktop.foundation.errors import AppError
from desktop.safekeeping.attachments import collect
from desktop.safekeeping.retention import kept
from desktop.safekeeping.verify import UNFINISHED, glance

log = logging.getLogger(__name__)
AUTOMATIC = "居委工作台自动备份"


def thin(target: Path, committee: str, now: datetime, *, keep: Path | None = None) -> list[Path]:
    """Remove from *target* the backups of *committee* that the rules no longer keep, and return what went.

    Only whole backups count and go; damaged ones, strangers' and *keep* stay. One that cannot be removed stays too.
    """
    made = {path: at for path, at in _whole(target, committee).items() if path != keep}
    newest = [glance(keep).manifest.made_at] if keep is not None else []
    staying = set(kept([*made.values(), *newest], now))
    gone = []
    for path, at in made.items():
        if at in staying:
            continue
        try:
            # Renamed first: half a backup must not look like one, whatever happens while it is being removed.
            going = path.rename(path.with_name(f".{path.name}{UNFINISHED}"))
            shutil.rmtree(going)
            gone.append(path)
        except OSError:
            log.warning("an old automatic backup could not be removed")
    if gone:
        collect(target)
    return gone


def _whole(target: Path, committee: str) -> dict[Path, datetime]:
    found = {}
    for path in target.iterdir():
        if path.name.startswith(".") or not path.is_dir():
            continue
        try:
            manifest = glance(path).manifest
        except AppError:
            continue
        if manifest.committee == committee:
            found[path] = manifest.made_at
    return found
