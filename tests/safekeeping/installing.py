"""Real installers of a program of a few bytes, made by the scripts that make the large ones."""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import pytest

from desktop import __version__

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


def run_file(folder: Path, version: str = __version__, *, size: int = 300_000) -> Path:
    """Return a self-extracting installer of about *size* bytes."""
    return _linux().build_run(_program(folder, size), version, folder)


def deb_file(folder: Path, version: str = __version__) -> Path:
    """Return a Debian package; the test is left out where nothing makes one."""
    if shutil.which("dpkg-deb") is None:
        pytest.skip("dpkg is missing: Debian and its relatives have it")
    return _linux().build_deb(_program(folder, 300_000), version, ["libc6"], folder)


def setup_file(folder: Path, version: str = __version__, *options: str) -> Path:
    """Return a setup for Windows; the test is left out where nothing makes one."""
    compiler = shutil.which("makensis")
    if compiler is None:
        pytest.skip("no NSIS: apt-get install nsis")
    program = _program(folder, 300_000)
    (program / "juwei").rename(program / "juwei.exe")
    made = folder / f"JuweiWorkbench-{version}.exe"
    defines = [f"-DVERSION={version}", f"-DNUMBERS={version}.0", "-DKILOBYTES=1", f"-DPAYLOAD={program}"]
    command = [compiler, "-V1", "-WX", "-DQUICK", *defines, f"-DOUT={made}", *options, "juwei.nsi"]
    subprocess.run(command, check=True, cwd=PACKAGING / "windows", stdout=subprocess.DEVNULL)
    shutil.rmtree(program)
    return made


def _program(folder: Path, size: int) -> Path:
    program = folder / "frozen"
    (program / "_internal").mkdir(parents=True)
    (program / "juwei").write_text("#!/bin/sh\n", encoding="utf-8")
    (program / "juwei").chmod(0o755)
    # Bytes that no packing makes fewer of, the same in every run.
    block = b"".join(_digest(number) for number in range(size // 32))
    (program / "_internal" / "part").write_bytes(block)
    return program


def _digest(number: int) -> bytes:
    return sha256(number.to_bytes(4, "big")).digest()


def _linux() -> ModuleType:
    sys.path.insert(0, str(PACKAGING))
    try:
        return importlib.import_module("linux_packages")
    finally:
        sys.path.remove(str(PACKAGING))
