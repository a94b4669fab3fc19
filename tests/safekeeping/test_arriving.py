"""Every meeting of a computer and a copy: who may write afterwards, what is refused, and that ids never repeat."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop.foundation.ids import new_id
from desktop.safekeeping.arriving import NotTaken, after_receiving, after_restoring
from desktop.store.baton import APART, HERE, LEAVING, OUT, SEALED, Baton

AT = datetime(2026, 6, 17, 0, 30, tzinfo=UTC)


def first() -> Baton:
    """Return the baton of an office that has never lent."""
    one = new_id()
    return Baton(one, line=(one.hex,))


def out(baton: Baton, state: str = OUT) -> Baton:
    """Return *baton* given away by 李梅."""
    return replace(baton, state=state, heir=new_id(), staff_name="李梅", at=AT)


def carried(giver: Baton) -> Baton:
    """Return what the copy says that *giver* made."""
    return replace(giver, state=LEAVING)


def void(giver: Baton) -> Baton:
    """Return *giver* after 收回."""
    return replace(giver.passed_on(), void=(giver.heir.hex,))


OFFICE = first()
LENT = out(OFFICE)
LAPTOP = after_receiving(None, carried(LENT), set_up=False).baton
BACK = out(LAPTOP)
TAKEN_BACK = void(LENT)


def test_the_sentence_is_the_one_that_was_asked_for():
    assert LENT.who == "数据由李梅带出，6月17日 8:30。"
    assert LENT.sentence == "数据由李梅带出，6月17日 8:30。这台电脑只能看和打印，带回后才能改。"
    assert BACK.sentence.startswith("数据由李梅带回办公室，6月17日 8:30。")
    assert OFFICE.sentence == ""


@pytest.mark.parametrize(
    ("present", "copy", "said"),
    [
        (LENT, LENT, "这就是这台电脑带出去的那一份"),
        (TAKEN_BACK, BACK, "已经作废"),
        (TAKEN_BACK, LENT, "已经作废"),
        (out(TAKEN_BACK), BACK, "已经作废"),
        (out(OFFICE), BACK, "不是接着这台电脑带出去的"),
        (out(OFFICE, LEAVING), BACK, "不是接着这台电脑带出去的"),
        (LAPTOP, LENT, "已经接到这台电脑上了"),
        (BACK, LENT, "已经接到这台电脑上了"),
        (OFFICE, replace(OFFICE, heir=None), "不是接着这台电脑带出去的"),
    ],
)
def test_a_copy_that_does_not_belong_is_refused(present, copy, said):
    with pytest.raises(NotTaken, match=said):
        after_receiving(present, carried(copy), set_up=True)


@pytest.mark.parametrize("state", [OUT, SEALED, LEAVING])
def test_the_copy_that_was_waited_for_comes_back_without_a_director(state):
    arrival = after_receiving(replace(LENT, state=state), carried(BACK), set_up=True)
    assert (arrival.baton.state, arrival.received, arrival.returns) == (HERE, True, True)
    assert not arrival.baton.away
    assert arrival.baton.line[:-1] == (*BACK.line, BACK.heir.hex)


def test_what_others_have_declared_void_is_known_after_a_return():
    third = after_receiving(None, carried(BACK), set_up=False).baton
    told = void(out(third))
    arrival = after_receiving(LENT, carried(out(told)), set_up=True)
    assert set(told.void) <= set(arrival.baton.void)


def test_a_computer_with_data_of_its_own_takes_a_copy_but_not_as_a_return():
    arrival = after_receiving(first(), carried(LENT), set_up=True)
    assert (arrival.received, arrival.returns, arrival.baton.away) == (True, False, True)


@pytest.mark.parametrize(
    ("present", "backup", "set_up", "state"),
    [
        (None, None, False, HERE),
        (None, OFFICE, False, HERE),
        (None, LAPTOP, False, APART),
        (None, TAKEN_BACK, False, APART),
        (None, LENT, False, OUT),
        (None, replace(LENT, state=LEAVING), False, OUT),
        (None, replace(LENT, state=SEALED), False, OUT),
        (None, LAPTOP, True, HERE),
        (OFFICE, LENT, True, HERE),
        (LENT, OFFICE, True, OUT),
        (LENT, None, True, OUT),
        (replace(LAPTOP, state=APART), LAPTOP, True, APART),
    ],
)
def test_a_backup_leaves_the_right_to_write_where_it_is(present, backup, set_up, state):
    arrival = after_restoring(present, backup, set_up=set_up)
    assert arrival.baton.state == state
    assert not arrival.received
    if present is not None:
        assert arrival.baton == present
    elif state in {HERE, APART}:
        assert arrival.baton.id not in {OFFICE.id, LAPTOP.id, TAKEN_BACK.id}
    assert bool(arrival.said) == (state != HERE or not set_up)


def test_two_computers_that_fetch_the_same_copy_have_ids_of_their_own():
    one, two = (after_receiving(None, carried(LENT), set_up=False).baton for _ in range(2))
    assert one.id != two.id
    back = after_receiving(LENT, carried(out(one)), set_up=True).baton
    with pytest.raises(NotTaken, match="已经接到这台电脑上了"):
        after_receiving(back, carried(LENT), set_up=True)
