"""Makes .venv in the clone and fills it exactly as requirements.lock says; fast when nothing changed."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import system_parts

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "packaging" / "requirements.lock"


class Stop(Exception):
    """We cannot go on; the text says what to do."""


def say(chinese: str, english: str) -> None:
    """Tell what is happening, before a child process writes anything."""
    print(f"{chinese} ({english})", flush=True)


def unsupported_python(version: tuple[int, int]) -> str:
    """Return a sentence if the pinned packages do not exist for this Python, else an empty text."""
    if (3, 11) <= version < (3, 14):
        return ""
    found = f"{version[0]}.{version[1]}"
    return f"这里的 Python 是 {found}，请改用 3.11、3.12 或 3.13 (Python 3.11 to 3.13 is needed, this is {found})"


def executable(venv: Path, name: str) -> Path:
    """Return where *venv* keeps the program *name* on this system."""
    return venv / "Scripts" / f"{name}.exe" if os.name == "nt" else venv / "bin" / name


def works(python: Path) -> bool:
    """Return whether *python* starts and has pip; that of an interrupted or moved .venv does not."""
    if not python.exists():
        return False
    return subprocess.run([python, "-c", "import pip"], check=False, capture_output=True).returncode == 0


def provide_ensurepip() -> None:
    """Debian splits ensurepip off Python: install it as root, else say how."""
    if importlib.util.find_spec("ensurepip") is not None:
        return
    if not system_parts.has_apt():
        raise Stop("这个 Python 没有 venv 和 ensurepip，请装完整的 Python (this Python lacks venv and ensurepip)")
    # The plain python3-venv belongs to the distribution's default Python, which may not be the one running.
    system_parts.apt_install([f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"])
    importlib.invalidate_caches()


def digest_of(root: Path, lock: str = "packaging/requirements.lock") -> str:
    """Return a digest of all that decides what .venv must hold: the lock, the project file, the Python version."""
    digest = hashlib.sha256(sys.version.encode())
    for name in (lock, "pyproject.toml"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def install(python: Path, lock: Path, *, editable: bool) -> None:
    """Install the lock, every file checked by its hash, and the program itself from this folder if *editable*."""
    pip: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", lock], check=True)
    if editable:
        subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT], check=True)


def provide(venv: Path = VENV, lock: Path = LOCK, *, editable: bool = True) -> Path:
    """Return the interpreter of a *venv* that holds what the *lock* says; raise Stop if it cannot be made."""
    python = executable(venv, "python")
    try:
        if not works(python):
            say(f"正在建立 {venv.name}", f"creating {venv.name}")
            provide_ensurepip()
            subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True)
        stamp = venv / "juwei-lock.sha256"
        digest = digest_of(ROOT, lock.relative_to(ROOT).as_posix())
        if not stamp.exists() or stamp.read_text(encoding="ascii") != digest:
            say("正在安装程序用到的软件包，第一次要几分钟", "installing packages")
            install(python, lock, editable=editable)
            stamp.write_text(digest, encoding="ascii")
    except subprocess.CalledProcessError as error:
        raise Stop("没有装成，请看上面的原因，联网后再试 (could not install, see above)") from error
    return python
