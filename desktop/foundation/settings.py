"""Settings of this computer (not of the records): appearance, who signed in last, window place."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Settings:
    """Frozen; change with `with_values` and save."""

    large_type: bool = False
    high_contrast: bool = False
    last_staff_id: str = ""
    window: tuple[int, ...] = ()
    tables: dict[str, Any] = field(default_factory=dict)
    auto_lock_minutes: int = 15
    """After how many idle minutes the window locks; 0 is never."""
    import_next: bool = False
    """First set-up ended with 登录后马上导入; whoever offers the import sets it back."""
    backup_folder: str = ""
    """Where the last backup from the window went; chosen once."""
    second_folder: str = ""
    """Where automatic backups go; none are made without one."""
    auto_backup: bool = True
    remind_days: int = 7
    """After how many days without a backup outside this computer's disk the window says so in red."""
    emergency_days: int = 90
    """After how many days the emergency stick should be made again; 0 reminds of no age."""
    printer: str = ""
    """The printer chosen last."""
    month_folder: str = ""
    """Where last month's report is written at the first start of a new month; nowhere if empty."""
    month_exported: str = ""
    """The month written last, as text of its period."""

    def with_values(self, **values: Any) -> Settings:
        """Return a copy with *values* replaced."""
        return replace(self, **values)


def load_settings(path: Path) -> Settings:
    """Return the stored settings; a missing or damaged file gives the defaults, never an error."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        values = {field.name: stored[field.name] for field in fields(Settings) if field.name in stored}
        values["window"] = tuple(int(number) for number in values.get("window", ()))
        settings = Settings(**values)
        for name, value in asdict(Settings()).items():
            if type(getattr(settings, name)) is not type(value):
                raise TypeError(name)
        return settings
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, TypeError, AttributeError):
        log.warning("settings unreadable, defaults used")
        return Settings()


def save_settings(path: Path, settings: Settings) -> None:
    """Write *settings*; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), encoding="utf-8")
    temporary.replace(path)
