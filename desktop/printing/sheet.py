"""Sets a sheet: blocks one below the other, with page breaks that never leave a heading last on its page."""

from __future__ import annotations

from desktop.printing.document import (
    EMPTY_LEDGER,
    Fields,
    Heading,
    Paragraph,
    Photos,
    Sheet,
    Signatures,
    Subheading,
    Table,
)
from desktop.printing.fitting import capped
from desktop.printing.flow import Draw, Flow
from desktop.printing.fonts import Role
from desktop.printing.frame import LEFT, Frame, draw_signatures, signatures_height
from desktop.printing.grid import PAD, SIZE, Grid, GridColumn, natural_width
from desktop.printing.lines import Line, break_lines
from desktop.printing.paper import MM
from desktop.printing.photos import place_photos
from desktop.printing.text import typeface
from desktop.printing.widths import column_widths

TEXT_SIZE, TEXT_LEADING = 10.5, 5.6
HEAD_SIZE, HEAD_LEADING = 12.0, 6.4
FIELD_HEIGHT = 8.0
GAP = 3.0


def sheet_pdf(sheet: Sheet, heading: Heading, *, mono: bool) -> bytes:
    """Return *sheet* as PDF."""
    frame = Frame(sheet.title, heading, sheet.note, landscape=False)
    flow = _Flow(frame)
    for block in sheet.blocks:
        match block:
            case Subheading(text):
                flow.heading(text)
            case Paragraph(text):
                flow.paragraphs(text)
            case Fields():
                flow.fields(block)
            case Table():
                flow.table(block)
            case Photos():
                place_photos(flow, block, LEFT, frame.width)
            case Signatures(labels):
                flow.signatures(labels)
    flow.close()
    paper = frame.paper(mono=mono)
    for number in range(1, len(flow.pages) + 1):
        frame.draw(paper, number, len(flow.pages))
        flow.draw_page(paper, number)
        paper.end_page()
    return paper.pdf()


class _Flow(Flow):
    """Lays the blocks of a sheet out between the head and the foot of its frame."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame.body_top + 1.0, frame.body_bottom)
        self._frame = frame

    def heading(self, text: str) -> None:
        """Hold a heading until the next block is placed."""
        made = capped(text, Role.HEI, HEAD_SIZE, self._frame.width, most=4)
        self.hold(
            HEAD_LEADING * len(made.lines) + GAP + 1.0,
            lambda paper, y: paper.lines(LEFT, y + GAP, made.lines, Role.HEI, HEAD_SIZE, leading=HEAD_LEADING),
        )

    def paragraphs(self, text: str) -> None:
        """Place running text line by line, so that it may go over the end of a page."""
        song = typeface(Role.SONG)
        indent = 2 * TEXT_SIZE
        for paragraph in song.printable(text).split("\n"):
            lines = break_lines(paragraph, song, TEXT_SIZE, self._frame.width * MM, indent=indent, justify=True)
            for number, line in enumerate(lines):
                self.add(TEXT_LEADING, _line_drawer(line, LEFT + (indent / MM if number == 0 else 0.0)))
        self.skip(1.5)

    def fields(self, block: Fields) -> None:
        """Place labels and values in a grid without a head, labels in Hei."""
        song, hei = typeface(Role.SONG), typeface(Role.HEI)
        pairs = [(hei.printable(label), song.printable(value)) for label, value in block.rows]
        pairs += [("", "")] * (-len(pairs) % block.columns)
        widest = max((hei.width(label, SIZE) for label, _ in pairs), default=0.0) / MM
        label_width = min(max(widest + 2 * PAD + 0.2, 16.0), 34.0)
        value_width = self._frame.width / block.columns - label_width
        columns: list[GridColumn] = []
        for _ in range(block.columns):
            columns += [GridColumn("", label_width, "center"), GridColumn("", value_width, "left")]
        grid = Grid(columns, LEFT, row_height=FIELD_HEIGHT)
        rows = [
            grid.row(
                [text for pair in pairs[start : start + block.columns] for text in pair], [True, False] * block.columns
            )
            for start in range(0, len(pairs), block.columns)
        ]
        self.grid(grid, rows, head=False)
        self.skip(GAP)

    def table(self, block: Table) -> None:
        """Place a table; its head is repeated on every page it reaches."""
        song = typeface(Role.SONG)
        rows = [[song.printable(text) for text in row] for row in block.rows]
        texts = [[row[index] for row in rows] for index in range(len(block.headings))]
        natural = [natural_width(column, title) for column, title in zip(texts, block.headings, strict=True)]
        widths = column_widths(block.widths or [None] * len(natural), natural, self._frame.width)
        grid = Grid(
            [GridColumn(title, width, "left") for title, width in zip(block.headings, widths, strict=True)], LEFT
        )
        if rows:
            self.grid(grid, [grid.row(row) for row in rows], head=True)
            self.skip(GAP)
        else:
            self.add(grid.head_height + 12.0, lambda paper, y: grid.draw_sentence(paper, y, EMPTY_LEDGER), after=GAP)

    def signatures(self, labels: tuple[str, ...]) -> None:
        """Place labels with lines to sign on."""
        width = self._frame.width
        self.add(signatures_height(labels, width), lambda paper, y: draw_signatures(paper, y, labels, width))


def _line_drawer(line: Line, left: float) -> Draw:
    """Return what draws one line of running text."""
    return lambda paper, y: paper.lines(left, y, [line], Role.SONG, TEXT_SIZE, leading=TEXT_LEADING)
