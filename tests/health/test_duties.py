"""Follow-ups of a year, counted by SQLite, against the same counted by hand in a crowd thrown with dice."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlmodel import select

from desktop.foundation.days import parse_period
from desktop.health.duties import HealthDues
from desktop.health.records import Visit
from desktop.health.rules import FACE_TO_FACE
from desktop.register.duty import Duty
from desktop.register.records import Household, Place, Resident, ResidentTag
from desktop.register.rules import here_on

YEAR = parse_period("2025")
SERVICE, OTHER = "高血压随访", "糖尿病随访"


def crowd(bench, dice):
    """Store sixty people of whom some are tagged late, twice, not any more, moved, or seen by telephone alone."""
    edges = [None, date(2024, 6, 1), YEAR.first, YEAR.first + timedelta(days=1), date(2025, 7, 1), YEAR.last]

    with bench.store.writing("样本", bench.officer) as unit:
        place = Place(name="翠湖苑", category="小区")
        unit.session.add(place)
        unit.session.flush()
        household = Household(place_id=place.id)
        unit.session.add(household)
        unit.session.flush()
        people = [
            Resident(
                file_serial=number, name=f"居民{number}", household_id=household.id, no_id_reason="暂缺证件",
                arrived_on=dice.choice([None, None, *edges]), born_on=date(1950, 1, 1),
                dwelling_state=dice.choice(["自住", "自住", "迁出"]), changed_on=dice.choice(edges[1:]),
            )
            for number in range(1, 61)
        ]  # fmt: skip
        unit.session.add_all(people)
        unit.session.flush()
        for person in people:
            for tag in dice.choices(["高血压", "高血压", "糖尿病"], k=dice.choice([1, 1, 2])):
                start, end = dice.choice([None, None, *edges[1:4]]), dice.choice([None, None, YEAR.last, edges[4]])
                unit.session.add(ResidentTag(resident_id=person.id, tag=tag, from_on=start, to_on=end))
            for _ in range(dice.randrange(9)):
                day = date(2024, 12, 25) + timedelta(days=dice.randrange(380))
                service = dice.choice([SERVICE, SERVICE, SERVICE, OTHER])
                way = dice.choice([*sorted(FACE_TO_FACE), "电话"])
                unit.session.add(Visit(resident_id=person.id, visited_on=day, service=service, way=way))


def by_hand(session, duty):
    """Return what short_of promises, in plain Python."""
    tagged = {
        one.resident_id
        for one in session.exec(select(ResidentTag))
        if one.tag == "高血压"
        and (one.from_on is None or one.from_on <= YEAR.first)
        and (one.to_on is None or one.to_on >= YEAR.last)
    }
    asked = {
        one.id
        for one in session.exec(select(Resident))
        if one.id in tagged
        and (one.arrived_on is None or one.arrived_on <= YEAR.first)
        and here_on(
            YEAR.last, born_on=one.born_on, arrived_on=one.arrived_on, dwelling_state=one.dwelling_state,
            changed_on=one.changed_on,
        )
    }  # fmt: skip
    met = Counter(
        one.resident_id
        for one in session.exec(select(Visit))
        if one.service == SERVICE and one.way in FACE_TO_FACE and YEAR.first <= one.visited_on <= YEAR.last
    )
    return len(asked), sum(met[person] >= duty.times for person in asked)


@pytest.mark.parametrize("seed", range(3))
def test_patients_short_of_their_follow_ups_are_those_counted_by_hand(bench, seed):
    crowd(bench, random.Random(seed))
    found = set()
    with bench.store.reading() as session:
        for times in (1, 2, 4):
            duty = Duty("x", "高血压患者随访", "health", SERVICE, times, "year", "", unverified=False, by_person=True)
            counted = HealthDues().short_of(session, duty, YEAR)
            assert counted == by_hand(session, duty)
            found.add(counted)
    assert len(found) > 1  # the crowd holds people on either side


def test_where_nobody_is_managed_nobody_is_short(bench):
    duty = Duty("x", "高血压患者随访", "health", SERVICE, 4, "year", "", unverified=False, by_person=True)
    with bench.store.reading() as session:
        assert HealthDues().short_of(session, duty, YEAR) == (0, 0)
