"""Residents and dwellings of a period, by hand and by the pure rule."""

from __future__ import annotations

import os
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from desktop.foundation.days import Period, parse_period
from desktop.register.figures import here_at_end
from desktop.register.records import Resident
from desktop.register.rules import DWELLING_STATES, here_on
from tests.factories import add_household, id_number, resident_values
from tests.register.making import resident

DAY = date(2024, 3, 15)
DAYS = st.one_of(st.none(), st.integers(-2, 2).map(lambda step: DAY + timedelta(days=step)))


def values(bench, period):
    found = bench.figures.of(parse_period(period))
    return found["base.residents"].value, found["base.households"].value


def test_nobody_is_nought_residents_in_nought_dwellings(bench):
    assert values(bench, "2026-06") == (0, 0)


def test_residents_and_dwellings_are_counted_on_the_last_day_of_the_period(bench):
    resident(bench, room="101")
    resident(bench, room="101", id_number=id_number(date(2026, 5, 31)))
    resident(bench, room="102", arrived_on=date(2026, 5, 1))
    resident(bench, room="103", dwelling_state="迁出", changed_on=date(2026, 5, 31))
    resident(bench, room="104", dwelling_state="死亡", changed_on=date(2026, 6, 1))
    resident(bench, room="105", dwelling_state="空置", changed_on=date(2020, 1, 1))
    gone = resident(bench, room="106")
    bench.residents.remove(gone)
    assert values(bench, "2026-04") == (4, 4)  # 101, 103 and 104 still here, 105
    assert values(bench, "2026-05") == (5, 4)  # the newborn of 101, 102; 103 left that very day
    assert values(bench, "2026-06") == (4, 3)
    assert values(bench, "2026-05-01..2026-05-30") == (5, 5)


def test_units_labels_and_formulas_are_plain_words(bench):
    for figure in bench.figures.of(parse_period("2026")).values():
        assert figure.unit in ("", "%") or not figure.unit.isascii()
        assert figure.label
        assert figure.formula
        assert not figure.formula.isascii()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(st.tuples(DAYS, DAYS, st.sampled_from(("", *DWELLING_STATES)), DAYS), min_size=1, max_size=8))
def test_the_database_and_the_rule_agree_who_is_here(bench, people):
    with bench.store.writing("样例", bench.officer) as unit:
        home = add_household(unit, room=os.urandom(8).hex())
        unit.session.flush()
        unit.start_batch("residents", "样例", len(people))
        ids = unit.insert_many(
            Resident,
            [
                resident_values(home.id, born_on=born, arrived_on=arrived, dwelling_state=state, changed_on=changed)
                for born, arrived, state, changed in people
            ],
        )
    with bench.store.reading() as session:
        found = set(session.exec(select(Resident.id).where(*here_at_end(Period("", DAY, DAY)))))
    for resident_id, (born, arrived, state, changed) in zip(ids, people, strict=True):
        expected = here_on(DAY, born_on=born, arrived_on=arrived, dwelling_state=state, changed_on=changed)
        assert (resident_id in found) is expected, (born, arrived, state, changed)
