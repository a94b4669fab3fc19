"""Period reports: their content, as paper and as a workbook; figures come from FigureService alone."""

from __future__ import annotations

from pathlib import Path

from desktop.foundation.clock import Clock
from desktop.foundation.days import Period
from desktop.register.rights import Officer
from desktop.register.service.people import ProfileRow, profile_in
from desktop.reports.chapters import report_of
from desktop.reports.content import ReportContent, ReportTexts, courses_of, open_findings_of
from desktop.reports.figures import FigureService
from desktop.reports.ledgers import LedgerService
from desktop.reports.lines import Views
from desktop.reports.periods import MonthRule
from desktop.reports.plan import SECTIONS
from desktop.reports.table import ReportTable, may_see, sections_of
from desktop.reports.workbook import write_report
from desktop.store.unit import Store


class ReportService:
    """Makes the reports of an officer: what the role may not see is left out of them."""

    def __init__(
        self, store: Store, officer: Officer, clock: Clock, figures: FigureService, ledgers: LedgerService
    ) -> None:
        self._store, self._officer, self._clock = store, officer, clock
        self._figures, self._ledgers = figures, ledgers

    def rule(self) -> MonthRule:
        """Return on which day the committee's reporting month begins."""
        return MonthRule()

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
                texts=ReportTexts(),
            )

    def pdf(self, content: ReportContent, *, mono: bool = False) -> bytes:
        """Return the report as PDF; equal content gives equal bytes."""
        from desktop.printing.render import render_report  # noqa: PLC0415  0.3 s, at the first print

        report = report_of(content, profile=self._profile(), officer=self._officer.name, made_on=self._clock.today())
        return render_report(report, mono=mono)

    def write_xlsx(self, content: ReportContent, path: Path) -> Path:
        """Write the report as a workbook with the same numbers and return *path*."""
        return write_report(
            path, content, profile=self._profile(), officer=self._officer.name, made_on=self._clock.today()
        )

    def _profile(self) -> ProfileRow:
        with self._store.reading() as session:
            return profile_in(session)
