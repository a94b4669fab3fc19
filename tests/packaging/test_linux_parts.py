"""What a folder of programs asks of a computer is read from the files themselves."""

from __future__ import annotations

import shutil
import sys

import pytest

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="reads Linux programs"),
    pytest.mark.skipif(shutil.which("objdump") is None, reason="binutils is missing: apt-get install binutils"),
]


@pytest.fixture
def parts(script):
    return script("linux_parts")


@pytest.fixture
def folder(tmp_path):
    """Return a folder with one real program, one text and one link."""
    shutil.copy(shutil.which("ls"), tmp_path / "program")
    (tmp_path / "text.so").write_text("not a library", encoding="utf-8")
    (tmp_path / "link").symlink_to("program")
    return tmp_path


def test_programs_are_found_once_and_texts_not_at_all(parts, folder):
    assert [path.name for path in parts.elf_files(folder)] == ["program"]


def test_the_oldest_glibc_is_named_with_the_file_that_asks_for_it(parts, folder):
    floor, files = parts.glibc_floor(folder)
    assert (2, 2) <= floor < (3, 0)
    assert [path.name for path in files] == ["program"]


def test_what_the_folder_brings_is_not_asked_of_the_system(parts, folder):
    assert parts.needed(folder)["libc.so.6"] == {"program"}
    (folder / "libc.so.6").write_bytes(b"")
    assert "libc.so.6" not in parts.needed(folder)


def test_libraries_become_packages_with_the_glibc_that_is_needed(parts):
    packages = parts.debian_packages({"libc.so.6": {"a"}, "libxcb.so.1": {"a"}, "libm.so.6": {"b"}}, (2, 31))
    assert packages == ["libc6 (>= 2.31)", "libegl1", "libfontconfig1", "libgl1", "libxcb1"]


def test_a_library_nobody_knows_is_named_with_who_wants_it(parts, script):
    with pytest.raises(script("environment").Stop, match=r"libnothing\.so\.1 \(_own\.so\)"):
        parts.debian_packages({"libnothing.so.1": {"_own.so"}}, (2, 31))
