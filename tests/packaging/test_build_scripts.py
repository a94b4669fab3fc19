"""The scripts for other computers at least parse, name only files there are, and pin what they fetch."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

BASH = ["packaging/windows/build_under_wine.sh", "packaging/linux/build_on_older_base.sh"]
OTHERS = ["packaging/linux/verify_deb.sh"]
SH = ["packaging/linux/setup.sh", "packaging/linux/deb/preinst", "packaging/linux/deb/prerm"]


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    ("shell", "name"), [*(("bash", name) for name in BASH + OTHERS), *(("sh", name) for name in SH)]
)
def test_shell_scripts_parse(root, shell, name):
    done = subprocess.run([shell, "-n", root / name], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", BASH)
def test_what_is_fetched_outside_the_lock_is_pinned_by_its_digest(root, name):
    text = (root / name).read_text(encoding="utf-8")
    (digest,) = re.findall(r"^PYTHON_SHA256=([0-9a-f]{64})$", text, flags=re.MULTILINE)
    assert text.count("PYTHON_SHA256") >= 2, "the digest is compared with nothing"
    assert "://" not in text
    del digest


@pytest.mark.parametrize("name", [*BASH, "packaging/windows/build.ps1"])
def test_the_locked_packages_and_the_one_specification_are_used(root, name):
    text = (root / name).read_text(encoding="utf-8").replace("\\", "/")
    if "dev.py package linux" in text:
        return
    assert "packaging/freeze.lock" in text
    assert "--require-hashes" in text
    assert "packaging/freeze/juwei.spec" in text
    assert "juwei.nsi" in text
    assert "self-test --json" in text
