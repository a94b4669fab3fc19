"""What stands in a period report, as plain data: cover, chapters, tables of figures, charts, opinions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from desktop.printing.document import Table


@dataclass(frozen=True)
class Cover:
    """The first page: two lines of title, the period, and labelled lines, empty ones to be filled in by hand."""

    small: str
    large: str
    period: str
    fields: tuple[tuple[str, str], ...]
    number: str = ""
    mark: str = "内部资料"


@dataclass(frozen=True)
class FigureLine:
    """One figure: label, unit and one text for every column of values; *part* is set in, as a part of the line above.

    *bad* puts the first value in Hei with the label, so that it is seen without colour.
    """

    label: str
    unit: str
    values: tuple[str, ...]
    part: bool = False
    bad: bool = False


@dataclass(frozen=True)
class FigureGroup:
    """The lines under one name."""

    name: str
    lines: tuple[FigureLine, ...]


@dataclass(frozen=True)
class FigureTable:
    """Groups of figures; *heads* are the titles of the columns of values, the first of which is set in Hei."""

    heads: tuple[str, ...]
    groups: tuple[FigureGroup, ...]
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One course of numbers; None where there is none."""

    name: str
    values: tuple[int | Decimal | None, ...]


@dataclass(frozen=True)
class Band:
    """A band behind a line: its name, its range in words, and its upper end (None: open)."""

    name: str
    said: str
    upto: Decimal | None


@dataclass(frozen=True)
class Chart:
    """Bars side by side for up to two series, or one line before bands; *labels* stand below."""

    kind: Literal["bars", "line"]
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    bands: tuple[Band, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class ChartRow:
    """One or two charts side by side."""

    charts: tuple[Chart, ...]


@dataclass(frozen=True)
class Point:
    """A paragraph with its first words in Hei."""

    lead: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class Numbered:
    """Numbered sentences."""

    items: Sequence[str] = field(repr=False)


@dataclass(frozen=True)
class Opinions:
    """Boxes to write an opinion into, side by side, and the lines to sign on below."""

    boxes: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]


ReportBlock = FigureTable | ChartRow | Point | Numbered | Table | Opinions


@dataclass(frozen=True)
class Chapter:
    """A heading with what stands under it; *aside* stands right of the heading."""

    title: str
    blocks: tuple[ReportBlock, ...]
    aside: str = ""


@dataclass(frozen=True)
class Report:
    """A whole report; *running* stands at the head of every page but the cover."""

    cover: Cover | None
    running: str
    chapters: tuple[Chapter, ...]
    contents: bool = True
    author: str = ""
    title: str = ""
