"""The end of a report: boxes for opinions side by side, and the lines to sign on."""

from __future__ import annotations

from desktop.printing.fonts import Role
from desktop.printing.paper import MM, Paper
from desktop.printing.report_document import Opinions
from desktop.printing.text import typeface

ABOVE, BOX_HEIGHT, GAP, STEP, PER_ROW = 8.0, 38.0, 12.0, 12.0, 3


def opinions_height(block: Opinions) -> float:
    """Return the height of the boxes and the lines below."""
    return ABOVE + BOX_HEIGHT + GAP + STEP * -(-len(block.fields) // PER_ROW)


def draw_opinions(block: Opinions, left: float, width: float, paper: Paper, y: float) -> None:
    """Draw the boxes below *y* and the labelled lines below them."""
    y += ABOVE
    each = width / len(block.boxes)
    for number, title in enumerate(block.boxes):
        x = left + each * number
        paper.frame(x, y, each, BOX_HEIGHT, 0.9)
        paper.text(x + 3.0, y + 5.2, title, Role.HEI, 10)
        paper.text(x + each * 0.62, y + 26.5, "签字（盖章）", Role.SONG, 10, align="right")
        paper.text(x + each - 3.0, y + 33.0, "年　　月　　日", Role.SONG, 10, align="right")
    y += BOX_HEIGHT + GAP
    song = typeface(Role.SONG)
    shares = (1.0, 0.62, 0.62)
    for start in range(0, len(block.fields), PER_ROW):
        row = block.fields[start : start + PER_ROW]
        x = left
        total = sum(shares[: len(row)])
        for (label, value), share in zip(row, shares, strict=False):
            end = x + (width - 4.0 * (len(row) - 1)) * share / total
            begin = x + paper.text(x, y, label, Role.SONG, 10.5) + 1.0
            paper.rule(begin, y + 2.4, end, y + 2.4, 0.5)
            shown = song.printable(value)
            room = end - begin - 1.0
            size = min(10.5, 10.5 * room / max(song.width(shown, 10.5) / MM, 0.1))
            paper.text((begin + end) / 2, y, shown, Role.SONG, size, align="center")
            x = end + 4.0
        y += STEP
