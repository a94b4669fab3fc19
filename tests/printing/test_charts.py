"""Charts: scales that hold their numbers, bands with their names, bars and lines that reach the page."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.printing.charts import scale_top, steps_to
from desktop.printing.render import render_report
from desktop.printing.report_document import Band, Chapter, Chart, ChartRow, Report, Series
from tests.reports.papers import complaints_of, text_of

BANDS = (Band("〇级", "≤5", Decimal(5)), Band("一级", ">5—10", Decimal(10)), Band("二级", ">10", None))


def page(*charts):
    return render_report(Report(None, "走势", (Chapter("走势", (ChartRow(charts),)),), contents=False))


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 5), (1, 5), (7, 8), (22, 25), (99, 150), (100, 150), (101, 150), (980, 1000)]
)
def test_a_scale_ends_on_a_round_number_above_its_highest(highest, top):
    assert scale_top(highest) == top


@given(st.integers(0, 10**7))
def test_every_scale_holds_its_highest_and_wastes_less_than_half(highest):
    top = scale_top(highest)
    assert top >= highest
    assert top == 5 or top < 2 * highest


@given(st.integers(0, 10**6))
def test_steps_are_even_whole_and_few(highest):
    steps = steps_to(scale_top(highest))
    assert steps[0] == 0
    assert 2 <= len(steps) <= 6
    assert len({b - a for a, b in pairwise(steps)}) == 1


def test_bars_carry_their_numbers_names_and_months():
    chart = Chart(
        "bars", "检查次数与发现问题", ("1月", "2月"), (Series("检查（次）", (20, 15)), Series("问题（处）", (4, None)))
    )  # fmt: skip
    pdf = page(chart)
    assert complaints_of(pdf) == []
    text = text_of(pdf)
    for words in ("检查次数与发现问题", "检查（次）", "问题（处）", "1月", "2月", "20", "15", "4"):
        assert words in text


def test_a_line_stands_before_named_bands_with_its_values_rounded_half_up():
    chart = Chart(
        "line", "布雷图指数BI", ("5月", "6月", "7月"), (Series("BI", (Decimal("8.335"), None, Decimal(12))),), BANDS
    )
    text = text_of(page(chart))
    for words in ("〇级", "一级", "二级", "≤5", "8.34", "12"):
        assert words in text


def test_a_chart_without_numbers_says_so():
    text = text_of(page(Chart("bars", "检查次数", ("1月",), (Series("检查", (None,)),))))
    assert "这段时间没有数字" in text


def test_many_labels_are_thinned_out_not_written_over_each_other():
    labels = tuple(f"{number}月上旬" for number in range(1, 37))
    text = text_of(page(Chart("bars", "很多", labels, (Series("次", tuple(range(36))),))))
    shown = text.count("月上旬")
    assert 3 <= shown < 12
    assert "1月上旬" in text
