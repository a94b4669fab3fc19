"""Writes packaging/*.lock again after a pin in pyproject.toml changed: ``python3 packaging/lock.py``.

requirements.lock is a development install, freeze.lock what the installers are made with: the program's own packages,
in the same versions, and PyInstaller.

uv is used because its lock is universal: one file with markers and every platform's hashes serves
Linux and Windows alike. pip-compile leaves out what only the other platform needs (colorama).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.lock"
FREEZE_LOCK = ROOT / "packaging" / "freeze.lock"
UV = "uv==0.13.9"
OPTIONS = (
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--quiet"),
    # Nothing about the computer the lock was written on.
    *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
)
HEADER = """\
# Every package of {what}, with the hashes of all its files on every platform.
# Do not edit; after changing a pin in pyproject.toml run: python3 packaging/lock.py
"""


def build_requirements() -> list[str]:
    """Return what pyproject.toml needs to be built with; builds run without isolation, so the lock holds it too."""
    with (ROOT / "pyproject.toml").open("rb") as stream:
        requires: list[str] = tomllib.load(stream)["build-system"]["requires"]
    return requires


def compile_lock(python: Path, extra: str, *, constraints: Path | None = None) -> str:
    """Return the text of the lock for *extra*, resolved by the uv installed beside *python*.

    With *constraints*, another lock, no package gets a version that differs from that one's.
    """
    with tempfile.TemporaryDirectory() as folder:
        build = Path(folder) / "build.in"
        build.write_text("\n".join(build_requirements()) + "\n", encoding="utf-8")
        inputs: list[str | Path] = ["pyproject.toml"] if constraints else ["pyproject.toml", build]
        given: list[str | Path] = ["--constraints", constraints] if constraints else []
        command = [python, "-m", "uv", "pip", "compile", *inputs, "--extra", extra, *OPTIONS, *given]
        done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    return done.stdout


def write(lock: Path, what: str, text: str) -> None:
    """Write *lock* and say how many packages it pins."""
    lock.write_text(HEADER.format(what=what) + text, encoding="utf-8", newline="\n")
    packages = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    print(f"{lock.relative_to(ROOT)}: {len(packages)} packages")


def main() -> int:
    """Write both locks."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", UV], check=True)
        write(LOCK, "a development install", compile_lock(python, "dev"))
        write(FREEZE_LOCK, "the installers", compile_lock(python, "freeze", constraints=LOCK))
    return 0


if __name__ == "__main__":
    sys.exit(main())
