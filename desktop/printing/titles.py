"""Titles in lines by sense: broken before 关于, never before 的, of lengths that look even."""

from __future__ import annotations

from desktop.printing.lines import NOT_AT_END, NOT_AT_START
from desktop.printing.text import Typeface, left_out

_CLINGS_BACK = frozenset("的了着们地得和及与或等")
_CLINGS_ON = frozenset("关对在为将把被从向于")


def title_lines(title: str, face: Typeface, size: float, measure: float) -> list[str]:
    """Return printable *title* in as few lines as fit *measure* points at *size*, broken where sense allows."""
    title = " ".join(title.split())
    if face.width(title, size) <= measure:
        return [title]
    about = title.find("关于")
    if about > 0 and face.width(title[about:], size) <= measure and face.width(title[:about], size) <= measure:
        return [title[:about], title[about:]]
    count = 2
    while True:
        lines = _shared(title, count)
        if all(face.width(line, size) <= measure for line in lines) or count >= len(title):
            return lines
        count += 1


def title_within(title: str, face: Typeface, size: float, measure: float, *, most: int) -> list[str]:
    """Return printable *title* as :func:`title_lines` does, in at most *most* lines: the end says what is left out."""
    title = " ".join(title.split())
    lines = title_lines(title, face, size, measure) if face.width(title, size) <= most * measure else []
    if lines and len(lines) <= most:
        return lines
    kept = min(len(title), int(most * measure / size))
    while kept > 0:
        lines = title_lines(f"{title[:kept]}{left_out(len(title) - kept)}", face, size, measure)
        if len(lines) <= most:
            break
        kept -= 1
    return lines[:most]


def _shared(title: str, count: int) -> list[str]:
    """Return *title* in *count* parts of nearly equal length, the break moved a little where sense asks for it."""
    lines: list[str] = []
    start = 0
    for left in range(count, 1, -1):
        ideal = start + max(round((len(title) - start) / left), 1)
        offered = [ideal, ideal - 1, ideal + 1, ideal - 2, ideal + 2]
        place = next((one for one in offered if start < one < len(title) and _allowed(title, one)), ideal)
        lines.append(title[start:place])
        start = place
    lines.append(title[start:])
    return [line for line in (part.strip() for part in lines) if line]


def _allowed(title: str, place: int) -> bool:
    """Return whether a line of a title may end before title[place]."""
    before, after = title[place - 1], title[place]
    if after in NOT_AT_START or before in NOT_AT_END or after in _CLINGS_BACK or before in _CLINGS_ON:
        return False
    return not (before.isascii() and before.isalnum() and after.isascii() and after.isalnum())
