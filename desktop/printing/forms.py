"""What stands on pages of a fixed plan, as plain data: papers of a finding, slips, sign-in sheet, calendar, box label.

Whatever may hold a resident's data is left out of reprs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

PaperSize = Literal["A4", "A3"]
SlipsPerPage = Literal[2, 3, 4]


@dataclass(frozen=True)
class Shortcoming:
    """One line of a rectification notice: where, what is wrong, what is asked for, until when."""

    place: str
    problem: str = field(repr=False)
    demand: str = field(repr=False)
    until: str


@dataclass(frozen=True)
class Receipt:
    """What the receipt below a notice says already; the rest is filled in by hand at the door."""

    document: str
    receiver: str = field(repr=False)
    place: str = field(repr=False)


@dataclass(frozen=True)
class RectificationNotice:
    """A notice to put something right, with a receipt to be cut off: the number stands across the cut for the seal.

    Without a *number* there is a blank to write it in. *before* and *after* are the paragraphs around the table.
    Until it is issued it is a *draft* and carries that word across every page.
    """

    committee: str
    number: str
    addressee: str = field(repr=False)
    before: tuple[str, ...] = field(repr=False)
    shortcomings: tuple[Shortcoming, ...]
    after: tuple[str, ...] = field(repr=False)
    contact: str
    issued_on: date | None
    receipt: Receipt
    title: str = "整改通知书"
    draft: bool = False


@dataclass(frozen=True)
class Shot:
    """A photo beside its twin: when it was taken above, what it shows below; no *picture* where its file is lost."""

    picture: bytes | None = field(repr=False)
    taken: str = ""
    caption: str = field(default="", repr=False)


@dataclass(frozen=True)
class Choice:
    """Words to tick, of which one may be ticked already."""

    words: tuple[str, ...]
    ticked: str = ""


@dataclass(frozen=True)
class FindingSheet:
    """What was found, photos before and after side by side, what became of it, and lines to sign on.

    *facts* are lines of the table above, *outcome* of the one below: one to three labels with a value or words to tick
    each; the last column of two is narrow. *room* is the line of the *outcome* that is left high, to be written in.
    """

    title: str
    committee: str
    number: str
    facts: tuple[tuple[tuple[str, str | Choice], ...], ...] = field(repr=False)
    before: tuple[Shot, ...] = field(repr=False)
    after: tuple[Shot, ...] = field(repr=False)
    outcome: tuple[tuple[tuple[str, str | Choice], ...], ...] = field(repr=False)
    signatures: tuple[tuple[tuple[str, str], ...], ...] = field(repr=False)
    room: str = ""
    printed: str = ""


@dataclass(frozen=True)
class Reading:
    """A measured value set large: 血压 126/78 毫米汞柱."""

    label: str
    value: str = field(repr=False)
    unit: str


@dataclass(frozen=True)
class Slip:
    """One slip of paper for one person: what it is, for whom, and what to know; empty parts take no room.

    *beside* stands after the name (a greeting) or at the right end (an address); *facts* are ruled, the one in
    *strong* is set large; *verdicts* are lines of a label and bold words; *warning* is a short word and its sentences
    in a frame.
    """

    title: str
    name: str = field(repr=False)
    beside: str = field(default="", repr=False)
    number: str = ""
    readings: tuple[Reading, ...] = ()
    facts: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    strong: str = ""
    verdicts: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    text: str = field(default="", repr=False)
    warning: tuple[str, str] = ("", "")
    foot: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Slips:
    """Slips for many people, two, three or four to a page, with lines to cut along."""

    title: str
    committee: str
    slips: Sequence[Slip] = field(repr=False)
    per_page: SlipsPerPage = 3


@dataclass(frozen=True)
class SignInSheet:
    """A list to sign on at an activity; *people* are known beforehand, the other lines are blank."""

    title: str
    activity: str
    day: str
    clock: str = ""
    place: str = ""
    speaker: str = ""
    people: Sequence[tuple[str, str]] = field(default=(), repr=False)
    committee: str = ""
    lines: int = 38
    """How many people should find a line; a page has 38."""


@dataclass(frozen=True)
class CalendarCell:
    """One day of a wall calendar: its lunar day, a solar term or feast, whether it is free, what is planned."""

    day: int
    lunar: str
    mark: str = ""
    free: bool = False
    events: tuple[str, ...] = ()
    on_duty: str = ""


@dataclass(frozen=True)
class WallCalendar:
    """A month to hang on the wall. *first_weekday* is that of the 1st, 0 for Monday.

    *points* (本月要事) and *phones* (常用电话) stand in the empty places before the 1st and behind the last day.
    """

    committee: str
    year: int
    month: int
    first_weekday: int
    cells: tuple[CalendarCell, ...]
    lunar: str = ""
    contact: str = ""
    points: tuple[str, ...] = ()
    phones: tuple[tuple[str, str], ...] = ()
    note: str = ""
    printed: str = ""
    size: PaperSize = "A3"


@dataclass(frozen=True)
class BoxSpine:
    """The label on the back of an archive box, *width_mm* wide; *span* are the first and last item in it."""

    committee: str
    year: str
    title: str
    category: str = ""
    term: str = ""
    number: str = ""
    span: str = ""
    width_mm: int = 40


@dataclass(frozen=True)
class CatalogueEntry:
    """One thing in the box: its number, whose it is, what it is called, its day and how many pages; 0 if unknown."""

    title: str = field(repr=False)
    author: str = ""
    number: str = ""
    day: date | None = None
    pages: int = 0
    remark: str = ""


@dataclass(frozen=True)
class FileCatalogue:
    """What lies in one box, in order; pages are counted through from the first."""

    committee: str
    volume: str
    term: str
    entries: Sequence[CatalogueEntry] = field(repr=False)
    made_on: date | None = None
    made_by: str = ""
    title: str = "卷内文件目录"


@dataclass(frozen=True)
class BoxPapers:
    """The label of a box and, on the pages after it, the catalogue of what lies in it."""

    spine: BoxSpine
    catalogue: FileCatalogue


Form = BoxPapers | RectificationNotice | FindingSheet | Slips | SignInSheet | WallCalendar
