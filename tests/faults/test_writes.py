"""Writes and flushes that fail at any point of saving and backing up: the old state whole, a sentence each time."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.conftest import tries

HERE = Path(__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="session")
def shim(tmp_path_factory):
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("no C compiler, or not Linux: writes cannot be made to fail here")
    library = tmp_path_factory.mktemp("shim") / "shim.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, HERE / "shim.c", "-ldl"], check=True)
    return library


def points(shim, settled, scratch, what):
    work, kind, count = what
    root = HERE.parents[1]
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.points", work, kind, str(count), str(settled), str(scratch)],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=root,
        env={**os.environ, "LD_PRELOAD": str(shim), "PYTHONPATH": str(root)},
        timeout=1800,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    "what", [("save", "bytes", 6), ("save", "flushes", 3), ("backup", "bytes", 6), ("backup", "flushes", 4)]
)
def test_a_failing_disk_loses_nothing_and_is_told_in_a_sentence(shim, settled, tmp_path, what):
    work, kind, few = what
    found = points(shim, settled, tmp_path / "scratch", (work, kind, tries(few)))
    assert len(found) == tries(few)
    failed = [one for one in found if one["ended"] != "done"]
    assert len(failed) > len(found) // 2, "the faults hit nothing"
    for one in found:
        assert one["sound"], one
        assert one["older"], one
        assert not one["ended"].startswith("bug"), one
        # What was acknowledged is there; what was refused may be there only if the last flush alone failed.
        if one["ended"] == "done":
            assert (one["people"], one["backups"]) == ((4, 1) if work == "save" else (3, 2)), one
        else:
            assert CHINESE.search(one["ended"].removeprefix("said: ")), one
            assert one["people"] in {3, 4} if work == "save" else one["people"] == 3, one
            assert one["backups"] == 1, one
