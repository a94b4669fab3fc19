"""Readings against the standard, every threshold one step to each side; forms say every problem at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.health.rules import (
    SERVICES,
    Flag,
    VisitDraft,
    check_visit,
    flag_of,
    reference,
    to_mmol,
    to_umol,
)
from desktop.register.service.standards import shipped_standards

TODAY = date(2026, 6, 17)
VALUES = next(one for one in shipped_standards() if one.standard == "health")


@pytest.mark.parametrize(
    ("systolic", "diastolic", "glucose", "age", "flag"),
    [
        (None, None, None, 40, Flag.NONE),
        (139, 89, None, 64, Flag.WITHIN), (140, 89, None, 64, Flag.ABOVE), (139, 90, None, 64, Flag.ABOVE),
        (149, 89, None, 65, Flag.WITHIN), (150, 89, None, 65, Flag.ABOVE), (149, 90, None, 65, Flag.ABOVE),
        (140, 80, None, None, Flag.ABOVE),
        (179, 109, None, 40, Flag.ABOVE), (180, 109, None, 40, Flag.URGENT), (179, 110, None, 40, Flag.URGENT),
        (181, 70, None, 90, Flag.URGENT), (180, None, None, 40, Flag.URGENT), (None, 110, None, 40, Flag.URGENT),
        (None, None, "6.9", 40, Flag.WITHIN), (None, None, "7.0", 40, Flag.ABOVE), (None, None, "16.6", 40, Flag.ABOVE),
        (None, None, "16.69", 40, Flag.ABOVE), (None, None, "16.7", 40, Flag.URGENT), (None, None, "16.8", 40,
        Flag.URGENT),
        (None, None, "4.0", 40, Flag.WITHIN), (None, None, "3.91", 40, Flag.WITHIN), (None, None, "3.9", 40,
        Flag.URGENT),
        (None, None, "3.8", 40, Flag.URGENT), (120, 70, "16.7", 40, Flag.URGENT), (120, 70, "7.0", 40, Flag.ABOVE),
    ],
)  # fmt: skip
def test_each_limit_of_the_standard_flags_from_the_limit_on(systolic, diastolic, glucose, age, flag):
    sugar = Decimal(glucose) if glucose else None
    assert flag_of(systolic, diastolic, sugar, age=age, values=VALUES) is flag


@pytest.mark.parametrize(("age", "limits"), [(None, (140, 90)), (64, (140, 90)), (65, (150, 90)), (90, (150, 90))])
def test_the_reference_rises_at_65(age, limits):
    assert reference(age, VALUES) == limits


SOUND = VisitDraft(date(2026, 6, 17), "血压测量", systolic_mmhg=120, diastolic_mmhg=80, next_on=date(2026, 6, 18))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"visited_on": None, "service": ""}, [("visited_on", "required"), ("service", "required")]),
        ({"visited_on": date(2026, 6, 18), "next_on": None}, [("visited_on", "date_future")]),
        ({"next_on": date(2026, 6, 17)}, [("next_on", "period_invalid")]),
        ({"next_on": date(2030, 1, 1)}, []),
        ({"systolic_mmhg": 80}, [("systolic_mmhg", "number_invalid")]),
        ({"systolic_mmhg": 81}, []),
        ({"diastolic_mmhg": None}, [("diastolic_mmhg", "required")]),
        ({"systolic_mmhg": None}, [("systolic_mmhg", "required")]),
        ({"systolic_mmhg": 40, "diastolic_mmhg": 20}, []),
        ({"systolic_mmhg": 320, "diastolic_mmhg": 220}, []),
        ({"systolic_mmhg": 321}, [("systolic_mmhg", "number_invalid")]),
        ({"systolic_mmhg": 39, "diastolic_mmhg": 20}, [("systolic_mmhg", "number_invalid")]),
        ({"diastolic_mmhg": 19}, [("diastolic_mmhg", "number_invalid")]),
        ({"systolic_mmhg": 320, "diastolic_mmhg": 221}, [("diastolic_mmhg", "number_invalid")]),
        ({"pulse_per_min": 20}, []),
        ({"pulse_per_min": 19}, [("pulse_per_min", "number_invalid")]),
        ({"pulse_per_min": 251}, [("pulse_per_min", "number_invalid")]),
        ({"glucose_mmol": Decimal("0.1")}, []),
        ({"glucose_mmol": Decimal("0.09")}, [("glucose_mmol", "number_invalid")]),
        ({"glucose_mmol": Decimal("60.1")}, [("glucose_mmol", "number_invalid")]),
        (
            {"visited_on": None, "systolic_mmhg": 400, "diastolic_mmhg": None, "glucose_mmol": Decimal(99)},
            [("visited_on", "required"), ("systolic_mmhg", "number_invalid"), ("glucose_mmol", "number_invalid"),
             ("diastolic_mmhg", "required")],
        ),
    ],
)  # fmt: skip
def test_a_form_says_every_problem_at_once(values, expected):
    assert [(found.field, found.code) for found in check_visit(replace(SOUND, **values), today=TODAY)] == expected


@pytest.mark.parametrize(
    ("mmol", "umol"),
    [("5.6", 5600), ("16.7", 16700), ("3.9", 3900), ("7", 7000), ("0.1", 100), ("60", 60000), ("5.123", 5123)],
)
def test_glucose_is_stored_in_whole_micromoles_and_comes_back_as_written(mmol, umol):
    assert to_umol(Decimal(mmol)) == umol
    assert str(to_mmol(umol)) == mmol


def test_no_glucose_stays_none():
    assert to_umol(None) is None
    assert to_mmol(None) is None


def test_no_service_is_offered_twice():
    assert len(SERVICES) == len(set(SERVICES))
