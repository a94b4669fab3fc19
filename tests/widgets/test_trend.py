from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtGui import QColor

from desktop.widgets.theme import Appearance, apply_theme, tokens
from desktop.widgets.trend import TrendChart, TrendSpec


@pytest.fixture
def chart(qtbot, qapp):
    apply_theme(qapp, Appearance())
    made = TrendChart(TrendSpec("收缩压", [("3月", 156), ("6月", 146)], 150, "毫米汞柱"))
    qtbot.addWidget(made)
    made.resize(320, made.sizeHint().height())
    made.show()
    return made


def colours_of(widget) -> set[str]:
    image = widget.grab().toImage()
    return {QColor(image.pixel(x, y)).name().upper() for x in range(image.width()) for y in range(image.height())}


def test_a_value_over_the_limit_is_red_and_said(chart):
    assert tokens().danger in colours_of(chart)
    assert chart.accessibleDescription() == "收缩压（毫米汞柱）：3月 156（超过参考值），6月 146。参考值 150毫米汞柱。"


def test_values_within_the_limit_show_no_red(chart):
    chart.set_spec(TrendSpec("收缩压", [("3月", 149), ("6月", 146)], 150))
    assert tokens().danger not in colours_of(chart)


@pytest.mark.parametrize(("limit_is_over", "over"), [(True, True), (False, False)])
def test_the_limit_itself_counts_as_the_spec_says(limit_is_over, over):
    assert TrendSpec("血糖", [], Decimal("7.0"), limit_is_over=limit_is_over).is_over(Decimal("7.00")) is over


def test_no_limit_means_nothing_is_over():
    assert not TrendSpec("体重", []).is_over(500)


@pytest.mark.parametrize(
    "points",
    [
        [],
        [("3月", None)],
        [("3月", 150)],
        [("3月", 150), ("6月", 150)],
        [("3月", 150), ("6月", None), ("9月", Decimal("149.5"))],
        [(f"{number}月", number) for number in range(60)],
    ],
)
def test_every_kind_of_series_is_painted_and_spoken(chart, points):
    chart.set_spec(TrendSpec("收缩压", points, 150))
    assert len(colours_of(chart)) > 2
    readings = [value for _, value in points if value is not None]
    assert all(f"{value}" in chart.accessibleDescription() for value in readings)
    assert ("还没有记录" in chart.accessibleDescription()) is (not readings)


def test_large_type_takes_more_height(qapp, chart):
    small = chart.sizeHint().height()
    apply_theme(qapp, Appearance(large=True))
    assert chart.sizeHint().height() > small
    apply_theme(qapp, Appearance())
