"""The sample community's file: officers, 小区, dwellings, residents, tags and a year of work, the same all day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from desktop.app import assemble
from desktop.demo.families import Families, Person
from desktop.demo.field import store_field_work
from desktop.demo.notices import store_notices
from desktop.demo.office_day import EveningBefore, store_before_today, store_morning
from desktop.demo.rhythm import store_rhythm
from desktop.demo.services import Served, Year
from desktop.foundation.clock import Clock
from desktop.foundation.days import age_on
from desktop.foundation.ids import new_id
from desktop.health.records import Visit
from desktop.register.office import NewOfficer, opened, set_up
from desktop.register.records import Household, Place, Resident, ResidentTag
from desktop.register.rights import Role
from desktop.register.rules import RESIDENTIAL, dwelling_key
from desktop.shell.workbench import Workbench
from desktop.store.folder import DataFolder
from desktop.store.keys import Cost
from desktop.store.recovery import new_recovery_code
from desktop.store.unit import Unit

COMMITTEE, COMMITTEE_REGION = "幸福里社区居委会", "110105001001"
DIRECTOR, PASSWORD = "沈玉琴", "xingfuli-2026"
_OFFICERS = {Role.DIRECTOR: DIRECTOR, Role.HEALTH: "罗晓梅", Role.GRID: "周建国", Role.READER: "何秀英"}
# Estate → (buildings, units, floors, flats on a floor).
_ESTATES = {
    "幸福里一区": (6, 3, 6, 4), "幸福里二区": (5, 3, 6, 4), "翠湖苑": (4, 2, 18, 4), "老棉纺厂宿舍": (7, 3, 5, 3),
}  # fmt: skip
_HOUSEHOLDS = 1_500
_CHEAP = Cost(memory_kib=8_192, iterations=1)
"""Nobody's data are in here, and the demonstration should open quickly."""


def sample_community(folder: DataFolder, clock: Clock) -> None:
    """Set up *folder* with the sample community as it stands on the clock's day."""
    officers = [NewOfficer(name, role, PASSWORD) for role, name in _OFFICERS.items()]
    evening = EveningBefore(clock)
    set_up(
        folder, committee=COMMITTEE, region=COMMITTEE_REGION, officers=officers, recovery_code=new_recovery_code(),
        clock=evening, cost=_CHEAP,
    )  # fmt: skip
    slot = folder.current().ring().named(DIRECTOR)
    with opened(folder, slot_id=slot.id, secret=PASSWORD, clock=evening) as found:
        bench = assemble(found, evening)
        dice = random.Random(f"幸福里 {clock.today().isoformat()}")  # noqa: S311  a sample, not a secret
        estates = _store_places(bench)
        store_field_work(bench, list(_ESTATES))
        store_notices(bench)
        served = _store_residents(bench, dice, estates)
        _store_visits(bench, dice, served)
        store_before_today(bench)
        store_rhythm(bench, list(_ESTATES))
    store_morning(folder, clock, PASSWORD)


@contextmanager
def _batch(bench: Workbench, kind: str, count: int) -> Iterator[Unit]:
    title = bench.intake.kinds[kind]
    with bench.store.writing(f"导入{title}：试用社区", bench.officer) as unit:
        unit.start_batch(kind, "试用社区", count)
        yield unit


def _store_places(bench: Workbench) -> dict[str, UUID]:
    blank = dict.fromkeys(("grid", "address", "manager", "phone", "remark"), "")
    estates = [
        {**blank, "id": new_id(), "name": name, "category": RESIDENTIAL, "grid": f"第{number}网格",
         "address": f"幸福路{number * 8}号"}
        for number, name in enumerate(_ESTATES, start=1)
    ]  # fmt: skip
    public = [
        {**blank, "name": name, "category": category, "parent_id": estates[0]["id"]}
        for name, category in (("社区文化广场", "公共场所"), ("老年活动室", "公共场所"), ("一区宣传栏", "宣传栏"))
    ]
    with _batch(bench, "places", len(estates) + len(public)) as unit:
        ids = unit.insert_many(Place, [*estates, *public])
    return dict(zip(_ESTATES, ids, strict=False))


def _store_residents(bench: Workbench, dice: random.Random, estates: dict[str, UUID]) -> list[Served]:
    today = bench.clock.today()
    families = Families(dice, today)
    homes: list[dict[str, Any]] = []
    residents: list[dict[str, Any]] = []
    tags: list[dict[str, Any]] = []
    served: list[Served] = []
    for home in sorted(dice.sample(_dwellings(estates), _HOUSEHOLDS), key=lambda row: (row["building"], row["room"])):
        home["id"] = new_id()
        homes.append(home)
        kind = dice.choices(("old", "young", "family"), weights=(26, 18, 56))[0]
        if kind == "old":
            family = families.old_people()
        else:
            family = families.renters() if kind == "young" else families.parents_with_children()
        for person in family:
            row = _resident(dice, person, home["id"], today, rented=kind == "young")
            row["file_serial"] = len(residents) + 1
            residents.append(row)
            if row["dwelling_state"] in ("迁出", "死亡"):
                continue
            mine = _tags(dice, person, today, alone=len(family) == 1, old=kind == "old")
            tags += [_tag(dice, row["id"], tag, today) for tag in mine]
            served.append(Served(row["id"], person.born_on, frozenset(mine)))
    with _batch(bench, "residents", len(residents)) as unit:
        unit.insert_many(Household, homes)
        unit.insert_many(Resident, residents)
        unit.insert_many(ResidentTag, tags)
    return served


def _store_visits(bench: Workbench, dice: random.Random, served: list[Served]) -> None:
    year = Year(dice, bench.clock.today(), bench.health.standard())
    visits = sorted((visit for person in served for visit in year.of(person)), key=lambda row: row["visited_on"])
    with _batch(bench, "visits", len(visits)) as unit:
        unit.insert_many(Visit, visits)


def _dwellings(estates: dict[str, UUID]) -> list[dict[str, Any]]:
    return [
        {
            "place_id": estates[estate], "building": f"{building}", "unit": f"{entrance}", "room": f"{floor}{flat:02d}",
            "building_key": dwelling_key("building", f"{building}"), "unit_key": dwelling_key("unit", f"{entrance}"),
            "room_key": dwelling_key("room", f"{floor}{flat:02d}"),
        }
        for estate, (buildings, entrances, floors, flats) in _ESTATES.items()
        for building in range(1, buildings + 1)
        for entrance in range(1, entrances + 1)
        for floor in range(1, floors + 1)
        for flat in range(1, flats + 1)
    ]  # fmt: skip


def _resident(dice: random.Random, person: Person, home_id: UUID, today: date, *, rented: bool) -> dict[str, Any]:
    age = age_on(person.born_on, today)
    state, changed_on = "出租" if rented else "自住", None
    if dice.random() < 0.012:
        state = "死亡" if age >= 70 else "迁出"
        changed_on = max(today - timedelta(days=dice.randrange(365)), person.born_on)
    arrived_on = today - timedelta(days=dice.randrange(30, 1_500)) if rented else None
    if arrived_on is not None and changed_on is not None:
        arrived_on = min(arrived_on, changed_on)
    return {
        **vars(person), "id": new_id(), "household_id": home_id, "arrived_on": arrived_on,
        "residence_type": "非户籍" if rented or dice.random() < 0.08 else "户籍", "dwelling_state": state,
        "changed_on": changed_on, "remark": "",
    }  # fmt: skip


def _tags(dice: random.Random, person: Person, today: date, *, alone: bool, old: bool) -> list[str]:
    age = age_on(person.born_on, today)
    chances = [
        ("高血压", 0.42 if age >= 65 else 0.14 if age >= 45 else 0), ("糖尿病",
        0.16 if age >= 65 else 0.05 if age >= 45 else 0),
        ("独居", 1 if old and alone else 0), ("空巢", 1 if old and not alone and age >= 65 else 0),
        ("孕产妇", 0.03 if person.sex == "女" and 23 <= age <= 36 else 0), ("残疾人", 0.014), ("低保", 0.01),
        ("党员", 0.07 if age >= 22 else 0), ("志愿者", 0.03 if age >= 18 else 0), ("失能", 0.05 if age >= 80 else 0),
    ]  # fmt: skip
    tags = [tag for tag, chance in chances if dice.random() < chance]
    if age >= 55 and "高血压" not in tags and dice.random() < 0.12:
        tags.append("高危人群")
    return tags


def _tag(dice: random.Random, resident_id: UUID, tag: str, today: date) -> dict[str, Any]:
    source = "社区卫生服务中心" if tag in ("高血压", "糖尿病", "高危人群") else "本人"
    since = today - timedelta(days=dice.randrange(*((20, 92) if tag == "高危人群" else (60, 1_100))))
    return {"resident_id": resident_id, "tag": tag, "from_on": since, "to_on": None, "source": source}
