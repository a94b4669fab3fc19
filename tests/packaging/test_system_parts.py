"""What pip cannot bring is found by trying it, and the sentence about it can be followed to the letter."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="other systems bring everything with Qt")


@linux_only
def test_a_library_that_does_not_load_is_found_and_one_that_does_is_not(script):
    names = ["libc.so.6", "libjuwei-has-no-such-library.so.9"]
    assert script("system_parts").missing_libraries(names) == ["libjuwei-has-no-such-library.so.9"]


def test_a_tool_that_is_not_on_the_path_is_found(script, tmp_path, monkeypatch):
    tool = tmp_path / ("there.exe" if os.name == "nt" else "there")
    tool.write_text("", encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert script("system_parts").missing_tools(["there", "gone"]) == ["gone"]


def test_packages_are_named_once_each_however_many_of_their_parts_are_missing(script):
    parts = script("system_parts")
    assert parts.packages_for(["qpdf", "pdftotext", "pdffonts"], parts.PAPER_TOOLS) == ["poppler-utils", "qpdf"]


@linux_only
def test_every_library_qt_was_linked_against_is_provided_or_ships_with_it(script):
    """Reads Qt's own files, so that a newer Qt with a new need fails here and not on a fresh machine."""
    readelf = shutil.which("readelf")
    if readelf is None:
        pytest.skip("readelf is not installed")
    from PySide6 import QtCore

    qt = Path(QtCore.__file__).parent / "Qt"
    parts = script("system_parts")
    every_linux = ("ld-", "libc.", "libdl.", "libgcc_s.", "libgthread-", "libm.", "libpthread.", "librt.")
    brought_along = ("libQt6", "libicu", "libstdc++.", "libz.")
    drawing = ["libQt6Core.so.6", "libQt6DBus.so.6", "libQt6Gui.so.6", "libQt6Widgets.so.6"]
    for platform, libraries, provided in (
        ("libqoffscreen.so", drawing, parts.QT_LIBRARIES),
        ("libqxcb.so", [*drawing, "libQt6XcbQpa.so.6"], {**parts.QT_LIBRARIES, **parts.WINDOW_LIBRARIES}),
    ):
        files = [qt / "plugins" / "platforms" / platform, *(qt / "lib" / name for name in libraries)]
        told = subprocess.run([readelf, "-d", *files], check=True, capture_output=True, text=True).stdout
        needed = {line.split("[")[1].rstrip("]") for line in told.splitlines() if "(NEEDED)" in line}
        unknown = {name for name in needed if not name.startswith(every_linux + brought_along)} - set(provided)
        assert unknown == set(), platform


@linux_only
def test_who_may_not_install_reads_the_exact_command(root):
    """As root the child becomes nobody first; nothing is installed either way."""
    program = """
import os
import system_parts
if os.geteuid() == 0:
    os.setuid(65534)
system_parts.apt_install(["poppler-utils", "qpdf"])
"""
    done = subprocess.run(
        [sys.executable, "-B", "-c", program],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=root / "packaging",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode != 0
    told = "sudo apt-get update && sudo apt-get install -y --no-install-recommends poppler-utils qpdf"
    assert told in done.stderr
