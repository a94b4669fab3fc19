"""What a signed-in officer works with: every service, made once per sign-in by `app`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from desktop.activities.service import ActivityService
from desktop.foundation.clock import Clock
from desktop.health.service import HealthService
from desktop.inspections.service.checklists import ChecklistService
from desktop.inspections.service.inspections import InspectionService
from desktop.inspections.service.notices import RectificationService
from desktop.inspections.service.pledges import PledgeService
from desktop.notices.office import NoticeOffice
from desktop.pest_control.books import PestControl
from desktop.register.attachments import AttachmentService
from desktop.register.handover import HandOverService
from desktop.register.intake.service import IntakeService
from desktop.register.intake.whole import WholeExport
from desktop.register.rights import Officer
from desktop.register.service.behalf import BehalfService
from desktop.register.service.bin import BinService
from desktop.register.service.colleagues import ColleagueService
from desktop.register.service.day_entries import DayEntries
from desktop.register.service.duty_changes import DutyService
from desktop.register.service.everywhere import EverywhereService
from desktop.register.service.exports import ExportLog
from desktop.register.service.gap_reasons import GapReasonService
from desktop.register.service.people import PeopleService
from desktop.register.service.places import PlaceService
from desktop.register.service.profile_numbers import ProfileNumberService
from desktop.register.service.record_history import RecordHistoryService
from desktop.register.service.residents import ResidentService
from desktop.register.service.standards import StandardService
from desktop.register.service.tasks import TaskService
from desktop.reports.box import BoxService
from desktop.reports.due import DueService
from desktop.reports.figures import FigureService
from desktop.reports.gaps import GapService
from desktop.reports.ledgers import LedgerService
from desktop.reports.service import ReportService
from desktop.store.blobs import Blobs
from desktop.store.check import Check, CheckLine, check_file
from desktop.store.drafts import Drafts
from desktop.store.history import Journal
from desktop.store.unit import Store


@dataclass(frozen=True)
class Workbench:
    """The services over one opened file, for one officer."""

    store: Store
    officer: Officer
    clock: Clock
    data_key: bytes = field(repr=False)
    journal: Journal
    blobs: Blobs
    attachments: AttachmentService
    drafts: Drafts
    people: PeopleService
    behalf: BehalfService
    colleagues: ColleagueService
    places: PlaceService
    residents: ResidentService
    health: HealthService
    activities: ActivityService
    inspections: InspectionService
    checklists: ChecklistService
    pledges: PledgeService
    rectification: RectificationService
    pest: PestControl
    notices: NoticeOffice
    standards: StandardService
    handover: HandOverService
    intake: IntakeService
    exports: ExportLog
    whole: WholeExport
    figures: FigureService
    ledgers: LedgerService
    reports: ReportService
    box: BoxService
    histories: RecordHistoryService
    bin: BinService
    due: DueService
    gaps: GapService
    gap_reasons: GapReasonService
    tasks: TaskService
    duties: DutyService
    profile_numbers: ProfileNumberService
    entries: DayEntries
    everywhere: EverywhereService
    checks: Sequence[Check]

    over: Callable[[Store], Workbench]
    """Makes the same services over another file with the same key, for trying a backup out."""

    def check(self) -> list[CheckLine]:
        """Look the file over; nothing is changed."""
        return check_file(self.store, self.data_key, self.checks)
