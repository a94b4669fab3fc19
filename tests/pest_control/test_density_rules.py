"""Indices, bands and grades against numbers worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.pest_control.density_rules import band_of, index, indicator_name, limits_in, scale_of
from tests.pest_control.making import values_of

LIMITS = limits_in(values_of("density"))
BANDS = values_of("aedes")
LOWER = {**BANDS, "boundary": {**BANDS["boundary"], "value": "含下限"}}


@pytest.mark.parametrize(
    ("indicator", "positive", "checked", "counts", "value", "grade"),
    [
        ("室内鼠迹阳性率", 5, "100", (), "5.00", "C级"),
        ("室内鼠迹阳性率", 6, "119", (), "5.04", "低于C级"),
        ("室内鼠迹阳性率", 1, "100", (), "1.00", "A级"),
        ("防鼠设施合格率", 27, "29", (), "93.10", "C级"),
        ("防鼠设施合格率", 13, "14", (), "92.86", "低于C级"),
        ("外环境路径指数", 10, "2", (), "5.00", "C级"),
        ("小型积水路径指数", 1, "1.25", (), "0.80", "C级"),
        ("小型积水路径指数", 1, "1", (), "1.00", "低于C级"),
        ("停落指数", 3, "2", (), "1.50", "C级"),
        ("室内有蝇房间阳性率", 9, "100", (27,), "9.00", "C级"),
        ("室内有蝇房间阳性率", 9, "100", (28,), "9.00", "低于C级"),
        ("防蝇设施合格率", 49, "50", (), "98.00", "A级"),
        ("防蝇设施合格率", 47, "50", (), "94.00", "C级"),
        ("成若虫侵害率", 1, "100", (6, 0), "1.00", "B级"),
        ("成若虫侵害率", 1, "100", (0, 3), "1.00", "B级"),
        ("成若虫侵害率", 5, "100", (0, 26), "5.00", "低于C级"),
        ("卵鞘查获率", 3, "100", (24,), "3.00", "C级"),
        ("蟑迹查获率", 7, "100", (), "7.00", "C级"),
    ],
)
def test_grades_land_where_the_worked_examples_put_them(  # noqa: PLR0917
    indicator, positive, checked, counts, value, grade
):
    found = index(positive, Decimal(checked), scale_of(indicator))
    assert found.quantize(Decimal("0.01")) == Decimal(value)
    assert LIMITS[indicator].grade(positive, Decimal(checked), counts) == grade


def test_a_grade_that_needs_counts_is_none_without_them_unless_they_cannot_matter():
    flies = LIMITS["室内有蝇房间阳性率"]
    assert flies.grade(2, 60) is None
    assert flies.grade(0, 60) == "A级"
    assert flies.grade(10, 60) == "低于C级"
    assert LIMITS["成若虫侵害率"].grade(1, 100, (1, None)) is None


def test_nothing_checked_is_never_graded():
    assert index(0, 0) is None
    assert LIMITS["室内鼠迹阳性率"].grade(0, 0) is None
    assert band_of(None, BANDS) is None


@pytest.mark.parametrize(
    ("positive", "households", "upper", "lower"),
    [
        (7, 101, "一级", "一级"), (4, 100, "〇级", "〇级"), (5, 100, "〇级", "一级"), (10, 100, "一级", "二级"),
        (20, 100, "二级", "三级"), (2593, 10000, "三级", "三级"), (5004, 100000, "一级", "一级"),
    ],
)  # fmt: skip
def test_bands_include_the_upper_bound_unless_the_standard_says_otherwise(positive, households, upper, lower):
    bi = index(positive, households)
    assert (band_of(bi, BANDS), band_of(bi, LOWER)) == (upper, lower)


def test_a_short_path_is_told_because_one_positive_decides_it():
    puddles = LIMITS["小型积水路径指数"]
    assert puddles.too_few(Decimal("1.249"))
    assert not puddles.too_few(Decimal("1.25"))
    assert not LIMITS["室内鼠迹阳性率"].too_few(1)


def test_indicators_go_by_many_names_and_unknown_ones_stay():
    assert indicator_name("室内鼠迹房间阳性率", LIMITS) == "室内鼠迹阳性率"
    assert indicator_name("蟑螂 侵害率", LIMITS) == "成若虫侵害率"
    assert indicator_name("粉迹法阳性率", LIMITS) == "粉迹法阳性率"
    assert (scale_of("新路径指数"), scale_of("粉迹法阳性率")) == (1, 100)
