"""Period reports: their content, as paper and as a workbook; figures come from FigureService alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from desktop.foundation.clock import Clock
from desktop.foundation.days import Period, plain_day
from desktop.printing.document import Heading
from desktop.register.rights import Officer, Right
from desktop.register.service.people import ProfileRow, profile_in
from desktop.register.service.profile_numbers import profile_numbers_in
from desktop.reports.chapters import report_of
from desktop.reports.content import ReportContent, courses_of, open_findings_of
from desktop.reports.correction import correction_sheet
from desktop.reports.figures import FigureService, FigureView
from desktop.reports.frozen import Change, Submission, with_frozen_values
from desktop.reports.ledgers import LedgerService
from desktop.reports.lines import Views
from desktop.reports.periods import MonthRule
from desktop.reports.plan import SECTIONS
from desktop.reports.setup import ReportSetupService, texts_in
from desktop.reports.submissions import Papers, SubmissionService
from desktop.reports.table import ReportTable, may_see, sections_of
from desktop.reports.workbook import report_as_bytes, write_report
from desktop.store.blobs import Blobs
from desktop.store.unit import Store

RANKING = "检查评比表"
"""The ledger a report's chapter on places is taken from."""


class ReportService:
    """Makes the reports of an officer: what the role may not see is left out of them."""

    def __init__(
        self, store: Store, officer: Officer, clock: Clock, *, figures: FigureService, ledgers: LedgerService,
        blobs: Blobs,
    ) -> None:  # fmt: skip
        self._store, self._officer, self._clock = store, officer, clock
        self._figures, self._ledgers = figures, ledgers
        self.setup = ReportSetupService(store, officer)
        self.submissions = SubmissionService(store, officer, clock, blobs=blobs, drawing=self._papers)

    def rule(self) -> MonthRule:
        """Return on which day the committee's reporting month begins."""
        return self.setup.setup().rule

    def content(self, period: Period) -> ReportContent:
        """Return everything the report of *period* says, all of one moment."""
        rule = self.rule()
        periods = [period, rule.year_to_date(period), rule.year_before(period)]
        with self._figures.views(periods) as (now, so_far, before):
            views = Views(now, so_far, before)
            first, second, third = (self._ledgers.counts_in(view.session, view.period) for view in views.all)
            sections = sections_of(views, self._officer, (first, second, third))
            left_out = not all(may_see(self._officer, section) for section in SECTIONS)
            table = ReportTable(period, rule.title(period), rule.column_titles(period), sections, left_out)
            inspections, findings, breteau = courses_of(views, rule)
            heads, ranking = self._ranking(now)
            return ReportContent(
                period=period,
                title=rule.title(period),
                kind=rule.kind(period),
                span=rule.span(period),
                table=table,
                figures=now.figures,
                open_findings=open_findings_of(now),
                inspections=inspections,
                findings=findings,
                breteau=breteau,
                ranking=ranking,
                ranking_heads=heads,
                texts=texts_in(now.session, period),
                numbers=profile_numbers_in(now.session, period.last),
            )

    def as_handed_in(self, content: ReportContent, submission: Submission) -> ReportContent:
        """Return *content* with the values that were handed in, whatever the records say now."""
        sections = with_frozen_values(content.table.sections, submission, self._officer)
        return replace(content, table=replace(content.table, sections=sections))

    def pdf(self, content: ReportContent, *, submission: Submission | None = None, mono: bool = False) -> bytes:
        """Return the report as PDF, with number, day and names of its *submission*; equal content gives equal bytes."""
        from desktop.printing.render import render_report  # noqa: PLC0415  0.3 s, at the first print

        report = report_of(
            content,
            profile=self._profile(),
            officer=submission.handled_by if submission else self._officer.name,
            made_on=submission.submitted_on if submission else self._clock.today(),
            recipient=submission.recipient if submission else self.setup.setup().recipient,
            number=submission.number if submission else "",
        )
        return render_report(report, mono=mono)

    def correction_pdf(
        self, first: Submission, correction: Submission, changes: Sequence[Change], *, mono: bool = False
    ) -> bytes:
        """Return the dated page that corrects a report that was handed in."""
        from desktop.printing.render import render_sheet  # noqa: PLC0415

        today = self._clock.today()
        heading = Heading(self._profile().name, plain_day(correction.submitted_on), self._officer.name, today)
        return render_sheet(correction_sheet(first, correction, changes), heading=heading, mono=mono)

    def write_xlsx(self, content: ReportContent, path: Path) -> Path:
        """Write the report as a workbook with the same numbers and return *path*."""
        self._officer.require(Right.EXPORT)
        return write_report(
            path, content, profile=self._profile(), officer=self._officer.name, made_on=self._clock.today()
        )

    def _papers(
        self, content: ReportContent, made: Submission, first: Submission | None, changes: Sequence[Change]
    ) -> Papers:
        """Return what goes out: the report, or the page that corrects the *first* one, and the workbook."""
        from desktop.printing.preview import page_count  # noqa: PLC0415  pdfium only where pages are made

        pdf = self.pdf(content, submission=made) if first is None else self.correction_pdf(first, made, changes)
        sheet = report_as_bytes(content, profile=self._profile(), officer=made.handled_by, made_on=made.submitted_on)
        return Papers(pdf, page_count(pdf), sheet)

    def _ranking(self, view: FigureView) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """Return titles and rows of how the places did that were inspected in the period."""
        found = self._ledgers.rows_in(view.session, RANKING, view.period)
        if found is None:
            return (), ()
        ledger, rows = found
        heads = tuple(column.title.partition("\n")[0] for column in ledger.columns)
        return heads, tuple(tuple(column.text(row) for column in ledger.columns) for row in rows)

    def _profile(self) -> ProfileRow:
        with self._store.reading() as session:
            return profile_in(session)
