"""Sets a notice after GB/T 9704-2012: 22 lines of 28 characters, levels, attachments, signature, page numbers."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from desktop.foundation.days import plain_day
from desktop.foundation.jobs import JobContext
from desktop.printing.document import OfficialDocument
from desktop.printing.fitting import on_one_line
from desktop.printing.fonts import Role
from desktop.printing.frame import A4
from desktop.printing.lines import Line, break_lines
from desktop.printing.paper import MM, Colour, Paper
from desktop.printing.runs import Part, cut_parts, draw_parts
from desktop.printing.text import typeface
from desktop.printing.titles import title_within

# GB/T 9704-2012: upper margin 37, binding edge 28, type area 156 × 225 mm, filled by 22 lines of 28 characters.
TOP, LEFT, WIDTH, HEIGHT = 37.0, 28.0, 156.0, 225.0
LINES, CELLS = 22, 28
SIZE = 16.0  # 3号
EM = SIZE / MM
CELL = (WIDTH - EM) / (CELLS - 1)
LINE = (HEIGHT - EM) / (LINES - 1)
TITLE_SIZE, TITLE_TRACKING, TITLE_LINES = 22.0, 0.5, 4  # 2号
HEAD_SIZE, HEAD_BELOW_TOP, RULE_BELOW_NUMBER = 34.0, 35.0, 4.0
HEAD_ROWS = 10  # rows above the title of a document with a red head
PAGE_SIZE, PAGE_BELOW = 14.0, 7.0  # 4号
STRIP, STRIP_SIZE, STRIP_ROWS = 9.0, 14.0, 2
DRAFT, DRAFT_SIZE = "草稿", 170.0
SEAL, SEAL_ABOVE = 42.0, 3.0  # a committee's seal, and how far its centre lies above the middle of name and date
SEAL_WORDS = "在此处盖章"
_PARAGRAPHS = 2_000  # broken once for all copies
_FIRST = re.compile(r"[一二三四五六七八九十]{1,3}、")
_SECOND = re.compile(r"（[一二三四五六七八九十]{1,3}）")
_RUN_IN = re.compile(r"[^。；，：]{1,20}?[。：]")
_MARKS = frozenset("。；，")


class Row(NamedTuple):
    """One line of the grid: what draws it with its middle at a height; a heading is not left at a page's end."""

    draw: Callable[[Paper, float], object]
    heading: bool = False


_BLANK = Row(lambda _paper, _y: None)


def official_pdf(document: OfficialDocument, *, mono: bool) -> bytes:
    """Return *document* as PDF."""
    return officials_pdf([document], mono=mono, context=JobContext())


def officials_pdf(documents: Sequence[OfficialDocument], *, mono: bool, context: JobContext) -> bytes:
    """Return *documents* one behind the other, each with pages counted from 1; stops when *context* is asked to."""
    paper = Paper(*A4, title=documents[0].title, author=documents[0].issuer, mono=mono)
    for number, document in enumerate(documents):
        context.check()
        context.report(number, len(documents))
        _draw(paper, document)
    return paper.pdf()


def _draw(paper: Paper, document: OfficialDocument) -> None:
    pages = _pages(document)
    for index, rows in enumerate(pages):
        if document.draft:
            paper.watermark(DRAFT, DRAFT_SIZE)
        if index == 0:
            _draw_head(paper, document)
        for place, row in enumerate(rows):
            row.draw(paper, row_middle(place))
        if index == len(pages) - 1 and document.copies_to:
            _draw_strips(paper, document)
        _draw_page_number(paper, index + 1)
        paper.end_page()


def row_middle(place: int) -> float:
    """Return the middle of row *place*, counted from 0, in millimetres from the top of the page."""
    return TOP + EM / 2 + LINE * place


def _pages(document: OfficialDocument) -> list[list[Row]]:
    """Share the rows among pages: no heading last on its page, the signature never without text above it."""
    pages: list[list[Row]] = [[]]
    for row in (*_opening(document), *(row for paragraph in document.body for row in _paragraph(paragraph))):
        if len(pages[-1]) == LINES:
            _turn(pages)
        pages[-1].append(row)
    ending = _ending(document)
    reserved = STRIP_ROWS if document.copies_to else 0
    room = LINES - reserved - len(pages[-1])
    if len(ending) > room and document.sealed and len(ending) - 1 == room:
        # The standard asks to narrow the space rather than leave a seal alone on a page.
        ending.remove(_BLANK)
    elif len(ending) > room:
        carried = pages[-1][-2:]
        del pages[-1][-2:]
        pages.append(carried)
        _turn_heading(pages)
    while ending and len(pages[-1]) + len(ending) > LINES - reserved:
        pages[-1].append(ending.pop(0))
        if len(pages[-1]) == LINES:
            pages.append([])
    pages[-1] += ending
    return pages


def _turn(pages: list[list[Row]]) -> None:
    """Begin a new page, taking along a heading that stood last."""
    pages.append([])
    _turn_heading(pages)


def _turn_heading(pages: list[list[Row]]) -> None:
    while len(pages[-2]) > 1 and pages[-2][-1].heading:
        pages[-1].insert(0, pages[-2].pop())


def _opening(document: OfficialDocument) -> list[Row]:
    """Return the rows above the body: number, title, 主送."""
    if document.head:
        rows = [_BLANK] * HEAD_ROWS
    elif document.number:
        rows = [Row(partial(_draw_at_right, document.number)), _BLANK]
    else:
        rows = [_BLANK]
    face = typeface(Role.TITLE)
    room = WIDTH * MM - TITLE_TRACKING
    titles = title_within(face.printable(document.title), face, TITLE_SIZE + TITLE_TRACKING, room, most=TITLE_LINES)
    rows += [Row(partial(_draw_title, line), heading=True) for line in titles]
    rows.append(_BLANK)
    if document.addressee:
        fang = typeface(Role.FANG)
        text = fang.printable(document.addressee)
        rows += _rows([Part(text, Role.FANG)], indent=0.0)
    return rows


@functools.lru_cache(maxsize=_PARAGRAPHS)
def _paragraph(text: str) -> tuple[Row, ...]:
    """Return the rows of one paragraph, with the fonts of its level; copies of a document share most of theirs."""
    plain = typeface(Role.FANG).printable(text).replace("\n", " ").strip()
    if not plain:
        return (_BLANK,)
    parts, heading = levelled(plain)
    rows = _rows(parts, indent=2 * CELL)
    return tuple(row._replace(heading=True) for row in rows) if heading else tuple(rows)


def levelled(text: str) -> tuple[list[Part], bool]:
    """Return *text* in the fonts of its level, and whether all of it is a heading.

    一、 is set in Hei and （一） in Kai: the whole line if it is a heading without marks, else up to the first mark.
    1. and （1） are set like the text.
    """
    level = Role.HEI if _FIRST.match(text) else Role.KAI if _SECOND.match(text) else None
    if level is None:
        return [Part(text, Role.FANG)], False
    if _MARKS.isdisjoint(text) and "：" not in text:
        return [Part(text, level)], True
    if (head := _RUN_IN.match(text)) is not None and head.end() < len(text):
        return [Part(text[: head.end()], level), Part(text[head.end() :], Role.FANG)], False
    return [Part(text, Role.FANG)], False


def _rows(parts: list[Part], *, indent: float, left: float = 0.0, hanging: float = 0.0) -> list[Row]:
    """Break *parts* into rows of the grid; *hanging* moves every line but the first to the right."""
    text = "".join(part.text for part in parts)
    face = typeface(Role.FANG)
    cell = CELL * MM
    measure = CELLS * cell - (left + hanging) * MM
    lines = break_lines(text, face, cell, measure, indent=(indent - hanging) * MM, justify=True)
    rows: list[Row] = []
    start = 0
    for number, line in enumerate(lines):
        x = left + (indent if number == 0 else hanging)
        here = cut_parts(parts, start, start + len(line.text))
        filled = number < len(lines) - 1 and (line.stretch != 0.0 or _is_full(line, measure))
        rows.append(Row(partial(_draw_parts, here, x, WIDTH - x if filled else None)))
        start += len(line.text)
    return rows


def _is_full(line: Line, measure: float) -> bool:
    """Return whether a line without a stretch fills its measure by itself."""
    return abs(line.width - measure) < 0.05


def _draw_parts(parts: list[Part], x: float, width: float | None, paper: Paper, y: float) -> None:
    """Write one line at *x* from the type area's left; with *width* it is spread to fill exactly that."""
    draw_parts(paper, LEFT + x, y, parts, SIZE, tracking=CELL * MM - SIZE, width=width)


def _draw_at_right(text: str, paper: Paper, y: float) -> None:
    shown, size = on_one_line(text, Role.FANG, SIZE, WIDTH, least=9)
    paper.text(LEFT + WIDTH, y, shown, Role.FANG, size, align="right")


def _draw_title(line: str, paper: Paper, y: float) -> None:
    paper.text(LEFT + WIDTH / 2, y, line, Role.TITLE, TITLE_SIZE, align="center", tracking=TITLE_TRACKING)


def _ending(document: OfficialDocument) -> list[Row]:
    """Return the rows below the body: attachments, signature and date, contact."""
    rows: list[Row] = []
    if document.attachments:
        rows.append(_BLANK)
        rows += _attachments(document.attachments)
    rows += [_BLANK] * (2 if document.sealed else 1)
    face = typeface(Role.FANG)
    issuer, day = face.printable(document.issuer), plain_day(document.issued_on)
    name_x, day_x = _signature_places(_cells(issuer), _cells(day), sealed=document.sealed)
    if _cells(issuer) > WIDTH:
        rows += _rows([Part(" ".join(issuer.split()), Role.FANG)], indent=0.0)
    else:
        name = Row(partial(_draw_parts, [Part(issuer, Role.FANG)], name_x, None))
        guided = document.sealed and document.seal_guide
        rows.append(Row(partial(_draw_sealed, name, day_x + _cells(day) / 2)) if guided else name)
    rows.append(Row(partial(_draw_parts, [Part(day, Role.FANG)], day_x, None)))
    if document.contact:
        rows += _rows([Part(face.printable(f"（{document.contact}）"), Role.FANG)], indent=2 * CELL)
    return rows


def _draw_sealed(name: Row, centre: float, paper: Paper, y: float) -> None:
    """Draw the *name* at *y* and a red dashed ring where the seal goes, over the *centre* of the date below it."""
    name.draw(paper, y)
    middle = y + LINE / 2 - SEAL_ABOVE
    paper.ring(LEFT + centre, middle, SEAL / 2, 0.8, colour=Colour.RED)
    paper.text(LEFT + centre, middle + SEAL / 2 + 3.0, SEAL_WORDS, Role.HEI, 9, align="center", colour=Colour.RED)


def _cells(text: str) -> float:
    """Return how wide *text* is on the grid, in millimetres."""
    shown = typeface(Role.FANG).width(text, SIZE) + (CELL * MM - SIZE) * max(len(text) - 1, 0)
    return shown / MM


def _signature_places(name: float, day: float, *, sealed: bool) -> tuple[float, float]:
    """Return where name and date begin, from the left of the type area, by their widths in millimetres.

    Sealed: the date is indented four characters from the right and the name stands over its middle. Unsealed: the
    name is indented two, the date begins two characters after it; a date that would come too far right is indented
    two, and the name moves left with it (GB/T 9704-2012, 7.3.5).
    """
    if sealed:
        day_x = WIDTH - 4 * CELL - day
        name_x = min(day_x + (day - name) / 2, WIDTH - name)
        return max(name_x, 0.0), day_x
    name_x = WIDTH - 2 * CELL - name
    day_x = name_x + 2 * CELL
    if day_x + day > WIDTH - 2 * CELL:
        day_x = WIDTH - 2 * CELL - day
        name_x = min(name_x, day_x - 2 * CELL)
    return max(name_x, 0.0), day_x


def _attachments(names: tuple[str, ...]) -> list[Row]:
    """Return 附件： with its names, numbered if there are several, one below the other."""
    face = typeface(Role.FANG)
    rows: list[Row] = []
    for number, name in enumerate(names, start=1):
        mark = f"{number}. " if len(names) > 1 else ""
        text = face.printable(f"{'附件：' if number == 1 else ''}{mark}{name}")
        hanging = 5 * CELL + _cells(mark)
        rows += _rows([Part(text, Role.FANG)], indent=(2 if number == 1 else 5) * CELL, hanging=hanging)
    return rows


def _draw_head(paper: Paper, document: OfficialDocument) -> None:
    """Draw the red head with its number and rule."""
    if not document.head:
        return
    head, size = on_one_line(document.head, Role.TITLE, HEAD_SIZE, WIDTH - len(document.head[:40]) / MM, least=12)
    top = TOP + HEAD_BELOW_TOP
    paper.text(
        LEFT + WIDTH / 2, top + size / MM / 2, head, Role.TITLE, size, align="center", tracking=1.0, colour=Colour.RED
    )
    y = row_middle(7)
    number, small = on_one_line(document.number, Role.FANG, SIZE, WIDTH, least=9)
    paper.text(LEFT + WIDTH / 2, y, number, Role.FANG, small, align="center")
    rule = y + EM / 2 + RULE_BELOW_NUMBER
    paper.rule(LEFT, rule, LEFT + WIDTH, rule, 1.4, colour=Colour.RED)


def _draw_strips(paper: Paper, document: OfficialDocument) -> None:
    """Draw 版记: whom it is copied to, and who printed it when, between rules at the foot of the type area."""
    bottom = TOP + HEIGHT
    for y, weight in ((bottom - 2 * STRIP, 0.35), (bottom - STRIP, 0.25), (bottom, 0.35)):
        paper.rule(LEFT, y, LEFT + WIDTH, y, weight * MM)
    indent = STRIP_SIZE / MM
    measure = WIDTH - 2 * indent
    ending = "" if document.copies_to.endswith("。") else "。"
    copies, size = on_one_line(f"抄送：{document.copies_to}{ending}", Role.FANG, STRIP_SIZE, measure, least=8)
    paper.text(LEFT + indent, bottom - 1.5 * STRIP, copies, Role.FANG, size)
    issuer, size = on_one_line(document.issuer, Role.FANG, STRIP_SIZE, measure * 0.6, least=8)
    paper.text(LEFT + indent, bottom - STRIP / 2, issuer, Role.FANG, size)
    printed = f"{plain_day(document.issued_on)}印发"
    paper.text(LEFT + WIDTH - indent, bottom - STRIP / 2, printed, Role.FANG, STRIP_SIZE, align="right")


def _draw_page_number(paper: Paper, number: int) -> None:
    """Draw — 1 — below the type area: odd pages one character from the right, even ones from the left."""
    y = TOP + HEIGHT + PAGE_BELOW
    indent = PAGE_SIZE / MM
    text = f"— {number} —"
    if number % 2:
        paper.text(LEFT + WIDTH - indent, y, text, Role.SONG, PAGE_SIZE, align="right")
    else:
        paper.text(LEFT + indent, y, text, Role.SONG, PAGE_SIZE)
