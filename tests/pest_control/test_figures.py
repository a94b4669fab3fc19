"""Pest figures against the year's expected answers and small data counted by hand."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.foundation.days import parse_period
from desktop.reports.figures import shown
from tests.pest_control.making import aedes, density, place, stock, treated
from tests.register.making import take_in

HOUHUAN = Path(__file__).parent.parent / "samples" / "houhuan"
OURS = ("pest.", "aedes.", "density.")


def figures(bench, period):
    found = bench.figures.of(parse_period(period))
    return {key: shown(figure.value) for key, figure in found.items() if key.startswith(OURS)}


def test_the_year_its_quarter_and_its_month_give_the_expected_figures(bench):
    for kind in ("places", "stock", "treatments", "aedes", "density"):
        take_in(bench, kind, HOUHUAN / f"{kind}.xlsx")
    expected = json.loads((HOUHUAN / "expected.json").read_text(encoding="utf-8"))
    for period, values in expected["periods"].items():
        wanted = {key: value for key, value in values.items() if key.startswith(OURS)}
        assert figures(bench, period) == wanted, period
    months = [figures(bench, f"2011-{month:02d}") for month in range(1, 13)]
    for key, value in figures(bench, "2011").items():
        if key.startswith("pest.") or key in ("aedes.households", "aedes.positive_containers"):
            assert sum(month.get(key, 0) for month in months) == value, key


def test_over_nothing_counts_are_nought_rates_null_and_free_keys_absent(bench):
    assert figures(bench, "2026-06") == {
        "pest.households": 0, "pest.area_m2": 0, "pest.dead_rats": 0, "aedes.households": 0,
        "aedes.positive_containers": 0, "aedes.bi": None, "aedes.hi": None, "aedes.ci": None, "aedes.band": None,
    }  # fmt: skip


def test_weights_follow_the_package_of_the_day_and_units_that_are_weights(bench):
    place(bench)
    bench.pest.stock.record(stock(1, "入库", "9", package_g=Decimal(20)))
    bench.pest.stock.record(stock(10, "入库", "9", package_g=Decimal("12.5"), batch="新"))
    for day, quantity in ((1, "3"), (9, "2"), (10, "2")):
        bench.pest.treatments.record(treated(date(2026, 3, day), quantity))
    bench.pest.treatments.record(treated(date(2026, 2, 1), "1", dead_rats=4, area_m2=Decimal("30.25"), households=6))
    bench.pest.treatments.record(treated(date(2026, 3, 2), "1.5", unit="千克", agent="散装饵", households=2))
    bench.pest.treatments.record(treated(date(2026, 3, 2), "250", unit="克", agent="散装饵", pest="蟑螂"))
    march = figures(bench, "2026-03")
    assert march["pest.used_kg.鼠"] == pytest.approx(5 * 0.02 + 2 * 0.0125 + 1.5, abs=0.005)
    assert march["pest.used_kg.蟑"] == 0.25
    assert (march["pest.used.0.005%溴敌隆饵粒.袋"], march["pest.used.散装饵.千克"]) == (7, 1.5)
    half = figures(bench, "2026H1")
    assert (half["pest.dead_rats"], half["pest.area_m2"], half["pest.households"]) == (4, 30.25, 8)
    assert figures(bench, "2026-02")["pest.used_kg.鼠"] == 0.02  # before the first entry: as first written


def test_a_package_of_unknown_weight_makes_its_pest_null_and_is_named(bench):
    place(bench)
    bench.pest.stock.record(stock(1, "入库", "9", package_g=None))
    bench.pest.treatments.record(treated(date(2026, 3, 2), "1"))
    bench.pest.treatments.record(treated(date(2026, 3, 2), "1", unit="千克"))
    bench.pest.treatments.record(treated(date(2026, 3, 2), "1", unit="千克", pest="蝇"))
    found = bench.figures.of(parse_period("2026-03"))
    assert found["pest.used_kg.鼠"].value is None
    assert "0.005%溴敌隆饵粒（袋）" in found["pest.used_kg.鼠"].formula
    assert found["pest.used_kg.蝇"].value == 1


def test_indices_are_of_sums_and_null_unless_every_row_has_its_counts(bench):
    place(bench)
    book = bench.pest.aedes
    book.record(aedes(date(2026, 6, 1), 60, 3, water_containers=10, positive_households=2))
    book.record(aedes(date(2026, 6, 2), 40, 2, water_containers=15, positive_households=0))
    june = figures(bench, "2026-06")
    assert (june["aedes.bi"], june["aedes.hi"], june["aedes.ci"], june["aedes.band"]) == (5, 2, 20, "〇级")
    row = book.record(aedes(date(2026, 6, 3), 100, 16, positive_households=1))
    june = figures(bench, "2026-06")
    assert (june["aedes.bi"], june["aedes.hi"], june["aedes.ci"], june["aedes.band"]) == (10.5, 1.5, None, "二级")
    book.remove(row.id)
    assert figures(bench, "2026-06")["aedes.ci"] == 20


def test_the_boundary_is_the_standard_s_to_set(bench):
    place(bench)
    bench.pest.aedes.record(aedes(date(2026, 6, 1), 100, 10))
    assert figures(bench, "2026-06")["aedes.band"] == "一级"
    current = bench.standards.editions("aedes")[0]
    values = {**current.content["values"], "boundary": {**current.content["values"]["boundary"], "value": "含下限"}}
    bench.standards.add_edition(
        {"standard": "aedes", "edition": "本区", "title": "本区口径", "effective_from": "2026-06-01", "values": values},
        bench.officer,
    )
    assert figures(bench, "2026-06")["aedes.band"] == "二级"
    assert figures(bench, "2026-05-01..2026-05-31")["aedes.band"] is None


def test_grades_are_by_the_edition_in_force_on_the_last_day(bench):
    for day in (date(2012, 3, 31), date(2012, 4, 1)):
        bench.pest.density.record(density(day, "100", 3))
    assert figures(bench, "2012-03")["density.室内鼠迹阳性率.grade"] is None
    assert figures(bench, "2012-04")["density.室内鼠迹阳性率.grade"] == "B级"
    assert figures(bench, "2012")["density.室内鼠迹阳性率"] == 3


def test_paths_and_landings_are_not_shares_of_a_hundred_and_missing_counts_make_no_grade(bench):
    book = bench.pest.density
    book.record(density(date(2026, 6, 1), "1.25", 1, "小型积水路径指数"))
    book.record(density(date(2026, 6, 1), "2", 3, "停落指数"))
    book.record(density(date(2026, 6, 1), "100", 5, "成若虫侵害率", count=20, count_large=5))
    june = figures(bench, "2026-06")
    assert (june["density.小型积水路径指数"], june["density.小型积水路径指数.grade"]) == (0.8, "C级")
    assert (june["density.停落指数"], june["density.停落指数.grade"]) == (1.5, "C级")
    assert (june["density.成若虫侵害率"], june["density.成若虫侵害率.grade"]) == (5, "C级")
    book.record(density(date(2026, 6, 2), "100", 1, "成若虫侵害率"))
    june = figures(bench, "2026-06")
    assert (june["density.成若虫侵害率"], june["density.成若虫侵害率.grade"]) == (3, None)
    book.record(density(date(2026, 6, 2), "10", 1, "粉迹法阳性率"))
    june = figures(bench, "2026-06")
    assert (june["density.粉迹法阳性率"], june["density.粉迹法阳性率.grade"]) == (10, None)
