"""What the tab 台账报表 puts on paper, as the preview asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.foundation.days import Period
from desktop.foundation.jobs import JobContext
from desktop.register.ports import FigureRow
from desktop.register.service.exports import PAPER
from desktop.reports.box import BoxDraft
from desktop.reports.content import ReportContent
from desktop.reports.frozen import Change, Submission
from desktop.reports.handed_ledger import submission_ledger
from desktop.reports.ledgers import ReadLedger, leaving_ledger, ledger_pdf
from desktop.reports.row_ledger import row_ledger
from desktop.shell.printable import Printable, Wishes
from desktop.shell.printouts import Printouts

if TYPE_CHECKING:
    from desktop.printing.forms import BoxPapers
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

    def kept(self, submission: Submission) -> None:
        """Print what was handed in, byte for byte."""
        submissions = self._bench.reports.submissions
        title = f"{submission.title}{'更正表' if submission.corrects else ''} {submission.number}".strip()
        self._printouts.show(Printable(title, lambda _wishes, _context: submissions.paper(submission.id), fixed=True))

    def sheet(self, submission: Submission) -> None:
        """Ask where to put the workbook that was handed in, as it was."""
        self._printouts.save_sheet(submission.title, lambda: self._bench.reports.submissions.sheet(submission.id))

    def submissions(self, ids: Sequence[UUID]) -> None:
        """Print the list of what was handed in."""
        self._printouts.listed("上报登记台账", submission_ledger(), self._bench.reports.submissions.rows, ids)

    def box(self, draft: BoxDraft) -> None:
        """Print the label of a box and its catalogue; what lies in it is read once."""
        read: list[BoxPapers] = []

        def draw(wishes: Wishes, context: JobContext) -> bytes:
            from desktop.printing.render import render_form  # noqa: PLC0415  0.3 s, at the first print

            if not read:
                read.append(self._bench.box.papers(draft, context))
            return render_form(read[0], mono=wishes.mono)

        self._printouts.show(Printable(f"档案盒 {draft.title}", draw))

    def ledger(self, read: ReadLedger) -> None:
        """Print a filled ledger."""

        def draw(wishes: Wishes, _context: JobContext) -> bytes:
            turned = replace(read, ledger=replace(read.ledger, orientation=wishes.orientation))
            return ledger_pdf(read if wishes.orientation == "auto" else turned, mono=wishes.mono)

        leaves = leaving_ledger(read, "", PAPER)
        self._printouts.show(Printable(f"{read.heading.period}{read.name}", draw, turns=True, leaves=leaves))

    def rows(self, title: str, rows: Sequence[FigureRow], period: Period) -> None:
        """Print the records behind a figure."""
        counted = any(row.amount != 1 for row in rows)
        self.ledger(self._bench.ledgers.filled(row_ledger(title, counted=counted), rows, period))
