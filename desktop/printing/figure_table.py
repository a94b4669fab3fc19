"""Draws the table of figures of a report: group names down the left, values aligned at their decimal point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.printing.document import NO_VALUE
from desktop.printing.fonts import Role
from desktop.printing.lines import Line, break_lines
from desktop.printing.paper import MM, Colour, Paper
from desktop.printing.report_document import FigureLine, FigureTable
from desktop.printing.text import typeface

NAME, LABEL, UNIT = 11.0, 62.0, 14.0
ROW, HEAD, LEADING = 6.55, 11.0, 4.5
SIZE, SMALL = 10.0, 9.0
POINT = 6.2  # millimetres right of the decimal point, without the padding
PAD, PART = 1.6, 3.4
OUTER, UNDER_HEAD, GROUP, INNER = 0.95, 0.6, 0.55, 0.28


@dataclass(frozen=True)
class Laid:
    """One line laid out: the lines of its label and its height."""

    line: FigureLine
    label: tuple[Line, ...]
    height: float
    name: str


@dataclass(frozen=True)
class Portion:
    """The part of the table that stands on one page."""

    rows: tuple[Laid, ...]
    height: float


class FigureGrid:
    """A table of figures *width* millimetres wide, standing at *left*."""

    def __init__(self, table: FigureTable, left: float, width: float) -> None:
        self._heads = table.heads
        self._left = left
        values = max(width - NAME - LABEL - UNIT, 1.0) / len(table.heads)
        widths = [NAME, LABEL, UNIT, *[values] * len(table.heads)]
        self._edges = [left]
        for one in widths:
            self._edges.append(self._edges[-1] + one)
        self._rows = [_laid(line, group.name) for group in table.groups for line in group.lines]

    def portions(self, first_room: float, room: float) -> list[Portion]:
        """Return the table in parts that fit *first_room* and then *room* millimetres, each with the head."""
        parts: list[Portion] = []
        rows: list[Laid] = []
        left = first_room - HEAD
        for number, row in enumerate(self._rows):
            # A group's first line takes the second along, so that its name has room.
            following = self._rows[number + 1] if number + 1 < len(self._rows) else None
            begins = number == 0 or self._rows[number - 1].name != row.name
            together = following is not None and begins and following.name == row.name
            needed = row.height + (following.height if following is not None and together else 0.0)
            if needed > left:
                parts.append(_portion(rows))
                rows, left = [], room - HEAD
            rows.append(row)
            left -= row.height
        parts.append(_portion(rows))
        return [part for part in parts if part.rows]

    def draw(self, paper: Paper, y: float, portion: Portion) -> float:
        """Draw *portion* below *y* and return where it ends."""
        top = y
        y = self._draw_head(paper, y)
        start = y
        for number, row in enumerate(portion.rows):
            self._draw_row(paper, y, row)
            y += row.height
            last = number + 1 == len(portion.rows)
            if last or portion.rows[number + 1].name != row.name:
                self._draw_name(paper, start, y, row.name)
                start = y
                if not last:
                    paper.rule(self._edges[0], y, self._edges[-1], y, GROUP)
            else:
                paper.rule(self._edges[1], y, self._edges[-1], y, INNER)
        for edge in self._edges[1:-1]:
            paper.rule(edge, top, edge, y, INNER)
        paper.frame(self._edges[0], top, self._edges[-1] - self._edges[0], y - top, OUTER)
        return y

    def _draw_head(self, paper: Paper, y: float) -> float:
        for number, title in enumerate(("类别", "指标", "单位", *self._heads)):
            middle = (self._edges[number] + self._edges[number + 1]) / 2
            lines = title.split("\n")
            for place, line in enumerate(lines):
                at = y + HEAD / 2 + (place - (len(lines) - 1) / 2) * LEADING
                paper.text(middle, at, line, Role.HEI, SMALL, align="center")
        paper.rule(self._edges[0], y + HEAD, self._edges[-1], y + HEAD, UNDER_HEAD)
        return y + HEAD

    def _draw_row(self, paper: Paper, y: float, row: Laid) -> None:
        line, middle = row.line, y + row.height / 2
        role = Role.HEI if line.bad else Role.SONG
        indent = PART if line.part else 0.0
        paper.lines(
            self._edges[1] + PAD + indent, middle - LEADING * len(row.label) / 2, row.label, role,
            SMALL if line.part else SIZE, leading=LEADING,
        )  # fmt: skip
        unit = (self._edges[2] + self._edges[3]) / 2
        size = SIZE if len(line.unit) <= 3 else SMALL - 1
        paper.text(unit, middle, line.unit or NO_VALUE, Role.SONG, size, align="center", colour=_ink(line.unit))
        for number, value in enumerate(line.values):
            self._draw_value(paper, number, middle, value)

    def _draw_value(self, paper: Paper, number: int, y: float, value: str) -> None:
        left, right = self._edges[3 + number], self._edges[4 + number]
        role = Role.HEI if number == 0 else Role.SONG
        if not _is_number(value):
            size = SIZE if len(value) <= 5 else SMALL - 1
            paper.text((left + right) / 2, y, value, role, size, align="center", colour=_ink(value))
            return
        face = typeface(role)
        whole, point, fraction = value.partition(".")
        place = right - PAD - POINT
        if face.width(whole, SIZE) / MM > place - left - 0.6:  # a very large number keeps to the right edge instead
            paper.text(right - PAD, y, value, role, SMALL - 1, align="right")
            return
        start = place - face.width(whole, SIZE) / MM
        paper.text(start, y, f"{whole}{point}{fraction}", role, SIZE)

    def _draw_name(self, paper: Paper, top: float, bottom: float, name: str) -> None:
        """Write the group's name in its cell: one character below the other where there is room, else two by two."""
        height = bottom - top
        per_line = next((count for count in (1, 2, 4) if -(-len(name) // count) * LEADING <= height), len(name))
        size = SMALL if per_line < 3 else SMALL - 1.5
        lines = [name[start : start + per_line] for start in range(0, len(name), per_line)]
        middle = (self._edges[0] + self._edges[1]) / 2
        for number, line in enumerate(lines):
            at = (top + bottom) / 2 + (number - (len(lines) - 1) / 2) * LEADING
            paper.text(middle, at, line, Role.HEI, size, align="center")


def _laid(line: FigureLine, name: str) -> Laid:
    face = typeface(Role.HEI if line.bad else Role.SONG)
    size, indent = (SMALL, PART) if line.part else (SIZE, 0.0)
    lines = break_lines(face.printable(line.label), face, size, (LABEL - 2 * PAD - indent) * MM)
    return Laid(line, tuple(lines), max(ROW, len(lines) * LEADING + 1.0), name)


def _portion(rows: Sequence[Laid]) -> Portion:
    return Portion(tuple(rows), HEAD + sum(row.height for row in rows))


def _is_number(value: str) -> bool:
    return value.lstrip("+−-").replace(",", "").replace(".", "", 1).isdecimal()


def _ink(value: str) -> Colour:
    return Colour.GREY if value in ("", NO_VALUE) else Colour.BLACK
