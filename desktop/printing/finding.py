"""Sets the sheet of one finding: a table, photos before and after side by side, the outcome, and lines to sign on."""

from __future__ import annotations

from functools import partial
from itertools import zip_longest

from desktop.printing.fitting import Fitted, capped, fitted, fitted_or_capped
from desktop.printing.flow import Flow
from desktop.printing.fonts import Role
from desktop.printing.forms import Choice, FindingSheet, Shot
from desktop.printing.frame import A4
from desktop.printing.grid import PAD, Grid, GridColumn, Sizes
from desktop.printing.paper import MM, Colour, Paper
from desktop.printing.text import typeface

LEFT, WIDTH = 24.0, 168.0
TOP, BOTTOM = 18.0, 279.0
TITLE_SIZE, TRACKING = 23.0, 3.5
LABEL = 20.0
ROW, SIZES = 10.0, Sizes(10.5, 9.5, 4.5)
RIM = 0.5
PHOTO, BETWEEN = 81.0, 6.0
PHOTO_HIGH = PHOTO * 3 / 4
ROOMY = 24.0
_BOX, _TICK_SIZE = 3.2, 10.5
_SPANS = {1: (148.0,), 2: (92.0, 36.0), 3: (38.0, 34.0, 36.0)}
"""How wide the values are in a line of one, two or three."""
_HEADS = ("整改前", "整改后")
_BLANK, _LOST = "可贴照片（81×61毫米）", "这张照片打不开"
_NOTE = "照片打印时自动摆正、裁成4:3，原件不改。"
Line = tuple[tuple[str, str | Choice], ...]


def finding_pdf(sheet: FindingSheet, *, mono: bool) -> bytes:
    """Return *sheet* as PDF: one page, or more where texts or photos are many."""
    paper = Paper(*A4, title=f"{sheet.title} {sheet.number}".strip(), author=sheet.committee, mono=mono)
    flow = Flow(TOP, BOTTOM)
    title = fitted_or_capped(sheet.title, Role.TITLE, TITLE_SIZE, WIDTH, least=14.0, most=3)
    flow.add(title.height + 3.0, partial(_draw_title, title))
    _under_title(flow, sheet)
    for line in sheet.facts:
        _line(flow, line, ROW)
    flow.skip(6.5)
    for before, after in zip_longest(sheet.before or (None,), sheet.after or (None,)):
        _photos(flow, (before, after))
    flow.skip(4.0)
    for line in sheet.outcome:
        _line(flow, line, ROOMY if line and line[0][0] == sheet.room else ROW)
    flow.skip(4.0)
    for signed in sheet.signatures:
        _signatures(flow, signed)
    flow.close()
    for number in range(1, len(flow.pages) + 1):
        flow.draw_page(paper, number)
        _foot(paper, sheet, number, len(flow.pages))
        paper.end_page()
    return paper.pdf()


def _draw_title(title: Fitted, paper: Paper, y: float) -> None:
    """Write the title, its characters a little apart where they have the room."""
    if len(title.lines) > 1 or title.lines[0].width + TRACKING * len(title.lines[0].text) > WIDTH * MM:
        title.draw(paper, LEFT, y, WIDTH)
        return
    middle = y + title.height / 2
    paper.text(LEFT + WIDTH / 2, middle, title.lines[0].text, title.role, title.size, align="center", tracking=TRACKING)


def _under_title(flow: Flow, sheet: FindingSheet) -> None:
    """Place the committee left and the number right; without a number there is a line to write it on."""
    half = WIDTH / 2 - 4.0
    committee = fitted_or_capped(sheet.committee, Role.SONG, 10.5, half, least=8.5, most=3)
    number = fitted_or_capped(f"编号　{sheet.number}", Role.SONG, 10.5, half, least=8.5, most=3)
    high = max(committee.height, number.height) + 2.4

    def draw(paper: Paper, y: float) -> None:
        committee.draw(paper, LEFT, y + high - 2.4 - committee.height)
        middle = y + high - 2.4 - number.height
        if sheet.number:
            paper.lines(
                LEFT + WIDTH - half, middle, number.lines, Role.SONG, number.size, leading=number.leading,
                measure=half, align="right",
            )  # fmt: skip
        else:
            paper.text(LEFT + WIDTH - 38.0, middle + number.height / 2, "编号", Role.SONG, 10.5, align="right")
            paper.rule(LEFT + WIDTH - 36.0, y + high - 2.2, LEFT + WIDTH, y + high - 2.2, 0.4)

    flow.add(high, draw)


def _line(flow: Flow, line: Line, height: float) -> None:
    """Place one line of labels and values; words to tick are drawn over an empty cell, in as many rows as they need."""
    widths = _SPANS[len(line)]
    ticks: list[tuple[float, list[list[tuple[float, str, bool]]]]] = []
    left = LEFT
    for (_, value), width in zip(line, widths, strict=True):
        left += LABEL
        if isinstance(value, Choice):
            ticks.append((left, _ticks(value, width)))
        left += width
    needed = max((len(rows) * 6.0 + 2.0 for _, rows in ticks), default=0.0)
    columns = []
    for width in widths:
        columns += [GridColumn("", LABEL, "center"), GridColumn("", width, "left")]
    grid = Grid(columns, LEFT, row_height=max(height, needed), sizes=SIZES, rim=RIM)
    song, hei = typeface(Role.SONG), typeface(Role.HEI)
    texts: list[str] = []
    for (label, value), width in zip(line, widths, strict=True):
        shown = "" if isinstance(value, Choice) else song.printable(value)
        # A line with words to tick is never cut at the end of a page.
        texts += [hei.printable(label), _short(shown, width) if ticks else shown]
    row = grid.row(texts, (True, False) * len(line))
    if not ticks:
        flow.grid(grid, [row], head=False)
        return

    def draw(paper: Paper, y: float) -> None:
        under = grid.draw(paper, y, [row], head=False)
        for x, rows in ticks:
            top = (y + under) / 2 - 3.0 * len(rows)
            for number, placed in enumerate(rows):
                for at, word, ticked in placed:
                    _tick(paper, x + at, top + 6.0 * number + 3.0, word, ticked=ticked)

    flow.add(row.height, draw)


def _short(text: str, width: float) -> str:
    """Return *text* as far as a dozen lines of a cell hold it, then how much is left out."""
    made = capped(text, Role.SONG, SIZES.small, width - 2 * PAD, most=12)
    return text if len(made.lines) < 12 else "\n".join(line.text for line in made.lines)


def _ticks(choice: Choice, width: float) -> list[list[tuple[float, str, bool]]]:
    """Return rows of (distance from the left edge, word, whether it is ticked)."""
    face = typeface(Role.SONG)
    rows: list[list[tuple[float, str, bool]]] = [[]]
    x = 1.6
    for word in choice.words:
        wide = 4.4 + face.width(face.printable(word), _TICK_SIZE) / MM
        if rows[-1] and x + wide > width - 1.0:
            rows.append([])
            x = 1.6
        rows[-1].append((x, word, word == choice.ticked))
        x += wide + 6.0
    return rows


def _tick(paper: Paper, x: float, y: float, word: str, *, ticked: bool) -> None:
    paper.frame(x, y - _BOX / 2, _BOX, _BOX, 0.8)
    if ticked:
        paper.path([(x + 0.6, y + 0.1), (x + 1.4, y + 0.9), (x + 2.7, y - 1.0)], 1.2)
    paper.text(x + 4.4, y, word, Role.SONG, _TICK_SIZE)


def _photos(flow: Flow, pair: tuple[Shot | None, Shot | None]) -> None:
    """Place one photo before the mending and one after it; where there is none, a frame to paste one into."""
    words = [fitted(one.caption if one else "", Role.SONG, 9.0, PHOTO, least=9.0) for one in pair]
    captions = [
        capped(one.caption, Role.SONG, 9.0, PHOTO, most=6) if one and len(made.lines) > 6 else made
        for one, made in zip(pair, words, strict=True)
    ]
    height = 6.6 + PHOTO_HIGH + 1.0 + max(caption.height for caption in captions)
    flow.add(height, partial(_draw_photos, pair, captions), after=2.5)


def _draw_photos(pair: tuple[Shot | None, Shot | None], captions: list[Fitted], paper: Paper, y: float) -> None:
    for number, (one, head, caption) in enumerate(zip(pair, _HEADS, captions, strict=True)):
        x = LEFT + number * (PHOTO + BETWEEN)
        used = paper.text(x, y + 3.4, head, Role.HEI, 12.0)
        if one is not None and one.taken:
            taken = fitted_or_capped(one.taken, Role.SONG, 9.0, PHOTO - used - 4.0, least=7.0, most=1)
            taken_y = y + 3.8 - taken.height / 2
            paper.lines(
                x + used + 4.0, taken_y, taken.lines, Role.SONG, taken.size, leading=taken.leading,
                measure=PHOTO - used - 4.0, align="right",
            )  # fmt: skip
        top = y + 6.6
        shown = one is not None and one.picture is not None and paper.picture(x, top, PHOTO, PHOTO_HIGH, one.picture)
        if not shown:
            said = _BLANK if one is None else _LOST
            middle = top + PHOTO_HIGH / 2
            paper.text(x + PHOTO / 2, middle, said, Role.SONG, 10.0, align="center", colour=Colour.GREY)
        paper.frame(x, top, PHOTO, PHOTO_HIGH, 0.6)
        caption.draw(paper, x, top + PHOTO_HIGH + 1.0)


def _signatures(flow: Flow, signed: tuple[tuple[str, str], ...]) -> None:
    """Place labels with lines behind them, in equal columns; what is known already stands on its line."""
    face = typeface(Role.SONG)
    whole = WIDTH - BETWEEN * (len(signed) - 1)
    # The label and its line: those with longer labels get more, so that all lines are about as long.
    labels = [face.width(face.printable(label), 10.5) / MM for label, _ in signed]
    line = (whole - sum(labels)) / max(len(signed), 1)
    values = [fitted_or_capped(value, Role.SONG, 10.5, line - 2.0, least=7.0, most=2) for _, value in signed]

    def draw(paper: Paper, y: float) -> None:
        x = LEFT
        for (label, _), wide, value in zip(signed, labels, values, strict=True):
            paper.text(x, y + 7.2, label, Role.SONG, 10.5)
            start, end = x + wide + 1.0, x + wide + line
            paper.rule(start, y + 9.4, end, y + 9.4, 0.4)
            value.draw(paper, start, y + 9.7 - value.height, end - start)
            x = end + BETWEEN

    flow.add(12.5, draw)


def _foot(paper: Paper, sheet: FindingSheet, number: int, pages: int) -> None:
    y = 287.0
    words = f"第{number}页　共{pages}页　{_NOTE}" if pages > 1 else _NOTE
    paper.text(LEFT, y, words, Role.SONG, 8.0, colour=Colour.GREY)
    printed = fitted_or_capped(sheet.printed, Role.SONG, 8.0, 82.0, least=6.0, most=1)
    paper.lines(
        LEFT + WIDTH - 82.0, y - printed.leading / 2, printed.lines, Role.SONG, printed.size, leading=printed.leading,
        measure=82.0, align="right", colour=Colour.GREY,
    )  # fmt: skip
