"""The services of safekeeping over a workbench; the window and the commands make them alike."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.foundation.days import Period
from desktop.register.rights import Right
from desktop.reports.figures import shown
from desktop.safekeeping.emergency_service import EmergencyService
from desktop.safekeeping.lending import LendingService
from desktop.safekeeping.manifest import Value
from desktop.safekeeping.service import BackupService
from desktop.shell.workbench import Workbench

if TYPE_CHECKING:
    from desktop.printing.document import Sheet
    from desktop.safekeeping.readable import ReadableService


def backups_of(bench: Workbench) -> BackupService:
    """Return what backs up the file of *bench*; the figures are those its officer may see."""
    return BackupService(
        bench.store,
        bench.data_key,
        bench.store.data_folder,
        clock=bench.clock,
        figures=lambda period: values(bench, period),
        sees_health=bench.officer.may(Right.SEE_HEALTH),
        figures_of=lambda store, period: values(bench.over(store), period),
    )


def lending_of(bench: Workbench, backups: BackupService | None = None) -> LendingService:
    """Return what takes the data of *bench* to another computer and back."""
    backups = backups or backups_of(bench)
    return LendingService(bench.store, bench.officer, bench.store.data_folder, backups, bench.clock)


def emergency_of(bench: Workbench, backups: BackupService, installed_in: Path | None = None) -> EmergencyService:
    """Return what makes emergency sticks of the file of *bench*; the program lies where it runs or *installed_in*."""
    committee = bench.people.profile().name

    def draw(sheet: Sheet) -> bytes:
        from desktop.printing.document import Heading  # noqa: PLC0415  0.3 s, at the first stick
        from desktop.printing.render import render_sheet  # noqa: PLC0415

        return render_sheet(sheet, heading=Heading(committee, "", bench.officer.name, bench.clock.today()))

    return EmergencyService(
        backups, bench.store.data_folder, committee, clock=bench.clock, draw=draw, installed_in=installed_in
    )  # fmt: skip


def readable_of(bench: Workbench) -> ReadableService:
    """Return what makes readable copies of the file of *bench*."""
    from desktop.safekeeping.readable import ReadableService  # noqa: PLC0415  zip and sheets only where one is made

    return ReadableService(bench.whole, bench.store, bench.people.profile().name, bench.clock)


def values(bench: Workbench, period: Period) -> Mapping[str, Value]:
    """Return the figures of *period* as a manifest holds them."""
    return {key: shown(figure.value) for key, figure in bench.figures.of(period).items()}
