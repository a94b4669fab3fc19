"""What a frozen program asks of a Linux computer: the glibc it needs at least, and the packages of its libraries."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import system_parts
from environment import Stop

_GLIBC = re.compile(r"\bGLIBC_(\d+)\.(\d+)")
_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")
_ELF = b"\x7fELF"

# Part of every system: glibc and the compiler's own libraries.
_ALWAYS = {
    **dict.fromkeys(("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1"), "libc6"),
    "ld-linux-x86-64.so.2": "libc6",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libz.so.1": "zlib1g",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libcups.so.2": "libcups2",
}


def elf_files(folder: Path) -> Iterator[Path]:
    """Yield every program and library in *folder*, each file once."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as stream:
                if stream.read(4) == _ELF:
                    yield path


def glibc_floor(folder: Path) -> tuple[tuple[int, int], list[Path]]:
    """Return the oldest glibc all of *folder* runs with, as (2, 31), and the files that ask for it."""
    asked: dict[tuple[int, int], list[Path]] = {}
    for path in elf_files(folder):
        versions = [(int(major), int(minor)) for major, minor in _GLIBC.findall(_output("objdump", "-T", path))]
        if versions:
            asked.setdefault(max(versions), []).append(path)
    floor = max(asked)
    return floor, asked[floor]


def needed(folder: Path) -> dict[str, set[str]]:
    """Return the libraries *folder* asks of the system: name → the files that want it."""
    files = list(elf_files(folder))
    brought = {path.name for path in folder.rglob("*.so*")}
    wanted: dict[str, set[str]] = {}
    for path in files:
        for name in _NEEDED.findall(_output("readelf", "-d", path)):
            if name not in brought:
                wanted.setdefault(name, set()).add(path.name)
    return wanted


def debian_packages(libraries: dict[str, set[str]], floor: tuple[int, int]) -> list[str]:
    """Return what a .deb depends on; raise Stop naming what no package is known for."""
    known = {**system_parts.QT_LIBRARIES, **system_parts.WINDOW_LIBRARIES, **_ALWAYS}
    if lost := sorted(set(libraries) - set(known)):
        whose = "；".join(f"{name} ({'、'.join(sorted(libraries[name]))})" for name in lost)
        raise Stop(f"程序要这些库，自己没有带，也不知道在哪个软件包里 (unknown libraries): {whose}")
    # What Qt loads at run time is not written in any file: all of its list that the folder does not bring.
    packages = {known[name] for name in libraries} | set(run_time_packages())
    return sorted(f"libc6 (>= {floor[0]}.{floor[1]})" if name == "libc6" else name for name in packages)


def run_time_packages() -> Iterable[str]:
    """Return the packages that are loaded without being linked: drivers of the screen and fonts' settings."""
    return ("libegl1", "libgl1", "libfontconfig1")


def _output(*command: str | Path) -> str:
    return subprocess.run(
        command, check=True, capture_output=True, text=True, encoding="utf-8", errors="replace"
    ).stdout
