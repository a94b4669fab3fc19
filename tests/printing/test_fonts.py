"""The bundled fonts: complete, named as their licences demand, small enough to ship."""

import re

import pytest

from desktop.foundation.paths import resource
from desktop.printing.fonts import Role, font_bytes, load, to_unicode_map

FILES = sorted(path.name for path in resource("fonts").iterdir() if path.suffix in {".ttf", ".xz"})
RESERVED = re.compile(rb"S\0?o\0?u\0?r\0?c\0?e\0? \0?H\0?a\0?n|L\0X\0G\0W\0 \0W|H\0a\0n\0a\0M\0i\0n")


def test_all_fonts_together_fit_the_installer():
    assert sum((resource("fonts") / name).stat().st_size for name in FILES) < 35_000_000


@pytest.mark.parametrize("name", FILES)
def test_every_font_has_its_licence_listed_and_shipped(name):
    overview = (resource("licences") / "fonts.txt").read_text(encoding="utf-8")
    (line,) = [line for line in overview.splitlines() if name in line]
    described = line if line.endswith(".txt") else overview[overview.index(line) :]
    text = re.search(r"\S+\.txt", described)
    assert text is not None
    assert (resource("licences") / text.group()).stat().st_size > 1000


@pytest.mark.parametrize("name", FILES)
def test_fonts_are_truetype_and_use_no_reserved_name(name):
    data = font_bytes(name)
    assert data[:4] == b"\0\1\0\0"
    assert b"J\0u\0w\0e\0i" in data
    assert RESERVED.search(data) is None


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_font_that_names_itself_ours(role):
    assert load(role).face.name.startswith(b"Juwei")


def test_the_map_to_unicode_writes_high_characters_as_utf_16_in_blocks_of_a_hundred():
    written = to_unicode_map("X", [0x20000, *range(0x4E00, 0x4E00 + 149)])
    assert "<00> <D840DC00>" in written
    assert re.findall(r"(\d+) beginbfchar", written) == ["100", "50"]
