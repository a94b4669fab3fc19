"""The standards shipped with the program keep their promised shape and agree with facts worked out elsewhere."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.foundation.paths import resource

HEALTH_VALUES = {
    "followup_interval_days", "followups_per_year", "recheck_days", "high_risk_interval_days",
    "urgent_systolic", "urgent_diastolic", "urgent_glucose_high", "urgent_glucose_low",
    "reference_systolic", "reference_diastolic", "reference_systolic_elder", "reference_diastolic_elder",
    "reference_glucose", "bp_from_age", "elder_from_age", "child_below_age", "patient_from_age",
}  # fmt: skip


def load(name: str) -> dict:
    return json.loads(resource(f"standards/{name}").read_text(encoding="utf-8"))


def standards_files() -> list[Path]:
    return sorted(resource("standards").glob("*.json"))


def every_day(first: str, last: str) -> list[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=step) for step in range((end - start).days + 1)]


@pytest.mark.parametrize("path", standards_files(), ids=lambda path: path.name)
def test_every_standard_says_its_edition_its_source_and_when_it_begins(path):
    document = json.loads(path.read_text(encoding="utf-8"))
    assert path.stem in (document["standard"], f"{document['standard']}-{document['edition']}")
    assert document["edition"]
    assert document["title"]
    assert document["source"]
    assert date.fromisoformat(document["effective_from"]) >= date(1949, 10, 1)


def test_health_holds_exactly_the_values_the_rules_ask_for():
    assert set(load("health-2017.json")["values"]) == HEALTH_VALUES


def test_every_health_value_has_a_unit_a_source_and_says_whether_it_was_verified():
    for name, entry in load("health-2017.json")["values"].items():
        assert set(entry) == {"value", "unit", "source", "unverified"}, name
        assert entry["unit"], name
        assert entry["source"], name
        assert isinstance(entry["unverified"], bool), name


def test_health_numbers_are_whole_or_decimal_texts_never_binary_fractions():
    for name, entry in load("health-2017.json")["values"].items():
        assert type(entry["value"]) in (int, str), name
        assert Decimal(entry["value"]) > 0, name


def test_health_limits_do_not_contradict_each_other():
    values = {name: Decimal(entry["value"]) for name, entry in load("health-2017.json")["values"].items()}
    assert values["urgent_glucose_low"] < values["reference_glucose"] < values["urgent_glucose_high"]
    assert values["reference_systolic"] <= values["reference_systolic_elder"] < values["urgent_systolic"]
    assert values["reference_diastolic"] <= values["reference_diastolic_elder"] < values["urgent_diastolic"]
    assert values["followup_interval_days"] * values["followups_per_year"] <= 366
    assert values["recheck_days"] < values["followup_interval_days"] < values["high_risk_interval_days"]


def test_blood_pressure_goals_nobody_could_read_in_the_original_are_marked_unverified():
    values = load("health-2017.json")["values"]
    doubtful = {name for name, entry in values.items() if entry["unverified"]}
    assert doubtful == {
        "reference_systolic",
        "reference_diastolic",
        "reference_systolic_elder",
        "reference_diastolic_elder",
    }


def test_warnings_send_people_to_the_clinic_and_never_name_an_illness():
    wording = load("health-2017.json")["wording"]
    assert "120" in wording["urgent"]["value"]
    for entry in wording.values():
        assert entry["value"].endswith("。")
        assert not {"高血压", "糖尿病", "诊断为"} & {entry["value"][at : at + 3] for at in range(len(entry["value"]))}


def test_2026_has_33_days_off_in_blocks_and_248_working_days():
    """Both numbers were counted independently from the notice and the calendar."""
    blocks = load("holidays-2026.json")["days_off"]
    off = [day for block in blocks for day in every_day(block["first"], block["last"])]
    make_up = [date.fromisoformat(text) for block in blocks for text in block["make_up_workdays"]]
    assert len(off) == len(set(off)) == 33
    year = every_day("2026-01-01", "2026-12-31")
    working = [day for day in year if day in make_up or (day.weekday() < 5 and day not in off)]
    assert len(working) == 248


def test_make_up_workdays_of_2026_are_weekend_days_outside_every_holiday():
    blocks = load("holidays-2026.json")["days_off"]
    off = {day for block in blocks for day in every_day(block["first"], block["last"])}
    for block in blocks:
        for text in block["make_up_workdays"]:
            day = date.fromisoformat(text)
            assert day.weekday() >= 5, text
            assert day not in off, text
