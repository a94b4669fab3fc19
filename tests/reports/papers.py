"""What tests ask a printed PDF: its text, its fonts, and whether it is sound."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2


def text_of(pdf: bytes) -> str:
    """Return the text of every page."""
    return "".join(texts_of(pdf))


def texts_of(pdf: bytes) -> list[str]:
    """Return the text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Return each font's name and whether it is embedded."""
    found: dict[str, bool] = {}
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
                descriptor = thing.get("/FontDescriptor")
                found[str(thing.get("/BaseFont"))] = descriptor is not None and any(
                    key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
                )
    return found


def complaints_of(pdf: bytes) -> list[str]:
    """Return what qpdf's check finds wrong."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return list(document.check_pdf_syntax())
