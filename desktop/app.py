"""Composition: who gets what. The only module that knows every slice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.activities import derived as activity_rows
from desktop.activities.binned import ACTIVITIES_BIN
from desktop.activities.duties import ActivityDues
from desktop.activities.field_words import ACTIVITIES
from desktop.activities.figures import ActivityFigures
from desktop.activities.intake import ActivitySheet
from desktop.activities.ledgers import ActivityFigureRows, ActivityLedgers
from desktop.activities.notice_fields import ActivityNotices
from desktop.activities.records import Activity, ActivityLedger, ActivityWork
from desktop.activities.searching import ActivitySearch
from desktop.activities.service import ActivityService
from desktop.foundation.clock import Clock
from desktop.foundation.days import parse_period
from desktop.health.binned import VISITS_BIN
from desktop.health.due_rows import DueRows
from desktop.health.duties import HealthDues
from desktop.health.field_words import VISITS
from desktop.health.figures import HealthFigures
from desktop.health.handover import OpenFollowUps
from desktop.health.intake import VisitSheet
from desktop.health.ledgers import HealthFigureRows, HealthLedgers
from desktop.health.records import HealthDue
from desktop.health.service import HealthService, VisitDependants, visits_of_batch
from desktop.inspections.binned import INSPECTIONS_BIN, PLEDGES_BIN
from desktop.inspections.duties import InspectionDues
from desktop.inspections.field_words import INSPECTIONS, PLEDGES
from desktop.inspections.figure_rows import InspectionFigureRows
from desktop.inspections.figures import InspectionFigures
from desktop.inspections.handover import OpenFindings
from desktop.inspections.intake import InspectionSheet, PledgeSheet
from desktop.inspections.ledgers import InspectionLedgers
from desktop.inspections.notice_fields import InspectionNotices
from desktop.inspections.notice_numbers import InspectionNumbers
from desktop.inspections.searching import InspectionSearch, PledgeSearch
from desktop.inspections.service.checklists import ChecklistService
from desktop.inspections.service.inspections import InspectionService
from desktop.inspections.service.lists import inspections_of_batch
from desktop.inspections.service.notices import RectificationService
from desktop.inspections.service.pledges import PledgeService
from desktop.notices.binned import POSTINGS_BIN, TEMPLATES_BIN
from desktop.notices.duties import NoticeDues
from desktop.notices.field_words import POSTINGS
from desktop.notices.figures import NoticeFigures
from desktop.notices.ledgers import NoticeFigureRows, NoticeLedgers
from desktop.notices.office import NoticeOffice
from desktop.pest_control.balance import BalanceRows
from desktop.pest_control.binned import PEST_BIN
from desktop.pest_control.books import PestControl
from desktop.pest_control.duties import PestDues
from desktop.pest_control.field_words import AEDES, DENSITY, STOCK, TREATMENTS
from desktop.pest_control.figures import PestFigures
from desktop.pest_control.handover import OpenStock
from desktop.pest_control.intake import AedesSheet, DensitySheet, StockSheet, TreatmentSheet
from desktop.pest_control.ledgers import PestFigureRows, PestLedgers
from desktop.pest_control.notice_fields import PestNotices
from desktop.pest_control.records import StockBalance, StockEntry
from desktop.pest_control.searching import AedesSearch, DensitySearch, StockSearch, TreatmentSearch
from desktop.register.attachments import AttachmentService, photos_bin, photos_check
from desktop.register.field_words import ISSUED, RESIDENT_WORDS, TAGS
from desktop.register.figures import RegisterFigures
from desktop.register.handover import HandOverService, OpenTasks
from desktop.register.intake.places import PlaceSheet
from desktop.register.intake.residents import ResidentSheet
from desktop.register.intake.service import IntakeService
from desktop.register.intake.whole import WholeExport
from desktop.register.ports import DueSource, SearchSource, SheetPort
from desktop.register.records import Resident, ResidentOrder
from desktop.register.rights import Right
from desktop.register.searching import IssuedSearch, PlaceSearch, TaskSearch
from desktop.register.service.behalf import BehalfService
from desktop.register.service.bin import BinService
from desktop.register.service.bin_kinds import PLACES_BIN, REASONS_BIN, RESIDENTS_BIN, TASKS_BIN
from desktop.register.service.colleagues import ColleagueService
from desktop.register.service.day_entries import DayEntries
from desktop.register.service.duty_changes import DutyService
from desktop.register.service.everywhere import EverywhereService
from desktop.register.service.exports import ExportLog
from desktop.register.service.gap_reasons import GapReasonService
from desktop.register.service.issued import IssuedService, issued_check
from desktop.register.service.people import PeopleService
from desktop.register.service.places import PlaceService
from desktop.register.service.profile_numbers import ProfileNumberService
from desktop.register.service.record_history import RecordHistoryService, RecordKind
from desktop.register.service.resident_index import check_counts, keep_derived
from desktop.register.service.residents import ResidentService
from desktop.register.service.standards import StandardService
from desktop.register.service.tasks import TaskService
from desktop.reports.binned import REPORTS_BIN
from desktop.reports.box import BoxService
from desktop.reports.due import DueService
from desktop.reports.field_words import SUBMISSIONS
from desktop.reports.figures import FigureService
from desktop.reports.gaps import GapFigures, GapService
from desktop.reports.ledgers import LedgerService
from desktop.reports.searching import SubmissionSearch
from desktop.reports.service import ReportService
from desktop.reports.submissions import submissions_check
from desktop.safekeeping.words import FiguresAgain
from desktop.shell.backups import values
from desktop.shell.workbench import Workbench
from desktop.store.blobs import Blobs
from desktop.store.derived import derived_check, rebuild_derived
from desktop.store.drafts import Drafts
from desktop.store.folder import attachments_beside
from desktop.store.history import Journal
from desktop.store.models import count_living, record_models

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.register.office import Opened
    from desktop.register.ports import FigureRowSource, FigureSource, LedgerSource
    from desktop.register.rights import Officer
    from desktop.safekeeping.holders import Holder
    from desktop.safekeeping.restore import Restored
    from desktop.store.folder import DataFolder
    from desktop.store.unit import Store

HISTORIES = {
    "residents": RecordKind(
        Resident, Right.SEE_REGISTER, RESIDENT_WORDS, ((TAGS, "resident_id"), (VISITS, "resident_id"))
    ),
    "visits": VISITS,
    "activities": ACTIVITIES,
    "inspections": INSPECTIONS,
    "pledges": PLEDGES,
    "stock": STOCK,
    "treatments": TREATMENTS,
    "aedes": AEDES,
    "density": DENSITY,
    "issued": ISSUED,
    "postings": POSTINGS,
    "submissions": SUBMISSIONS,
}
"""What a list calls its records → how their history is told."""
PICTURED = (INSPECTIONS_BIN, ACTIVITIES_BIN, POSTINGS_BIN)
"""Kinds of record that photos may be added to."""
BIN = (
    PLACES_BIN, RESIDENTS_BIN, VISITS_BIN, ACTIVITIES_BIN, INSPECTIONS_BIN, PLEDGES_BIN, *PEST_BIN, TASKS_BIN,
    REASONS_BIN, *REPORTS_BIN, POSTINGS_BIN, TEMPLATES_BIN, *map(photos_bin, PICTURED),
)  # fmt: skip


FINDABLE: tuple[SearchSource, ...] = (
    PlaceSearch(), InspectionSearch(), PledgeSearch(), ActivitySearch(), TreatmentSearch(), StockSearch(),
    AedesSearch(), DensitySearch(), IssuedSearch(), SubmissionSearch(), TaskSearch(),
)  # fmt: skip
"""What the search across the program looks through, beside people, in the order of its list."""


def assemble(opened: Opened, clock: Clock) -> Workbench:
    """Return the workbench over an opened file."""
    store, officer = opened.store, opened.officer
    keep_derived(store)
    activity_rows.keep_derived(store)
    DueRows(clock).keep(store)
    BalanceRows(clock).keep(store)
    dues: list[DueSource] = [InspectionDues(), ActivityDues(), PestDues(), HealthDues(), NoticeDues()]
    journal = Journal(store, [str(kind.model.__tablename__) for kind in BIN if not officer.may(kind.see)])
    blobs = Blobs(store, attachments_beside(store.path))
    journal.refer(visits_of_batch)
    journal.refer(inspections_of_batch)
    residents = ResidentService(store, officer, clock, [VisitDependants()])
    pest = PestControl.over(store, officer, clock)
    figures, ledgers = _reporting(store, officer, clock, residents, pest, dues=dues)
    sheets: list[SheetPort] = [
        PlaceSheet(), ResidentSheet(), ActivitySheet(), InspectionSheet(), PledgeSheet(), StockSheet(),
        TreatmentSheet(), AedesSheet(), DensitySheet(), VisitSheet(),
    ]  # fmt: skip
    issued = IssuedService(store, officer, clock, blobs, [InspectionNumbers()])
    inspections = InspectionService(store, officer, clock)
    reports = ReportService(store, officer, clock, figures=figures, ledgers=ledgers, blobs=blobs)
    return Workbench(
        over=lambda other: assemble(replace(opened, store=other), clock),
        store=store,
        officer=officer,
        clock=clock,
        data_key=opened.data_key,
        journal=journal,
        blobs=blobs,
        attachments=AttachmentService(store, blobs, officer, PICTURED),
        drafts=Drafts(store, officer.staff_id, clock),
        people=PeopleService(store, officer),
        behalf=BehalfService(store, officer),
        colleagues=ColleagueService(store, officer, opened.data_key, clock),
        places=PlaceService(store, officer, BIN),
        residents=residents,
        health=HealthService(store, officer, clock),
        activities=ActivityService(store, officer, clock),
        inspections=inspections,
        checklists=ChecklistService(StandardService(store), officer, clock),
        pledges=PledgeService(store, officer, clock),
        rectification=RectificationService(store, officer, clock, inspections=inspections, issued=issued),
        pest=pest,
        notices=NoticeOffice.over(
            store, officer, clock, issued, [PestNotices(), ActivityNotices(), InspectionNotices()]
        ),
        standards=StandardService(store),
        handover=HandOverService(store, officer, clock, [OpenFindings(), OpenFollowUps(), OpenStock(), OpenTasks()]),
        intake=IntakeService(
            store,
            officer,
            clock,
            sheets,
            journal,
        ),
        exports=ExportLog(store, officer),
        whole=WholeExport(store, officer, clock, sheets),
        figures=figures,
        ledgers=ledgers,
        reports=reports,
        box=BoxService(
            officer,
            clock,
            people=PeopleService(store, officer),
            ledgers=ledgers,
            issued=issued,
            submissions=reports.submissions,
        ),
        due=DueService(store, officer, clock, dues),
        gaps=GapService(store, officer, clock, dues),
        gap_reasons=GapReasonService(store, officer),
        tasks=TaskService(store, officer, clock),
        duties=DutyService(StandardService(store), officer, clock),
        profile_numbers=ProfileNumberService(StandardService(store), officer, clock),
        entries=DayEntries(store, officer, clock, BIN),
        everywhere=EverywhereService(store, officer, FINDABLE),
        histories=RecordHistoryService(store, officer, HISTORIES),
        bin=BinService(
            store,
            officer,
            BIN,
        ),
        checks=[
            photos_check(blobs),
            issued_check(blobs),
            submissions_check(blobs),
            derived_check("order", "居民的排序", Resident, ResidentOrder, "resident_id"),
            check_counts,
            derived_check("dues", "该做的随访", Resident, HealthDue, "resident_id", every=False),
            derived_check("activity_work", "活动的工作量", Activity, ActivityWork, "activity_id", every=False),
            derived_check("activity_ledgers", "活动记入的台账", Activity, ActivityLedger, "activity_id", every=False),
            derived_check("stock", "药品结存", StockEntry, StockBalance, "entry_id"),
        ],
    )


def _reporting(
    store: Store,
    officer: Officer,
    clock: Clock,
    residents: ResidentService,
    pest: PestControl,
    *,
    dues: Sequence[DueSource],
) -> tuple[FigureService, LedgerService]:
    """Return the figures and the ledgers of every slice."""
    sources: list[FigureSource] = [
        RegisterFigures(),
        ActivityFigures(),
        InspectionFigures(),
        PestFigures(),
        HealthFigures(),
        NoticeFigures(),
        GapFigures(officer, clock, dues),
    ]
    rows: list[FigureRowSource] = [
        ActivityFigureRows(),
        InspectionFigureRows(),
        PestFigureRows(pest),
        HealthFigureRows(residents),
        NoticeFigureRows(),
    ]
    ledgers: list[LedgerSource] = [
        ActivityLedgers(), InspectionLedgers(clock), PestLedgers(pest, clock), HealthLedgers(residents, officer, clock),
        NoticeLedgers(clock),
    ]  # fmt: skip
    return FigureService(store, officer, sources, rows), LedgerService(store, officer, clock, ledgers)


def figures_again(folder: DataFolder, holder: Holder, restored: Restored, clock: Clock) -> FiguresAgain | None:
    """Compute the figures of the backup's day again from what is in use now; None if the backup brought none."""
    if not restored.figures.period or not restored.figures.values:
        return None
    from desktop.register.office import opened  # noqa: PLC0415  only when something was restored

    slot_id, secret = holder.entry_to(folder.current().ring())
    with opened(folder, slot_id=slot_id, secret=secret, clock=clock) as found:
        now = values(assemble(found, clock), parse_period(restored.figures.period))
    # The officer who restores may see fewer figures than the one who backed up, or more.
    both = restored.figures.values.keys() & now.keys()
    different = sorted(key for key in both if restored.figures.values[key] != now[key])
    return FiguresAgain(restored.figures.period, len(both), tuple(different))


def finish_rescue(path: Path, data_key: bytes, slot_id: str, clock: Clock) -> dict[str, int]:
    """Make a file fit for use whose records were salvaged: officers, committee, standards, derived rows.

    Returns the living records by table.
    """
    from desktop.register.office import Opened, mend, officer_of  # noqa: PLC0415  seldom needed
    from desktop.store.keys import load_ring  # noqa: PLC0415
    from desktop.store.unit import Store  # noqa: PLC0415

    ring = load_ring(path.with_name("keys.json"))
    store = Store(path, data_key, clock=clock)
    try:
        mend(store, ring)
        officer = officer_of(store, slot_id)
        assemble(Opened(store, officer, data_key, ring), clock)
        rebuild_derived(store, officer)
        with store.reading() as session:
            return {str(model.__tablename__): count_living(session, model) for model in record_models()}
    finally:
        store.close()
