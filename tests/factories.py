"""Valid records by default; a test names only what it is about. All persons are invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

from desktop.foundation.idnumber import check_digit
from desktop.register.office import Opened
from desktop.register.records import Household, Place, Resident
from desktop.register.rules import RESIDENTIAL, dwelling_key
from desktop.store.unit import Unit

_serials = count(1)
_orders = count(1)


def id_number(born_on: date = date(1950, 3, 8), order: int | None = None, region: str = "440402") -> str:
    """Return a valid identity number; another one on every call unless *order* (1 to 999) is given."""
    head = f"{region}{born_on:%Y%m%d}{(order or next(_orders)) % 1000:03d}"
    return head + check_digit(head)


def add_place(unit: Unit, **values: Any) -> Place:
    """Add a 小区 to *unit*."""
    return unit.add(Place(**{"name": "翠湖苑", "category": RESIDENTIAL, **values}))


def add_household(unit: Unit, place_id: UUID | None = None, **values: Any) -> Household:
    """Add a dwelling to *unit*, in a new 小区 unless *place_id* names one."""
    if place_id is None:
        place_id = add_place(unit).id
        unit.session.flush()
    whole = {"building": "3栋", "unit": "2单元", "room": "501", **values}
    keys = {f"{kind}_key": dwelling_key(kind, whole[kind]) for kind in ("building", "unit", "room")}
    return unit.add(Household(place_id=place_id, **{**keys, **whole}))


def add_resident(unit: Unit, household_id: UUID | None = None, **values: Any) -> Resident:
    """Add a resident to *unit*, in a new dwelling unless *household_id* names one."""
    if household_id is None:
        household_id = add_household(unit).id
        unit.session.flush()
    return unit.add(Resident(**resident_values(household_id, **values)))


def resident_values(household_id: UUID, **values: Any) -> dict[str, Any]:
    """Return what insert_many or Resident(...) takes for one valid resident."""
    serial = next(_serials)
    return {
        "file_serial": serial,
        "name": "林桂英",
        "id_number": id_number(),
        "no_id_reason": "",
        "sex": "女",
        "born_on": date(1950, 3, 8),
        "ethnicity": "汉族",
        "phone": "13800004106",
        "contact_name": "",
        "contact_phone": "",
        "household_id": household_id,
        "head_name": "林桂英",
        "relation": "户主",
        "residence_type": "户籍",
        "dwelling_state": "自住",
        "remark": "",
        **values,
    }


def one_step(opened: Opened, work: Callable[[Unit], Any], label: str = "一步") -> Any:
    """Do *work* in one unit of work by the signed-in officer and return what it returns."""
    with opened.store.writing(label, opened.officer) as unit:
        return work(unit)
