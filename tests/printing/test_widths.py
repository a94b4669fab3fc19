"""Column widths: they always make the page's width together."""

import pytest

from desktop.printing.widths import column_widths


def test_given_widths_are_kept_and_the_rest_is_shared():
    assert column_widths([20.0, None, None], [0, 30.0, 30.0], 178.0) == pytest.approx([20.0, 79.0, 79.0])


def test_narrow_columns_get_their_wish_and_wide_ones_one_level():
    assert column_widths([None, None, None], [20.0, 200.0, 300.0], 178.0) == pytest.approx([20.0, 79.0, 79.0])


@pytest.mark.parametrize(
    "given",
    [[10.0, 20.0], [None], [None] * 30, [300.0, None, None], [5.0] * 40, [100.0, 100.0, None, 100.0]],
)
def test_widths_fill_the_page_and_none_vanishes(given):
    widths = column_widths(given, [15.0] * len(given), 178.0)
    assert sum(widths) == pytest.approx(178.0)
    assert min(widths) > 0
