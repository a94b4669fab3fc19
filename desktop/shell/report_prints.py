"""What the tab 台账报表 puts on paper, as the preview asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.foundation.days import Period
from desktop.foundation.jobs import JobContext
from desktop.register.ports import FigureRow
from desktop.reports.content import ReportContent
from desktop.reports.frozen import Change, Submission
from desktop.reports.ledgers import ReadLedger, ledger_pdf
from desktop.reports.row_ledger import row_ledger
from desktop.shell.printable import Printable, Wishes
from desktop.shell.printouts import Printouts

if TYPE_CHECKING:
    from desktop.shell.workbench import Workbench


class ReportPrints:
    """Opens the preview of reports, corrections, ledgers and the records behind a figure."""

    def __init__(self, bench: Workbench, printouts: Printouts) -> None:
        self._bench, self._printouts = bench, printouts

    def report(self, content: ReportContent, submission: Submission | None) -> None:
        """Print a report; what was handed in carries its number, day and names."""

        def draw(wishes: Wishes, _context: JobContext) -> bytes:
            return self._bench.reports.pdf(content, submission=submission, mono=wishes.mono)

        self._printouts.show(Printable(f"{content.title}工作{content.kind}", draw))

    def correction(self, first: Submission, correction: Submission, changes: Sequence[Change]) -> None:
        """Print the page that corrects a report."""

        def draw(wishes: Wishes, _context: JobContext) -> bytes:
            return self._bench.reports.correction_pdf(first, correction, changes, mono=wishes.mono)

        self._printouts.show(Printable(f"{first.title}更正表", draw))

    def ledger(self, read: ReadLedger) -> None:
        """Print a filled ledger."""

        def draw(wishes: Wishes, _context: JobContext) -> bytes:
            turned = replace(read, ledger=replace(read.ledger, orientation=wishes.orientation))
            return ledger_pdf(read if wishes.orientation == "auto" else turned, mono=wishes.mono)

        self._printouts.show(Printable(f"{read.heading.period}{read.name}", draw, turns=True))

    def rows(self, title: str, rows: Sequence[FigureRow], period: Period) -> None:
        """Print the records behind a figure."""
        counted = any(row.amount != 1 for row in rows)
        self.ledger(self._bench.ledgers.filled(row_ledger(title, counted=counted), rows, period))
