"""The tab 居民健康档案: two views, and which page each gesture opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.health.service import HealthService
from desktop.health.ui.columns import VisitLine
from desktop.health.ui.measuring import MeasuringPage
from desktop.health.ui.people import PeopleHits
from desktop.health.ui.resident_list import ResidentList
from desktop.health.ui.visit_form import VisitForm
from desktop.health.ui.visit_list import VisitList
from desktop.register.rights import Officer, Right
from desktop.register.service.places import PlaceService
from desktop.register.service.residents import ResidentService
from desktop.register.ui.host import PageHost
from desktop.register.ui.resident_form import ResidentForm
from desktop.register.views import ResidentCard, ResidentRow
from desktop.store.drafts import Drafts
from desktop.widgets.segmented import Segmented

RESIDENTS, VISITS = "居民住户", "健康服务"


class HealthTab(QWidget):
    """Joins the lists with the forms; printing and importing are asked of the window."""

    print_residents = Signal(object)
    print_visits = Signal(object)
    print_person = Signal(object)
    print_slips = Signal(object)  # ids of visits
    import_wanted = Signal(str)

    def __init__(
        self,
        *,
        residents: ResidentService,
        health: HealthService,
        places: PlaceService,
        drafts: Drafts,
        officer: Officer,
        clock: Clock,
        host: PageHost,
    ) -> None:
        super().__init__()
        self.setObjectName("health_tab")
        self._residents, self._health, self._places, self._drafts = residents, health, places, drafts
        self._officer, self._clock, self._host = officer, clock, host
        self._hits = PeopleHits(residents, health, clock)
        self._views = QStackedWidget()
        self._switches: list[Segmented] = []
        self.people = ResidentList(
            residents=residents,
            health=health,
            places=places,
            officer=officer,
            clock=clock,
            host=host,
            left=self._switch(),
        )
        self._views.addWidget(self.people)
        self.visits: VisitList | None = None
        if officer.may(Right.SEE_HEALTH):
            self.visits = VisitList(
                residents=residents, health=health, officer=officer, clock=clock, host=host, left=self._switch()
            )
            self._views.addWidget(self.visits)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._views)
        self._connect()

    def reload(self) -> None:
        """Read what is shown again: something was stored, here or elsewhere."""
        if self.visits is not None and self._views.currentWidget() is self.visits:
            self.visits.reload()
        else:
            self.people.reload()

    def focus_list(self) -> None:
        """Give the list shown the keyboard."""
        if self.visits is not None and self._views.currentWidget() is self.visits:
            self.visits.focus_list()
        else:
            self.people.focus_list()

    def show_view(self, name: str) -> None:
        """Show 居民住户 or 健康服务."""
        wanted: QWidget = self.visits if name == VISITS and self.visits is not None else self.people
        for switch in self._switches:
            switch.set_current(VISITS if wanted is self.visits else RESIDENTS)
        self._views.setCurrentWidget(wanted)
        self.reload()

    def view_names(self) -> list[str]:
        """Return the views this officer has."""
        return [RESIDENTS] if self.visits is None else [RESIDENTS, VISITS]

    def open_person(self, resident_id: UUID) -> None:
        """Show one resident in the list."""
        self.show_view(RESIDENTS)
        self.people.open_person(resident_id)

    def start_new(self) -> None:
        """Begin what Ctrl+N means in the view shown."""
        if self._views.currentWidget() is self.visits:
            self._open_visit(None)
        else:
            self._open_resident(None)

    def open_measuring(self) -> MeasuringPage:
        """Open the grid for a row of measurements."""
        page = MeasuringPage(self._health, self._hits, self._host, self._clock, officer=self._officer)
        page.person_new.connect(lambda typed: self._open_resident(None, name=_name_in(typed), after=self._into(page)))
        page.print_slips.connect(self.print_slips)
        page.referral_wanted.connect(lambda asked: self._open_referral(page, *asked))
        self._host.open_page(page)
        QTimer.singleShot(0, page.begin)  # after the page that gave way has passed its focus on
        return page

    def open_visit(self, resident_id: UUID | None, *, service: str = "") -> VisitForm | None:
        """Open the form of a new visit to somebody, to be chosen without an id; None if the person is gone."""
        if not self._officer.may(Right.EDIT_HEALTH):
            return None
        people = self._residents.rows([resident_id]) if resident_id else []
        if resident_id and not people:
            return None
        return self._open_visit(people[0] if people else None, service=service)

    def open_form(self, card: ResidentCard | None = None) -> ResidentForm:
        """Open the form of one resident, a new one without *card*."""
        return self._open_resident(card)

    def _switch(self) -> QWidget:
        if not self._officer.may(Right.SEE_HEALTH):
            empty = QWidget()
            empty.hide()
            return empty
        switch = Segmented([(RESIDENTS, RESIDENTS), (VISITS, VISITS)], accessible_name="看什么")
        switch.changed.connect(self.show_view)
        self._switches.append(switch)
        return switch

    def _connect(self) -> None:
        people = self.people
        people.person_new.connect(lambda name: self._open_resident(None, name=name))
        people.change_wanted.connect(self._open_resident)
        people.visit_wanted.connect(self._open_visit_of)
        people.print_list.connect(self.print_residents)
        people.print_person.connect(self.print_person)
        people.import_wanted.connect(self.import_wanted)
        if self.visits is not None:
            self.visits.measure_wanted.connect(self.open_measuring)
            self.visits.new_wanted.connect(lambda: self._open_visit(None))
            self.visits.change_wanted.connect(self._change_visit)
            self.visits.print_list.connect(self.print_visits)
            self.visits.import_wanted.connect(self.import_wanted)

    def _open_resident(
        self, card: ResidentCard | None, *, name: str = "", after: Callable[[UUID], None] | None = None
    ) -> ResidentForm:
        names = [place.name for place in self._places.residential()]
        form = ResidentForm(self._residents, self._drafts, self._host, self._clock, places=names, card=card, name=name)
        form.saved.connect(after or self.open_person)
        self._host.open_page(form)
        QTimer.singleShot(0, form.field("name").focus_editor)
        return form

    def _open_visit_of(self, card: ResidentCard) -> None:
        people = self._residents.rows([card.id])
        if people:
            self._open_visit(people[0])

    def _open_visit(self, person: ResidentRow | None, *, service: str = "") -> VisitForm:
        form = VisitForm(
            self._health, self._drafts, self._host, self._clock, self._hits.search,
            person=person, service=service or self._usual_service(person), officer=self._officer,
        )  # fmt: skip
        self._host.open_page(form)
        QTimer.singleShot(0, form.field("visited_on" if person else "person").focus_editor)
        return form

    def _usual_service(self, person: ResidentRow | None) -> str:
        """Return the service most likely meant: the one that is due."""
        if person is None:
            return ""
        status = self._health.statuses([person.id])[person.id]
        return status.due.what if status.due is not None and status.due.what != "问转诊" else ""

    def _change_visit(self, line: VisitLine) -> None:
        form = VisitForm(
            self._health, self._drafts, self._host, self._clock, self._hits.search, person=line.person,
            visit=line.visit, officer=self._officer,
        )  # fmt: skip
        self._host.open_page(form)

    def _open_referral(self, page: MeasuringPage, resident_id: UUID, service: str, place: int) -> None:
        people = self._residents.rows([resident_id])
        if people:
            form = self._open_visit(people[0], service=service)
            form.saved.connect(lambda _row: page.referred(place))

    def _into(self, page: MeasuringPage) -> Callable[[UUID], None]:
        def take(resident_id: UUID) -> None:
            found: Sequence[ResidentRow] = self._residents.rows([resident_id])
            if found:
                page.take_person(self._hits.hit(found[0]))

        return take


def _name_in(typed: str) -> str:
    return "" if typed.isascii() else typed.strip()
