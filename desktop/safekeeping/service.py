"""The use case of the window and of `juwei backup`: make a verified backup and remember it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import col, select

from desktop.foundation.clock import Clock
from desktop.foundation.days import Period, month_of
from desktop.foundation.jobs import JobContext
from desktop.safekeeping.automatic import is_due, is_late
from desktop.safekeeping.backup import BackupReport, Source, back_up
from desktop.safekeeping.drives import Drive, Drives, this_computers_drives
from desktop.safekeeping.last import note_backup, note_confirmed, remembered
from desktop.safekeeping.manifest import Figures, Value
from desktop.safekeeping.words import attachments, backed_up, last_backup
from desktop.store.records import Step
from desktop.store.unit import Store

FigureValues = Callable[[Period], Mapping[str, Value]]
"""Returns the figures of a period, key to value; reports stand beside this room, so they are handed in."""


@dataclass(frozen=True)
class Status:
    """What the status line says of backups, and whether it says so in red."""

    text: str
    late: bool


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
        drives: Drives | None = None,
    ) -> None:
        self._store, self._clock, self._figures = store, clock, figures
        self._source = Source(store.path, data_folder, data_key)
        self._drives = drives or this_computers_drives()

    def back_up(self, target: Path, context: JobContext | None = None) -> BackupReport:
        """Put a verified backup into *target*, remember it, and return what it holds; raises what `back_up` raises."""
        month = month_of(month_of(self._clock.today()).first - timedelta(days=1))
        report = back_up(
            self._source,
            target,
            clock=self._clock,
            figures=lambda: Figures(month.text, dict(self._figures(month))),
            context=context,
        )
        note_backup(self._source.data_folder, report)
        return report

    def sticks(self) -> list[Drive]:
        """Return the sticks plugged in now."""
        return self._drives.sticks()

    def sentence(self, report: BackupReport) -> str:
        """Return what is said after *report*; the stick may be pulled only if it is one."""
        said = backed_up(report.counts, on_stick=self._drives.is_stick(report.path))
        return said + attachments(report.attachments, report.damaged_attachments)

    def status(self) -> Status:
        """Return when the last backup was, and whether that is too long ago."""
        last_at, now = remembered(self._source.data_folder).at, self._clock.now()
        late = is_late(now=now, last_at=last_at, begun_at=None if last_at else self._begun_at())
        return Status(last_backup(last_at, now) + ("，该备份了（F9）" if late else ""), late)

    def last_at(self) -> datetime | None:
        """Return when the last backup was made, None before the first."""
        return remembered(self._source.data_folder).at

    def is_due(self) -> bool:
        """Return whether an automatic backup would be made now."""
        known = remembered(self._source.data_folder)
        mark = self._store.change_mark()
        changed = mark is not None and mark.hex != known.mark
        return is_due(now=self._clock.now(), last_at=known.at, changed=changed, resting=known.resting)

    def confirm_restored(self) -> None:
        """Let automatic backups go on after a restore: somebody has looked at the data."""
        note_confirmed(self._source.data_folder)

    def _begun_at(self) -> datetime | None:
        with self._store.reading() as session:
            return session.exec(select(Step.at).order_by(col(Step.at)).limit(1)).first()
