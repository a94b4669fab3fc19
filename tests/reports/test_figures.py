"""The year of a whole community: every figure the samples tell, and months that add up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.foundation.days import parse_period
from desktop.reports.figures import shown
from tests.reports.samples import EXPECTED

ADDITIVE = (
    "activities.", "inspections.", "findings.", "pledges.", "pest.", "aedes.households", "aedes.positive_containers",
    "health.visits.", "health.urgent", "health.followups_due",
)  # fmt: skip
NOT_ADDITIVE = ("findings.overdue",)  # what is so on the last day


@pytest.mark.parametrize("period", EXPECTED)
def test_every_expected_figure_is_met_and_no_other_is_told(houhuan, period):
    found = {key: shown(figure.value) for key, figure in houhuan.figures.of(parse_period(period)).items()}
    # The samples tell neither of these; see test_gaps and the notices' own tests.
    assert found.pop("notices.posted") == 0
    found.pop("gaps.count")
    assert found == EXPECTED[period]


def test_the_months_of_additive_figures_add_up_to_the_year(houhuan):
    year = houhuan.figures.of(parse_period("2011"))
    months = [houhuan.figures.of(parse_period(f"2011-{month:02d}")) for month in range(1, 13)]
    additive = [key for key in year if key.startswith(ADDITIVE) and key not in NOT_ADDITIVE]
    assert {key.split(".")[0] for key in additive} == {prefix.split(".")[0] for prefix in ADDITIVE}
    for key in additive:
        assert sum(found[key].value for found in months if key in found) == year[key].value, key


def test_the_file_is_found_sound_after_all_of_it(houhuan):
    assert [line.code for line in houhuan.check() if not line.ok] == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None), (7, 7), ("一级", "一级"), (Decimal("6.930693"), 6.93), (Decimal("3.50"), 3.5),
        (Decimal("105.000"), 105),
        (Decimal("0.005"), 0.01), (Decimal("0.0049"), 0), (Decimal("2.675"), 2.68), (Decimal("-0.005"), -0.01),
    ],
)  # fmt: skip
def test_numbers_are_shown_rounded_half_up_to_two_places(value, expected):
    assert shown(value) == expected
    assert type(shown(value)) is type(expected)
