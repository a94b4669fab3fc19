"""Sets a rectification notice: the notice above, below it the receipt to be cut off and filed."""

from __future__ import annotations

from desktop.foundation.days import plain_day
from desktop.printing.cutting import cut_across
from desktop.printing.flow import Flow
from desktop.printing.fonts import Role
from desktop.printing.forms import RectificationNotice
from desktop.printing.frame import A4
from desktop.printing.grid import Grid, GridColumn, Sizes
from desktop.printing.lines import Line, break_lines
from desktop.printing.official import DRAFT, DRAFT_SIZE
from desktop.printing.paper import MM, Colour, Paper
from desktop.printing.text import typeface

LEFT, WIDTH = 26.0, 160.0
TOP, BOTTOM = 27.0, 278.0
TITLE_SIZE, TITLE_LEADING, TITLE_TRACKING = 26.0, 12.0, 7.0
BODY_SIZE, BODY_LEADING = 14.0, 8.6
TABLE_SIZES = Sizes(11.0, 11.0, 5.0)
TABLE_ROW = 12.0
CUT = 203.0
RECEIPT_ROW = 9.2
RECEIPT_SIZES = Sizes(10.5, 9.0, 3.9)
_SHORT = 120
_BLANK_NUMBER = "〔　　　　〕　　　号"
_WAYS = ("当面送交", "家人代收", "留置（拍照）", "张贴", "其他")


def rectification_pdf(notice: RectificationNotice, *, mono: bool) -> bytes:
    """Return *notice* with its receipt as PDF; what does not fit above or below the cut goes on on further pages."""
    paper = Paper(*A4, title=f"{notice.title} {notice.number}".strip(), author=notice.committee, mono=mono)
    flow = Flow(TOP, BOTTOM)
    _lay_out(flow, notice)
    tried = Flow(CUT + 7.0, BOTTOM)
    _receipt(tried, notice)
    cut = flow.y <= CUT - 4.0 and len(tried.pages) == 1
    if cut:
        flow.y = CUT + 7.0
    else:
        flow.turn()
    _receipt(flow, notice)
    pages = len(flow.pages)
    for number in range(1, pages + 1):
        if notice.draft:
            paper.watermark(DRAFT, DRAFT_SIZE)
        flow.draw_page(paper, number)
        if cut and number == pages:
            cut_across(paper, CUT, f"{notice.number or _BLANK_NUMBER}　骑缝盖章", size=12.0, role=Role.FANG)
        if pages > 1:
            words = f"第{number}页　共{pages}页"
            paper.text(A4[0] / 2, 288.0, words, Role.SONG, 8.5, align="center", colour=Colour.GREY)
        paper.end_page()
    return paper.pdf()


def _lay_out(flow: Flow, notice: RectificationNotice) -> None:
    """Place everything above the cut."""
    title = typeface(Role.TITLE)
    shown = title.printable(notice.title)
    fits = title.width(shown, TITLE_SIZE) + TITLE_TRACKING * len(shown) <= WIDTH * MM
    lines = break_lines(shown, title, TITLE_SIZE, WIDTH * MM)
    for line in lines:
        tracking = TITLE_TRACKING if fits else 0.0

        def draw_title(paper: Paper, y: float, text: str = line.text, tracking: float = tracking) -> None:
            middle = LEFT + WIDTH / 2
            paper.text(middle, y, text, Role.TITLE, TITLE_SIZE, align="center", tracking=tracking)

        flow.add(TITLE_LEADING, draw_title)
    flow.add(11.0, lambda paper, y: _draw_number(paper, y, notice.number))
    _paragraph(flow, notice.addressee, indent=False)
    for text in notice.before:
        _paragraph(flow, text)
    flow.skip(2.0)
    _table(flow, notice)
    flow.skip(4.0)
    for text in notice.after:
        _paragraph(flow, text)
    if notice.contact:
        flow.skip(4.5)
        _paragraph(flow, notice.contact, stays=len(notice.contact) < _SHORT)
    flow.add(2 * BODY_LEADING + 5.0, lambda paper, y: _draw_sender(paper, y + 4.5, notice))


def _draw_number(paper: Paper, y: float, number: str) -> None:
    """Write the number at the right and the red rule below it."""
    face = typeface(Role.FANG)
    size = _fitting(face.printable(number), 14.0, WIDTH) if number else 14.0
    paper.text(LEFT + WIDTH, y + 0.6, number or _BLANK_NUMBER, Role.FANG, size, align="right")
    paper.rule(LEFT, y + 5.3, LEFT + WIDTH, y + 5.3, 1.2, colour=Colour.RED)


def _fitting(text: str, size: float, width: float) -> float:
    """Return *size*, or the smaller one at which *text* in FangSong is no wider than *width* (mm)."""
    wide = typeface(Role.FANG).width(text, size) / MM
    return size if wide <= width else size * width / wide


def _paragraph(flow: Flow, text: str, *, indent: bool = True, stays: bool = False) -> None:
    """Place *text* in FangSong line by line, first line indented; one that *stays* stands with what follows it."""
    face = typeface(Role.FANG)
    inset = 2 * BODY_SIZE if indent else 0.0
    for paragraph in face.printable(text).split("\n"):
        lines = break_lines(paragraph, face, BODY_SIZE, WIDTH * MM, indent=inset, justify=True)
        for number, line in enumerate(lines):
            left = LEFT + (inset / MM if number == 0 else 0.0)

            def draw(paper: Paper, y: float, line: Line = line, left: float = left) -> None:
                paper.lines(left, y, [line], Role.FANG, BODY_SIZE, leading=BODY_LEADING)

            (flow.hold if stays else flow.add)(BODY_LEADING, draw)


def _table(flow: Flow, notice: RectificationNotice) -> None:
    song = typeface(Role.SONG)
    columns = [
        GridColumn("序号", 12.5, "center"),
        GridColumn("位置", 32.0, "left"),
        GridColumn("问题", 48.0, "left"),
        GridColumn("应达到的要求", 45.5, "left"),
        GridColumn("期限", 22.0, "center"),
    ]
    grid = Grid(columns, LEFT, row_height=TABLE_ROW, sizes=TABLE_SIZES)
    rows = [
        grid.row([song.printable(text) for text in (str(number), one.place, one.problem, one.demand, one.until)])
        for number, one in enumerate(notice.shortcomings, start=1)
    ]
    if rows:
        flow.grid(grid, rows, head=True)


def _draw_sender(paper: Paper, y: float, notice: RectificationNotice) -> None:
    """Write who sends the notice, and below its middle the day."""
    face = typeface(Role.FANG)
    committee = face.printable(notice.committee)
    size = _fitting(committee, BODY_SIZE, WIDTH - 10.0)
    wide = face.width(committee, size) / MM
    middle = LEFT + WIDTH - 9.0 - wide / 2
    paper.text(middle, y + BODY_LEADING / 2, committee, Role.FANG, size, align="center")
    day = plain_day(notice.issued_on) if notice.issued_on else "　　年　月　日"
    paper.text(middle, y + 1.5 * BODY_LEADING, day, Role.FANG, BODY_SIZE, align="center")


def _receipt(flow: Flow, notice: RectificationNotice) -> None:
    """Place the receipt: what was handed over to whom, and lines to sign on."""
    song, receipt = typeface(Role.SONG), notice.receipt
    middle = LEFT + WIDTH / 2
    flow.add(
        12.5, lambda paper, y: paper.text(middle, y + 5.0, "送达回执", Role.TITLE, 18.0, align="center", tracking=5)
    )
    pairs = _receipt_grid(26.5, 51.5, 24.0, 58.0)
    strong = (True, False, True, False)
    known = [
        ("文书名称", receipt.document, "文书编号", notice.number),
        ("受送达人", receipt.receiver, "送达地点", receipt.place),
    ]
    flow.grid(pairs, [pairs.row([song.printable(text) for text in line], strong) for line in known], head=False)
    ways, blank = _receipt_grid(26.5, 133.5), ("签收人", "", "签收日期", "")
    rows = [pairs.row(line, strong) for line in (blank, ("送达人", "", "见证人", ""))]

    def draw_rest(paper: Paper, y: float) -> None:
        under = ways.draw(paper, y, [ways.row(["送达方式", ""], (True, False))], head=False)
        _draw_ways(paper, LEFT + 28.5, (y + under) / 2)
        pairs.draw(paper, under, rows, head=False)
        right = LEFT + 102.0
        paper.text(right + 56.0, under + 4.6, "年　　月　　日　　时", Role.SONG, 10.5, align="right")
        paper.text(right + 1.5, under + 13.8, "拒签时填写", Role.SONG, 8.5, colour=Colour.GREY)
        paper.text(LEFT, under + 22.0, "本回执由送达人带回，与通知书存根一起归档。", Role.SONG, 8.0, colour=Colour.GREY)

    flow.add(3 * RECEIPT_ROW + 5.0, draw_rest)


def _receipt_grid(*widths: float) -> Grid:
    """Return a grid of labels and values in turn."""
    columns = [GridColumn("", width, "left" if index % 2 else "center") for index, width in enumerate(widths)]
    return Grid(columns, LEFT, row_height=RECEIPT_ROW, sizes=RECEIPT_SIZES)


def _draw_ways(paper: Paper, x: float, y: float) -> None:
    """Draw the ways of handing over, each with a box to tick."""
    for way in _WAYS:
        paper.frame(x, y - 1.6, 3.2, 3.2, 0.8)
        x += 4.6 + paper.text(x + 4.6, y, way, Role.SONG, 10.5) + 5.0
