"""Emergency sticks of one opened file: which installer is at hand, when the last was made, and making one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop import __version__
from desktop.foundation.clock import Clock
from desktop.foundation.errors import EnvironmentFailure
from desktop.foundation.jobs import JobContext
from desktop.printing.document import Sheet
from desktop.safekeeping.backup import BackupReport
from desktop.safekeeping.documents import broken_computer_sheet
from desktop.safekeeping.drives import Drive
from desktop.safekeeping.emergency import Order, make_kit
from desktop.safekeeping.installers import (
    FOLDER,
    Installer,
    TornInstaller,
    check_whole,
    first_of,
    names,
    program_folder,
    recognise,
)
from desktop.safekeeping.kit import Kit, known_kit, last_made, note_installer, note_kit, why_again
from desktop.safekeeping.service import BackupService
from desktop.safekeeping.sticks import guarded
from desktop.safekeeping.words import attachments, kit_made

_PULLED = "U盘在中途拔掉了，或接触不好，应急U盘没有做成。以前的备份没有动。请重新插好再做一次。"


@dataclass(frozen=True)
class KitStatus:
    """When the stick was made last, and why it should be made again; *again* is empty if it need not be."""

    text: str
    again: str


@dataclass(frozen=True)
class Made:
    """A finished stick, and what is said of it."""

    kit: Kit
    sentence: str


class EmergencyService:
    """Makes emergency sticks of one opened file. Every officer may: it is a backup with two files beside it."""

    def __init__(
        self,
        backups: BackupService,
        data_folder: Path,
        committee: str,
        *,
        clock: Clock,
        draw: Callable[[Sheet], bytes],
        installed_in: Path | None = None,
    ) -> None:
        self._backups, self._data_folder, self._committee, self._clock = backups, data_folder, committee, clock
        self._draw = draw
        self._installed_in = installed_in or program_folder()
        self._torn: set[Path] = set()

    def status(self, after_days: int) -> KitStatus:
        """Return when the stick was made last, and whether it is time to make it again."""
        kit, now = self.last(), self._clock.now()
        return KitStatus(last_made(kit, now), why_again(kit, now, __version__, after_days))

    def last(self) -> Kit | None:
        """Return the stick made last."""
        return known_kit(self._data_folder).kit

    def installer(self) -> Installer | None:
        """Return the installer at hand: the one somebody has chosen, else the one setup has kept."""
        chosen = known_kit(self._data_folder).installer
        places = [Path(chosen)] if chosen else []
        places += [self._installed_in / FOLDER] if self._installed_in else []
        return first_of(places, passing=self._torn)

    def wanted(self) -> list[str]:
        """Return what the file is called that somebody should look for, Windows' first."""
        return names()

    def choose(self, path: Path, context: JobContext | None = None) -> Installer:
        """Remember the installer at *path* after reading all of it.

        Raises InputError if it is none, another version or not whole, EnvironmentFailure, JobCancelled.
        """
        found = recognise(path)
        check_whole(found, context or JobContext())
        self._torn.discard(path)
        note_installer(self._data_folder, path)
        return found

    def make(self, target: Path, context: JobContext | None = None) -> Made:
        """Make the stick in *target* and remember it. Raises what `make_kit` and `back_up` raise.

        An installer that turns out to be torn is not taken again: the next attempt uses another one, or none.
        """
        drives = self._backups.drives
        stick = next((one for one in drives.sticks() if one.path in {target, *target.parents}), None)
        order = Order(
            data_folder=self._data_folder,
            database=self._backups.database,
            committee=self._committee,
            target=target,
            installer=self.installer(),
            back_up=self._backups.back_up,
            page=lambda kit: self._draw(self.sheet(kit)),
            now=self._clock.now,
            stick=stick.label if stick else "",
            deep=_below(target, stick),
        )
        size = order.database.stat().st_size
        try:
            kit, report = guarded(
                target, size, drives, lambda: make_kit(order, context or JobContext()), pulled=_PULLED
            )
        except TornInstaller as error:
            self._torn.add(error.path)
            raise
        except OSError as error:
            raise EnvironmentFailure(_PULLED) from error
        note_kit(self._data_folder, kit)
        return Made(kit, self._sentence(kit, report))

    def sheet(self, kit: Kit | None) -> Sheet:
        """Return 电脑坏了怎么办 for *kit*, or for any stick."""
        return broken_computer_sheet(self._committee, self._clock.today(), kit)

    def _sentence(self, kit: Kit, report: BackupReport) -> str:
        on_stick = self._backups.drives.is_stick(report.path)
        said = kit_made(kit.holds, kit.installer, on_stick=on_stick)
        return said + attachments(0, report.damaged_attachments)


def _below(target: Path, stick: Drive | None) -> str:
    """Return the folders between the stick's top and *target*; the folder's own name where it is no stick."""
    if stick is None:
        return target.name
    return target.relative_to(stick.path).as_posix() if target != stick.path else ""
