"""The tab 检查记录: two views, and which page each gesture opens."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.inspections.progress import NextStep
from desktop.inspections.service.checklists import ChecklistService
from desktop.inspections.service.inspections import InspectionService
from desktop.inspections.service.notices import RectificationService, SentNotice
from desktop.inspections.service.pledges import PledgeService
from desktop.inspections.ui.inspection_form import InspectionForm
from desktop.inspections.ui.inspection_list import InspectionList
from desktop.inspections.ui.pledge_form import PledgeForm
from desktop.inspections.ui.pledge_list import PledgeList
from desktop.inspections.ui.step_form import KIND_OF, StepForm
from desktop.inspections.views import InspectionRow, PledgeRow
from desktop.register.attachments import AttachmentService
from desktop.register.rights import Officer, Right
from desktop.register.ui.host import PageHost
from desktop.store.drafts import Drafts
from desktop.widgets.segmented import Segmented

INSPECTIONS, PLEDGES = "检查", "责任书"
_TWO_COPIES = 2
"""One is left with whoever has to mend, one is filed."""
_FIRST_FIELD: dict[NextStep | None, str] = {
    NextStep.NOTICE: "responsible",
    NextStep.RECHECK: "recheck_result",
    None: "escalated_to",
}


class InspectionsTab(QWidget):
    """Joins the lists with the forms; printing and importing are asked of the window."""

    print_inspections = Signal(object)
    print_inspection = Signal(object)
    print_notice = Signal(object)
    print_issued = Signal(object, int)
    print_empty = Signal()
    print_checklist = Signal(object)
    print_checked = Signal(object)
    print_pledges = Signal(object)
    import_wanted = Signal(str)

    def __init__(
        self,
        *,
        inspections: InspectionService,
        checklists: ChecklistService,
        pledges: PledgeService,
        notices: RectificationService,
        attachments: AttachmentService,
        drafts: Drafts,
        officer: Officer,
        clock: Clock,
        host: PageHost,
    ) -> None:
        super().__init__()
        self.setObjectName("inspections_tab")
        self._inspections, self._pledges, self._drafts = inspections, pledges, drafts
        self._attachments, self._notices = attachments, notices
        self._checklists = checklists
        self._officer, self._clock, self._host = officer, clock, host
        self._views = QStackedWidget()
        self._switches: list[Segmented] = []
        self.inspections = InspectionList(
            service=inspections, notices=notices, attachments=attachments, officer=officer, clock=clock, host=host,
            left=self._switch(),
        )  # fmt: skip
        self.pledges = PledgeList(service=pledges, officer=officer, clock=clock, host=host, left=self._switch())
        self._views.addWidget(self.inspections)
        self._views.addWidget(self.pledges)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._views)
        self._connect()

    def reload(self) -> None:
        """Read what is shown again: something was stored, here or elsewhere."""
        self._current().reload()

    def focus_list(self) -> None:
        """Give the list shown the keyboard."""
        self._current().focus_list()

    def view_names(self) -> list[str]:
        """Return the views of this tab."""
        return [INSPECTIONS, PLEDGES]

    def show_view(self, name: str) -> None:
        """Show 检查 or 责任书."""
        for switch in self._switches:
            switch.set_current(name)
        self._views.setCurrentWidget(self.pledges if name == PLEDGES else self.inspections)
        self.reload()

    def open_inspection(self, inspection_id: UUID) -> None:
        """Show one inspection in the list."""
        self.show_view(INSPECTIONS)
        self.inspections.open_inspection(inspection_id)

    def open_pledge(self, pledge_id: UUID) -> None:
        """Show one letter in its list."""
        self.show_view(PLEDGES)
        self.pledges.open_record(pledge_id)

    def start_new(self) -> None:
        """Begin what Ctrl+N means in the view shown."""
        if not self._officer.may(Right.EDIT_INSPECTIONS):
            return
        if self._views.currentWidget() is self.pledges:
            self.open_pledge_form()
        else:
            self.open_form()

    def open_form(
        self, row: InspectionRow | None = None, *, values: Mapping[str, object] | None = None
    ) -> InspectionForm:
        """Open the form of one inspection, a new one without *row*, holding *values* at first."""
        form = InspectionForm(
            self._inspections,
            self._drafts,
            self._host,
            self._clock,
            attachments=self._attachments,
            checklists=self._checklists,
            may_print=self._officer.may(Right.EXPORT),
            row=row,
            officer=self._officer,
            values=values,
        )
        form.saved.connect(lambda saved: self.open_inspection(saved.id))
        form.print_checklist.connect(self.print_checklist)
        self._host.open_page(form)
        first = "problem" if row else "place" if values else "category"
        QTimer.singleShot(0, form.field(first).focus_editor)
        return form

    def open_step(self, row: InspectionRow, step: NextStep | None) -> StepForm:
        """Open the form of the notice or the recheck, of 上报 for None."""
        form = StepForm(
            KIND_OF[step], row, self._inspections, self._drafts, self._host, self._clock, self._attachments,
            self._notices,
        )  # fmt: skip
        form.saved.connect(self._stepped)
        self._host.open_page(form)
        first = _FIRST_FIELD[step]
        QTimer.singleShot(0, form.field(first).focus_editor)
        return form

    def close_finding(self, row: InspectionRow) -> None:
        """Strike a finding off at once, as the list does."""
        self.inspections.take_step(row, NextStep.CLOSE)

    def open_pledge_form(self, row: PledgeRow | None = None, *, again: PledgeRow | None = None) -> PledgeForm:
        """Open the form of one letter, a new one without *row*, signed with the same party as *again*."""
        form = PledgeForm(self._pledges, self._drafts, self._host, self._clock, row=row, again=again)
        form.saved.connect(lambda saved: self.pledges.open_pledge(saved.id))
        self._host.open_page(form)
        QTimer.singleShot(0, form.field("category").focus_editor)
        return form

    def _stepped(self, saved: InspectionRow | SentNotice) -> None:
        """Show the finding; a notice that has just gone out is shown over it, to be printed."""
        if isinstance(saved, SentNotice):
            self.open_inspection(saved.inspection.id)
            self.print_issued.emit(saved.issued, _TWO_COPIES)
        else:
            self.open_inspection(saved.id)

    def _current(self) -> InspectionList | PledgeList:
        return self.pledges if self._views.currentWidget() is self.pledges else self.inspections

    def _switch(self) -> Segmented:
        switch = Segmented([(INSPECTIONS, INSPECTIONS), (PLEDGES, PLEDGES)], accessible_name="看什么")
        switch.changed.connect(self.show_view)
        self._switches.append(switch)
        return switch

    def _connect(self) -> None:
        inspections, pledges = self.inspections, self.pledges
        inspections.new_wanted.connect(self.start_new)
        inspections.change_wanted.connect(self.open_form)
        inspections.step_wanted.connect(self.open_step)
        inspections.print_list.connect(self.print_inspections)
        inspections.print_one.connect(self.print_inspection)
        inspections.print_notice.connect(self.print_notice)
        inspections.print_checked.connect(self.print_checked)
        inspections.number_notice.connect(lambda row: self.open_step(row, NextStep.NOTICE))
        inspections.reprint_notice.connect(lambda issued: self.print_issued.emit(issued, 1))
        inspections.print_empty.connect(self.print_empty)
        inspections.import_wanted.connect(self.import_wanted)
        pledges.new_wanted.connect(self.start_new)
        pledges.change_wanted.connect(self.open_pledge_form)
        pledges.print_list.connect(self.print_pledges)
        pledges.import_wanted.connect(self.import_wanted)
