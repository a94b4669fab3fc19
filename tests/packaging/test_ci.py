"""The script every change must pass runs the checks before the tests and stops at the first failure."""

from __future__ import annotations

import shutil
import subprocess

import pytest

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")

RECORDER = """\
import sys
from pathlib import Path

log = Path(__file__).with_name("calls.txt")
with log.open("a") as stream:
    stream.write(" ".join(sys.argv[1:]) + "\\n")
sys.exit(7 if sys.argv[1] == Path(__file__).with_name("fails").read_text() else 0)
"""


@pytest.fixture
def clone(root, tmp_path):
    """Return a folder with the real script and, in place of the developer's command, one that keeps a list."""
    (tmp_path / ".ci").mkdir()
    (tmp_path / "packaging").mkdir()
    shutil.copy(root / ".ci" / "run", tmp_path / ".ci" / "run")
    (tmp_path / "packaging" / "dev.py").write_text(RECORDER, encoding="utf-8")

    def run(fails: str, where):
        (tmp_path / "packaging" / "fails").write_text(fails, encoding="utf-8")
        done = subprocess.run(["bash", tmp_path / ".ci" / "run"], check=False, cwd=where, stdin=subprocess.DEVNULL)
        return done.returncode, (tmp_path / "packaging" / "calls.txt").read_text(encoding="utf-8").splitlines()

    return run


def test_checks_run_first_then_the_tests_from_whatever_folder(clone, tmp_path_factory):
    assert clone("", tmp_path_factory.mktemp("elsewhere")) == (0, ["check", "test"])


def test_a_failed_check_stops_before_the_tests(clone, tmp_path):
    assert clone("check", tmp_path) == (7, ["check"])


def test_a_failed_test_fails_the_run(clone, tmp_path):
    assert clone("test", tmp_path) == (7, ["check", "test"])
