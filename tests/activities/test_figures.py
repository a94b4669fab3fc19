"""Activity figures against the sample year and against small data counted by hand."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from desktop.foundation.days import parse_period
from desktop.reports.figures import shown
from tests.activities.making import HOUHUAN, activity, draft
from tests.register.making import take_in

EXPECTED = json.loads((HOUHUAN / "expected.json").read_text(encoding="utf-8"))["periods"]


def own(bench, period: str) -> dict[str, object]:
    found = bench.figures.of(parse_period(period))
    return {key: figure.value for key, figure in found.items() if key.startswith("activities.")}


@pytest.fixture
def year(bench):
    take_in(bench, "activities", HOUHUAN / "activities.xlsx")
    return bench


@pytest.mark.parametrize("period", sorted(EXPECTED))
def test_every_figure_of_the_sample_year_is_reached_and_no_other_is_there(year, period):
    expected = {key: value for key, value in EXPECTED[period].items() if key.startswith("activities.")}
    assert {key: shown(value) for key, value in own(year, period).items()} == expected


def test_twelve_months_add_up_to_the_year(year):
    added: dict[str, object] = {}
    for month in range(1, 13):
        for key, value in own(year, f"2011-{month:02d}").items():
            added[key] = added.get(key, 0) + value
    assert added == own(year, "2011")


def test_over_nothing_counts_are_nought_and_quantities_absent(bench):
    assert own(bench, "2026-06") == {"activities.held": 0, "activities.cancelled": 0, "activities.attendance": 0}


def test_only_what_was_held_counts_with_people_and_quantities(bench):
    activity(bench, date(2026, 6, 1), attendance=40, work="健康读本 120 册；横幅 2 条")
    activity(bench, date(2026, 6, 30), attendance=60, work="健康读本 9 册")  # ahead: planned
    activity(bench, date(2026, 6, 2), attendance=5, status="取消", work="健康读本 9 册")
    activity(bench, date(2026, 6, 3), attendance=7, status="延期")
    activity(bench, date(2026, 6, 4), attendance=None, work="健康读本 80余 册；健康读本 1 份")
    activity(bench, date(2026, 5, 31), ends_on=date(2026, 6, 2), attendance=1000)  # belongs to May
    binned = activity(bench, date(2026, 6, 5), attendance=9, work="横幅 1 条")
    bench.activities.remove(binned.id)
    assert own(bench, "2026-06") == {
        "activities.held": 2, "activities.cancelled": 1, "activities.attendance": 40,
        "activities.work.健康读本.册": Decimal(200), "activities.work.健康读本.份": Decimal(1),
        "activities.work.横幅.条": Decimal(2),
    }  # fmt: skip


def test_a_rough_number_is_summed_as_written_and_spoken_of(bench):
    activity(bench, date(2026, 6, 1), work="清运垃圾 17.61 吨；横幅 3 条")
    activity(bench, date(2026, 6, 2), work="清运垃圾 2余 吨")
    found = bench.figures.of(parse_period("2026-06"))
    assert found["activities.work.清运垃圾.吨"].value == Decimal("19.61")
    assert "约数" in found["activities.work.清运垃圾.吨"].formula
    assert "约数" not in found["activities.work.横幅.条"].formula


def test_changing_a_record_changes_its_figures(bench):
    from dataclasses import replace

    kept = activity(bench, date(2026, 6, 1), work="横幅 3 条")
    changed = bench.activities.change(kept.id, replace(draft(date(2026, 6, 1)), status="取消"), version=kept.version)
    assert own(bench, "2026-06")["activities.cancelled"] == 1
    assert "activities.work.横幅.条" not in own(bench, "2026-06")
    moved = draft(date(2026, 5, 1), work="横幅 4 条", status="已办")
    bench.activities.change(kept.id, moved, version=changed.version)
    assert own(bench, "2026-05")["activities.work.横幅.条"] == 4
    assert own(bench, "2026-06")["activities.held"] == 0
