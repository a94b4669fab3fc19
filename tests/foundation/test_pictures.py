"""Photos are kept small, upright and without the place they were taken; everything else is a sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from desktop.foundation.clock import CHINA
from desktop.foundation.errors import EnvironmentFailure, InputError
from desktop.foundation.pictures import MOST_BYTES, photo_of, photo_of_file

RED, BLUE = (200, 30, 30), (30, 30, 200)


def picture(size=(2400, 1800), *, kind="JPEG", mode="RGB", orientation=None, taken="", zone="", position=False, **save):
    """A picture whose left half is red and whose right half is blue."""
    made = Image.new("RGB", size, RED)
    ImageDraw.Draw(made).rectangle((size[0] // 2, 0, *size), BLUE)
    made = made.convert(mode)
    remarks = Image.Exif()
    if orientation:
        remarks[0x0112] = orientation
    if taken:
        remarks.get_ifd(0x8769)[0x9003] = taken
    if zone:
        remarks.get_ifd(0x8769)[0x9011] = zone
    if position:
        place = remarks.get_ifd(0x8825)
        place[1], place[2], place[3], place[4] = "N", (22.0, 14.0, 33.5), "E", (113.0, 30.0, 1.0)
    stream = BytesIO()
    made.save(stream, kind, **({"exif": remarks} if kind in {"JPEG", "PNG", "WEBP"} else {}), **save)
    return stream.getvalue()


def opened(raw):
    return Image.open(BytesIO(raw)).convert("RGB")


def near(colour, wanted):
    return all(abs(one - other) < 30 for one, other in zip(colour, wanted, strict=True))


def test_the_longest_side_becomes_1600_and_the_thumbnail_360():
    photo = photo_of(picture((4000, 3000)))
    assert (photo.width, photo.height) == opened(photo.jpeg).size == (1600, 1200)
    assert opened(photo.thumbnail).size == (360, 270)
    assert len(photo.thumbnail) < 20_000


def test_a_small_picture_is_not_blown_up():
    assert opened(photo_of(picture((300, 200))).jpeg).size == (300, 200)


@pytest.mark.parametrize(
    ("orientation", "size", "top_left", "bottom_right"),
    [
        (1, (1600, 1200), RED, BLUE),
        (3, (1600, 1200), BLUE, RED),
        (6, (1200, 1600), RED, BLUE),  # held upright: what was left is now on top
        (8, (1200, 1600), BLUE, RED),
    ],
)
def test_a_picture_stands_as_it_was_held(orientation, size, top_left, bottom_right):
    found = opened(photo_of(picture(orientation=orientation)).jpeg)
    assert found.size == size
    assert near(found.getpixel((20, 20)), top_left)
    assert near(found.getpixel((size[0] - 20, size[1] - 20)), bottom_right)


def test_position_remarks_and_names_of_the_camera_are_gone_and_the_time_is_kept():
    raw = picture(
        taken="2026:06:09 08:30:05", position=True, comment=b"secret remark", icc_profile=b"profile of a phone"
    )
    assert b"secret remark" in raw
    photo = photo_of(raw)
    assert photo.taken_at == datetime(2026, 6, 9, 8, 30, 5, tzinfo=CHINA)
    for jpeg in (photo.jpeg, photo.thumbnail):
        assert not Image.open(BytesIO(jpeg)).getexif()
        for remark in (b"Exif", b"secret remark", b"profile of a phone", b"GPS"):
            assert remark not in jpeg


def test_a_time_zone_the_camera_names_counts():
    photo = photo_of(picture(taken="2026:06:09 08:30:05", zone="+00:00"))
    assert photo.taken_at == datetime(2026, 6, 9, 8, 30, 5, tzinfo=UTC)


@pytest.mark.parametrize("taken", ["", "0000:00:00 00:00:00", "2026:13:40 25:61:00", "gestern", "    :  :     :  :  "])
def test_a_time_that_is_none_is_left_out(taken):
    assert photo_of(picture(taken=taken)).taken_at is None


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("PNG", "1"), ("BMP", "RGB"), ("GIF", "P"), ("WEBP", "RGB"),
     ("TIFF", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L")],
)  # fmt: skip
def test_every_usual_kind_of_picture_is_taken(kind, mode):
    assert opened(photo_of(picture((800, 600), kind=kind, mode=mode)).jpeg).size == (800, 600)


def test_what_is_clear_becomes_white_not_black():
    stream = BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(stream, "PNG")
    assert near(opened(photo_of(stream.getvalue()).jpeg).getpixel((50, 50)), (255, 255, 255))


def test_the_same_bytes_give_the_same_photo():
    raw = picture()
    assert photo_of(raw).jpeg == photo_of(raw).jpeg


def test_wrong_files_are_sentences():
    whole = picture()
    for raw, told in (
        (b"", "是空的"),
        (b"PK\x03\x04 a workbook", "不是照片"),
        ("整改通知.docx".encode(), "不是照片"),
        (whole[: len(whole) // 2], "损坏了或没有复制完"),
        (whole[:200], "损坏了"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100), "HEIC格式，这里打不开。请在手机上存成JPG"),
        (bytes(MOST_BYTES + 1), "太大了，超过50兆"),
    ):
        with pytest.raises(InputError) as caught:
            photo_of(raw)
        assert str(caught.value).startswith("这张照片")
        assert told in str(caught.value)


def test_a_picture_of_more_points_than_memory_holds_is_refused_before_it_is_unpacked():
    stream = BytesIO()
    Image.new("1", (20_000, 20_000)).save(stream, "PNG")
    assert len(stream.getvalue()) < 1_000_000
    with pytest.raises(InputError, match="太大了，打不开"):
        photo_of(stream.getvalue())


def test_a_large_file_is_refused_without_reading_it_and_a_missing_one_is_a_sentence(tmp_path):
    path = tmp_path / "录像.jpg"
    with path.open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    with pytest.raises(InputError, match="超过50兆"):
        photo_of_file(path)
    with pytest.raises(EnvironmentFailure, match="找不到这个文件"):
        photo_of_file(tmp_path / "没有.jpg")


_WHOLE = picture((64, 48), taken="2026:06:09 08:30:05", position=True)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(_WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_picture_is_a_photo_or_a_sentence_never_anything_else(place, junk):
    raw = _WHOLE[:place] + junk + _WHOLE[place + len(junk) :]
    try:
        photo = photo_of(raw)
    except InputError as refused:
        told = str(refused)
    else:
        told = "这张照片" if max(photo.width, photo.height) <= 1600 else "too large"
    assert told.startswith("这张照片")
