"""Writes, flushes and new names that fail at any point of what touches a disk: the old state whole, a sentence told."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.conftest import points_to_try, tries
from tests.faults.points import WORK

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
    root = HERE.parents[1]
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.points", *map(str, what), str(settled), str(scratch)],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=root,
        env={**os.environ, "LD_PRELOAD": str(shim), "PYTHONPATH": str(root)},
        timeout=3600,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    whole, *tried = [json.loads(line) for line in done.stdout.splitlines()]
    return whole, tried


TRIED = {
    "save": {"bytes": 2, "writes": 3, "flushes": 2},
    "sheet": {"writes": 3},
    "photos": {"writes": 2, "flushes": 1, "names": 2},
    "backup": {"bytes": 2, "writes": 3, "flushes": 2, "names": 2},
    "emergency": {"bytes": 2, "writes": 3, "flushes": 3, "names": 3},
    "rekey": {"writes": 2, "names": 1},
    "restore": {"writes": 2, "flushes": 1, "names": 2},
}


@pytest.mark.parametrize("work", TRIED)
def test_a_failing_disk_loses_nothing_and_is_told_in_a_sentence(shim, settled, tmp_path, work):
    # Every call there is can be tried, not every byte.
    wanted = {kind: tries(few) if kind == "bytes" else points_to_try(few) for kind, few in TRIED[work].items()}
    asked = ",".join(f"{kind}={points}" for kind, points in wanted.items())
    whole, found = points(shim, settled, tmp_path / "scratch", (work, asked))
    assert (whole["ended"], whole["unsound"], whole["older"]) == ("done", [], True)
    after = whole["holds"]
    before = [there - more for there, more in zip(after, WORK[work].adds, strict=True)]
    assert len([one for one in found if one["ended"] != "done"]) > len(found) // 2, "the faults hit nothing"
    for one in found:
        assert not one["unsound"], one
        assert one["older"], one
        # What was acknowledged is there; what was refused may be there only if the last flush alone failed.
        if one["ended"] == "done":
            assert one["holds"] == after, one
        else:
            assert one["ended"].startswith("said: "), one
            assert CHINESE.search(one["ended"]), one
            only_before = WORK[work].on_stick and not WORK[work].in_parts
            assert one["holds"] in ([before] if only_before else [before, after]), one
