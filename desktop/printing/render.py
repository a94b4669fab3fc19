"""Declared documents to PDF bytes: what is previewed, printed and saved are these same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from desktop.foundation.jobs import JobContext
from desktop.printing.box import box_pdf
from desktop.printing.document import Heading, Leaflet, Ledger, Notice, OfficialDocument, RecoverySheet, Sheet
from desktop.printing.finding import finding_pdf
from desktop.printing.fonts import LOCK
from desktop.printing.forms import BoxPapers, FindingSheet, Form, RectificationNotice, SignInSheet, Slips, WallCalendar
from desktop.printing.leaflet import leaflet_pdf, leaflets_pdf
from desktop.printing.ledger import ledger_pdf
from desktop.printing.official import official_pdf, officials_pdf
from desktop.printing.poster import poster_pdf
from desktop.printing.recovery import recovery_pdf
from desktop.printing.rectification import rectification_pdf
from desktop.printing.report import report_pdf
from desktop.printing.report_document import Report
from desktop.printing.sheet import sheet_pdf
from desktop.printing.signin import signin_pdf
from desktop.printing.slips import slips_pdf
from desktop.printing.wall_calendar import wall_calendar_pdf

Row = TypeVar("Row")


def render_ledger(
    ledger: Ledger[Row], rows: Iterable[Row], *, heading: Heading, mono: bool = False, context: JobContext | None = None
) -> bytes:
    """Return *ledger* filled with *rows*; without rows one page that says so. *mono* prints colours as black.

    A long one tells *context* how far it is, and stops when asked to.
    """
    with LOCK:
        return ledger_pdf(ledger, list(rows), heading, mono=mono, context=context or JobContext())


def render_sheet(sheet: Sheet, *, heading: Heading, mono: bool = False) -> bytes:
    """Return *sheet* on upright A4."""
    with LOCK:
        return sheet_pdf(sheet, heading, mono=mono)


def render_recovery_sheet(sheet: RecoverySheet) -> bytes:
    """Return the page with the recovery code; the caller prints it and keeps no copy."""
    with LOCK:
        return recovery_pdf(sheet)


def render_report(report: Report, *, mono: bool = False) -> bytes:
    """Return a period report: cover, contents, chapters and sign-off on upright A4."""
    with LOCK:
        return report_pdf(report, mono=mono)


def render_notice(notice: Notice, *, mono: bool = False) -> bytes:
    """Return an official document, a poster or a leaflet. Its bytes depend on nothing but *notice* and *mono*."""
    with LOCK:
        if isinstance(notice, OfficialDocument):
            return official_pdf(notice, mono=mono)
        return leaflet_pdf(notice, mono=mono) if isinstance(notice, Leaflet) else poster_pdf(notice, mono=mono)


def render_copies(
    copies: Sequence[OfficialDocument] | Sequence[Leaflet], *, mono: bool = False, context: JobContext | None = None
) -> bytes:
    """Return a notice for many, one copy each, in one file; small ones share pages and are cut apart.

    Raises ValueError without any; tells *context* how far it is, and stops when asked to.
    """
    if not copies:
        raise ValueError("nobody to write to")
    small = [one for one in copies if isinstance(one, Leaflet)]
    large = [one for one in copies if isinstance(one, OfficialDocument)]
    with LOCK:
        if small:
            return leaflets_pdf(small, mono=mono, context=context or JobContext())
        return officials_pdf(large, mono=mono, context=context or JobContext())


def render_form(form: Form, *, mono: bool = False, context: JobContext | None = None) -> bytes:
    """Return a form of a fixed plan; many slips tell *context* how far they are."""
    with LOCK:
        match form:
            case RectificationNotice():
                return rectification_pdf(form, mono=mono)
            case BoxPapers():
                return box_pdf(form, mono=mono)
            case FindingSheet():
                return finding_pdf(form, mono=mono)
            case Slips():
                return slips_pdf(form, mono=mono, context=context or JobContext())
            case SignInSheet():
                return signin_pdf(form, mono=mono)
            case WallCalendar():
                return wall_calendar_pdf(form, mono=mono)
