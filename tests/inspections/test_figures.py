"""Figures against a real committee's year, against small data counted by hand, and months against the year."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.foundation.days import parse_period
from tests.inspections.making import finding, places, pledge, sound
from tests.register.making import take_in

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "houhuan"
MINE = ("inspections.", "findings.", "pledges.")
PERIODS = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))["periods"]


def figures(bench, period):
    found = bench.figures.of(parse_period(period))
    return {key: figure.value for key, figure in found.items() if key.startswith(MINE)}


@pytest.fixture
def houhuan(bench):
    for kind in ("places", "inspections", "pledges"):
        take_in(bench, kind, SAMPLES / f"{kind}.xlsx")


@pytest.mark.usefixtures("houhuan")
@pytest.mark.parametrize("period", list(PERIODS))
def test_every_figure_of_a_real_year_is_the_expected_one(bench, period):
    expected = {key: value for key, value in PERIODS[period].items() if key.startswith(MINE)}
    assert figures(bench, period) == expected


@pytest.mark.usefixtures("houhuan")
def test_additive_figures_of_twelve_months_sum_to_the_year(bench):
    year = figures(bench, "2011")
    months = [figures(bench, f"2011-{month:02d}") for month in range(1, 13)]
    for key in year.keys() - {"findings.overdue"}:
        assert sum(month.get(key, 0) for month in months) == year[key], key


def test_over_nothing_counts_are_nought_and_letters_absent(bench):
    assert figures(bench, "2026-06") == dict.fromkeys(
        ("inspections.done", "inspections.passed", "findings.found", "findings.fixed_on_spot", "findings.notices",
         "findings.escalated", "findings.closed", "findings.overdue"), 0,
    )  # fmt: skip


def test_findings_count_by_the_day_they_were_found_and_their_ends_by_theirs(bench):
    places(bench)
    may = finding(date(2026, 5, 20), treatment="整改通知", due_on=date(2026, 5, 27))
    bench.inspections.record(may)
    bench.inspections.record(
        replace(may, rechecked_on=date(2026, 6, 2), recheck_result="合格", closed_on=date(2026, 6, 3))
    )
    bench.inspections.record(finding(date(2026, 6, 1), treatment="现场整改", closed_on=date(2026, 6, 1)))
    bench.inspections.record(sound(date(2026, 6, 1)))
    binned = bench.inspections.record(finding(date(2026, 6, 2)))
    bench.inspections.remove(binned.id)
    found = figures(bench, "2026-05")
    assert (found["findings.found"], found["findings.notices"], found["findings.closed"]) == (2, 2, 0)
    found = figures(bench, "2026-06")
    assert (found["inspections.done"], found["inspections.passed"], found["findings.found"]) == (2, 1, 1)
    assert (found["findings.fixed_on_spot"], found["findings.closed"]) == (1, 2)


def test_overdue_is_what_stands_at_the_end_of_the_period(bench):
    places(bench)
    bench.inspections.record(
        finding(
            date(2026, 5, 20), treatment="整改通知", due_on=date(2026, 5, 30), rechecked_on=date(2026, 6, 5),
            recheck_result="合格", closed_on=date(2026, 6, 5),
        )
    )  # fmt: skip
    assert figures(bench, "2026-05-20..2026-05-30")["findings.overdue"] == 0  # the deadline itself is not late
    assert figures(bench, "2026-05")["findings.overdue"] == 1
    assert figures(bench, "2026-06-01..2026-06-04")["findings.overdue"] == 1
    assert figures(bench, "2026-06-01..2026-06-05")["findings.overdue"] == 0
    assert figures(bench, "2026-04")["findings.overdue"] == 0


def test_a_notice_that_ended_with_a_superior_counts_as_both(bench):
    places(bench)
    row = bench.inspections.record(finding(treatment="整改通知", due_on=date(2026, 6, 12)))
    bench.inspections.escalate(row.id, version=row.version, escalated_on=date(2026, 6, 15), escalated_to="街道")
    found = figures(bench, "2026-06")
    assert (found["findings.notices"], found["findings.escalated"], found["findings.found"]) == (1, 1, 1)


def test_letters_count_copies_by_category_and_day_of_signing(bench):
    bench.pledges.record(pledge(copies=3))
    bench.pledges.record(pledge(date(2026, 3, 1), copies=4))
    bench.pledges.record(pledge(category="安全生产责任书", copies=0))
    assert figures(bench, "2026")["pledges.signed.门前三包责任书"] == 7
    february = figures(bench, "2026-02")
    assert (february["pledges.signed.门前三包责任书"], february["pledges.signed.安全生产责任书"]) == (3, 0)
    assert "pledges.signed.门前三包责任书" not in figures(bench, "2026-01")
