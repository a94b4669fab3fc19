"""Each tab with its services, joined with the printer; its modules are loaded when it is opened first."""

# ruff: noqa: PLC0415  a tab is loaded when it is made: most days half of them are never opened

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.foundation.jobs import JobContext
from desktop.safekeeping.service import BackupService
from desktop.shell.printable import Printable, Wishes
from desktop.shell.printouts import Printouts
from desktop.shell.report_prints import ReportPrints
from desktop.shell.today.tab import TodayTab
from desktop.shell.workbench import Workbench

if TYPE_CHECKING:
    from desktop.activities.ui.tab import ActivityTab
    from desktop.activities.views import ActivityRow
    from desktop.health.ui.tab import HealthTab
    from desktop.inspections.ui.tab import InspectionsTab
    from desktop.inspections.views import InspectionRow
    from desktop.notices.ui.tab import NoticesTab
    from desktop.pest_control.ui.tab import PestTab
    from desktop.printing.document import Sheet
    from desktop.printing.forms import FindingSheet, WallCalendar
    from desktop.register.ui.host import PageHost
    from desktop.reports.ui.tab import ReportsTab


class TabMakers:
    """Makes the tabs, each once."""

    def __init__(self, bench: Workbench, host: PageHost, printouts: Printouts, backups: BackupService) -> None:
        self._bench, self._host, self._printouts, self._backups = bench, host, printouts, backups

    def today(self) -> TodayTab:
        """Return 今日."""
        return TodayTab(self._bench, self._backups, self._host)

    def reports(self) -> ReportsTab:
        """Return 台账报表."""
        from desktop.reports.ui.tab import ReportsTab

        bench = self._bench
        self._prints = prints = ReportPrints(bench, self._printouts)  # Qt holds no object whose method it calls
        tab = ReportsTab(
            reports=bench.reports, figures=bench.figures, ledgers=bench.ledgers, gaps=bench.gaps, box=bench.box,
            drafts=bench.drafts, officer=bench.officer, clock=bench.clock, host=self._host,
        )  # fmt: skip
        tab.print_report.connect(prints.report)
        tab.print_correction.connect(prints.correction)
        tab.print_ledger.connect(prints.ledger)
        tab.print_rows.connect(prints.rows)
        tab.print_kept.connect(prints.kept)
        tab.save_sheet.connect(prints.sheet)
        tab.print_submissions.connect(prints.submissions)
        tab.print_box.connect(prints.box)
        return tab

    def health(self) -> HealthTab:
        """Return 居民健康档案."""
        from desktop.health.ui.tab import HealthTab

        bench = self._bench
        tab = HealthTab(
            residents=bench.residents, health=bench.health, places=bench.places, drafts=bench.drafts,
            officer=bench.officer, clock=bench.clock, host=self._host,
        )  # fmt: skip
        tab.print_residents.connect(self._printouts.residents)
        tab.print_visits.connect(self._printouts.visits)
        tab.print_person.connect(self._printouts.person)
        tab.print_slips.connect(self._printouts.pressure_slips)
        return tab

    def calendar(self) -> ActivityTab:
        """Return 活动日历."""
        from desktop.activities.documents import activity_ledger, ledger_title
        from desktop.activities.forms import sign_in_sheet
        from desktop.activities.ui.tab import ActivityTab

        bench = self._bench
        tab = ActivityTab(
            activities=bench.activities, standards=bench.standards, attachments=bench.attachments,
            drafts=bench.drafts, officer=bench.officer,
            clock=bench.clock, host=self._host, dues=bench.due.until,
            may_settle=bench.due.may_settle,
        )  # fmt: skip

        def print_ledger(ids: Sequence[UUID], ledger: str) -> None:
            self._printouts.listed(ledger_title(ledger), activity_ledger(ledger), bench.activities.rows, ids)

        def print_sign_in(row: ActivityRow) -> None:
            self._printouts.form("活动签到表", lambda: sign_in_sheet(row, bench.people.profile().name))

        tab.print_activities.connect(print_ledger)
        tab.print_sign_in.connect(print_sign_in)
        tab.print_wall.connect(self._print_wall)
        return tab

    def _print_wall(self, year: int, month: int) -> None:
        from desktop.activities.almanac import days_off_in, weeks_of
        from desktop.activities.forms import wall_calendar

        bench = self._bench

        def declare() -> WallCalendar:
            weeks = weeks_of(year, month)
            rows = bench.activities.between(weeks[0][0], weeks[-1][-1])
            off = days_off_in(edition.content for edition in bench.standards.editions("holidays"))
            profile = bench.people.profile()
            return wall_calendar(
                year, month, rows, off,
                committee=profile.name, phone=profile.phone, printed_on=bench.clock.today(),
            )  # fmt: skip

        self._printouts.form(f"工作月历 {year}年{month}月", declare, papers=("A3", "A4"))

    def inspections(self) -> InspectionsTab:
        """Return 检查记录."""
        from desktop.inspections.documents import (
            checked_sheet,
            empty_sheet,
            inspection_ledger,
            inspection_sheet,
            pledge_ledger,
        )
        from desktop.inspections.finding_sheet import TITLE, finding_sheet
        from desktop.inspections.ui.photos import OWNER
        from desktop.inspections.ui.tab import InspectionsTab
        from desktop.printing.document import Photo

        bench, listed = self._bench, self._printouts.listed
        tab = InspectionsTab(
            inspections=bench.inspections, checklists=bench.checklists, pledges=bench.pledges,
            notices=bench.rectification, attachments=bench.attachments, drafts=bench.drafts, officer=bench.officer,
            clock=bench.clock, host=self._host,
        )  # fmt: skip

        def print_one(row: InspectionRow) -> None:
            if row.draft.problem:
                self._printouts.form(TITLE, partial(declare_finding, row))
            else:
                self._printouts.declared("检查记录", partial(declare_calm, row))

        def declare_finding(row: InspectionRow) -> FindingSheet:
            return finding_sheet(
                row, bench.attachments.for_print(OWNER, row.id), committee=bench.people.profile().name,
                printed_by=bench.officer.name, printed_on=bench.clock.today(),
            )  # fmt: skip

        def declare_calm(row: InspectionRow) -> Sheet:
            photos = bench.attachments.for_print(OWNER, row.id)
            return inspection_sheet(row, [Photo(one.jpeg, one.caption) for one in photos])

        def print_notice(row: InspectionRow) -> None:
            def draw(wishes: Wishes, _context: JobContext) -> bytes:
                return bench.rectification.draft_pdf(row, mono=wishes.mono)

            self._printouts.show(Printable("整改通知书", draw))

        tab.print_issued.connect(self._printouts.issued)
        tab.print_notice.connect(print_notice)
        tab.print_inspections.connect(
            lambda ids: listed("检查台账", inspection_ledger(bench.clock.today()), bench.inspections.rows, ids)
        )
        tab.print_pledges.connect(lambda ids: listed("责任书台账", pledge_ledger(), bench.pledges.rows, ids))
        tab.print_inspection.connect(print_one)
        tab.print_checklist.connect(self._printouts.checklist)
        tab.print_checked.connect(lambda row: self._printouts.sheet(row.draft.checks.title, checked_sheet(row)))
        tab.print_empty.connect(lambda: self._printouts.sheet("检查空表", empty_sheet()))
        return tab

    def pest(self) -> PestTab:
        """Return 除害投药."""
        from desktop.pest_control.documents import aedes_ledger, density_ledger, stock_ledger, treatment_ledger
        from desktop.pest_control.ui.tab import PestTab

        bench, listed = self._bench, self._printouts.listed
        pest = bench.pest
        tab = PestTab(
            pest=pest, places=bench.places, drafts=bench.drafts, officer=bench.officer, clock=bench.clock,
            host=self._host,
        )  # fmt: skip
        tab.print_stock.connect(lambda ids: listed("除害药品出入库台账", stock_ledger(), pest.stock.rows, ids))
        tab.print_treatments.connect(
            lambda ids: listed("除害投药登记台账", treatment_ledger(), pest.treatments.rows, ids)
        )
        tab.print_aedes.connect(lambda ids: listed("伊蚊密度监测台账", aedes_ledger(), pest.aedes.rows, ids))
        tab.print_density.connect(lambda ids: listed("病媒生物密度监测台账", density_ledger(), pest.density.rows, ids))
        return tab

    def notices(self) -> NoticesTab:
        """Return 通知告示."""
        from desktop.notices.documents import issued_ledger, posting_ledger
        from desktop.notices.ui.tab import NoticesTab

        bench, listed = self._bench, self._printouts.listed
        office, today = bench.notices, bench.clock.today
        tab = NoticesTab(
            office=office, people=bench.people, attachments=bench.attachments, drafts=bench.drafts,
            officer=bench.officer, clock=bench.clock,
            host=self._host,
        )  # fmt: skip
        tab.print_issued.connect(self._printouts.issued)
        tab.print_listing.connect(lambda ids: listed("发文登记台账", issued_ledger(today()), office.issued.rows, ids))
        tab.print_postings.connect(
            lambda ids: listed("通知张贴台账", posting_ledger(today()), office.postings.rows, ids)
        )
        tab.save_word.connect(self._printouts.save_word)
        tab.save_pdf.connect(self._printouts.save_draft)
        return tab
