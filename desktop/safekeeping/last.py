"""What this computer remembers of its backups: the last one, and whether automatic ones rest after a restore."""

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

    *resting*: somebody has restored, and a bad state must not push out good copies before a person has looked at it.
    """

    at: datetime | None = None
    path: str = ""
    mark: str = ""
    resting: bool = False


def remembered(data_folder: Path) -> Remembered:
    """Return what is known; a missing or torn note is as good as none, the backups themselves lie elsewhere."""
    try:
        stored = json.loads((data_folder / _NAME).read_text(encoding="utf-8"))
        at = datetime.fromisoformat(stored["at"]).astimezone(UTC) if stored["at"] else None
        return Remembered(at, str(stored["path"]), str(stored["mark"]), bool(stored["resting"]))
    except FileNotFoundError:
        return Remembered()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        log.warning("what was known of the last backup is unreadable")
        return Remembered()


def note_backup(data_folder: Path, report: BackupReport) -> None:
    """Remember a finished backup."""
    _keep(data_folder, replace(remembered(data_folder), at=report.made_at, path=str(report.path), mark=report.mark))


def note_restored(data_folder: Path) -> None:
    """Have automatic backups rest until somebody confirms that the restored data are right."""
    _keep(data_folder, replace(remembered(data_folder), mark="", resting=True))


def note_confirmed(data_folder: Path) -> None:
    """Let automatic backups go on."""
    _keep(data_folder, replace(remembered(data_folder), resting=False))


def _keep(data_folder: Path, known: Remembered) -> None:
    content = {**asdict(known), "at": known.at.isoformat() if known.at else ""}
    with machine_faults("记下备份"):
        write_atomically(data_folder / _NAME, json.dumps(content, ensure_ascii=False, indent=1).encode())
