"""A community with a backup, and how much is tried: little by default, more by JUWEI_FAULTS (a number, or all)."""

from __future__ import annotations

import os
import shutil

import pytest

from desktop.store.folder import DataFolder
from tests.safekeeping.making import back_up, settle, signed_in

EVERYTHING = 20


def tries(few: int) -> int:
    """Return how many points or rounds to try: *few* by default, JUWEI_FAULTS times as many on request."""
    asked = os.environ.get("JUWEI_FAULTS", "1")
    return few * (EVERYTHING if asked == "all" else int(asked))


def points_to_try(few: int) -> int:
    """Return at how many calls something fails: as `tries`, or 0 for every call there is."""
    return 0 if os.environ.get("JUWEI_FAULTS") == "all" else tries(few)


@pytest.fixture(scope="session")
def settled(template_folder, tmp_path_factory):
    """data/ with a community and stick/ with one backup of it; nobody writes to it."""
    path = tmp_path_factory.mktemp("settled")
    shutil.copytree(template_folder, path / "data")
    (path / "stick").mkdir()
    with signed_in(DataFolder(path / "data")) as bench:
        settle(bench)
        back_up(bench, path / "stick")
    return path


@pytest.fixture
def community(settled, tmp_path):
    """A community of one's own: its data folder and its stick."""
    for name in ("data", "stick"):
        shutil.copytree(settled / name, tmp_path / name)
    return DataFolder(tmp_path / "data"), tmp_path / "stick"
