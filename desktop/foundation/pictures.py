"""Photos as the program keeps them: small, upright, without the place they were taken; alone imports Pillow."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.foundation.clock import CHINA
from desktop.foundation.errors import InputError, machine_faults

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE, THUMBNAIL_SIDE = 1600, 360
"""In pixels."""
MOST_BYTES = 50_000_000
_MOST_PIXELS = 200_000_000
_QUALITY, _THUMBNAIL_QUALITY = 82, 75
# Tags of EXIF 2.32: when the picture was taken, in which time zone, and when it was last changed.
_DETAILS, _TAKEN, _TAKEN_ZONE, _CHANGED = 0x8769, 0x9003, 0x9011, 0x0132
_WHEN = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")
_ZONE = re.compile(r"[+-]\d\d:\d\d")
_HEIC = re.compile(rb"....ftyp(heic|heix|hevc|mif1|msf1)", re.DOTALL)
PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp", ".tif", ".tiff")


@dataclass(frozen=True)
class Photo:
    """A reduced photo: two JPEGs without any remark of the camera, and when it was taken (None if it does not say)."""

    jpeg: bytes
    thumbnail: bytes
    taken_at: datetime | None
    width: int
    height: int


def photo_of_file(path: Path) -> Photo:
    """Return the photo in the file at *path*; raises what `photo_of` raises, and EnvironmentFailure."""
    with machine_faults("打开照片"):
        if path.stat().st_size > MOST_BYTES:
            raise _refusal("太大了，超过50兆。请在手机上改小一点再加")
        raw = path.read_bytes()
    return photo_of(raw)


def photo_of(raw: bytes) -> Photo:
    """Return *raw* upright and reduced to 1600 pixels on its longest side; the same bytes give the same photo.

    Raises InputError with a sentence about the file (which begins with 这张照片) if it is none, broken or too large.
    """
    if not raw:
        raise _refusal("是空的，没有内容。请重新从手机或相机里复制")
    if len(raw) > MOST_BYTES:
        raise _refusal("太大了，超过50兆。请在手机上改小一点再加")
    if _HEIC.match(raw):
        raise _refusal("是苹果手机的HEIC格式，这里打不开。请在手机上存成JPG再加")
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  most work needs no pictures

    Image.MAX_IMAGE_PIXELS = None  # its limit warns; ours refuses
    try:
        with Image.open(BytesIO(raw)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise _refusal("太大了，打不开。请在手机上改小一点再加")
            taken_at = _taken_at(opened)
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            whole = _upright(opened)
    except UnidentifiedImageError:
        raise _refusal("不是照片。请选JPG、PNG这样的图片文件") from None
    except InputError:
        raise
    except Exception:  # noqa: BLE001  a damaged file may break a decoder in any way
        raise _refusal("损坏了或没有复制完，打不开。请重新从手机或相机里复制") from None
    small = whole.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Photo(_jpeg(whole, _QUALITY), _jpeg(small, _THUMBNAIL_QUALITY), taken_at, whole.width, whole.height)


def _upright(opened: Image) -> Image:
    """Return the picture turned as it was held, in plain colours on white, and not too large."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    turned = ImageOps.exif_transpose(opened)
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if turned.mode in {"RGBA", "LA", "PA"} or "transparency" in turned.info:
        clear = turned.convert("RGBA")
        plain = Image.new("RGB", clear.size, "white")
        plain.paste(clear, mask=clear.getchannel("A"))
        return plain
    plain = turned.convert("RGB")
    plain.info = {}  # remarks and colour profiles of the original would be written into the copy
    return plain


def _jpeg(picture: Image, quality: int) -> bytes:
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=quality, optimize=True)
    return stream.getvalue()


def _taken_at(opened: Image) -> datetime | None:
    """Return when the camera says it took the picture, by China's time where it names no zone."""
    remarks = opened.getexif()
    details = remarks.get_ifd(_DETAILS)
    found = _WHEN.match(str(details.get(_TAKEN) or remarks.get(_CHANGED) or ""))
    if found is None:
        return None
    year, month, day, hour, minute, second = map(int, found.groups())
    try:
        local = datetime(year, month, day, hour, minute, second, tzinfo=CHINA)
    except ValueError:
        return None
    zone = str(details.get(_TAKEN_ZONE) or "")
    if _ZONE.fullmatch(zone):
        return datetime.fromisoformat(f"{local:%Y-%m-%dT%H:%M:%S}{zone}")
    return local


def _refusal(why: str) -> InputError:
    return InputError(f"这张照片{why}。")
