"""Sets what goes with an archive box: the label on its back, to be cut out, and the catalogue of what lies in it."""

from __future__ import annotations

from desktop.printing.catalogue import draw_catalogue, parted
from desktop.printing.fitting import Fitted, capped, fitted_or_capped, on_one_line
from desktop.printing.fonts import Role
from desktop.printing.forms import BoxPapers, BoxSpine
from desktop.printing.frame import A4
from desktop.printing.paper import MM, Colour, Paper
from desktop.printing.text import typeface
from desktop.printing.upright import draw_upright, upright

TOP, HIGH = 22.0, 240.0
BETWEEN, INSET = 8.0, 2.2
FRAME, INNER = 1.4, 0.5
COMMITTEE_HIGH, YEAR_HIGH, FIELD_HIGH = 20.0, 24.0, 16.5
_TITLE_SIZES = ((34, 30.0), (44, 33.0), (60, 36.0), (999, 44.0))
_LYING_SIZES = ((34, 26.0), (44, 29.0), (60, 33.0), (999, 42.0))
_RULE = 100.0
_CHECK = "打印时选“实际大小”，不要“适合纸张”。校准线应为100毫米："


def box_pdf(papers: BoxPapers, *, mono: bool) -> bytes:
    """Return the label on one page, upright and lying, and the catalogue on the pages after it."""
    spine = papers.spine
    title = f"档案盒 {spine.title}".strip()
    paper = Paper(*A4, title=title, author=spine.committee, mono=mono)
    left = (A4[0] - 2 * spine.width_mm - BETWEEN) / 2
    words = f"档案盒脊背标签　沿外框剪下，直写横写任选一条　宽{spine.width_mm}毫米　高{HIGH:g}毫米"
    paper.text(A4[0] / 2, 13.6, words, Role.SONG, 8.5, align="center", colour=Colour.GREY)
    _draw_upright_label(paper, spine, left)
    _draw_lying_label(paper, spine, left + spine.width_mm + BETWEEN)
    _draw_check(paper)
    paper.end_page()
    draw_catalogue(paper, papers.catalogue)
    return paper.pdf()


def _frames(paper: Paper, left: float, width: float) -> None:
    """Draw the dashes to cut along and the frame inside them."""
    right, bottom = left + width, TOP + HIGH
    corners = [(left, TOP), (right, TOP), (right, bottom), (left, bottom), (left, TOP)]
    paper.path(corners, 0.5, colour=Colour.GREY, dashed=True)
    paper.frame(left + INSET, TOP + INSET, width - 2 * INSET, HIGH - 2 * INSET, FRAME)


def _draw_upright_label(paper: Paper, spine: BoxSpine, left: float) -> None:
    width = float(spine.width_mm)
    _frames(paper, left, width)
    x, wide = left + INSET, width - 2 * INSET
    y = TOP + INSET
    committee = _committee(spine.committee, wide - 2.0)
    committee.draw(paper, x + 1.0, y + (COMMITTEE_HIGH - committee.height) / 2, wide - 2.0)
    y += COMMITTEE_HIGH
    paper.rule(x, y, x + wide, y, INNER)
    year = fitted_or_capped(spine.year, Role.HEIB, 26.0, wide - 6.0, least=9.0, most=1)
    year.draw(paper, x + 1.0, y + 9.5 - year.height / 2, wide - 2.0)
    paper.text(x + wide / 2, y + 18.6, "年度", Role.SONG, 9.5, align="center")
    y += YEAR_HIGH
    paper.rule(x, y, x + wide, y, INNER)
    fields = (
        ("门类", spine.category), ("保管期限", spine.term), ("盒号", spine.number), ("起止件号", spine.span),
    )  # fmt: skip
    bottom = TOP + HIGH - INSET
    below = bottom - FIELD_HIGH * len(fields)
    size = next(size for most, size in _TITLE_SIZES if width < most)
    room = (x + 1.5, y + 3.0, wide - 3.0, below - y - 6.0)
    draw_upright(paper, upright(spine.title, Role.TITLE, size, room[2], room[3]), Role.TITLE, room)
    for number, (label, value) in enumerate(fields):
        top = below + FIELD_HIGH * number
        paper.rule(x, top, x + wide, top, INNER)
        paper.text(x + wide / 2, top + 4.0, label, Role.SONG, 8.0, align="center", colour=Colour.GREY)
        shown = fitted_or_capped(value, Role.HEI, 12.0, wide - 2.0, least=7.0, most=2, leading=1.25)
        shown.draw(paper, x + 1.0, top + 10.8 - shown.height / 2, wide - 2.0)


def _committee(name: str, width: float) -> Fitted:
    made = fitted_or_capped(name, Role.HEI, 11.0, width, least=10.0, most=1)
    if len(made.lines) == 1 and made.lines[0].text == name:
        return made
    return capped(parted(name), Role.HEI, 10.0, width, most=3)


def _draw_lying_label(paper: Paper, spine: BoxSpine, left: float) -> None:
    """Draw the label for a box that lies: its words run down the page and are read with the head turned."""
    width = float(spine.width_mm)
    _frames(paper, left, width)
    room = HIGH - 2 * INSET - 12.0
    which = f"{spine.title}　第{spine.number}盒" if spine.number else spine.title
    about = "　".join(
        part for part in (
            spine.committee, f"{spine.year}年度" if spine.year else "", spine.category,
            f"保管期限{spine.term}" if spine.term else "", f"第{spine.span}件" if spine.span else "",
        ) if part
    )  # fmt: skip
    most = next(size for limit, size in _LYING_SIZES if width < limit)
    title, size = on_one_line(which, Role.TITLE, most, room, least=8.0)
    small, small_size = on_one_line(about, Role.SONG, most * 0.42, room, least=6.5)
    middle = left + width / 2
    for text, role, points, x in (
        (title, Role.TITLE, size, middle + 0.8 * small_size / MM),
        (small, Role.SONG, small_size, middle - 0.8 * size / MM),
    ):  # fmt: skip
        from_top = TOP + (HIGH - _length(text, role, points)) / 2
        paper.text_down(x, from_top, text, role, points)


def _length(text: str, role: Role, size: float) -> float:
    return typeface(role).width(text, size) / MM


def _draw_check(paper: Paper) -> None:
    """Draw what shows whether the printer has shrunk the page."""
    paper.text(A4[0] / 2, 275.0, _CHECK, Role.SONG, 9.0, align="center", colour=Colour.GREY)
    left, y = (A4[0] - _RULE) / 2, 281.0
    paper.rule(left, y, left + _RULE, y, 0.8)
    for x in (left, left + _RULE):
        paper.rule(x, y - 1.4, x, y + 1.4, 0.8)
