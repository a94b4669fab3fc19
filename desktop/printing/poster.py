"""Sets a notice to be read at three metres: title across the page, warning frame, text that grows to fill it."""

from __future__ import annotations

from desktop.foundation.days import plain_day
from desktop.printing.document import Poster, Sign
from desktop.printing.fitting import on_one_line
from desktop.printing.fonts import Role
from desktop.printing.frame import A4
from desktop.printing.official import DRAFT, DRAFT_SIZE
from desktop.printing.paper import MM, Colour, Paper
from desktop.printing.poster_text import GAP, URGENT_RULE, Block, blocks_of
from desktop.printing.signs import HEIGHT_BY_WIDTH, draw_sign
from desktop.printing.text import typeface
from desktop.printing.titles import title_within

MARGIN, WIDTH = 15.0, 180.0
RIGHT = MARGIN + WIDTH
A3_SCALE = 1.4143
TITLE_TOP, TITLE_SIZE, TWO_LINE_SIZE, TITLE_LONGEST, TITLE_LINES = 13.2, 69.0, 52.0, 10, 3
FRAME_HEIGHT, FRAME_RULE, SIGN_WIDTH = 45.0, 2.6, 42.5
SLOGAN_SIZE, DATES_SIZE, SLOGAN_LEAST, SMALL_LEAST = 38.5, 25.0, 12.0, 8.0
BOX_HEIGHT, BOX_BOTTOM, FOOT = 46.0, 283.0, 289.0
SPLIT = 0.625  # of the width: contact at the left, issuer at the right
PHONE_SIZE = 44.0
LARGEST, SMALLEST, STEP = 34.0, 12.0, 0.5
WIDEST_GAP = 9.0
_SONG, _HEI, _HEIB = Role.SONG, Role.HEI, Role.HEIB


def poster_pdf(poster: Poster, *, mono: bool) -> bytes:
    """Return *poster* as PDF; a text too long for one page at the smallest size goes on to a next one."""
    scale = A3_SCALE if poster.size == "A3" else 1.0
    paper = Paper(*A4, title=poster.title, author=poster.issuer, mono=mono, scale=scale)
    top = _draw_top(paper, poster)
    bottom = BOX_BOTTOM - BOX_HEIGHT - 3.0
    size = _fitting(poster, bottom - top)
    blocks = blocks_of(poster, size, MARGIN, WIDTH)
    spare = bottom - top - _needed(blocks, size)
    if spare >= 0:
        gap = GAP * size + min(spare / max(len(blocks), 1), WIDEST_GAP)
        _draw_blocks(paper, blocks, top + min(spare / max(len(blocks), 1), WIDEST_GAP) / 2, gap)
    else:
        _draw_over_pages(paper, poster, blocks, top, GAP * size)
    _draw_bottom(paper, poster)
    _close(paper, poster)
    return paper.pdf()


def _close(paper: Paper, poster: Poster) -> None:
    if poster.draft:
        paper.watermark(DRAFT, DRAFT_SIZE)
    paper.end_page()


def _fitting(poster: Poster, room: float) -> float:
    """Return the largest size at which the text fits *room* millimetres, the smallest if none does."""
    size = LARGEST
    while size > SMALLEST and _needed(blocks_of(poster, size, MARGIN, WIDTH), size) > room:
        size -= STEP
    return size


def _needed(blocks: list[Block], size: float) -> float:
    return sum(block.height for block in blocks) + GAP * size * max(len(blocks) - 1, 0)


def _draw_blocks(paper: Paper, blocks: list[Block], y: float, gap: float) -> None:
    """Draw *blocks* below *y* on one page."""
    for block in blocks:
        if block.pad:
            paper.frame(MARGIN, y, WIDTH, block.height, URGENT_RULE, colour=Colour.RED)
        at = y + block.pad
        for height, draw in block.lines:
            draw(paper, at + height / 2)
            at += height
        y += block.height + gap


def _draw_over_pages(paper: Paper, poster: Poster, blocks: list[Block], y: float, gap: float) -> None:
    """Draw *blocks* line by line from *y* over as many pages as they need, the last with room for the box."""
    lines = [(height, draw, place == 0) for block in blocks for place, (height, draw) in enumerate(block.lines)]
    for number, (height, draw, first) in enumerate(lines):
        last = number == len(lines) - 1
        if y + height > (BOX_BOTTOM - BOX_HEIGHT - 3.0 if last else BOX_BOTTOM):
            _close(paper, poster)
            y = MARGIN
        y += gap if first else 0.0
        draw(paper, y + height / 2)
        y += height
    if y > BOX_BOTTOM - BOX_HEIGHT:
        _close(paper, poster)


def _draw_top(paper: Paper, poster: Poster) -> float:
    """Draw title and warning frame; return where the text begins."""
    y = _draw_title(paper, poster.title)
    slogans = tuple(slogan for slogan in poster.slogans if slogan.strip())
    if not slogans:
        return y + 4.0
    return _draw_frame(paper, poster.sign, slogans, y) + 4.6


def _draw_title(paper: Paper, title: str) -> float:
    """Draw the title across the width, on two lines if it is long; return where it ends."""
    face = typeface(_HEIB)
    plain = face.printable(" ".join(title.split()))
    size = TITLE_SIZE if len(plain) <= TITLE_LONGEST else TWO_LINE_SIZE
    lines = [plain]
    if len(plain) > TITLE_LONGEST:
        lines = title_within(plain, face, size, WIDTH * MM, most=TITLE_LINES)
    y = TITLE_TOP
    for line in lines:
        shown = min(size, WIDTH * MM / max(face.width(line, 1.0), 1.0))
        slack = WIDTH * MM - face.width(line, shown)
        tracking = min(slack / max(len(line) - 1, 1), shown * 0.6)
        paper.text(MARGIN + WIDTH / 2, y + shown / MM / 2, line, _HEIB, shown, align="center", tracking=tracking)
        y += shown / MM * 1.12
    return y


def _draw_frame(paper: Paper, sign: Sign, slogans: tuple[str, ...], y: float) -> float:
    """Draw the frame with the sign and the slogans; return where it ends."""
    paper.frame(MARGIN, y, WIDTH, FRAME_HEIGHT, FRAME_RULE, colour=Colour.RED)
    left = MARGIN + 6.0
    if sign:
        draw_sign(paper, sign, MARGIN + 4.0, y + (FRAME_HEIGHT - SIGN_WIDTH * HEIGHT_BY_WIDTH) / 2, SIGN_WIDTH)
        left = MARGIN + SIGN_WIDTH + 10.0
    width = RIGHT - 6.0 - left
    pairs = list(slogans[:4])
    below = slogans[4] if len(slogans) > 4 else ""
    rows = (len(pairs) + 1) // 2 + bool(below)
    height = (FRAME_HEIGHT - 4.0) / max(rows, 1)
    largest = min(SLOGAN_SIZE if rows > 2 else 46.0, height * MM * 0.9)
    fitting = [on_one_line(text, _HEIB, largest, width / 2 - 3.0, least=SLOGAN_LEAST) for text in pairs]
    size = min(found for _, found in fitting)
    for place, (text, _) in enumerate(fitting):
        middle = y + 2.0 + height * (place // 2 + 0.5)
        colour = Colour.RED if place < 2 else Colour.BLACK
        at, align = (left, "left") if place % 2 == 0 else (left + width, "right")
        paper.text(at, middle, text, _HEIB, size, align=align, colour=colour)  # type: ignore[arg-type]
    if below:
        shown, size = on_one_line(below, _HEIB, DATES_SIZE, width, least=SLOGAN_LEAST)
        paper.text(left, y + 2.0 + height * (rows - 0.5), shown, _HEIB, size)
    return y + FRAME_HEIGHT


def _draw_bottom(paper: Paper, poster: Poster) -> None:
    """Draw whom to ask and who issued it when, and the line for posting at the foot."""
    top = BOX_BOTTOM - BOX_HEIGHT
    split = MARGIN + WIDTH * SPLIT
    paper.frame(MARGIN, top, WIDTH, BOX_HEIGHT, 0.9)
    paper.rule(split, top, split, BOX_BOTTOM, 0.6)
    left, width = MARGIN + 4.0, WIDTH * SPLIT - 8.0
    paper.text(left, top + 6.6, "有事找谁", _HEI, 16)
    phone, size = on_one_line(poster.phone, _HEIB, PHONE_SIZE, width, least=SMALL_LEAST)
    paper.text(left, top + 20.0, phone, _HEIB, size)
    line, size = on_one_line(poster.contact, _SONG, 13, width, least=SMALL_LEAST)
    paper.text(left, top + 31.5, line, _SONG, size)
    beside = width * (0.62 if poster.emergency else 1.0)
    night = f"夜间值班　{poster.night_phone}" if poster.night_phone else ""
    line, size = on_one_line(night, _SONG, 13, beside, least=SMALL_LEAST)
    paper.text(left, top + 39.6, line, _SONG, size)
    line, size = on_one_line(poster.emergency, _HEI, 14, width * 0.36, least=SMALL_LEAST)
    paper.text(split - 4.0, top + 39.6, line, _HEI, size, align="right")
    middle, room = (split + RIGHT) / 2, (RIGHT - split - 6.0) * MM
    paper.text(split + 4.0, top + 6.6, "发布单位", _HEI, 16)
    hei = typeface(_HEI)
    y = top + 18.0
    for issuer in title_within(hei.printable(poster.issuer), hei, 13.5, room, most=3):
        paper.text(middle, y, issuer, _HEI, 13.5, align="center")
        y += 6.4
    paper.text(middle, y + 1.2, plain_day(poster.issued_on), _SONG, 13, align="center")
    paper.text(middle, BOX_BOTTOM - 4.6, "（盖章）", _SONG, 8, align="center", colour=Colour.GREY)
    if poster.number:
        number, size = on_one_line(f"编号　{poster.number}", _SONG, 8, WIDTH * 0.4, least=5)
        paper.text(MARGIN, FOOT, number, _SONG, size, colour=Colour.GREY)
    posting = "张贴日期__________　取下日期__________　张贴人__________"
    paper.text(RIGHT, FOOT, posting, _SONG, 8, align="right", colour=Colour.GREY)
