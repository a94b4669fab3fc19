"""The four books of pest control together, made once per sign-in."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.foundation.clock import Clock
from desktop.pest_control.campaign import CampaignBook
from desktop.pest_control.field_work import AedesBook, DensityBook, TreatmentBook
from desktop.pest_control.stock import StockBook
from desktop.register.rights import Officer
from desktop.store.unit import Store


@dataclass(frozen=True)
class PestControl:
    """Stock, treatments, Aedes and density monitoring, and treatments of a whole estate at once."""

    stock: StockBook
    treatments: TreatmentBook
    aedes: AedesBook
    density: DensityBook
    campaign: CampaignBook

    @classmethod
    def over(cls, store: Store, officer: Officer, clock: Clock) -> PestControl:
        """Return the books over an opened file."""
        treatments = TreatmentBook(store, officer, clock)
        return cls(
            stock=StockBook(store, officer, clock),
            treatments=treatments,
            aedes=AedesBook(store, officer, clock),
            density=DensityBook(store, officer, clock),
            campaign=CampaignBook(store, officer, clock, treatments),
        )
