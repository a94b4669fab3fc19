"""The tab 除害投药: four views, and which form each gesture opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.pest_control.books import PestControl
from desktop.pest_control.density_rules import band_limits
from desktop.pest_control.stock_rules import DRAWN, OPENING
from desktop.pest_control.ui.asides import AedesAside, BalanceAside, DensityAside
from desktop.pest_control.ui.band_card import BandCard
from desktop.pest_control.ui.book_form import BookForm
from desktop.pest_control.ui.book_list import BookList, BookView
from desktop.pest_control.ui.campaign_page import CampaignPage
from desktop.pest_control.ui.forms import AedesForm, DensityForm, TreatmentForm
from desktop.pest_control.ui.stock_form import SAME, StockForm
from desktop.pest_control.ui.views import (
    AEDES,
    DENSITY,
    STOCK,
    TREATMENTS,
    aedes_view,
    density_view,
    stock_view,
    treatment_view,
)
from desktop.pest_control.views import BatchLine, EntryRow
from desktop.register.rights import Officer, Right
from desktop.register.service.places import PlaceService
from desktop.register.ui.host import PageHost
from desktop.store.drafts import Drafts
from desktop.widgets.buttons import SecondaryButton
from desktop.widgets.segmented import Segmented

VIEWS = (TREATMENTS, STOCK, AEDES, DENSITY)


class PestTab(QWidget):
    """Joins the lists with the forms; printing and importing are asked of the window."""

    print_stock = Signal(object)
    print_treatments = Signal(object)
    print_aedes = Signal(object)
    print_density = Signal(object)
    import_wanted = Signal(str)
    notice_wanted = Signal(object)  # id of a treatment or an Aedes check

    def __init__(
        self,
        *,
        pest: PestControl,
        places: PlaceService,
        drafts: Drafts,
        officer: Officer,
        clock: Clock,
        host: PageHost,
    ) -> None:
        super().__init__()
        self.setObjectName("pest_tab")
        self._pest, self._places, self._drafts = pest, places, drafts
        self._officer, self._clock, self._host = officer, clock, host
        self._views = QStackedWidget()
        self._switches: list[Segmented] = []
        self._balances, self._todo, self._latest = BalanceAside(), AedesAside(), DensityAside()
        self._bands = BandCard()
        campaign = SecondaryButton("整片登记", "table", name="treatments_campaign")
        campaign.clicked.connect(self.open_campaign)
        campaign.setVisible(officer.may(Right.EDIT_PEST))
        self.treatments = self._list(pest.treatments, treatment_view(clock), extra=(campaign,))
        self.stock = self._list(pest.stock, stock_view(clock, pest.stock), aside=self._balances)
        self.aedes = self._list(pest.aedes, aedes_view(clock), above=self._bands, aside=self._todo)
        self.density = self._list(pest.density, density_view(clock, pest.density), aside=self._latest)
        self._lists = dict(zip(VIEWS, (self.treatments, self.stock, self.aedes, self.density), strict=True))
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

    def show_view(self, name: str) -> None:
        """Show 投药登记, 药品台账, 伊蚊监测 or 密度监测."""
        for switch in self._switches:
            switch.set_current(name)
        self._views.setCurrentWidget(self._lists[name])
        self.reload()

    def view_names(self) -> list[str]:
        """Return the views there are."""
        return list(VIEWS)

    def start_new(self) -> None:
        """Begin what Ctrl+N means in the view shown."""
        if self._officer.may(Right.EDIT_PEST):
            self.open_form(self._name())

    def open_form(
        self, view: str, row: EntryRow[Any] | None = None, *, values: Mapping[str, object] | None = None
    ) -> BookForm:
        """Open the form of the view's records, a new one without *row*, holding *values* at first."""
        form = self._form(view, row, values)
        form.saved.connect(lambda saved: self.open_record(view, saved.id))
        self._host.open_page(form)
        first = {TREATMENTS: "pest", STOCK: "movement", AEDES: "place", DENSITY: "indicator"}[view]
        form.field(first).focus_editor()
        return form

    def open_campaign(self) -> CampaignPage:
        """Open the grid in which a whole estate is treated."""
        agents = list(dict.fromkeys((*self._pest.stock.words("agent"), *self._pest.treatments.words("agent"))))
        page = CampaignPage(self._pest, self._drafts, self._host, self._clock, self._officer, agents)
        page.saved.connect(lambda: self.show_view(TREATMENTS))
        page.issue_wanted.connect(partial(self._issue, page))
        self._host.open_page(page)
        page.begin()
        return page

    def _issue(self, page: CampaignPage, line: BatchLine, quantity: Decimal, purpose: str) -> None:
        """Open the form of 领用 with what the campaign takes out of one batch."""
        values = {
            "movement": DRAWN, "quantity": quantity, "agent": line.agent, "batch": line.batch,
            "expires_on": line.expires_on, "package": line.package, "package_g": line.package_g,
            "ingredient": line.ingredient, "purpose": purpose,
        }  # fmt: skip
        form = self._stock_form(values)
        form.saved.connect(page.show_balances)
        form.field("receiver").focus_editor()

    def _open_opening(self, asking: StockForm) -> None:
        """Open the form of 期初 for the batch that *asking* would take from; then that one can be saved."""
        draft = asking.draft()
        same = {name: value for name in SAME if (value := getattr(draft, name)) not in (None, "")}
        form = self._stock_form(
            {**same, "movement": OPENING, "happened_on": draft.happened_on, "handler": draft.handler}
        )
        form.saved.connect(lambda _saved: asking.settle_opening())
        form.field("quantity").focus_editor()

    def _stock_form(self, values: Mapping[str, object]) -> StockForm:
        form = self._make_stock_form(None, values)
        self._host.open_page(form)
        return form

    def _make_stock_form(self, row: EntryRow[Any] | None, values: Mapping[str, object] | None) -> StockForm:
        form = StockForm(
            self._pest.stock, self._drafts, self._host, self._clock, officer=self._officer, row=row, values=values
        )
        form.opening_wanted.connect(partial(self._open_opening, form))
        return form

    def _form(self, view: str, row: EntryRow[Any] | None, values: Mapping[str, object] | None) -> BookForm:
        pest, common = self._pest, (self._drafts, self._host, self._clock)
        places = [place.name for place in self._places.all()]
        what: dict[str, Any] = {"officer": self._officer, "row": row, "values": values}
        if view == STOCK:
            return self._make_stock_form(row, values)
        if view == TREATMENTS:
            agents = list(dict.fromkeys((*pest.stock.words("agent"), *pest.treatments.words("agent"))))
            return TreatmentForm(pest.treatments, *common, places=places, agents=agents, **what)
        if view == AEDES:
            return AedesForm(pest.aedes, *common, places=places, **what)
        return DensityForm(pest.density, *common, places=places, **what)

    def open_record(self, view: str, record_id: UUID) -> None:
        """Show one record in the list of its view."""
        self.show_view(view)
        self._lists[view].open_record(record_id)

    def _current(self) -> BookList:
        return self._lists[self._name()]

    def _name(self) -> str:
        return VIEWS[self._views.currentIndex()]

    def _list(
        self,
        book: Any,
        spec: BookView,
        *,
        above: BandCard | None = None,
        aside: QWidget | None = None,
        extra: Sequence[QPushButton] = (),
    ) -> BookList:
        switch = Segmented([(name, name) for name in VIEWS], accessible_name="看什么")
        switch.set_current(VIEWS[self._views.count()])
        switch.changed.connect(self.show_view)
        self._switches.append(switch)
        made = BookList(
            book,
            spec,
            officer=self._officer,
            clock=self._clock,
            host=self._host,
            left=switch,
            above=above,
            aside=aside,
            extra=extra,
        )
        self._views.addWidget(made)
        return made

    def _connect(self) -> None:
        for name, shown in self._lists.items():
            shown.new_wanted.connect(lambda view=name: self.open_form(view))
            shown.change_wanted.connect(self._changer(name))
            shown.other_wanted.connect(self.show_view)
            shown.import_wanted.connect(self.import_wanted)
            shown.notice_wanted.connect(self.notice_wanted)
        self.treatments.print_list.connect(self.print_treatments)
        self.stock.print_list.connect(self.print_stock)
        self.aedes.print_list.connect(self.print_aedes)
        self.density.print_list.connect(self.print_density)
        self.stock.reloaded.connect(self._show_balances)
        self.aedes.reloaded.connect(self._show_bands)
        self.density.reloaded.connect(self._show_densities)

    def _changer(self, view: str) -> Callable[[EntryRow[Any]], None]:
        def change(row: EntryRow[Any]) -> None:
            self.open_form(view, row)

        return change

    def _show_balances(self) -> None:
        self._balances.show_lines(self._pest.stock.balances(), self._clock.today())

    def _show_bands(self) -> None:
        today, values = self._clock.today(), self._pest.aedes.bands()
        this_year, last_year = (self._pest.aedes.half_months(year) for year in (today.year, today.year - 1))
        self._bands.show_course(this_year, last_year, band_limits(values), str(values["boundary"]["value"]))
        newest = self._pest.aedes.rows(self._pest.aedes.ids()[:1])
        checked_on = newest[0].draft.checked_on if newest else None
        days = int(values["clear_within_days"]["value"])
        found = [*last_year, *this_year]
        self._todo.show_advice(
            found[-1] if found else None, checked_on, days, today, rows=self._pest.density.latest(), pests=self._pests()
        )

    def _show_densities(self) -> None:
        limits = self._pest.density.indicators()
        rows = self._pest.density.latest()
        notes = dict.fromkeys(f"{limits[row.draft.indicator].note}。" for row in rows if _noted(limits, row))
        self._latest.show_rows(rows, self._pests(), list(notes), self._clock.today())

    def _pests(self) -> dict[str, str]:
        return {name: one.pest for name, one in self._pest.density.indicators().items()}


def _noted(limits: Any, row: EntryRow[Any]) -> bool:
    return row.draft.indicator in limits and bool(limits[row.draft.indicator].note)
