"""An installer is known by what is in it, not by its name, and one changed or missing byte is found."""

from __future__ import annotations

import shutil

import pytest

from desktop import __version__
from desktop.foundation.errors import EnvironmentFailure, InputError
from desktop.foundation.jobs import JobCancelled, JobContext
from desktop.safekeeping.installers import FOLDER, check_whole, first_of, names, recognise
from tests.safekeeping.installing import deb_file, run_file, setup_file
from tests.safekeeping.making import Stopping

MAKERS = {
    "exe": (setup_file, f"JuweiWorkbench-{__version__}.exe"),
    "run": (run_file, f"juwei-workbench-{__version__}.run"),
    "deb": (deb_file, f"juwei-workbench_{__version__}_amd64.deb"),
}


@pytest.fixture(params=MAKERS)
def kind(request):
    return request.param


@pytest.fixture
def installer(kind, tmp_path):
    """A real installer, called as a browser calls a second download."""
    make, _name = MAKERS[kind]
    folder = tmp_path / "made"
    folder.mkdir()
    return make(folder).rename(tmp_path / f"下载的 (1).{kind}")


def test_each_kind_is_known_by_its_content_and_gets_its_own_name_back(kind, installer):
    found = recognise(installer)
    assert (found.name, found.version, found.bytes) == (MAKERS[kind][1], __version__, installer.stat().st_size)
    assert found.name in names()
    assert found.name in found.start
    check_whole(found, JobContext())


def test_a_setup_for_64_bit_and_a_signed_one_are_known_too(tmp_path):
    made = setup_file(tmp_path, __version__, "-DX64")
    check_whole(recognise(made), JobContext())
    # A signature lies behind the end and is written into the first 512 bytes.
    raw = bytearray(made.read_bytes())
    raw[0x150] ^= 0xFF
    made.write_bytes(raw + b"signature" * 500)
    check_whole(recognise(made), JobContext())


@pytest.mark.parametrize("harm", ["bit in the middle", "bit near the end", "cut", "half"])
def test_one_changed_or_missing_byte_is_found(installer, harm):
    raw = bytearray(installer.read_bytes())
    if harm == "cut":
        del raw[-1:]
    elif harm == "half":
        del raw[len(raw) // 2 :]
    else:
        raw[len(raw) // 2 if "middle" in harm else len(raw) - 300] ^= 1
    installer.write_bytes(raw)
    with pytest.raises(InputError, match="不完整或坏了"):
        check_whole(recognise(installer), JobContext())


def test_another_version_is_refused_with_both_numbers(kind, tmp_path):
    make, _name = MAKERS[kind]
    with pytest.raises(InputError, match=rf"这是 9\.8\.7 版的安装包，这台电脑上的程序是 {__version__} 版"):
        recognise(make(tmp_path, "9.8.7"))


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ", b"MZ" + bytes(200_000), b"#!/bin/sh\necho hello\n", b"!<arch>\n", b"!<arch>\nrubbish", b"PK\x03\x04"],
)
def test_what_is_no_installer_of_ours_is_refused_and_the_names_are_told(tmp_path, content):
    path = tmp_path / f"JuweiWorkbench-{__version__}.exe"
    path.write_bytes(content)
    with pytest.raises(InputError, match=f"不是居委工作台的安装包。要找的文件叫 JuweiWorkbench-{__version__}.exe、"):
        recognise(path)


def test_a_file_that_is_gone_is_the_computer_s_fault(tmp_path):
    with pytest.raises(EnvironmentFailure, match="查看安装包没有成功：找不到"):
        recognise(tmp_path / "gone.exe")


def test_the_first_place_that_holds_one_is_taken_and_everything_else_passed_over(tmp_path):
    kept = tmp_path / FOLDER
    kept.mkdir()
    (tmp_path / "a").mkdir()
    made = shutil.move(run_file(tmp_path / "a"), kept)
    (kept / "a note.txt").write_text("no installer", encoding="utf-8")
    (kept / "folder").mkdir()
    found = first_of([tmp_path / "gone.run", tmp_path / "gone", kept])
    assert found is not None
    assert str(found.path) == str(made)
    assert first_of([kept], version="9.9.9") is None
    assert first_of([]) is None


def test_checking_stops_when_asked_to(installer):
    with pytest.raises(JobCancelled):
        check_whole(recognise(installer), Stopping(after=0))
