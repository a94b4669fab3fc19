"""What can be looked at before it is printed: a title, and how its PDF is made as the officer wishes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from desktop.foundation.jobs import JobContext
from desktop.register.service.exports import Leaving

if TYPE_CHECKING:
    from desktop.printing.document import Orientation
    from desktop.printing.preview import PdfPages

PaperSize = Literal["A4", "A3"]
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True)
class Wishes:
    """What may be chosen in the preview: colours as black, which way the paper lies, how large it is."""

    mono: bool = False
    orientation: Orientation = "auto"
    paper: PaperSize = "A4"


@dataclass(frozen=True)
class Printable:
    """A document not yet made; *draw* runs as a job and may be asked again with other wishes.

    Only a document that *turns* offers the choice of orientation, only one in several *papers* that of the size, and
    one that is *fixed* nothing of the kind: its pages were made before and stay as they are. *copies* are proposed.
    """

    title: str
    draw: Callable[[Wishes, JobContext], bytes]
    turns: bool = False
    papers: tuple[PaperSize, ...] = ("A4",)
    fixed: bool = False
    copies: int = 1
    leaves: Leaving | None = None
    """What the history says of it: rows of records on paper or in a file. None for what holds none."""

    def file_name(self) -> str:
        """Return the name it is saved under unless another is typed."""
        return f"{file_title(self.title)}.pdf"


def file_title(title: str) -> str:
    """Return *title* as it can stand in the name of a file."""
    return _NOT_IN_FILE_NAMES.sub(" ", title).strip(" .") or "打印"


@dataclass(frozen=True)
class Made:
    """A finished document: its bytes, its pages to look at, and the characters no font of ours has."""

    pdf: bytes = field(repr=False)
    pages: PdfPages = field(repr=False)
    missing: tuple[str, ...] = field(repr=False)


def make(what: Printable, wishes: Wishes, context: JobContext) -> Made:
    """Return *what* as PDF; called on the job thread."""
    from desktop.printing.preview import PdfPages  # noqa: PLC0415  loaded at the first print
    from desktop.printing.text import noting_missing  # noqa: PLC0415

    with noting_missing() as missing:
        pdf = what.draw(wishes, context)
    context.check()
    return Made(pdf, PdfPages(pdf), tuple(missing))
