"""A line of text in several fonts: its parts, cut where lines break, and drawn one behind the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop.printing.fonts import Role
from desktop.printing.paper import MM, Colour, Paper
from desktop.printing.text import typeface


class Part(NamedTuple):
    """A piece of a paragraph in one font."""

    text: str
    role: Role
    colour: Colour = Colour.BLACK


def cut_parts(parts: Sequence[Part], start: int, end: int) -> list[Part]:
    """Return the characters from *start* to *end* of *parts*."""
    found: list[Part] = []
    place = 0
    for part in parts:
        first, last = max(start - place, 0), min(end - place, len(part.text))
        if first < last:
            found.append(part._replace(text=part.text[first:last]))
        place += len(part.text)
    return found


def parts_width(parts: Sequence[Part], size: float) -> float:
    """Return the natural width of printable *parts* in points."""
    return sum(typeface(part.role).width(part.text, size) for part in parts)


def draw_parts(
    paper: Paper,
    x: float,
    y: float,
    parts: Sequence[Part],
    size: float,
    *,
    tracking: float = 0.0,
    width: float | None = None,
) -> None:
    """Write printable *parts* from *x* with their middle at *y*; with *width* they are spread to fill exactly that.

    *tracking* is added after each character, in points; lengths are millimetres.
    """
    shown = [part for part in parts if part.text]
    if shown:
        shown[-1] = shown[-1]._replace(text=shown[-1].text.rstrip(" "))
    gaps = sum(len(part.text) for part in shown) - 1
    if width is not None and gaps > 0:
        tracking = (width * MM - parts_width(shown, size)) / gaps
    for part in shown:
        x += paper.text(x, y, part.text, part.role, size, tracking=tracking, colour=part.colour) + tracking / MM
