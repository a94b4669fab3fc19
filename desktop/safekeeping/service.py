"""Backups of one opened file: asked for, by themselves, tried out once a month, given away; and how things stand."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from desktop.foundation.clock import Clock, china_day
from desktop.foundation.days import Period, month_of, plain_day
from desktop.foundation.errors import DamagedFile, EnvironmentFailure
from desktop.foundation.jobs import JobContext
from desktop.safekeeping.automatic import REMIND_AFTER, is_drill_due, is_due, is_late, is_readable_due
from desktop.safekeeping.backup import BackupReport, GivingAway, Source, back_up
from desktop.safekeeping.drill import Drill, FiguresOf, drill
from desktop.safekeeping.drives import Drive, Drives, this_computers_drives
from desktop.safekeeping.last import note_backup, note_confirmed, note_drill, remembered
from desktop.safekeeping.manifest import Figures, Value, open_counts
from desktop.safekeeping.sticks import guarded
from desktop.safekeeping.thinning import AUTOMATIC, thin
from desktop.safekeeping.verify import ring_in
from desktop.safekeeping.words import attachments, backed_up, last_backup, reminder
from desktop.store.unit import Store

log = logging.getLogger(__name__)
FigureValues = Callable[[Period], Mapping[str, Value]]
"""Returns the figures of a period, key to value; reports stand beside this room, so they are handed in."""


@dataclass(frozen=True)
class Status:
    """What the status line says of backups, whether it says so in red, and then what stands below the header.

    *lent*: another computer holds the data, and a stick that is plugged in is likelier to bring them back.
    """

    text: str
    late: bool
    reminder: str = ""
    resting: bool = False
    lent: bool = False


class BackupService:
    """Backs up one opened file. Every officer may: a copy shows nobody more than their password opens anyway."""

    def __init__(
        self,
        store: Store,
        data_key: bytes,
        data_folder: Path,
        *,
        clock: Clock,
        figures: FigureValues,
        figures_of: FiguresOf | None = None,
        sees_health: bool = True,
        drives: Drives | None = None,
    ) -> None:
        self._store, self._clock, self._figures, self._figures_of = store, clock, figures, figures_of
        self._sees_health = sees_health
        self._source = Source(store.path, data_folder, data_key)
        self._drives = drives or this_computers_drives()

    def back_up(self, target: Path, context: JobContext | None = None) -> BackupReport:
        """Put a verified backup into *target*, remember it, and return what it holds; raises what `back_up` raises.

        Counted is what the officer may see.
        """
        month = self._last_month()
        size = self._source.database.stat().st_size
        report = guarded(target, size, self._drives, lambda: self._back_up(target, month, context))
        note_backup(self._source.data_folder, report, away=self._is_away(report.path))
        return report if self._sees_health else replace(report, counts=open_counts(report.counts))

    def give_away(self, target: Path, giving: GivingAway, context: JobContext | None = None) -> BackupReport:
        """Put a verified copy that carries the right to write into *target*; raises what `back_up` raises.

        It is no backup: nobody is reminded later because of it, and it goes away with whoever takes it along.
        """
        size = self._source.database.stat().st_size
        month = self._last_month()
        report = guarded(target, size, self._drives, lambda: self._back_up(target, month, context, giving))
        return report if self._sees_health else replace(report, counts=open_counts(report.counts))

    def is_stick(self, path: Path) -> bool:
        """Return whether *path* lies on a stick."""
        return self._drives.is_stick(path)

    def back_up_by_itself(self, second: Path, context: JobContext | None = None) -> BackupReport | None:
        """Back up into the folder for automatic ones inside *second* and thin them; None if none is due now.

        Raises what `back_up` raises; a folder that is not there is EnvironmentFailure.
        """
        if not self.is_due():
            return None
        if not second.is_dir():
            raise EnvironmentFailure("自动备份的文件夹现在找不到，没有备份。接上以后会再试，或在设置里另选一个。")
        target = second / AUTOMATIC
        report = self.back_up(target, context)
        thin(target, ring_in(report.path).committee, self._clock.now(), keep=report.path)
        return report

    def _last_month(self) -> Period:
        return month_of(month_of(self._clock.today()).first - timedelta(days=1))

    def _back_up(
        self, target: Path, month: Period, context: JobContext | None, giving: GivingAway | None = None
    ) -> BackupReport:
        return back_up(
            self._source,
            target,
            clock=self._clock,
            figures=lambda: Figures(month.text, dict(self._figures(month))),
            context=context,
            giving=giving,
        )

    @property
    def drives(self) -> Drives:
        """Return what finds sticks."""
        return self._drives

    @property
    def database(self) -> Path:
        """Return the file in use."""
        return self._source.database

    def sticks(self) -> list[Drive]:
        """Return the sticks plugged in now."""
        return self._drives.sticks()

    def sentence(self, report: BackupReport) -> str:
        """Return what is said after *report*; the stick may be pulled only if it is one."""
        said = backed_up(report.counts, on_stick=self._drives.is_stick(report.path))
        return said + attachments(report.attachments, report.damaged_attachments)

    def status(self, remind_days: int = REMIND_AFTER.days) -> Status:
        """Return when the last backup was, and whether the last one outside this computer is too long ago."""
        known, now = remembered(self._source.data_folder), self._clock.now()
        begun_at = None if known.away_at else self._store.oldest_step_at()
        here = self._store.baton().is_here
        late = here and is_late(now=now, last_at=known.away_at, begun_at=begun_at, after=timedelta(days=remind_days))
        text = last_backup(known.at, now) + ("，该备份了（F9）" if late else "")
        return Status(text, late, reminder(known.away_at, now) if late else "", known.resting, not here)

    def readable_reminder(self) -> str:
        """Return a sentence once a year has gone without a copy that other programs read; else an empty text."""
        last_at, begun_at = remembered(self._source.data_folder).readable_at, self._store.oldest_step_at()
        due = is_readable_due(now=self._clock.now(), last_at=last_at, begun_at=begun_at)
        return "满一年没有留看得懂的表格了，请主任在“设置—长期保存”里留一份。" if due else ""

    def last_at(self) -> datetime | None:
        """Return when the last backup was made, None before the first."""
        return remembered(self._source.data_folder).at

    def is_due(self) -> bool:
        """Return whether an automatic backup would be made now."""
        known = remembered(self._source.data_folder)
        if not self._store.baton().is_here:
            return False  # nothing can change here; what is entered elsewhere is backed up there
        mark = self._store.change_mark()
        changed = mark is not None and mark.hex != known.mark
        return is_due(now=self._clock.now(), last_at=known.at, changed=changed, resting=known.resting)

    def drill_if_due(self, context: JobContext | None = None) -> bool:
        """Once a month restore the last backup to a passing place and compare; return whether that was done now.

        A stick that is not plugged in, or a disk without room, puts it off. Raises JobCancelled.
        """
        known, now = remembered(self._source.data_folder), self._clock.now()
        begun_at = None if known.drilled_at else self._store.oldest_step_at()
        due = is_drill_due(now=now, drilled_at=known.drilled_at, begun_at=begun_at)
        if self._figures_of is None or not due or not known.path or not Path(known.path).is_dir():
            return False
        try:
            done = drill(
                Path(known.path),
                self._source.data_key,
                self._source.data_folder,
                clock=self._clock,
                figures_of=self._figures_of,
                context=context,
            )
        except DamagedFile as error:
            done = Drill(str(error), ok=False)
        except EnvironmentFailure:
            log.warning("the monthly trial could not be made; tried again later")
            return False
        note_drill(self._source.data_folder, now, done.text, ok=done.ok)
        return True

    def drill_status(self) -> Status:
        """Return what the last monthly trial found, in red if something was wrong."""
        known = remembered(self._source.data_folder)
        if known.drilled_at is None:
            return Status("每月会自动拿最近的备份试着恢复一次，还没有试过。", late=False)
        day = plain_day(china_day(known.drilled_at))
        return Status(f"{day}试着恢复过一次：{known.drill}", late=not known.drill_ok)

    def confirm_restored(self) -> None:
        """Let automatic backups go on after a restore: somebody has looked at the data."""
        note_confirmed(self._source.data_folder)

    def _is_away(self, path: Path) -> bool:
        """Return whether *path* lies on a stick or on another disk than the data: only that outlives this computer."""
        if self._drives.is_stick(path):
            return True
        try:
            return path.stat().st_dev != self._source.data_folder.stat().st_dev
        except OSError:
            return False
