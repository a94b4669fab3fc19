"""Draws charts from their spec: bars in solid and hatched ink, a line before the bands of a standard."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import ceil, floor, log10

from desktop.printing.document import NO_VALUE
from desktop.printing.fonts import Role
from desktop.printing.paper import MM, Colour, Paper
from desktop.printing.report_document import Band, Chart
from desktop.printing.text import typeface

HEIGHT = 70.0
_TITLE, _LEGEND = 4.0, 11.0
_TOP, _BOTTOM, _AXIS = 17.0, 7.5, 8.0
_BAR = 4.3
_NUMBER_SIZE, _LABEL_SIZE = 7.5, 8.0
_BANDS_WIDTH = 14.0
_TINTS = (None, Colour.CREAM, Colour.SAND, Colour.CORAL)


def draw_chart(paper: Paper, x: float, y: float, width: float, chart: Chart) -> None:
    """Draw *chart* with its top left corner at (*x*, *y*), HEIGHT high."""
    paper.text(x, y + _TITLE, chart.title, Role.HEI, 10)
    known = [value for series in chart.series for value in series.values if value is not None]
    if not known:
        paper.text(x + width / 2, y + HEIGHT / 2, "这段时间没有数字", Role.SONG, 10, align="center", colour=Colour.GREY)
        return
    ends = [band.upto for band in chart.bands if band.upto is not None]
    top = scale_top(max([*known, *ends]) * (Decimal("1.25") if ends else 1))
    plot = _Plot(x + _AXIS, y + _TOP, width - _AXIS - (_BANDS_WIDTH if chart.bands else 0.0),
                 HEIGHT - _TOP - _BOTTOM, top)  # fmt: skip
    if chart.bands:
        plot.draw_bands(paper, chart.bands)
        plot.draw_axis(paper, [*ends, Decimal(0)], lines=False)
    else:
        plot.draw_axis(paper, steps_to(top), lines=True)
    if chart.kind == "bars":
        plot.draw_bars(paper, chart)
        _draw_legend(paper, x + _AXIS, y + _LEGEND, chart)
    else:
        plot.draw_line(paper, chart.series[0].values)
    plot.draw_labels(paper, chart.labels)
    if chart.note:
        paper.text(x + width, y + HEIGHT + 2.0, chart.note, Role.SONG, 7.5, align="right", colour=Colour.GREY)


def scale_top(highest: int | Decimal) -> Decimal:
    """Return the end of a scale that holds *highest*: a round number above it, at least 5."""
    wanted = max(float(highest), 1.0) * 1.02
    power = 10.0 ** floor(log10(wanted))
    step = next(step for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if step * power >= wanted)
    return max(Decimal(str(step * power)), Decimal(5))


def steps_to(top: Decimal) -> list[Decimal]:
    """Return whole numbers from 0 to *top* in four to six even steps."""
    step = Decimal(max(1, ceil(top / 5)))
    return [step * number for number in range(int(top // step) + 1)]


class _Plot:
    """The field a chart is drawn in, from 0 at its foot to *top*."""

    def __init__(self, x: float, y: float, width: float, height: float, top: Decimal) -> None:
        self._x, self._y, self._width, self._height, self._top = x, y, width, height, float(top)

    def draw_axis(self, paper: Paper, numbers: Sequence[Decimal], *, lines: bool) -> None:
        """Write *numbers* at the left, with a thin line across for each if *lines*."""
        for number in numbers:
            y = self._level(number)
            paper.text(self._x - 1.6, y, f"{number:g}", Role.HEIR, _LABEL_SIZE, align="right")
            if lines:
                # Filled, not drawn: bars have to cover it.
                paper.fill(self._x, y - 0.05, self._width, 0.1, Colour.LIGHT)
        if lines:
            foot = self._y + self._height
            paper.rule(self._x, foot, self._x + self._width, foot, 0.7)
        if not lines:
            paper.frame(self._x, self._y, self._width, self._height, 0.5)

    def draw_bands(self, paper: Paper, bands: Sequence[Band]) -> None:
        """Tint the bands, end each with a dashed line, and write its name at the right."""
        below = Decimal(0)
        for number, band in enumerate(bands):
            end = band.upto if band.upto is not None else Decimal(str(self._top))
            low, high = self._level(below), self._level(min(end, Decimal(str(self._top))))
            tint = _TINTS[min(number, len(_TINTS) - 1)]
            if tint is not None:
                paper.fill(self._x, high, self._width, low - high, tint)
            if band.upto is not None:
                paper.path([(self._x, high), (self._x + self._width, high)], 0.5, dashed=True)
            middle, left = (low + high) / 2, self._x + self._width + 1.4
            apart = 1.7 if low - high > 6.5 else 1.4
            paper.text(left, middle - apart, band.name, Role.HEI, 7.5)
            paper.text(left, middle + apart, band.said, Role.HEIR, 6.8)
            below = end

    def draw_bars(self, paper: Paper, chart: Chart) -> None:
        """Draw the bars of each label side by side, the first series solid, the second hatched, numbers on top."""
        slot = self._width / max(len(chart.labels), 1)
        wide = min(_BAR, slot * 0.8 / max(len(chart.series), 1))
        size = _NUMBER_SIZE if wide > 3.2 else 6.0
        foot = self._y + self._height
        for place in range(len(chart.labels)):
            left = self._x + slot * (place + 0.5) - wide * len(chart.series) / 2
            for number, series in enumerate(chart.series):
                value = series.values[place]
                if value is not None:
                    x, high = left + wide * number, self._level(value)
                    _draw_bar(paper, x, high, wide - 0.4, foot - high, hatched=number > 0)
                    paper.text(x + (wide - 0.4) / 2, high - 2.0, f"{value:,}", Role.HEIR, size, align="center")

    def draw_line(self, paper: Paper, values: Sequence[int | Decimal | None]) -> None:
        """Draw one line through the values there are, a dot and the number at each."""
        slot = self._width / max(len(values), 1)
        run: list[tuple[float, float]] = []
        for place, value in enumerate(values):
            if value is None:
                _draw_run(paper, run)
                run = []
                continue
            point = (self._x + slot * (place + 0.5), self._level(value))
            run.append(point)
            paper.text(point[0], point[1] - 3.2, _plain(value), Role.HEIR, _NUMBER_SIZE, align="center")
        _draw_run(paper, run)

    def draw_labels(self, paper: Paper, labels: Sequence[str]) -> None:
        """Write *labels* below the foot; where they would touch, only every second one."""
        slot = self._width / max(len(labels), 1)
        widest = max((typeface(Role.HEIR).width(label, _LABEL_SIZE) / MM for label in labels), default=0.0)
        every = max(1, ceil((widest + 1.0) / slot))
        for place, label in enumerate(labels):
            if place % every == 0:
                x = self._x + slot * (place + 0.5)
                paper.text(x, self._y + self._height + 3.4, label, Role.HEIR, _LABEL_SIZE, align="center")

    def _level(self, value: int | Decimal) -> float:
        return self._y + self._height * (1.0 - min(float(value) / self._top, 1.0))


def _plain(value: int | Decimal) -> str:
    """Return a number to two places, half up, whole ones without a fraction."""
    exact = Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return str(int(exact)) if exact == exact.to_integral_value() else str(exact)


def _draw_run(paper: Paper, run: Sequence[tuple[float, float]]) -> None:
    if len(run) > 1:
        paper.path(run, 1.2)
    for x, y in run:
        paper.dot(x, y, 0.95)


def _draw_bar(paper: Paper, x: float, y: float, width: float, height: float, *, hatched: bool) -> None:
    if height <= 0:
        return
    if not hatched:
        paper.fill(x, y, width, height, Colour.TEAL)
        return
    paper.frame(x, y, width, height, 0.6)
    step, reach = 1.0, width + height
    offset = step
    while offset < reach:
        # The line through (x + offset, foot) going up to the left, cut off at the bar's sides.
        foot = y + height
        right = min(offset, width)
        up = min(offset, height)
        paper.rule(x + right, foot - (offset - right), x + offset - up, foot - up, 0.45)
        offset += step


def _draw_legend(paper: Paper, x: float, y: float, chart: Chart) -> None:
    for number, series in enumerate(chart.series):
        _draw_bar(paper, x, y - 1.4, 3.4, 2.8, hatched=number > 0)
        x += 4.6
        x += paper.text(x, y, series.name or NO_VALUE, Role.HEIR, _LABEL_SIZE) + 5.0
