"""The search for circular garbage stands still inside a block and goes on behind it, whatever happened."""

from __future__ import annotations

import gc

import pytest

from desktop.foundation.collecting import uncollected

pytestmark = pytest.mark.usefixtures("searching")


def test_it_goes_on_after_a_failure():
    with pytest.raises(ZeroDivisionError), uncollected():
        1 / (0 if not gc.isenabled() else 1)
    assert gc.isenabled()


def test_a_block_inside_another_leaves_it_to_the_outer_one():
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_whoever_had_switched_it_off_finds_it_off():
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
