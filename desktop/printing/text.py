"""Text as it can be printed: which font each character comes from, how wide it runs, what no font can show."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import groupby

from reportlab.pdfbase.ttfonts import TTFont

from desktop.printing.fonts import LOCK, Role, font_for, load

_LINE_ENDS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})

# Full-width marks keep half their em blank; where two meet, one blank is enough.
SQUEEZE = 0.46
_CLOSING, _OPENING = "，。、”’）》〉」』】〕；：", "“‘（《〈「『【〔"
_MARKS = frozenset(_CLOSING + _OPENING)
BETWEEN_MARKS = re.compile(f"(?<=[{_CLOSING}])(?=[{_CLOSING}{_OPENING}])|(?<=[{_OPENING}])(?=[{_OPENING}])")


def squeezed(before: str, after: str) -> bool:
    """Return whether the marks *before* and *after* are drawn together by SQUEEZE ems."""
    if before in _CLOSING:
        return after in _CLOSING or after in _OPENING
    return before in _OPENING and after in _OPENING


def has_meeting_marks(text: str) -> bool:
    """Return whether two marks in *text* are squeezed; most texts are cleared without looking at their order."""
    return not _MARKS.isdisjoint(text) and BETWEEN_MARKS.search(text) is not None


class Typeface:
    """One role with its fallback chain, and what has been looked up so far."""

    def __init__(self, role: Role) -> None:
        self.role = role
        self.main = load(role)
        self._own: set[str] = set()  # characters seen that the role's own font holds
        self._shown: set[str] = {"\n"}  # characters seen that some font of the chain holds
        self.advance = _Advances(self)

    def printable(self, text: str) -> str:
        """Return *text* with line ends as \\n and every character no font can show written as 〔U+XXXX〕.

        Variation selectors are left out: they ask for a shape of the character before, which is printed.
        """
        if self._shown.issuperset(text):
            return text
        plain = text.replace("\r\n", "\n").translate(_LINE_ENDS)
        return "".join(character if self._can_show(character) else _stand_in(character) for character in plain)

    def runs(self, text: str) -> list[tuple[TTFont, str]]:
        """Return printable *text* cut into (font, part)."""
        if self._own.issuperset(text):
            return [(self.main, text)]
        return [(font, "".join(part)) for font, part in groupby(text, self._font)]

    def width(self, text: str, size: float) -> float:
        """Return the width of printable *text* in points at *size*."""
        ems = sum(map(self.advance.__getitem__, text))
        if has_meeting_marks(text):
            ems -= SQUEEZE * len(BETWEEN_MARKS.findall(text))
        return ems * size

    def _can_show(self, character: str) -> bool:
        """Return whether *character* has a glyph along the chain; invisible ones are never passed over silently."""
        if character in self._shown:
            return True
        if unicodedata.category(character) in {"Cc", "Cf", "Cs"}:
            return False
        font = font_for(character, self.role)
        if font is None:
            return False
        self._shown.add(character)
        if font is self.main:
            self._own.add(character)
        return True

    def _font(self, character: str) -> TTFont:
        """Return the font a printable *character* is set in."""
        font = font_for(character, self.role)
        return self.main if font is None else font


class _Advances(dict[str, float]):
    """Widths of characters in ems, filled as they are asked for."""

    def __init__(self, face: Typeface) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, character: str) -> float:
        """Look the width up once."""
        font = font_for(character, self._face.role) or load(self._face.role)
        width = float(font.face.getCharWidth(ord(character))) / 1000
        self[character] = width
        return width


@functools.cache
def _typeface(role: Role) -> Typeface:
    return Typeface(role)


def typeface(role: Role) -> Typeface:
    """Return the one typeface of *role*."""
    with LOCK:
        return _typeface(role)


_missed: ContextVar[dict[str, None] | None] = ContextVar("_missed", default=None)


@contextmanager
def noting_missing() -> Iterator[dict[str, None]]:
    """Give a dictionary whose keys will be the characters printed as 〔U+XXXX〕 inside the block, each once, in order.

    So whoever has a document made can name them, whatever the document is.
    """
    found: dict[str, None] = {}
    token = _missed.set(found)
    try:
        yield found
    finally:
        _missed.reset(token)


def left_out(count: int) -> str:
    """Return what stands at the end of a text of which *count* characters had no room."""
    return f"……（还有{count}个字）"


def missing_characters(texts: Iterable[str]) -> list[str]:
    """Return, each once and in order, the characters of *texts* that would be printed as 〔U+XXXX〕."""
    with LOCK, noting_missing() as found:
        for text in texts:
            typeface(Role.SONG).printable(text)
    return list(found)


def _stand_in(character: str) -> str:
    """Return what is printed for a character that cannot be shown."""
    code = ord(character)
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0x180B <= code <= 0x180D:
        return ""
    if character == "\t" or unicodedata.category(character) == "Zs":
        return " "
    found = _missed.get()
    if found is not None:
        found[character] = None
    return f"〔U+{code:04X}〕"
