"""Finding a person while typing: namesakes told apart by address and by what is due."""

from __future__ import annotations

from desktop.foundation.clock import Clock
from desktop.foundation.days import days_left
from desktop.health.service import HealthService
from desktop.health.views import HealthStatus
from desktop.register.service.residents import ResidentService
from desktop.register.views import ResidentRow
from desktop.widgets.hits import LookupHit

_HITS = 12


class PeopleHits:
    """Turns what is typed into lines of a drop-down list."""

    def __init__(self, residents: ResidentService, health: HealthService, clock: Clock) -> None:
        self._residents, self._health, self._clock = residents, health, clock

    def search(self, typed: str) -> list[LookupHit]:
        """Return the best matches with their state."""
        rows = self._residents.search(typed, limit=_HITS)
        statuses = self._health.statuses([row.id for row in rows])
        return [self.hit(row, statuses.get(row.id)) for row in rows]

    def hit(self, person: ResidentRow, status: HealthStatus | None = None) -> LookupHit:
        """Return one person as a line."""
        today = self._clock.today()
        state = ""
        if status is not None and status.due is not None and status.due.due_on <= today:
            state = f"{status.due.what} {days_left(status.due.due_on, today)}"
        elif status is not None:
            state = "今年未测" if status.lacks_pressure else ""
        return LookupHit(person.id, person.name, person.address, state, person.sex_and_age(today))
