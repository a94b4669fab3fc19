"""Where things lie: the data folder of this user, and resources in source tree, wheel or frozen program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import desktop

APP_FOLDER = "JuweiWorkbench"


def default_data_folder() -> Path:
    """Return this user's data folder: JUWEI_DATA, else the platform's place for local program data."""
    if chosen := os.environ.get("JUWEI_DATA"):
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / APP_FOLDER
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / APP_FOLDER
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "juwei-workbench"


def resource(name: str) -> Path:
    """Return the path of resources/*name*; raise FileNotFoundError if the program came without it."""
    package = Path(desktop.__file__).resolve().parent
    candidates = (package / "_resources" / name, package.parent / "resources" / name)
    for candidate in candidates:
        if candidate.exists():
            return candidate
    raise FileNotFoundError(f"resource {name} is missing from this installation")
