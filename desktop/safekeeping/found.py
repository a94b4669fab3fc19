"""The backups that can be restored: found on sticks and in folders by their manifests alone, no password needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from desktop.foundation.errors import AppError
from desktop.safekeeping.aside import ANOTHER
from desktop.safekeeping.manifest import MANIFEST, Handing, open_counts
from desktop.safekeeping.places import EMERGENCY, PREFIX
from desktop.safekeeping.restore import KEPT
from desktop.safekeeping.verify import glance
from desktop.safekeeping.words import contents
from desktop.store.folder import DATABASE, Generation
from desktop.store.keys import KeyRing, load_ring

_KEPT_WORDS = "恢复前留下的"
_ANOTHER_WORDS = "带回时没有接的另一份"


@dataclass(frozen=True)
class Found:
    """One backup, or what an earlier restore has set aside; *problem* says why it cannot be restored."""

    path: Path
    where: str
    made_at: datetime
    committee: str = ""
    program: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    problem: str = ""
    set_aside: bool = False
    handing: Handing | None = None

    @property
    def id(self) -> Path:
        """Return what tells it from the others."""
        return self.path

    @property
    def holds(self) -> str:
        """Return 居民1,284人、活动86条, or that it is what was in use before a restore."""
        if self.set_aside:
            return _ANOTHER_WORDS if self.path.name.endswith(ANOTHER) else _KEPT_WORDS
        return contents(self.counts)

    @property
    def carried(self) -> str:
        """Return 李梅带出 if this is no backup but carries the data from one computer to another."""
        if self.handing is None:
            return ""
        return f"{self.handing.staff}{'带回' if self.handing.away else '带出'}"

    def ring(self) -> KeyRing:
        """Return who can open it; raise DamagedFile."""
        return load_ring(self.path / "keys.json")


def find_backups(places: Iterable[tuple[Path, str]], data_folder: Path | None = None) -> list[Found]:
    """Return every backup in *places* (folder, what it is called), newest first, damaged ones with their reason.

    A place may also be one backup's own folder or the folder for emergencies beside it; backups may lie one folder
    deeper. With *data_folder* also what earlier restores there have set aside. A place that is not there gives nothing.
    """
    found: dict[Path, Found] = {}
    for place, where in places:
        for folder in _candidates(place):
            found.setdefault(folder.resolve(), _look(folder, where))
    if data_folder is not None:
        for generation in _set_aside(data_folder):
            found[generation.folder.resolve()] = Found(
                generation.folder, "这台电脑", _changed_at(generation.database), set_aside=True
            )
    return sorted(found.values(), key=lambda one: one.made_at, reverse=True)


def _candidates(place: Path) -> list[Path]:
    try:
        inside = _folders_in(place)
        beside = _folders_in(place.parent) if place.name.startswith(EMERGENCY) else []
        deeper = [below for folder in inside for below in _folders_in(folder) if below.name.startswith(PREFIX)]
        found = (place, *inside, *beside, *deeper)
        return [folder for folder in found if (folder / MANIFEST).is_file() or _looks_half(folder)]
    except OSError:
        return []  # pulled out, or not ours to read


def _folders_in(place: Path) -> list[Path]:
    try:
        return [path for path in place.iterdir() if path.is_dir() and not path.name.startswith(".")]
    except OSError:
        return []


def _looks_half(folder: Path) -> bool:
    return folder.name.startswith(PREFIX) and (folder / DATABASE).is_file()


def _look(folder: Path, where: str) -> Found:
    try:
        manifest = glance(folder).manifest
    except AppError as error:
        return Found(folder, where, _changed_at(folder), problem=str(error))
    return Found(
        folder, where, manifest.made_at, manifest.committee, manifest.program, open_counts(manifest.counts),
        handing=manifest.handing,
    )  # fmt: skip


def _set_aside(data_folder: Path) -> list[Generation]:
    try:
        kept = [Generation(folder) for folder in (data_folder / "generations").iterdir() if KEPT in folder.name]
        return [one for one in kept if one.database.is_file() and one.keys.is_file()]
    except OSError:
        return []


def _changed_at(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return datetime.fromtimestamp(0, UTC)
