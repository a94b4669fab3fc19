"""What this computer remembers of its backups: the last ones, the last trial, and whether automatic ones rest."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from desktop.foundation.errors import machine_faults
from desktop.safekeeping.backup import BackupReport
from desktop.store.files import write_atomically

log = logging.getLogger(__name__)
_NAME = "backup.json"


@dataclass(frozen=True)
class Remembered:
    """*at* is None before the first backup; *mark* is the newest step the last backup holds.

    *away_at* is when the last one outside this computer's disk was made: only that helps once the computer is gone.
    *resting*: somebody has restored, and a bad state must not push out good copies before a person has looked at it.
    *drilled_at*, *drill* say when a backup was last restored on trial, and what came of it; *drill_ok* if all was well.
    *readable_at* is when every sheet was last put into a zip that other programs open.
    """

    at: datetime | None = None
    path: str = ""
    mark: str = ""
    resting: bool = False
    away_at: datetime | None = None
    drilled_at: datetime | None = None
    drill: str = ""
    drill_ok: bool = True
    readable_at: datetime | None = None


def remembered(data_folder: Path) -> Remembered:
    """Return what is known; a missing or torn note is as good as none, the backups themselves lie elsewhere."""
    try:
        stored = json.loads((data_folder / _NAME).read_text(encoding="utf-8"))
        return Remembered(
            _instant(stored["at"]),
            str(stored["path"]),
            str(stored["mark"]),
            bool(stored["resting"]),
            _instant(stored.get("away_at", "")),
            _instant(stored.get("drilled_at", "")),
            str(stored.get("drill", "")),
            bool(stored.get("drill_ok", True)),
            _instant(stored.get("readable_at", "")),
        )
    except FileNotFoundError:
        return Remembered()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        log.warning("what was known of the last backup is unreadable")
        return Remembered()


def note_backup(data_folder: Path, report: BackupReport, *, away: bool = False) -> None:
    """Remember a finished backup; *away* if it lies outside this computer's disk."""
    known = replace(remembered(data_folder), at=report.made_at, path=str(report.path), mark=report.mark)
    _keep(data_folder, replace(known, away_at=report.made_at) if away else known)


def note_drill(data_folder: Path, at: datetime, text: str, *, ok: bool) -> None:
    """Remember that a backup was restored on trial, and what came of it."""
    _keep(data_folder, replace(remembered(data_folder), drilled_at=at, drill=text, drill_ok=ok))


def note_readable(data_folder: Path, at: datetime) -> None:
    """Remember when a readable copy was made."""
    _keep(data_folder, replace(remembered(data_folder), readable_at=at))


def note_restored(data_folder: Path) -> None:
    """Have automatic backups rest until somebody confirms that the restored data are right."""
    _keep(data_folder, replace(remembered(data_folder), mark="", resting=True))


def note_confirmed(data_folder: Path) -> None:
    """Let automatic backups go on."""
    _keep(data_folder, replace(remembered(data_folder), resting=False))


def _keep(data_folder: Path, known: Remembered) -> None:
    instants = ("at", "away_at", "drilled_at", "readable_at")
    said = {name: (getattr(known, name).isoformat() if getattr(known, name) else "") for name in instants}
    content = {**asdict(known), **said}
    with machine_faults("记下备份"):
        write_atomically(data_folder / _NAME, json.dumps(content, ensure_ascii=False, indent=1).encode())


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None
