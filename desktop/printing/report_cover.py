"""The cover of a report: number, two rules, title, period, and labelled lines."""

from __future__ import annotations

from desktop.printing.fonts import Role
from desktop.printing.frame import A4
from desktop.printing.paper import MM, Colour, Paper
from desktop.printing.report_document import Cover
from desktop.printing.text import typeface

LEFT, RIGHT, MIDDLE = 24.0, 192.0, 108.0
LABEL_LEFT, LABEL_WIDTH, FIELD_LEFT, FIELD_WIDTH, FIELD_STEP = 52.0, 23.0, 80.0, 84.0, 13.2


def draw_cover(paper: Paper, cover: Cover, pages: int) -> None:
    """Draw the cover of a report of *pages* pages."""
    if cover.number:
        paper.text(LEFT, 26.0, f"编号　{cover.number}", Role.SONG, 11)
    paper.text(RIGHT, 26.0, cover.mark, Role.SONG, 11, align="right")
    paper.rule(LEFT, 66.0, RIGHT, 66.0, 2.2, colour=Colour.TEAL)
    paper.rule(LEFT, 67.7, RIGHT, 67.7, 0.5, colour=Colour.TEAL)
    _draw_middle(paper, 91.5, cover.small, Role.TITLE, 30.0)
    _draw_middle(paper, 113.5, cover.large, Role.TITLE, 48.0, tracking=18.0)
    _draw_middle(paper, 138.0, cover.period, Role.SONG, 22.0, tracking=1.2)
    paper.rule(LEFT, 158.0, RIGHT, 158.0, 0.7, colour=Colour.TEAL)
    y = 188.0
    for label, value in cover.fields:
        _draw_spread(paper, LABEL_LEFT, y, label)
        paper.rule(FIELD_LEFT, y + 4.2, FIELD_LEFT + FIELD_WIDTH, y + 4.2, 0.7)
        _draw_middle(paper, y, value, Role.SONG, 13.0, middle=FIELD_LEFT + FIELD_WIDTH / 2, room=FIELD_WIDTH - 2.0)
        y += FIELD_STEP
    paper.text(A4[0] / 2, A4[1] - 16.0, f"共{pages}页", Role.SONG, 9, align="center", colour=Colour.GREY)


def _draw_middle(
    paper: Paper,
    y: float,
    text: str,
    role: Role,
    size: float,
    *,
    tracking: float = 0.0,
    middle: float = MIDDLE,
    room: float = RIGHT - LEFT,
) -> None:
    """Write *text* centred, smaller where it would be wider than *room*."""
    face = typeface(role)
    shown = face.printable(text)
    wide = (face.width(shown, size) + tracking * max(len(shown) - 1, 0)) / MM
    scale = min(1.0, room / wide) if wide else 1.0
    paper.text(middle, y, shown, role, size * scale, align="center", tracking=tracking * scale)


def _draw_spread(paper: Paper, x: float, y: float, label: str) -> None:
    """Write *label* spread evenly over LABEL_WIDTH."""
    face = typeface(Role.HEI)
    width = face.width(label, 13.0) / MM
    tracking = (LABEL_WIDTH - width) * MM / max(len(label) - 1, 1)
    paper.text(x, y, label, Role.HEI, 13.0, tracking=max(tracking, 0.0))
