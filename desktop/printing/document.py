"""What stands on a page, as plain data: ledgers, sheets, notices, the recovery page. Knows nothing of drawing.

Whatever may hold a resident's data or the code is left out of reprs, so that it cannot reach a log.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, Literal, TypeVar

Row = TypeVar("Row")
Align = Literal["left", "center", "right"]
Orientation = Literal["auto", "portrait", "landscape"]

STANDARD_SIGNATURES = ("填报单位（盖章）", "填表人", "审核人", "负责人", "填报日期", "联系电话")
EMPTY_LEDGER = "本期没有记录"
NO_VALUE = "—"


@dataclass(frozen=True)
class Heading:
    """Whose page it is, for which period, and who printed it when; stands above and below every page."""

    committee: str
    period: str
    printed_by: str
    printed_on: date


@dataclass(frozen=True)
class LedgerColumn(Generic[Row]):
    """One column: its title (a second line is set small, for a unit), its text for a row, its place on the paper.

    Without *width_mm* the column is as wide as its texts need. Rows for which *strong* holds are set in Hei,
    so that a bad result is seen without colour. A column of numbers says its *value*, which spreadsheets hold
    instead of the text, and where the text ends in a unit, that *unit*, which they put into a column of its own.
    """

    title: str
    text: Callable[[Row], str]
    width_mm: float | None = None
    align: Align = "left"
    strong: Callable[[Row], bool] | None = None
    value: Callable[[Row], int | Decimal | None] | None = None
    unit: Callable[[Row], str] | None = None
    summed: bool = False
    """Whether the *value* is added up at the foot of every page and at the end."""


@dataclass(frozen=True)
class Ledger(Generic[Row]):
    """A table of records in one department's columns, ending in signatures; *note* stands at the foot of each page."""

    title: str
    columns: tuple[LedgerColumn[Row], ...]
    signatures: tuple[str, ...] = STANDARD_SIGNATURES
    orientation: Orientation = "auto"
    note: str = ""


@dataclass(frozen=True)
class Fields:
    """Labels and values in a ruled grid, *columns* pairs side by side."""

    rows: Sequence[tuple[str, str]] = field(repr=False)
    columns: Literal[1, 2, 3] = 2


@dataclass(frozen=True)
class Table:
    """A ruled table; *widths* are shares of the page's width, measured from the texts when left out."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]] = field(repr=False)
    widths: Sequence[float] | None = None


@dataclass(frozen=True)
class Paragraph:
    """Running text, first line indented; line breaks in it begin new paragraphs."""

    text: str = field(repr=False)


@dataclass(frozen=True)
class Subheading:
    """A heading that stays with what follows it."""

    text: str


@dataclass(frozen=True)
class Signatures:
    """Labels followed by lines to sign on."""

    labels: tuple[str, ...] = STANDARD_SIGNATURES


@dataclass(frozen=True)
class Photo:
    """A photo as JPEG or PNG, upright; None if its file is lost. *heading* stands above it, *caption* below."""

    picture: bytes | None = field(repr=False)
    caption: str = field(default="", repr=False)
    heading: str = ""


@dataclass(frozen=True)
class Photos:
    """Photos cut to 4:3. Two to a page are large, four have lines to write on, six stand close together."""

    photos: Sequence[Photo] = field(repr=False)
    per_page: Literal[2, 4, 6] = 6


Block = Photos | Fields | Table | Paragraph | Subheading | Signatures


@dataclass(frozen=True)
class Sheet:
    """A document of blocks one below the other on upright A4, such as one person's file page."""

    title: str
    blocks: tuple[Block, ...]
    note: str = ""


@dataclass(frozen=True)
class RecoverySheet:
    """The page with the recovery code: eight groups of five digits, for a sealed envelope."""

    committee: str
    groups: tuple[str, ...] = field(repr=False)
    made_on: date
    number: str

    def __post_init__(self) -> None:
        """Refuse anything but eight groups: a page that lacks one would lock the committee out."""
        if len(self.groups) != 8:
            raise ValueError("a recovery code has eight groups")


@dataclass(frozen=True)
class OfficialDocument:
    """A notice laid out after GB/T 9704-2012: 22 lines of 28 characters on A4.

    *body* holds one paragraph each; their numbering (一、（一）1.（1）) says which level they have. *head* is the red
    head, left out when empty; *contact* stands in brackets below the date; *copies_to* makes the two strips at the
    foot of the last page. Until it is issued a document is a *draft* and carries that word across every page.
    *seal_guide* shows on the screen where a *sealed* one is stamped; it is never printed.
    """

    title: str
    addressee: str
    body: tuple[str, ...] = field(repr=False)
    issuer: str
    issued_on: date
    number: str = ""
    head: str = ""
    attachments: tuple[str, ...] = ()
    contact: str = field(default="", repr=False)
    copies_to: str = ""
    sealed: bool = True
    draft: bool = False
    seal_guide: bool = False


@dataclass(frozen=True)
class PosterPoint:
    """One numbered point of a poster: a short head, what it says, and whether it stands in a red frame."""

    head: str
    text: str = field(repr=False)
    urgent: bool = False


Sign = Literal["", "poison", "caution"]
PaperSize = Literal["A4", "A3"]


@dataclass(frozen=True)
class Poster:
    """A notice to be read at three metres; the body grows until it fills the page.

    The first two *slogans* are red; without slogans there is no warning frame.
    """

    title: str
    addressee: str
    lead: tuple[str, ...]
    points: tuple[PosterPoint, ...]
    issuer: str
    issued_on: date
    slogans: tuple[str, ...] = ()
    sign: Sign = ""
    contact: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    night_phone: str = field(default="", repr=False)
    emergency: str = ""
    number: str = ""
    size: PaperSize = "A4"
    draft: bool = False


@dataclass(frozen=True)
class Leaflet:
    """A small notice handed over at the door: two of them on one A4 page, cut apart in the middle.

    *deliver_to* stands above the title: the door it is brought to.
    """

    title: str
    addressee: str
    body: tuple[str, ...] = field(repr=False)
    issuer: str
    issued_on: date
    contact: str = field(default="", repr=False)
    number: str = ""
    draft: bool = False
    deliver_to: str = field(default="", repr=False)


Notice = OfficialDocument | Poster | Leaflet
