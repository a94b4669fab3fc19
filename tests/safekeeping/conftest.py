"""The community, a place for backups, and one verified backup."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.safekeeping import children
from tests.safekeeping.making import back_up, mount, settle


@pytest.fixture
def child():
    """Start children; whoever still lives at the end is ended."""
    started = []

    def start(work, *arguments):
        started.append(children.Child(work, *arguments))
        return started[-1]

    yield start
    for one in started:
        if one._process.is_alive():
            one.kill()


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


@pytest.fixture
def small_stick(tmp_path):
    """A stick of 3 MB."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    point = tmp_path / "small"
    point.mkdir()
    if not mount("-t", "tmpfs", "-o", "size=3m", "tmpfs", str(point)):
        pytest.skip("this system does not let root mount a small disk")
    yield point
    subprocess.run(["umount", "-l", str(point)], check=True)
