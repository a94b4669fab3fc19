"""Finds the shared libraries and tools that pip cannot bring (Debian and Ubuntu) and installs them when allowed."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping

# Needed as soon as Qt starts, with or without a screen.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}

# Needed besides to open a window on an X screen.
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

# What makes the packages for Linux, and the setup for Windows on Linux.
PACKAGE_TOOLS = {
    "objdump": "binutils",
    "readelf": "binutils",
    "strip": "binutils",
    "dpkg-deb": "dpkg",
    "xz": "xz-utils",
}
SETUP_TOOLS = {"makensis": "nsis"}

# Tests of printed pages read them back with programs that are not ours.
PAPER_TOOLS = {"pdftotext": "poppler-utils", "pdffonts": "poppler-utils", "qpdf": "qpdf"}


class PartsMissing(Exception):
    """Something pip cannot bring is missing and may not be installed from here; the text says what to do."""


def missing_libraries(libraries: Iterable[str]) -> list[str]:
    """Return those *libraries* the dynamic linker cannot load."""
    missing = []
    for name in libraries:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def missing_tools(tools: Iterable[str]) -> list[str]:
    """Return those *tools* that are not on the search path."""
    return [name for name in tools if shutil.which(name) is None]


def packages_for(missing: Iterable[str], packages: Mapping[str, str]) -> list[str]:
    """Return the Debian packages that hold the *missing* parts, each once, in order."""
    return sorted({packages[name] for name in missing})


def has_apt() -> bool:
    """Return whether this is Debian, Ubuntu or a relative."""
    return sys.platform == "linux" and shutil.which("apt-get") is not None


def is_root() -> bool:
    """Return whether we may install system packages without asking."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def apt_install(packages: list[str]) -> None:
    """Install Debian *packages*; raise PartsMissing with the exact command if we may not or it fails."""
    by_hand = f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
    if not is_root():
        raise PartsMissing(f"缺少系统软件包，请先运行下面这行，再重来一次 (system packages missing, run):\n  {by_hand}")
    print(f"正在安装系统软件包 (installing system packages): {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    update = ["apt-get", "update", "-qq"]
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    for command in (update, install):
        done = subprocess.run(command, check=False, env=environment, stdin=subprocess.DEVNULL, capture_output=True)
        if done.returncode != 0:
            sys.stderr.buffer.write(done.stderr)
            raise PartsMissing(f"系统软件包没有装上，请看上面的原因 (could not install):\n  {by_hand}")


def provide_tools(tools: Mapping[str, str]) -> None:
    """Make sure the programs *tools* (name → Debian package) are there; raise PartsMissing with what to do."""
    lost = missing_tools(tools)
    if lost and not has_apt():
        raise PartsMissing(f"请用本系统的软件管理器装上这些 (please install): {'、'.join(lost)}")
    if lost:
        apt_install(packages_for(lost, tools))


def provide(*, window: bool, paper: bool) -> None:
    """Make sure Qt's libraries are there, those for a *window* and the *paper* tools of the tests too if asked.

    Raises PartsMissing with what to do if Qt could not start; missing paper tools alone are only reported,
    because the tests that need them say so themselves. Other systems than Linux bring everything with Qt.
    """
    if sys.platform != "linux":
        return
    libraries = {**QT_LIBRARIES, **(WINDOW_LIBRARIES if window else {})}
    lost_libraries = missing_libraries(libraries)
    lost_tools = missing_tools(PAPER_TOOLS) if paper else []
    lost = [*lost_libraries, *lost_tools]
    if not lost:
        return
    try:
        if not has_apt():
            raise PartsMissing(f"请用本系统的软件管理器装上这些 (please install): {'、'.join(lost)}")
        packages = packages_for(lost, {**libraries, **PAPER_TOOLS})
        apt_install(packages)
    except PartsMissing as reason:
        if lost_libraries:
            raise
        print(reason, flush=True)
