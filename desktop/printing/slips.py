"""Sets slips: two, three or four to a page, with lines to cut along; a crowded slip is set smaller."""

from __future__ import annotations

from desktop.foundation.jobs import JobContext
from desktop.printing.cutting import cut_across, cut_down
from desktop.printing.fonts import Role
from desktop.printing.forms import Slip, Slips
from desktop.printing.frame import A4
from desktop.printing.paper import Paper
from desktop.printing.slip import SlipLayout, shortened

EMPTY = "没有要打印的单子"
_CUT_WORDS = "沿虚线剪开"
_SCALES = {2: (1.3, 1.22, 1.14, 1.07, 1.0), 3: (1.0,), 4: (1.12, 1.06, 1.0)}
_SMALLER = (0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58)
_SHORTER = (600, 300, 150, 80, 40, 24)


def slips_pdf(slips: Slips, *, mono: bool, context: JobContext) -> bytes:
    """Return *slips* as PDF; without any, one page that says so."""
    paper = Paper(*A4, title=slips.title, author=slips.committee, mono=mono)
    count = slips.per_page
    across = 2 if count == 4 else 1
    down = count // across
    box_width, box_height = A4[0] / across, A4[1] / down
    inset = 16.0 if across == 1 else 11.0
    above, below = (9.5, 7.5) if down == 3 else (10.5, 9.5)
    width, room = box_width - 2 * inset, box_height - above - below
    if not slips.slips:
        paper.text(A4[0] / 2, 60.0, EMPTY, Role.SONG, 14, align="center")
        paper.end_page()
    for start in range(0, len(slips.slips), count):
        context.check()
        context.report(start, len(slips.slips))
        for number, slip in enumerate(slips.slips[start : start + count]):
            left = number % across * box_width + inset
            top = number // across * box_height
            layout = _fitting(slip, width, room, count)
            layout.draw(paper, left, top + above, top + box_height - below)
        for line in range(1, down):
            cut_across(paper, line * box_height, _CUT_WORDS if across == 1 else "")
        if across == 2:
            cut_down(paper, box_width)
        paper.end_page()
    return paper.pdf()


def _fitting(slip: Slip, width: float, room: float, count: int) -> SlipLayout:
    """Return the largest layout of *slip* that fits *room*; where even the smallest does not, with shortened texts."""
    for scale in (*_SCALES[count], *_SMALLER):
        layout = SlipLayout(slip, width, scale)
        if layout.height <= room:
            return layout
    for most in _SHORTER:
        layout = SlipLayout(shortened(slip, most), width, _SMALLER[-1])
        if layout.height <= room:
            return layout
    return layout
