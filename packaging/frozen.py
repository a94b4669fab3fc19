"""Makes the program for computers without Python: one folder by PyInstaller, tested where no network is."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import environment
from environment import ROOT, Stop, say

FREEZER = ROOT / "build" / "freezer"
OUT = ROOT / "build" / "package"
NAME = "juwei-workbench"
LOCK = ROOT / "packaging" / "freeze.lock"
SPEC = ROOT / "packaging" / "freeze" / "juwei.spec"
LIMIT_FOLDER_MB, LIMIT_INSTALLER_MB = 330, 110


def freeze() -> Path:
    """Return the folder with the frozen program, made anew from the clone and locked packages."""
    python = environment.provide(FREEZER, LOCK, editable=False)
    say("正在把程序打成不用装 Python 的文件夹，要几分钟", "freezing")
    made = OUT / "frozen" / NAME
    shutil.rmtree(made, ignore_errors=True)
    command: list[str | Path] = [python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    folders: list[str | Path] = ["--workpath", OUT / "work", "--distpath", made.parent]
    done = subprocess.run([*command, *folders, SPEC], check=False, cwd=ROOT)
    if done.returncode != 0 or not made.is_dir():
        raise Stop("没有打成，请看上面的原因 (PyInstaller failed, see above)")
    if sys.platform == "linux":
        strip(made)
    megabytes = megabytes_of(made)
    say(f"打好了，{megabytes:.0f} MB", f"frozen, {megabytes:.0f} MB")
    if megabytes > LIMIT_FOLDER_MB:
        raise Stop(f"超过了 {LIMIT_FOLDER_MB} MB (larger than the limit)")
    return made


def strip(folder: Path) -> None:
    """Take debugging symbols off Python's own libraries and off the wheels' modules.

    Qt comes without, and libraries a wheel brings for its modules (*.libs) were changed after linking: left alone.
    """
    inside = folder / "_internal"
    modules = (
        path for path in inside.rglob("*.so")
        if path.relative_to(inside).parts[0] != "PySide6" and not path.parent.name.endswith(".libs")
    )  # fmt: skip
    for library in sorted({*inside.glob("libpython*.so*"), *modules}):
        subprocess.run(["strip", "--strip-unneeded", library], check=True)


def self_test(program: Path) -> dict[str, Any]:
    """Return what the frozen *program* says of itself; raise Stop if anything in it fails.

    As root on Linux it runs in a network namespace that has no interface at all.
    """
    alone = ["unshare", "--net"] if sys.platform == "linux" and os.geteuid() == 0 and shutil.which("unshare") else []
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JUWEI_", "QT_"))}
    done = subprocess.run([*alone, program, "self-test", "--json"], check=False, env=environ, capture_output=True)
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        sys.stderr.buffer.write(done.stderr)
        raise Stop("打好的程序没有启动，请看上面的原因 (the frozen program did not start)") from None
    print(json.dumps(answer, ensure_ascii=False))
    if done.returncode != 0 or not answer["ok"] or not answer["frozen"]:
        raise Stop("打好的程序没有通过自检 (the frozen program failed its self-test)")
    return answer


def megabytes_of(path: Path) -> float:
    """Return the size of a file, or of all files in a folder, in megabytes; links count nothing."""
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file() and not one.is_symlink()]
    return sum(one.stat().st_size for one in files) / 1_000_000


def check_installed(program: Path, installer: Path) -> None:
    """Raise Stop if *program* and the copy of *installer* its setup keeps take more room than the limit together."""
    megabytes = megabytes_of(program) + megabytes_of(installer)
    say(f"装好连同留下的安装包 {megabytes:.0f} MB", "installed, with the kept installer")
    if megabytes > LIMIT_FOLDER_MB:
        raise Stop(f"超过了 {LIMIT_FOLDER_MB} MB (larger than the limit)")


def check_installer(path: Path) -> None:
    """Say how large the finished installer is, and its SHA-256; raise Stop if it is too large."""
    megabytes = megabytes_of(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    say(f"{path.relative_to(ROOT)}：{megabytes:.1f} MB，SHA-256 {digest}", "done")
    if megabytes > LIMIT_INSTALLER_MB:
        raise Stop(f"超过了 {LIMIT_INSTALLER_MB} MB (larger than the limit)")
