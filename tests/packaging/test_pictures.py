"""The committed icons and pictures are those their drawings give, in every size Windows asks for."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageStat


@pytest.fixture
def draw(script):
    return script("draw_pictures")


def difference(one, other):
    """Return the mean difference of two pictures, 0 to 255: libraries may round an edge another way."""
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGBA"), other.convert("RGBA"))).mean)


@pytest.mark.parametrize("name", ["juwei", "juwei-backup"])
def test_icons_hold_every_size_and_the_small_ones_have_a_drawing_of_their_own(draw, root, qapp, name):
    icons = root / "resources" / "icons"
    with Image.open(icons / f"{name}.ico") as icon:
        stored = {size: icon.ico.getimage((size, size)).convert("RGBA") for size in (*draw.SMALL, *draw.LARGE)}
    for size, picture in stored.items():
        small = size in draw.SMALL
        mine, other = f"{name}-small.svg", f"{name}.svg"
        assert difference(picture, draw.drawn(icons / (mine if small else other), size, size)) < 1
        assert difference(picture, draw.drawn(icons / (other if small else mine), size, size)) > 4
    del qapp


@pytest.mark.parametrize("size", [48, 128, 256])
def test_pictures_for_linux_are_those_of_the_drawing(draw, root, qapp, size):
    icons = root / "resources" / "icons"
    with Image.open(icons / f"juwei-{size}.png") as stored:
        assert difference(stored, draw.drawn(icons / "juwei.svg", size, size)) < 1
    del qapp


@pytest.mark.parametrize(("name", "size"), [("setup-side", (164, 314)), ("setup-head", (150, 57))])
def test_pictures_of_the_setup_are_those_of_the_drawing_as_nsis_reads_them(draw, root, qapp, name, size):
    folder = root / "packaging" / "pictures"
    with Image.open(folder / f"{name}.bmp") as stored:
        assert (stored.format, stored.size, stored.mode) == ("BMP", size, "P")
        assert difference(stored.convert("RGB"), draw.drawn(folder / f"{name}.svg", *size).convert("RGB")) < 2
    del qapp
