"""The community, a place for backups, and one verified backup."""

from __future__ import annotations

import pytest

from tests.safekeeping.making import back_up, settle


@pytest.fixture
def stick(tmp_path):
    """A folder that stands for a stick."""
    path = tmp_path / "U盘"
    path.mkdir()
    return path


@pytest.fixture
def lived_in(bench):
    """The services over a file with three residents in it."""
    settle(bench)
    return bench


@pytest.fixture
def report(lived_in, stick):
    """A verified backup of the community."""
    return back_up(lived_in, stick)
