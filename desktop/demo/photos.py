"""Two drawn photos for the sample community: a corridor before and after it was cleared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from desktop.foundation.clock import CHINA
from desktop.foundation.paths import resource
from desktop.foundation.pictures import photo_of
from desktop.register.attachments import AFTER, BEFORE
from desktop.shell.workbench import Workbench

_TAKEN = time(9, 20)
_CLEARED_AFTER_DAYS = 4


def add_corridor_photos(bench: Workbench, inspection_id: UUID, found_on: date) -> None:
    """Keep both photos with the finding of *found_on*, dated as if they had been taken then."""
    cleared_on = found_on + timedelta(days=_CLEARED_AFTER_DAYS)
    for role, name, day in ((BEFORE, "corridor_before", found_on), (AFTER, "corridor_after", cleared_on)):
        photo = photo_of(resource(f"demo/{name}.jpg").read_bytes())
        dated = replace(photo, taken_at=datetime.combine(day, _TAKEN, CHINA))
        bench.attachments.add("inspection", inspection_id, role, [dated], caption="2单元楼道")
