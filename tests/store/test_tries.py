"""Wrong passwords in a row: the wait grows, survives a restart and a clock set back, and ends with the right one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.foundation.clock import in_words
from desktop.foundation.errors import TooManyTries, WrongPassword
from desktop.register.office import open_with_recovery, opened, unlock
from desktop.safekeeping.holders import ByCode, ByPassword
from desktop.safekeeping.restore import restore
from desktop.store.recovery import new_recovery_code
from desktop.store.tries import WAITS_S, wait_after
from tests.conftest import OFFICERS, PASSWORD
from tests.safekeeping.making import back_up, signed_in

WRONG = "not the password"


@pytest.fixture
def slot(folder):
    return folder.current().ring().named(OFFICERS["网格员"])


def fail(folder, slot, clock, times=1):
    for _ in range(times):
        with pytest.raises(WrongPassword) as refused:
            unlock(folder, slot.id, WRONG, clock=clock)
    return refused.value


def test_three_wrong_ones_in_a_row_make_even_the_right_one_wait_and_say_how_long(folder, slot, clock):
    assert fail(folder, slot, clock, 2).wait_s == 0
    third = fail(folder, slot, clock)
    assert third.wait_s == 10
    assert "已经连续输错3次，请等10秒再试。" in str(third)
    clock.advance(timedelta(seconds=4))
    with pytest.raises(TooManyTries, match="密码连续输错3次，请等6秒再试。") as refused:
        unlock(folder, slot.id, PASSWORD, clock=clock)
    assert refused.value.wait_s == 6
    clock.advance(timedelta(seconds=6))
    assert unlock(folder, slot.id, PASSWORD, clock=clock)
    assert fail(folder, slot, clock).wait_s == 0, "the right one begins again at nothing"


def test_ten_wrong_ones_take_five_minutes_at_least(folder, slot, clock):
    began, wrong = clock.now(), 0
    while wrong < 10:
        try:
            unlock(folder, slot.id, WRONG, clock=clock)
        except TooManyTries as waiting:
            clock.advance(timedelta(seconds=waiting.wait_s))
        except WrongPassword:
            wrong += 1
    assert clock.now() - began >= timedelta(minutes=5)
    assert sum(WAITS_S[:10]) == 330
    assert wait_after(50) == 300


def test_a_refused_try_does_not_count_and_does_not_lengthen_the_wait(folder, slot, clock):
    fail(folder, slot, clock, 3)
    for _ in range(5):
        with pytest.raises(TooManyTries):
            unlock(folder, slot.id, WRONG, clock=clock)
    clock.advance(timedelta(seconds=10))
    assert fail(folder, slot, clock).wait_s == 20


def test_a_clock_set_back_makes_nobody_wait_longer_than_the_wait(folder, slot, clock):
    fail(folder, slot, clock, 3)
    clock.advance(timedelta(days=-300))
    with pytest.raises(TooManyTries, match="10秒"):
        unlock(folder, slot.id, PASSWORD, clock=clock)
    clock.advance(timedelta(seconds=10))
    assert unlock(folder, slot.id, PASSWORD, clock=clock)


def test_each_officer_waits_alone_and_the_code_waits_too(folder, slot, clock):
    fail(folder, slot, clock, 3)
    assert unlock(folder, folder.current().ring().named(OFFICERS["主任"]).id, PASSWORD, clock=clock)
    for _ in range(3):
        with pytest.raises(WrongPassword):
            open_with_recovery(folder, new_recovery_code(), clock)
    with pytest.raises(TooManyTries):
        open_with_recovery(folder, new_recovery_code(), clock)


def test_restoring_is_no_way_round_the_wait(folder, clock, tmp_path):
    with signed_in(folder) as bench:
        report = back_up(bench, tmp_path)
    director = folder.current().ring().named(OFFICERS["主任"])
    fail(folder, director, clock, 2)
    for holder in (ByPassword(director.name, WRONG), ByCode(new_recovery_code())):
        with pytest.raises(WrongPassword):
            restore(report.path, folder, holder, clock=clock)
    with pytest.raises(TooManyTries):
        restore(report.path, folder, ByPassword(director.name, PASSWORD), clock=clock)


def test_a_new_password_from_the_director_ends_the_wait(folder, slot, clock, bench):
    fail(folder, slot, clock, 3)
    grid = next(row for row in bench.colleagues.colleagues() if row.name == slot.name)
    bench.colleagues.set_password(grid.id, "xin mima 88")
    assert unlock(folder, slot.id, "xin mima 88", clock=clock) == bench.data_key


def test_a_wrong_old_password_counts_as_well(folder, clock, bench):
    for _ in range(3):
        with pytest.raises(Exception, match="密码不对"):
            bench.colleagues.change_own_password(WRONG, "xin mima 88")
    with pytest.raises(TooManyTries):
        unlock(folder, bench.officer.staff_id.hex, PASSWORD, clock=clock)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"x": 1}', b"\xff\xfe", b'{"x": {"count": "a"}}'])
def test_a_torn_note_locks_nobody_out(folder, slot, clock, content):
    (folder.path / "tries.json").write_bytes(content)
    assert unlock(folder, slot.id, PASSWORD, clock=clock)


def test_a_note_that_cannot_be_written_locks_nobody_out(folder, slot, clock, monkeypatch):
    def full(_path, _content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop.store.tries.write_atomically", full)
    assert fail(folder, slot, clock).wait_s == 0
    with opened(folder, slot_id=slot.id, secret=PASSWORD, clock=clock) as found:
        assert found.officer.name == slot.name


def test_waits_are_said_in_words():
    assert [in_words(seconds) for seconds in (5, 60, 75, 300)] == ["5秒", "1分钟", "1分15秒", "5分钟"]
