"""Line breaking by Chinese rules (避头尾): no line begins with a closing mark or ends with an opening one."""

from __future__ import annotations

from typing import NamedTuple

from desktop.printing.text import SQUEEZE, Typeface, squeezed

NOT_AT_START = frozenset("，。、；：？！”’）》〉」』】〕〗…—％,.;:?!)]}%‰℃°·～々〃ー")
NOT_AT_END = frozenset("“‘（《〈「『【〔〖([{￥$№")
_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:;/@%+-_'#&=?!°")
_TOLERANCE = 0.01
_TIGHTEST, _LOOSEST = 0.03, 0.3  # ems taken from or added to every character of a justified line


class Line(NamedTuple):
    """One line: its text, its natural width in points, and the space after every character that fills the measure."""

    text: str
    width: float
    stretch: float = 0.0


def break_lines(
    text: str, face: Typeface, size: float, measure: float, *, indent: float = 0.0, justify: bool = False
) -> list[Line]:
    """Return *text* (printable) in lines of at most *measure* points; the first is shorter by *indent*.

    Words and numbers stay whole unless one alone is wider than the line; blanks may hang over the end. Joined, the
    lines give the text without its line ends. With *justify* all but the last line of a paragraph get a stretch,
    and a line may be drawn together a little to keep a mark or the paragraph's last two characters.
    """
    lines: list[Line] = []
    room = measure - indent
    for paragraph in text.split("\n"):
        start = 0
        while True:
            end = _line_end(paragraph, start, face, size, room)
            if justify:
                end = _drawn_together(paragraph, start, end, face, room / size)
            part = paragraph[start:end]
            width = face.width(part.rstrip(" "), size)
            last = end == len(paragraph)
            filled = justify and (not last or width > room + _TOLERANCE)
            lines.append(Line(part, width, _stretch(part, room - width, size) if filled else 0.0))
            start, room = end, measure
            if last:
                break
    return lines


def _line_end(text: str, start: int, face: Typeface, size: float, room: float) -> int:
    """Return where the line that begins at *start* ends."""
    advance = face.advance
    width, fits = 0.0, start
    while fits < len(text):
        step = advance[text[fits]] * size
        if fits > start and squeezed(text[fits - 1], text[fits]):
            step -= SQUEEZE * size
        if width + step > room + _TOLERANCE and text[fits] != " ":
            break
        width += step
        fits += 1
    fits = max(fits, start + 1)  # one character stands on every line, however narrow
    return _break_before(text, start, fits) if fits < len(text) else len(text)


def _drawn_together(text: str, start: int, end: int, face: Typeface, ems: float) -> int:
    """Return a later end where that saves a stranded end or a gap before a mark, else *end*; *ems* is the room."""
    for later in (end + 1, end + 2):
        if later > len(text):
            break
        if later == len(text) or (_allowed(text, later) and text[later - 1] in NOT_AT_START):
            overhang = face.width(text[start:later], 1.0) - ems
            if overhang <= _TIGHTEST * (later - start - 1):
                return later
    return end


def _break_before(text: str, start: int, fits: int) -> int:
    """Return the best place to break, not after *fits*: between words, else inside one, else wherever it is full."""
    for place in range(fits, start, -1):
        if _allowed(text, place) and not (text[place - 1] in _WORD and text[place] in _WORD):
            return place
    for place in range(fits, start, -1):
        if _allowed(text, place):
            return place
    return fits


def _allowed(text: str, place: int) -> bool:
    """Return whether the rules let a line end before text[place]."""
    if text[place] in NOT_AT_START or text[place] == " ":
        return False
    return text[place - 1] not in NOT_AT_END


def _stretch(text: str, slack: float, size: float) -> float:
    """Return the space after each character that takes up *slack*; 0 where the gaps would be seen as holes."""
    gaps = len(text.rstrip(" ")) - 1
    if gaps < 1:
        return 0.0
    each = slack / gaps
    return each if each <= _LOOSEST * size else 0.0
