"""The order in which entries count, and which of them takes too much."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.pest_control.stock_rules import (
    MOVEMENTS,
    Move,
    amount,
    first_shortage,
    from_milli,
    refusals,
    running,
    to_milli,
)


def move(key, day, movement, quantity, order=0):
    return Move(key, date(2026, 3, day), movement, to_milli(Decimal(str(quantity))), (order,))


def left(*moves):
    return [(one.key, after / 1000) for one, _, after in running(moves)]


def test_entries_count_by_day_with_what_comes_in_first_then_as_entered():
    moves = [
        move("a", 2, "领用", 5, 1),
        move("b", 2, "盘点", 2, 2),
        move("c", 2, "入库", 6, 3),
        move("d", 1, "期初", 1),
    ]
    assert left(*moves) == [("d", 1), ("c", 7), ("a", 2), ("b", 2)]


@pytest.mark.parametrize(
    ("movement", "after"),
    [
        ("期初", 13), ("入库", 13), ("退回", 13), ("领用", 7), ("发放到户", 7), ("报废", 7), ("盘点", 3), ("回收", 10),
    ],
)  # fmt: skip
def test_what_each_movement_does_to_ten(movement, after):
    assert left(move("a", 1, "入库", 10), move("b", 2, movement, 3))[-1] == ("b", after)


def test_nothing_may_go_below_zero_and_zero_is_allowed():
    assert first_shortage([move("a", 1, "入库", "2.5"), move("b", 2, "领用", "2.5")]) is None
    short = first_shortage([move("a", 1, "入库", "2.5"), move("b", 2, "领用", "2.501")])
    assert (short.move.key, short.had) == ("b", 2500)


def test_the_row_that_first_goes_below_zero_is_refused_and_counts_no_more():
    fresh = [move(1, 1, "入库", 10), move(2, 2, "领用", 8, 2), move(3, 3, "领用", 5, 3), move(4, 4, "领用", 2, 4)]
    assert [(one.key, short.had) for one, short in refusals([], fresh)] == [(3, 2000)]
    more = [*fresh, move(5, 5, "领用", 1, 5)]
    assert [one.key for one, _ in refusals([], more)] == [3, 5]


def test_a_new_row_before_stored_ones_is_refused_where_they_would_lack():
    stored = [move("in", 1, "入库", 10), move("out", 12, "领用", 10)]
    fresh = [move(1, 5, "领用", 4, 1), move(2, 6, "入库", 1, 2)]
    [(culprit, short)] = refusals(stored, fresh)
    assert (culprit.key, short.move.key, short.had) == (1, "out", 7000)
    counted = [move(3, 6, "盘点", 3, 1)]
    assert [one.key for one, _ in refusals(stored, counted)] == [3]
    assert refusals(stored, [move(4, 13, "盘点", 3, 1), move(5, 14, "领用", 3, 2)]) == []


MOVES = st.lists(st.tuples(st.integers(1, 5), st.sampled_from(MOVEMENTS), st.integers(0, 9)), max_size=12)


@given(old=MOVES, new=MOVES)
def test_whatever_is_accepted_never_goes_below_zero(old, new):
    stored = [move(("old", n), *one, n) for n, one in enumerate(old)]
    if first_shortage(stored) is not None:
        return
    fresh = [move(("new", n), *one, 100 + n) for n, one in enumerate(new)]
    refused = {one.key for one, _ in refusals(stored, fresh)}
    kept = [*stored, *(one for one in fresh if one.key not in refused)]
    assert first_shortage(kept) is None


def test_quantities_come_back_as_written():
    assert [str(from_milli(to_milli(Decimal(text)))) for text in ("105", "2.50", "0.125", "0")] == [
        "105", "2.5", "0.125", "0",
    ]  # fmt: skip
    assert amount(1_800_000) == "1,800"
    assert from_milli(None) is None
