"""One slip of paper: its parts laid out one below the other at some scale, to be drawn wherever its box is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop.printing.document import Align
from desktop.printing.fitting import Fitted, fitted, wrapped
from desktop.printing.fonts import Role
from desktop.printing.forms import Reading, Slip
from desktop.printing.paper import MM, Colour, Paper

Draw = Callable[[Paper, float, float], object]  # with its upper left corner at a place
_WIDE_FROM = 120.0
_SHORTEST = 24


class SlipLayout:
    """The parts of *slip* in a column of *width* (mm) at *scale*; wide slips set name and greeting side by side."""

    def __init__(self, slip: Slip, width: float, scale: float) -> None:
        self._width, self._scale = width, scale
        self._wide = width >= _WIDE_FROM
        self._parts: list[tuple[float, Draw]] = []
        self._foot: tuple[float, Draw] | None = None
        self._title(slip)
        self._name(slip)
        if slip.readings:
            self._readings(slip.readings)
        if slip.facts:
            self._facts(slip)
        for label, words in slip.verdicts:
            self._verdict(label, words)
        if slip.text:
            self._text(slip.text)
        if any(slip.warning):
            self._warning(*slip.warning)
        if any(slip.foot):
            self._set_foot(*slip.foot)

    @property
    def height(self) -> float:
        """Return the height all parts need, in millimetres."""
        return sum(height for height, _ in self._parts) + (self._foot[0] if self._foot else 0.0)

    def draw(self, paper: Paper, x: float, y: float, bottom: float) -> None:
        """Draw the parts below *y*, the foot on *bottom*."""
        for height, draw in self._parts:
            draw(paper, x, y)
            y += height
        if self._foot is not None:
            height, draw = self._foot
            draw(paper, x, bottom - height)

    def _add(self, height: float, draw: Draw) -> None:
        self._parts.append((height, draw))

    def _title(self, slip: Slip) -> None:
        scale, width = self._scale, self._width
        aside = fitted(slip.number, Role.SONG, 8.5 * scale, width * 0.3, least=5.5 * scale)
        room = width - (width * 0.3 + 4 if slip.number and self._wide else 0)
        title = fitted(slip.title, Role.TITLE, 21 * scale, room, least=13 * scale)

        def draw(paper: Paper, x: float, y: float) -> None:
            title.draw(paper, x, y, 0.0 if self._wide else width)
            if slip.number and self._wide:
                paper.lines(
                    x, y + 1.5, aside.lines, aside.role, aside.size, leading=aside.leading, measure=width,
                    align="right", colour=Colour.GREY,
                )  # fmt: skip

        self._add(max(title.height, aside.height if self._wide else 0) + 2.4 * scale, draw)

    def _name(self, slip: Slip) -> None:
        """Set the name in Kai; behind it what is said to the person, or at the right end where they live."""
        scale, width = self._scale, self._width
        size = (21 if self._wide else 18) * scale
        name = fitted(slip.name, Role.KAI, size, width * (0.4 if self._wide else 0.55), least=11 * scale, leading=1.35)
        taken = max((line.width for line in name.lines), default=0.0) / MM
        left = taken + 3.5 if taken else 0.0
        beside = fitted(slip.beside, Role.SONG, (13 if self._wide else 10.5) * scale, width - left, least=8.5 * scale)
        height = max(name.height, beside.height)

        def draw(paper: Paper, x: float, y: float) -> None:
            name.draw(paper, x, y + (height - name.height) / 2)
            shown = y + (height - beside.height) / 2 + 0.4
            paper.lines(
                x + left, shown, beside.lines, beside.role, beside.size, leading=beside.leading,
                measure=width - left, align="left" if self._wide else "right",
            )  # fmt: skip
            if not self._wide:
                paper.rule(x, y + height + 1.0, x + width, y + height + 1.0, 0.8)

        if slip.name or slip.beside:
            self._add(height + (2.6 if self._wide else 4.6) * scale, draw)

    def _readings(self, readings: tuple[Reading, ...]) -> None:
        """Set values large in a frame, the first the largest."""
        scale, width = self._scale, self._width
        inner = width - 8.0
        shares = [0.62, *[0.38 / (len(readings) - 1)] * (len(readings) - 1)] if len(readings) > 1 else [1.0]
        height = 34.0 * scale

        def draw(paper: Paper, x: float, y: float) -> None:
            paper.frame(x, y, width, height, 1.2)
            left = x + 4.0
            for number, (reading, share) in enumerate(zip(readings, shares, strict=True)):
                room = inner * share - 2.0
                end = left if number == 0 else left + inner * share
                value = fitted(reading.value, Role.HEIB, (40 if number == 0 else 26) * scale, room, least=6 * scale)
                for at, text, role, size in (
                    (5.4, reading.label, Role.HEI, 11.0), (28.8, reading.unit, Role.SONG, 8.5),
                ):  # fmt: skip
                    line = fitted(text, role, size * scale, room, least=5 * scale)
                    _one(paper, line, end, y + at * scale, right=number > 0)
                _one(paper, value, end, y + 17.2 * scale, right=number > 0)
                left += inner * share

        self._add(height + 3.0 * scale, draw)

    def _facts(self, slip: Slip) -> None:
        """Set labels and texts in a ruled table; the strong one larger."""
        scale, width = self._scale, self._width
        label_width = (24.5 if self._wide else 18.5) * min(scale, 1.1)
        room = width - label_width - 5.0
        rows: list[tuple[float, Fitted, Fitted]] = []
        for label, text in slip.facts:
            strong = label == slip.strong
            role, size = (Role.HEIB, 15.5) if strong else (Role.SONG, 13.0)
            size *= scale if self._wide else scale * 0.88
            value = fitted(text, role, size, room, least=size * 0.85, leading=1.3)
            name = fitted(label, Role.HEI, (12.5 if self._wide else 11) * scale, label_width - 2, least=8 * scale)
            rows.append((max(8.6 * scale, value.height + 2.0, name.height + 2.0), name, value))
        height = sum(row[0] for row in rows)

        def draw(paper: Paper, x: float, y: float) -> None:
            top = y
            for number, (row_height, name, value) in enumerate(rows):
                name.draw(paper, x, y + (row_height - name.height) / 2, label_width)
                value.draw(paper, x + label_width + 2.5, y + (row_height - value.height) / 2)
                y += row_height
                if number < len(rows) - 1:
                    paper.rule(x, y, x + width, y)
            paper.rule(x + label_width, top, x + label_width, y)
            paper.frame(x, top, width, height, 0.9)

        self._add(height + 2.6 * scale, draw)

    def _verdict(self, label: str, words: str) -> None:
        scale = self._scale
        name = fitted(label, Role.HEI, 11.5 * scale, self._width * 0.4, least=8 * scale)
        left = name.lines[0].width / MM + 4.0
        value = fitted(words, Role.HEIB, 15 * scale, self._width - left, least=10 * scale)
        height = max(name.height, value.height) + 2.6 * scale

        def draw(paper: Paper, x: float, y: float) -> None:
            name.draw(paper, x, y + (value.height - name.height) / 2 if value.height > name.height else y)
            value.draw(paper, x + left, y)

        self._add(height, draw)

    def _text(self, text: str) -> None:
        made = wrapped(text, Role.SONG, 13 * self._scale, self._width, leading=1.5)
        self._add(made.height + 2.4 * self._scale, made.draw)

    def _warning(self, word: str, text: str) -> None:
        """Set a warning in a frame: the word large, beside it (below it on narrow slips) what to do."""
        scale, width = self._scale, self._width
        big = fitted(word, Role.HEIB, (25 if self._wide else 15) * scale, width * 0.4, least=10 * scale, leading=1.2)
        beside = self._wide and bool(word)
        left = max(line.width for line in big.lines) / MM + 8.0 if beside else 3.0
        first, _, rest = text.partition("\n")
        lines = [wrapped(first, Role.HEI, 11.5 * scale, width - left - 3.0, leading=1.35)]
        if rest:
            lines.append(
                wrapped(rest, Role.SONG if self._wide else Role.HEI, 11.5 * scale, width - left - 3.0, leading=1.35)
            )
        body = sum(part.height for part in lines)
        above = 0.0 if beside or not word else big.height
        height = max(body + above, big.height if word else 0.0) + 3.2 * scale

        def draw(paper: Paper, x: float, y: float) -> None:
            paper.frame(x, y, width, height, 1.4)
            at = y + (height - body - above) / 2
            if word:
                big.draw(paper, x + 3.5, y + (height - big.height) / 2 if beside else at)
            at += above
            for part in lines:
                part.draw(paper, x + left, at)
                at += part.height

        self._add(height + 2.6 * scale, draw)

    def _set_foot(self, left: str, right: str) -> None:
        scale, width = self._scale, self._width
        if self._wide:
            one = fitted(left, Role.HEI, 12 * scale, width * 0.56, least=8.5 * scale)
            other = fitted(right, Role.SONG, 11 * scale, width * 0.42, least=8 * scale)
            height = max(one.height, other.height)

            def draw_wide(paper: Paper, x: float, y: float) -> None:
                one.draw(paper, x, y + height - one.height)
                paper.lines(
                    x, y + height - other.height, other.lines, other.role, other.size, leading=other.leading,
                    measure=width, align="right",
                )  # fmt: skip

            self._foot = (height, draw_wide)
            return
        parts = [wrapped(text, Role.SONG, 9.5 * scale, width, leading=1.6) for text in (left, right) if text]
        self._foot = (
            sum(part.height for part in parts),
            lambda paper, x, y: _stacked(paper, x, y, parts),
        )


def shortened(slip: Slip, most: int) -> Slip:
    """Return *slip* with every text on one line and cut to *most* characters, saying how many were left out."""

    def short(text: str) -> str:
        kept = max(most, _SHORTEST)
        text = " ".join(text.split("\n"))
        return text if len(text) <= kept + 12 else f"{text[:kept]}……（还有{len(text) - kept}个字）"

    return replace(
        slip,
        title=short(slip.title), name=short(slip.name), beside=short(slip.beside), number=short(slip.number),
        facts=tuple((short(label), short(text)) for label, text in slip.facts),
        verdicts=tuple((short(label), short(text)) for label, text in slip.verdicts),
        text=short(slip.text), warning=(short(slip.warning[0]), short(slip.warning[1])),
        foot=(short(slip.foot[0]), short(slip.foot[1])),
    )  # fmt: skip


def _one(paper: Paper, line: Fitted, x: float, middle: float, *, right: bool) -> None:
    """Write the lines of *line* around *middle*, from *x* or up to it."""
    y = middle - line.height / 2
    for one in line.lines:
        align: Align = "right" if right else "left"
        paper.text(x, y + line.leading / 2, one.text, line.role, line.size, align=align)
        y += line.leading


def _stacked(paper: Paper, x: float, y: float, parts: list[Fitted]) -> None:
    for part in parts:
        part.draw(paper, x, y)
        y += part.height
