"""The bundled fonts: loaded when first used, with the chain each role falls back along."""

from __future__ import annotations

import io
import lzma
import threading
from enum import StrEnum

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts

from desktop.foundation.paths import resource

# One lock for everything that touches reportlab's fonts: they keep a read position, so two threads must take turns.
LOCK = threading.RLock()


class Role(StrEnum):
    """What a font is for; the value is the name it is registered under."""

    SONG = "juwei-song"
    TITLE = "juwei-title"
    HEI = "juwei-hei"
    HEIB = "juwei-heib"
    HEIR = "juwei-heir"
    FANG = "juwei-fang"
    KAI = "juwei-kai"


_FILES = {
    Role.SONG: "song.ttf.xz",
    Role.TITLE: "title.ttf.xz",
    Role.HEI: "hei.ttf.xz",
    Role.HEIB: "screen-bold.ttf",
    Role.HEIR: "screen-regular.ttf",
    Role.FANG: "fang.ttf.xz",
    Role.KAI: "kai.ttf.xz",
}
# Names of rare fonts and the blocks they have characters of; nothing else is worth unpacking them for.
_RARE = {"juwei-rare-b": "rare-b.ttf.xz", "juwei-rare-a": "rare-a.ttf.xz", "juwei-rare-g": "rare-g.ttf.xz"}
_RARE_BLOCKS = (
    range(0x2E80, 0x3000), range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x33000),
)  # fmt: skip
_CHAINS = {
    Role.SONG: (Role.SONG,),
    Role.FANG: (Role.FANG, Role.SONG),
    Role.KAI: (Role.KAI, Role.FANG, Role.SONG),
}

_loaded: dict[str, ttfonts.TTFont] = {}


def font_bytes(file_name: str) -> bytes:
    """Return the TrueType data of resources/fonts/*file_name*, unpacked if it is stored packed."""
    data = resource(f"fonts/{file_name}").read_bytes()
    return lzma.decompress(data) if file_name.endswith(".xz") else data


def load(role: Role) -> ttfonts.TTFont:
    """Return the font of *role*, reading it on first use."""
    return _load(role.value, _FILES[role])


def font_for(character: str, role: Role) -> ttfonts.TTFont | None:
    """Return the first font along the chain of *role* that holds *character*; None if no bundled font does."""
    code = ord(character)
    for step in _CHAINS.get(role, (role, Role.SONG)):
        font = load(step)
        if code in font.face.charToGlyph:
            return font
    if any(code in block for block in _RARE_BLOCKS):
        for name, file_name in _RARE.items():
            font = _load(name, file_name)
            if code in font.face.charToGlyph:
                return font
    return None


def _load(name: str, file_name: str) -> ttfonts.TTFont:
    """Return the font registered as *name*, reading it on first use."""
    with LOCK:
        font = _loaded.get(name)
        if font is None:
            # useA85: streams as plain bytes are a fifth smaller than as base 85.
            rl_config.useA85 = 0
            ttfonts.makeToUnicodeCMap = to_unicode_map
            font = ttfonts.TTFont(name, io.BytesIO(font_bytes(file_name)), asciiReadable=False, shapable=False)
            pdfmetrics.registerFont(font)
            _loaded[name] = font
        return font


def to_unicode_map(font_name: str, subset: list[int]) -> str:
    """Return the map from character codes of one embedded *subset* to Unicode, as PDF readers want it.

    Replaces reportlab's own, which writes characters above U+FFFF as five digits instead of UTF-16 and puts
    more than 100 entries into one block; readers then extract the wrong text.
    """
    entries = [f"<{code:02X}> <{chr(value).encode('utf-16-be').hex().upper()}>" for code, value in enumerate(subset)]
    blocks: list[str] = []
    for start in range(0, len(entries), 100):
        block = entries[start : start + 100]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo",
            f"<< /Registry ({font_name})",
            f"/Ordering ({font_name})",
            "/Supplement 0",
            ">> def",
            f"/CMapName /{font_name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )
