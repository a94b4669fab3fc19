"""What surrounds the body of a page: title, committee, period, page number; note and print mark at the foot."""

from __future__ import annotations

from desktop.foundation.days import plain_day
from desktop.printing.document import Heading
from desktop.printing.fitting import capped, fitted_or_capped
from desktop.printing.fonts import Role
from desktop.printing.paper import MM, Colour, Paper
from desktop.printing.text import typeface

A4 = (210.0, 297.0)
LEFT, RIGHT = 20.0, 12.0  # wide on the left for binding
TITLE_MIDDLE = 17.0
TITLE_SIZE, TITLE_LEADING, TITLE_TRACKING = 18.0, 8.5, 3.5
LINE_SIZE, LINE_LEADING = 9.5, 4.4
FOOT_SIZE, FOOT_ABOVE_EDGE = 7.5, 10.0
MOST_LINES = 4  # of title, committee and note: the rest of the page belongs to what is printed


class Frame:
    """The surroundings of every page of one document on A4, upright or lying."""

    def __init__(self, title: str, heading: Heading, note: str, *, landscape: bool) -> None:
        self.page_width, self.page_height = reversed(A4) if landscape else A4
        self.width = self.page_width - LEFT - RIGHT
        self._heading = heading
        measure = self.width * MM
        face, song = typeface(Role.TITLE), typeface(Role.SONG)
        plain = face.printable(title)
        alone = face.width(plain, TITLE_SIZE) + TITLE_TRACKING * len(plain) <= measure
        self._tracking = TITLE_TRACKING if alone else 0.0
        self._title = capped(title, Role.TITLE, TITLE_SIZE, self.width, most=MOST_LINES).lines
        self._period = fitted_or_capped(
            heading.period, Role.SONG, LINE_SIZE + 1, self.width / 2, least=LINE_SIZE - 2, most=1
        )
        # Title line: committee left, period in the middle, page number right; a long committee wraps beside the period.
        beside = (self.width - self._period.lines[0].width / MM) / 2 - 4
        committee = song.printable(f"填报单位：{heading.committee}")
        self._committee = capped(committee, Role.SONG, LINE_SIZE, max(beside, 30), most=MOST_LINES).lines
        self._line_top = TITLE_MIDDLE + TITLE_LEADING * (len(self._title) - 0.5) + 3.6
        self.body_top = self._line_top + LINE_LEADING * len(self._committee) + 0.7
        self._foot = capped(note, Role.SONG, FOOT_SIZE, self.width * 0.55, most=MOST_LINES).lines
        printed = f"居委工作台　打印 {plain_day(heading.printed_on)}　操作人 {heading.printed_by}"
        self._printed = capped(printed, Role.SONG, FOOT_SIZE, self.width * 0.42, most=1).lines[0]
        self.body_bottom = self.page_height - FOOT_ABOVE_EDGE - 3.2 * len(self._foot) - 4.0

    def paper(self, *, mono: bool) -> Paper:
        """Return fresh paper of this size."""
        title = "".join(line.text for line in self._title)
        return Paper(self.page_width, self.page_height, title=title, author=self._heading.committee, mono=mono)

    def draw(self, paper: Paper, page: int, pages: int) -> None:
        """Draw everything around the body of page number *page* of *pages*."""
        right, middle = LEFT + self.width, LEFT + self.width / 2
        for number, line in enumerate(self._title):
            y = TITLE_MIDDLE + TITLE_LEADING * number
            paper.text(middle, y, line.text, Role.TITLE, TITLE_SIZE, align="center", tracking=self._tracking)
        paper.lines(LEFT, self._line_top, self._committee, Role.SONG, LINE_SIZE, leading=LINE_LEADING)
        y = self._line_top + LINE_LEADING / 2
        paper.text(middle, y, self._period.lines[0].text, Role.SONG, self._period.size, align="center")
        paper.text(right, y, f"第{page}页　共{pages}页", Role.SONG, LINE_SIZE, align="right")
        foot = self.page_height - FOOT_ABOVE_EDGE
        top = foot - 3.2 * (len(self._foot) - 0.5)
        paper.lines(LEFT, top, self._foot, Role.SONG, FOOT_SIZE, leading=3.2, colour=Colour.GREY)
        paper.text(right, foot, self._printed.text, Role.SONG, FOOT_SIZE, align="right", colour=Colour.GREY)


def signature_rows(labels: tuple[str, ...], width: float) -> list[tuple[str, ...]]:
    """Return *labels* in as few rows as leave 16 mm to sign on behind each."""
    face = typeface(Role.SONG)
    for count in range(1, len(labels) + 1):
        size = -(-len(labels) // count)
        rows = [labels[start : start + size] for start in range(0, len(labels), size)]
        if all(sum(face.width(face.printable(label), 10) / MM + 19 for label in row) <= width for row in rows):
            return rows
    return [(label,) for label in labels]


def signatures_height(labels: tuple[str, ...], width: float) -> float:
    """Return the height that :func:`draw_signatures` takes."""
    return 10.0 * len(signature_rows(labels, width)) + 2.0 if labels else 0.0


def draw_signatures(paper: Paper, y: float, labels: tuple[str, ...], width: float) -> None:
    """Draw *labels* with a line behind each below *y*; a date gets 年 月 日 to fill in."""
    face = typeface(Role.SONG)
    for number, row in enumerate(signature_rows(labels, width)):
        middle = y + 7.7 + 10.0 * number
        rest = width - sum(face.width(face.printable(label), 10) / MM for label in row) - 3.0 * (len(row) - 1)
        shares = [1.7 if label.startswith("填报单位") else 1.3 if "日期" in label else 1.0 for label in row]
        x = LEFT
        for label, share in zip(row, shares, strict=True):
            x += paper.text(x, middle, label, Role.SONG, 10)
            end = x + rest * share / sum(shares)
            paper.rule(x + 0.6, middle + 2.0, end, middle + 2.0, 0.4)
            if "日期" in label:
                paper.text(end - 1, middle, "年　月　日", Role.SONG, 10, align="right")
            x = end + 3.0
