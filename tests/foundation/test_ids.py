"""Record ids: version 7, increasing, also with many threads and a clock that is set back."""

from __future__ import annotations

import threading

import pytest

from desktop.foundation import ids
from desktop.foundation.ids import new_id, new_ids


def test_ids_are_of_version_seven_and_carry_the_time():
    made = new_id()
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"


def test_ids_increase_across_threads():
    made: list[list[int]] = [[] for _ in range(8)]

    def work(mine):
        mine.extend(new_id().int for _ in range(3_000))

    threads = [threading.Thread(target=work, args=(mine,)) for mine in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(mine == sorted(mine) for mine in made)
    assert len({number for mine in made for number in mine}) == 8 * 3_000


def test_ids_increase_when_the_clock_is_set_back(monkeypatch):
    first = new_id()
    monkeypatch.setattr(ids.time, "time_ns", lambda: 1_000_000_000)
    later = [new_id() for _ in range(1_000)]
    assert first < later[0]
    assert later == sorted(set(later))
    assert {made.version for made in later} == {7}


@pytest.mark.parametrize("last", [(1 << 62) - 1, (0xFFF << 64) | ((1 << 62) - 1)])
def test_a_full_counter_carries_into_the_time_and_never_into_the_version(monkeypatch, last):
    monkeypatch.setattr(ids, "_last", (1 << 80) | (7 << 76) | (2 << 62) | last)
    monkeypatch.setattr(ids.time, "time_ns", lambda: 0)
    before = ids._last
    made = new_id()
    assert made.int > before
    assert (made.version, made.variant) == (7, "specified in RFC 4122")


def test_many_ids_at_once_increase_and_follow_those_before():
    first = new_id()
    made = new_ids(5_000)
    assert made == sorted(made)
    assert first < made[0]
    assert made[-1] < new_id()
    assert len(set(made)) == 5_000
    assert {one.version for one in made} == {7}
    assert new_ids(0) == []
