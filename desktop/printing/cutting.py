"""Lines to cut along: dashes with scissors at one end and words in a gap."""

from __future__ import annotations

from desktop.printing.fonts import Role
from desktop.printing.paper import MM, Colour, Paper
from desktop.printing.text import typeface

EDGE = 6.0  # printers leave the rim blank
_SCISSORS = 12.0


def cut_across(paper: Paper, y: float, words: str = "", *, size: float = 7.5, role: Role = Role.SONG) -> None:
    """Draw a cut line over the width of the page at *y*, with *words* in its middle."""
    left, right = EDGE, paper.width_mm - EDGE
    middle = paper.width_mm / 2
    paper.dashes(left, y, left + 6.5, y)
    paper.text(left + 7.0, y, "✂", Role.SONG, _SCISSORS, colour=Colour.GREY)
    face = typeface(role)
    half = face.width(face.printable(words), size) / MM / 2 + 3.0 if words else 0.0
    paper.dashes(left + 12.5, y, middle - half, y)
    paper.dashes(middle + half, y, right, y)
    if words:
        ink = Colour.GREY if size < 9 else Colour.BLACK
        paper.text(middle, y, words, role, size, align="center", colour=ink)


def cut_down(paper: Paper, x: float) -> None:
    """Draw a cut line over the height of the page at *x*."""
    top, bottom = EDGE, paper.height_mm - EDGE
    paper.dashes(x, top, x, top + 6.0)
    paper.text(x, top + 8.5, "✂", Role.SONG, _SCISSORS, align="center", colour=Colour.GREY)
    paper.dashes(x, top + 11.0, x, bottom)
